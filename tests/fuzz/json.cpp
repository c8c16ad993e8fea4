// The reader against nlohmann's: the same texts accepted, the same values read. And what was read as a struct
// is the same after it has been written and read again.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <genai/genai.hpp>

namespace {

[[noreturn]] void disagree(const char* what, std::string_view text) {
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(text.size()), text.data());
    std::abort();
}

/// Whether brackets nest deeper than the reader allows, which nlohmann's does not mind.
bool is_deep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted) {
            if (text[i] == '\\') ++i;
            else if (text[i] == '"') quoted = false;
        } else if (text[i] == '"') {
            quoted = true;
        } else if (text[i] == '[' || text[i] == '{') {
            if (++depth > static_cast<int>(genai::wire::default_max_depth)) return true;
        } else if (text[i] == ']' || text[i] == '}') {
            --depth;
        }
    }
    return false;
}

/// Whether there may be half a surrogate pair, which nlohmann's refuses.
bool has_half_surrogate(std::string_view text) {
    for (std::size_t i = 0; i + 4 <= text.size(); ++i)
        if (text[i] == '\\' && text[i + 1] == 'u' && (text[i + 2] | 0x20) == 'd' &&
            std::string_view("89abcdef").find(static_cast<char>(text[i + 3] | 0x20)) !=
                std::string_view::npos)
            return true;
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<char> exact(data, data + size);  // so that sanitizers see a read beyond
    const std::string_view text(exact.data(), exact.size());
    if (is_deep(text) || text.find('\0') != std::string_view::npos)
        return 0;  // nlohmann takes a NUL for the end of the text

    const genai::Json theirs = genai::Json::parse(text, nullptr, false);
    bool accepted = true;
    genai::Json ours;
    try {
        ours = genai::decode<genai::Json>(text);
    } catch (const genai::DecodeError&) {
        accepted = false;
    }
    if (accepted && theirs.is_discarded() && has_half_surrogate(text)) return 0;  // which is U+FFFD here
    if (accepted == theirs.is_discarded())
        disagree(accepted ? "accepted what nlohmann refuses" : "refused what nlohmann accepts", text);
    if (!accepted) return 0;
    if (ours != theirs) disagree("read another value", text);
    if (genai::Json::parse(genai::encode(ours)) != ours) disagree("wrote another value", text);

    try {
        const auto response = genai::decode<genai::GenerateContentResponse>(text);
        const std::string written = genai::encode(response);
        const auto again = genai::decode<genai::GenerateContentResponse>(written);
        if (genai::encode(again) != written) disagree("does not come back the same", text);
    } catch (const genai::DecodeError&) {
    } catch (const genai::InvalidArgument&) {  // "NaN" is read, and JSON cannot say it
    }
    return 0;
}
