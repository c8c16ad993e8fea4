#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>
#include <genai/http/url.hpp>

namespace genai::inline GENAI_ABI::http {

/// Removes credentials from text that errors, logs and recordings repeat.
class Redactor {
public:
    /// Whether a header of that name carries credentials.
    static bool is_sensitive(std::string_view header);

    Redactor() = default;
    explicit Redactor(std::string_view secret) { add(secret); }

    /// Adds a secret; an empty one is ignored.
    void add(std::string_view secret);
    /// Adds the values of the sensitive ones among header fields.
    template <class Fields>
    void add_headers(const Fields& fields) {
        for (const auto& [name, value] : fields)
            if (is_sensitive(name)) add_credentials(value);
    }

    /// `text` with every secret replaced by `[key]`, as it stands or percent-encoded: some gateways repeat
    /// the key they refuse, or the URL it was in.
    std::string redact(std::string text) const;
    /// Redacts every string of a JSON value.
    template <class Tree>
    void redact_tree(Tree& tree) const {
        if (tree.is_string()) tree = redact(tree.template get<std::string>());
        if (tree.is_structured())
            for (Tree& one : tree) redact_tree(one);
    }

private:
    void add_credentials(std::string_view value);

    std::shared_ptr<const std::vector<std::string>> secrets_{};  // shared by copies: each call has one
};

/// A URL as logs may have it: keys, tokens, signatures and upload ids in its query are left out.
std::string public_url(std::string_view url);

}  // namespace genai::inline GENAI_ABI::http

#if GENAI_BODIES

#include <algorithm>

namespace genai::inline GENAI_ABI::http {

GENAI_INLINE bool Redactor::is_sensitive(std::string_view header) {
    for (const char* known : {"authorization", "proxy-authorization", "x-goog-api-key", "x-api-key",
                              "api-key", "cookie", "set-cookie"})
        if (same_name(header, known)) return true;
    return false;
}

GENAI_INLINE void Redactor::add(std::string_view secret) {
    if (secret.empty()) return;
    auto all = secrets_ ? std::make_shared<std::vector<std::string>>(*secrets_)
                        : std::make_shared<std::vector<std::string>>();
    all->emplace_back(secret);
    secrets_ = std::move(all);
}

GENAI_INLINE void Redactor::add_credentials(std::string_view value) {
    const auto blank = value.find(' ');  // "Bearer …"
    add(blank == std::string_view::npos ? value : value.substr(blank + 1));
}

GENAI_INLINE std::string Redactor::redact(std::string text) const {
    constexpr std::string_view mark = "[key]";
    if (!secrets_) return text;
    for (const std::string& secret : *secrets_) {
        if (secret.size() < 4) continue;
        for (const std::string& form : {secret, encode_query(secret)})
            for (std::size_t at = text.find(form); at != std::string::npos;
                 at = text.find(form, at + mark.size()))
                text.replace(at, form.size(), mark);
    }
    return text;
}

GENAI_INLINE std::string public_url(std::string_view url) {
    const auto mark = url.find('?');
    if (mark == std::string_view::npos) return std::string(url);
    std::string shown(url.substr(0, mark));
    char joint = '?';
    for (std::string_view rest = url.substr(mark + 1); !rest.empty();) {
        const std::string_view one = rest.substr(0, rest.find('&'));
        rest.remove_prefix((std::min)(rest.size(), one.size() + 1));
        const std::string_view name = one.substr(0, one.find('='));
        bool secret = false;
        for (const char* known : {"key", "access_token", "upload_id", "token", "api_key", "sig", "signature"})
            secret = secret || same_name(name, known);
        shown += joint + (secret ? std::string(name) + "=..." : std::string(one));
        joint = '&';
    }
    return shown;
}

}  // namespace genai::inline GENAI_ABI::http

#endif
