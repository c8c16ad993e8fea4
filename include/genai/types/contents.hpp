#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/types/content.hpp>
#include <genai/types/file.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// What is a path to a file, as std::filesystem::path is.
template <class T>
concept PathLike = requires(const T& path) {
    typename T::string_type;
    path.parent_path();
};

/// A text; empty for a null `const char*`.
template <std::convertible_to<std::string_view> T>
std::string owned_text(const T& text) {
    if constexpr (std::is_pointer_v<T>) {
        if (text == nullptr) return {};
    }
    return std::string(std::string_view(text));
}

/// A reference to an uploaded file. Throws InvalidArgument when it has no URI or type yet.
Part file_part(const File& file);

}  // namespace detail

/// What is sent to a model: text, a Part, a File, a Content, or a list that mixes them. Parts that stand side
/// by side become one turn: the user's, or the model's where they are function calls. An inner list is one
/// turn of the user; a Content stays as it is. A list at run time: `contents.add("…").add(file).add(part)`.
class Contents {
public:
    /// One element of a list.
    class Item {
    public:
        /// A text part; an empty one for a null `const char*`.
        template <std::convertible_to<std::string_view> T>
        Item(const T& text) : Item(Text(), detail::owned_text(text)) {}
        /// A part.
        Item(Part part);
        /// A reference to an uploaded file. Throws InvalidArgument when it has no URI or type yet.
        Item(const File& file);
        /// A turn as it is.
        Item(Content content);
        /// A turn of the user's. Throws InvalidArgument when it holds a turn itself.
        Item(std::initializer_list<Item> parts);
        Item(const Item& other);
        Item(Item&& other) noexcept;
        Item& operator=(const Item& other);
        Item& operator=(Item&& other) noexcept;
        ~Item();
        Item(std::nullptr_t) = delete;  // give a text, a Part, a File or a Content
        template <detail::PathLike P>
        Item(const P&) = delete;  // a path: upload the file (client.files.upload), or send its bytes

    private:
        friend class Contents;
        friend class Message;

        struct Text {};
        Item(Text, std::string text);

        Content content_{};
        bool single_{false};  // one part, not a turn
    };

    /// Nothing; to be added to.
    explicit Contents();
    Contents(const Contents& other);
    Contents(Contents&& other) noexcept;
    Contents& operator=(const Contents& other);
    Contents& operator=(Contents&& other) noexcept;
    ~Contents();
    /// One text, part, file or turn.
    template <class T>
    requires(!std::derived_from<std::remove_cvref_t<T>, Contents> && std::convertible_to<T&&, Item>)
        Contents(T&& item) {
        add(Item(std::forward<T>(item)));
    }
    /// Anything, mixed.
    Contents(std::initializer_list<Item> items) {
        for (const Item& item : items) add(item);
    }
    /// The elements of a range: texts, parts, files, turns, or items that mix them.
    template <std::ranges::input_range R>
    requires(!std::derived_from<std::remove_cvref_t<R>, Contents> && !std::convertible_to<R&&, Item> &&
             !detail::PathLike<std::remove_cvref_t<R>> &&
             std::convertible_to<std::ranges::range_reference_t<R>, Item>) Contents(R&& items) {
        for (auto&& item : items) {
            if constexpr (std::is_lvalue_reference_v<R> || std::ranges::view<std::remove_cvref_t<R>>)
                add(Item(item));
            else add(Item(std::move(item)));
        }
    }
    Contents(std::nullptr_t) = delete;  // give a text, a Part, a File or a Content
    template <detail::PathLike P>
    Contents(const P&) = delete;  // a path: upload the file (client.files.upload), or send its bytes

    /// Adds an element behind the others.
    Contents& add(Item item);

    /// Whether there is nothing.
    bool empty() const noexcept { return contents_.empty(); }
    /// The turns it comes to.
    const std::vector<Content>& contents() const& noexcept { return contents_; }
    /// The turns it comes to, moved out.
    std::vector<Content> contents() && noexcept { return std::move(contents_); }
    /// Whether turn `i` was gathered here from parts that were given side by side.
    bool gathered(std::size_t i) const noexcept { return i < gathered_.size() && gathered_[i]; }

private:
    friend struct wire::TypeOf<Contents>;

    std::vector<Content>& edit() noexcept {
        open_ = false;
        return contents_;
    }

    std::vector<Content> contents_{};
    std::vector<bool> gathered_{};  // of the turns, as far as it goes
    bool open_{false};              // whether the last turn takes more parts
};

