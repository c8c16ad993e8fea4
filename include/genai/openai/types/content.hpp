#pragma once

#include <optional>
#include <concepts>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/openai/types/shared.hpp>
#include <genai/openai/types/text_enum.hpp>
#include <genai/values/box.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Which part of a video counts, in LiteLLM's form.
struct VideoMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<double> fps{};                       ///< frames a second
    Text start_offset{};                               ///< where it begins, such as `10s`
    Text end_offset{};                                 ///< where it ends
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("fps", self.fps);
        visit("start_offset", self.start_offset);
        visit("end_offset", self.end_offset);
    }
};

/// How closely an image is looked at.
struct ImageDetail : TextEnum<ImageDetail> {
    using TextEnum::TextEnum;
    static constexpr Enumerator auto_{"auto"};         ///< left to the model
    static constexpr Enumerator low{"low"};            ///< fewest tokens
    static constexpr Enumerator high{"high"};          ///< more tokens, finer detail
    static constexpr Enumerator original{"original"};  ///< as it is
};

/// An image by its address.
struct ImageURL {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text url{};            ///< `data:image/png;base64,…`, `gs://…`, `https://…` or a file's URI
    ImageDetail detail{};  ///< how closely it is looked at
    Text format{};         ///< its media type, where the address does not tell
    Extra extra{};         ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("url", self.url);
        visit("detail", self.detail);
        visit("format", self.format);
    }
};

/// A recording.
struct InputAudio {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text data{};                                       ///< its bytes in base64
    Text format{};                                     ///< `wav`, `mp3`, or a media type
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("data", self.data);
        visit("format", self.format);
    }
};

/// A file.
struct FileFile {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text file_data{};                     ///< `data:application/pdf;base64,…`, or base64 with `format`
    Text file_id{};                       ///< where it is: `gs://…`, `https://…` or a file's URI
    Text filename{};                      ///< its name
    Text format{};                        ///< its media type
    ImageDetail detail{};                 ///< how closely it is looked at
    Box<VideoMetadata> video_metadata{};  ///< which part of a video counts
    Extra extra{};                        ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("file_data", self.file_data);
        visit("file_id", self.file_id);
        visit("filename", self.filename);
        visit("format", self.format);
        visit("detail", self.detail);
        visit("video_metadata", self.video_metadata);
    }
};

/// An image's address, by itself or with what else is said of it.
struct ImageRef : OneOf<std::string, ImageURL> {
    using OneOf::OneOf;
};

/// One piece of a message: by `type`, one of the members is set.
/// https://platform.openai.com/docs/api-reference/chat/create#chat-create-messages
struct ContentPart {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text type{};                    ///< `text`, `image_url`, `input_audio`, `file`, `refusal`
    Text text{};                    ///< text
    ImageRef image_url{};           ///< an image
    Box<InputAudio> input_audio{};  ///< a recording
    Box<FileFile> file{};           ///< a document, a video or another file
    Text refusal{};                 ///< why the model refused
    Box<PromptCacheBreakpoint> prompt_cache_breakpoint{};  ///< a place for a cache to end; Gemini has none
    Box<CacheControl> cache_control{};                     ///< keeps it in an explicit cache; see PromptCache
    Extra extra{};                                         ///< members this version does not know

    /// A text.
    static ContentPart from_text(std::string text);
    /// An image by its address or data URI.
    static ContentPart from_image(std::string url);

    static constexpr void fields(auto& self, auto&& visit) {
        visit("type", self.type);
        visit("text", self.text);
        visit("image_url", self.image_url);
        visit("input_audio", self.input_audio);
        visit("file", self.file);
        visit("refusal", self.refusal);
        visit("prompt_cache_breakpoint", self.prompt_cache_breakpoint);
        visit("cache_control", self.cache_control);
    }
};

/// What a message says: a text, or parts. Unset unless given something.
struct MessageContent : OneOf<std::string, std::vector<ContentPart>> {
    using OneOf::OneOf;
    /// A text; unset for a null `const char*`.
    MessageContent(const char* text) {
        if (text != nullptr) *this = std::string(text);
    }
    /// Parts.
    MessageContent(std::initializer_list<ContentPart> parts) : OneOf(std::vector<ContentPart>(parts)) {}

    /// The text; that of the parts, joined.
    std::string text() const;
    /// Whether there is a text or a list, which may be empty.
    bool has_value() const noexcept { return !empty(); }

    friend bool operator==(const MessageContent& a, const MessageContent& b) = default;
    /// Whether it is that text, and not parts.
    template <std::convertible_to<std::string_view> T>
    friend bool operator==(const MessageContent& a, const T& b) {
        const auto* const text = a.get_if<std::string>();
        return text != nullptr && *text == std::string_view(b);
    }
    /// Writes the text.
    friend std::ostream& operator<<(std::ostream& out, const MessageContent& content) {
        return out << content.text();
    }
};

}  // namespace genai::inline GENAI_ABI::openai

#if GENAI_BODIES

#include <utility>

namespace genai::inline GENAI_ABI::openai {

GENAI_INLINE ContentPart ContentPart::from_text(std::string text) {
    return {.type = "text", .text = std::move(text)};
}

GENAI_INLINE ContentPart ContentPart::from_image(std::string url) {
    return {.type = "image_url", .image_url = std::move(url)};
}

GENAI_INLINE std::string MessageContent::text() const {
    if (const auto* const text = get_if<std::string>()) return *text;
    std::string joined;
    if (const auto* const parts = get_if<std::vector<ContentPart>>())
        for (const ContentPart& part : *parts) joined += part.text.value_or("");
    return joined;
}

}  // namespace genai::inline GENAI_ABI::openai

#endif
