#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/message.hpp>

namespace genai::inline GENAI_ABI::http {

/// Removes credentials from text that errors, logs and recordings repeat.
class Redactor {
public:
    /// Whether a header, or a query's parameter, of that name carries credentials: by what its name holds.
    static bool is_sensitive(std::string_view name);
    /// The same for a member of JSON, where `key`, `code` and `thoughtSignature` are content.
    static bool is_sensitive_member(std::string_view name);

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

    /// `text` with every secret replaced by `[key]`, as it stands, percent-encoded or escaped for JSON: some
    /// gateways repeat the key they refuse, or the URL it was in.
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
#include <charconv>

#include <genai/http/url.hpp>

namespace genai::inline GENAI_ABI::http {

/// Whether a name holds a word, in either case.
GENAI_INLINE bool holds_word(std::string_view name, std::string_view word) {
    for (std::size_t at = 0; at + word.size() <= name.size(); ++at)
        if (same_name(name.substr(at, word.size()), word)) return true;
    return false;
}

GENAI_INLINE bool Redactor::is_sensitive(std::string_view name) {
    for (const char* place : {"pageToken", "page_token"})  // in a list
        if (same_name(name, place)) return false;
    for (const char* known : {"cookie", "set-cookie", "sig", "upload_id"})
        if (same_name(name, known)) return true;
    for (const char* word : {"key", "token", "secret", "auth", "password", "signature", "code"})
        if (holds_word(name, word)) return true;
    return false;
}

GENAI_INLINE bool Redactor::is_sensitive_member(std::string_view name) {
    for (const char* content : {"key", "code", "thoughtSignature", "thought_signature", "nextPageToken",
                                "next_page_token", "signature"})
        if (same_name(name, content)) return false;
    for (const char* content : {"author", "authority", "keyword", "codeExecution", "code_execution",
                                "executableCode", "executable_code"})
        if (holds_word(name, content)) return false;
    return is_sensitive(name);
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

/// How many characters of a text, from its beginning, are that character: itself, percent-encoded or escaped.
GENAI_INLINE std::size_t spelled(std::string_view text, char c) {
    if (text.empty()) return 0;
    if (text.front() == c) return 1;
    const auto digits = [&](std::size_t at, std::size_t count) {
        unsigned code = 0;
        if (text.size() < at + count) return false;
        const char* const end = text.data() + at + count;
        return std::from_chars(text.data() + at, end, code, 16).ptr == end &&
               code == static_cast<unsigned char>(c);
    };
    if (text.front() == '%' && digits(1, 2)) return 3;
    if (text.starts_with("\\u") && digits(2, 4)) return 6;
    return text.front() == '\\' && text.size() > 1 && text[1] == c ? 2 : 0;
}

GENAI_INLINE std::string Redactor::redact(std::string text) const {
    if (!secrets_) return text;
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t longest = 0;
        for (const std::string& secret : *secrets_) {
            if (secret.size() < 4) continue;
            std::size_t end = at;
            bool same = true;
            for (const char c : secret) {
                const std::size_t step = spelled(std::string_view(text).substr(end), c);
                end += step;
                if (!(same = step != 0)) break;
            }
            if (same) longest = (std::max)(longest, end - at);
        }
        if (longest == 0) {
            clean += text[at++];
        } else {
            clean += "[key]";
            at += longest;
        }
    }
    return clean;
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
        shown += joint + (Redactor::is_sensitive(name) ? std::string(name) + "=..." : std::string(one));
        joint = '&';
    }
    return shown;
}

}  // namespace genai::inline GENAI_ABI::http

#endif