/// One turn of input: a Content, or what one of the user's can be made of. Unset unless given something.
class Message : public Box<Content> {
public:
    /// Unset.
    explicit Message() = default;
    /// A turn as it is, or one of the user's: a text, a part, a file. Unset for a null `const char*`.
    template <class T>
    requires(!std::derived_from<std::remove_cvref_t<T>, Message> && std::convertible_to<T&&, Contents::Item>)
        Message(T&& item) {
        if constexpr (std::is_pointer_v<std::remove_cvref_t<T>>) {
            if (item == nullptr) return;
        }
        take(Contents::Item(std::forward<T>(item)));
    }
    /// A turn of the user's of several parts. Throws InvalidArgument when there is a turn among them.
    Message(std::initializer_list<Contents::Item> parts) { take(Contents::Item(parts)); }
    /// A turn of the user's of the parts of a range. Throws InvalidArgument when there is a turn among them.
    template <std::ranges::input_range R>
    requires(!std::derived_from<std::remove_cvref_t<R>, Box<Content>> &&
             !std::convertible_to<R&&, Contents::Item> && !detail::PathLike<std::remove_cvref_t<R>> &&
             std::convertible_to<std::ranges::range_reference_t<R>, Contents::Item>) Message(R&& parts)
        : Message(Contents(std::forward<R>(parts))) {}
    Message(std::nullptr_t) = delete;  // give a text, a Part, a File or a Content
    template <detail::PathLike P>
    Message(const P&) = delete;  // a path: upload the file (client.files.upload), or send its bytes

private:
    explicit Message(Contents contents);
    void take(Contents::Item item);
};

namespace wire {

/// On the wire, the list of its turns.
template <>
struct TypeOf<Contents> {
    static constexpr Type make() {
        return {
            .kind = Kind::list,
            .size = sizeof(Content),
            .inner = &type_of<Content>,
            .emplace = [](void* at) -> void* { return &static_cast<Contents*>(at)->edit().emplace_back(); },
            .clear = [](void* at) { static_cast<Contents*>(at)->edit().clear(); },
            .first = [](const void* at) -> const void* {
                return static_cast<const Contents*>(at)->contents().data();
            },
            .count = [](const void* at) { return static_cast<const Contents*>(at)->contents().size(); }};
    }
};

}  // namespace wire

}  // namespace genai::inline GENAI_ABI

#if GENAI_BODIES

namespace genai::inline GENAI_ABI {

GENAI_INLINE Part detail::file_part(const File& file) {
    const auto refuse = [&file](const char* problem) {
        throw InvalidArgument("contents", "the file " + file.name + problem);
    };
    if (file.uri.value_or("").empty()) refuse(" has no uri: upload it first");
    if (file.mime_type.value_or("").empty()) refuse(" has no mime_type");
    return Part::from_uri(*file.uri, *file.mime_type);
}

GENAI_INLINE Contents::Item::Item(const Item& other) = default;
GENAI_INLINE Contents::Item::Item(Item&& other) noexcept = default;
GENAI_INLINE Contents::Item& Contents::Item::operator=(const Item& other) = default;
GENAI_INLINE Contents::Item& Contents::Item::operator=(Item&& other) noexcept = default;
GENAI_INLINE Contents::Item::~Item() = default;
GENAI_INLINE Contents::Item::Item(Part part) : single_(true) { content_.parts.push_back(std::move(part)); }
GENAI_INLINE Contents::Item::Item(Text, std::string text) : Item(Part::from_text(std::move(text))) {}
GENAI_INLINE Contents::Item::Item(const File& file) : Item(detail::file_part(file)) {}
GENAI_INLINE Contents::Item::Item(Content content) : content_(std::move(content)) {}
GENAI_INLINE Contents::Item::Item(std::initializer_list<Item> parts) : content_{.role = "user"} {
    for (const Item& part : parts) {
        if (!part.single_)
            throw InvalidArgument("contents",
                                  "a turn stands within another: an inner list is one turn, of parts");
        content_.parts.push_back(part.content_.parts.front());
    }
}

GENAI_INLINE Contents::Contents() = default;
GENAI_INLINE Contents::Contents(const Contents& other) = default;
GENAI_INLINE Contents::Contents(Contents&& other) noexcept = default;
GENAI_INLINE Contents& Contents::operator=(const Contents& other) = default;
GENAI_INLINE Contents& Contents::operator=(Contents&& other) noexcept = default;
GENAI_INLINE Contents::~Contents() = default;

GENAI_INLINE Contents& Contents::add(Item item) {
    if (!item.single_) {
        contents_.push_back(std::move(item.content_));
        open_ = false;
        return *this;
    }
    Part part = std::move(item.content_.parts.front());
    const std::string_view role = part.function_call ? "model" : "user";
    if (!open_ || contents_.back().role != role) {
        contents_.push_back({.role = std::string(role)});
        gathered_.resize(contents_.size());
        gathered_.back() = true;
    }
    contents_.back().parts.push_back(std::move(part));
    open_ = true;
    return *this;
}

GENAI_INLINE Message::Message(Contents contents) {
    auto turns = std::move(contents).contents();
    if (turns.size() > 1)
        throw InvalidArgument("message", "is one turn, and holds " + std::to_string(turns.size()));
    if (!turns.empty()) emplace(std::move(turns.front()));
}

GENAI_INLINE void Message::take(Contents::Item item) {
    if (item.single_) item.content_.role = "user";
    emplace(std::move(item.content_));
}

}  // namespace genai::inline GENAI_ABI

#endif
