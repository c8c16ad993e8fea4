#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/types/content.hpp>
#include <genai/types/file.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI {

/// What a part can be made of: text, a Part, a File that has been uploaded.
class PartUnion {
public:
    /// A text part.
    template <std::convertible_to<std::string_view> Text>
    PartUnion(const Text& text) : part_(Part::from_text(std::string(std::string_view(text)))) {}
    /// A part as it is.
    PartUnion(Part part) : part_(std::move(part)) {}
    /// A reference to an uploaded file. Throws InvalidArgument when it has no address or type yet.
    PartUnion(const File& file) {
        if (!file.uri || file.uri->empty())
            throw InvalidArgument("contents", "the file " + file.name + " has no uri: upload it first");
        if (!file.mime_type || file.mime_type->empty())
            throw InvalidArgument("contents", "the file " + file.name + " has no mime_type");
        part_ = Part::from_uri(*file.uri, *file.mime_type);
    }

    /// The part, moved out.
    Part take() const { return std::move(part_); }

private:
    mutable Part part_{};  // elements of a braced list are const, and media should not be copied out of them
};

/// One turn of input: a Content, or what one of the user's can be made of. Empty unless given something.
class ContentUnion : public Box<Content> {
public:
    ContentUnion() = default;
    /// A user's turn of one text part.
    template <std::convertible_to<std::string_view> Text>
    ContentUnion(const Text& text) : ContentUnion(PartUnion(text)) {}
    /// A user's turn of one part.
    ContentUnion(Part part) : ContentUnion(PartUnion(std::move(part))) {}
    /// A user's turn of one file.
    ContentUnion(const File& file) : ContentUnion(PartUnion(file)) {}
    /// A user's turn of several parts.
    ContentUnion(std::initializer_list<PartUnion> parts) : Box(Content{.role = "user"}) {
        for (const PartUnion& part : parts) (*this)->parts.push_back(part.take());
    }
    /// A user's turn of several parts.
    ContentUnion(std::vector<Part> parts) : Box(Content{.parts = std::move(parts), .role = "user"}) {}
    /// A turn as it is.
    ContentUnion(Content content) : Box(std::move(content)) {}

private:
    ContentUnion(const PartUnion& part) : Box(Content{.role = "user"}) {
        (*this)->parts.push_back(part.take());
    }
};

/// What is sent to a model, as the Python SDK takes it: text, a Part, a File, a Content, or a list that mixes
/// them. Parts that stand side by side become one turn, the user's, or the model's where they are function
/// calls; an inner list is one turn of the user; a Content stays as it is.
class ContentListUnion {
public:
    /// One element of a mixed list.
    class Item {
    public:
        template <std::convertible_to<std::string_view> Text>
        Item(const Text& text) : Item(Part::from_text(std::string(std::string_view(text)))) {}
        Item(Part part) : single_(true) { content_.parts.push_back(std::move(part)); }
        Item(const File& file) : Item(PartUnion(file).take()) {}
        Item(Content content) : content_(std::move(content)) {}
        Item(std::initializer_list<PartUnion> parts) : content_(std::move(*ContentUnion(parts))) {}

    private:
        friend ContentListUnion;
        mutable Content content_{};  // see PartUnion
        bool single_{false};
    };

    /// One text.
    template <std::convertible_to<std::string_view> Text>
    ContentListUnion(const Text& text)
        : ContentListUnion(Part::from_text(std::string(std::string_view(text)))) {}
    /// One part.
    ContentListUnion(Part part) { add(std::move(part)); }
    /// One file.
    ContentListUnion(const File& file) : ContentListUnion(PartUnion(file).take()) {}
    /// One turn.
    ContentListUnion(Content content) { contents_.push_back(std::move(content)); }
    /// Turns as they are.
    ContentListUnion(std::vector<Content> contents) : contents_(std::move(contents)) {}
    /// Parts, side by side.
    ContentListUnion(std::vector<Part> parts) {
        for (Part& part : parts) add(std::move(part));
    }
    /// Texts, side by side.
    ContentListUnion(const std::vector<std::string>& texts) {
        for (const std::string& text : texts) add(Part::from_text(text));
    }
    /// Anything, mixed.
    ContentListUnion(std::initializer_list<Item> items) {
        for (const Item& item : items) add(item);
    }
    /// Anything, mixed.
    ContentListUnion(const std::vector<Item>& items) {
        const std::vector<Item> copies = items;  // what is added is moved out, and the vector is the caller's
        for (const Item& item : copies) add(item);
    }

    /// The turns it comes to.
    const std::vector<Content>& contents() const& noexcept { return contents_; }
    /// The turns it comes to, moved out.
    std::vector<Content> contents() && noexcept { return std::move(contents_); }
    /// The turns to change; for the codec.
    std::vector<Content>& edit_contents() noexcept {
        open_ = false;
        return contents_;
    }
    /// Whether turn `i` was gathered here from parts that were given side by side.
    bool gathered(std::size_t i) const noexcept { return i < gathered_.size() && gathered_[i]; }

private:
    void add(const Item& item) {
        if (item.single_) {
            add(std::move(item.content_.parts.front()));
        } else {
            contents_.push_back(std::move(item.content_));
            open_ = false;
        }
    }

    void add(Part part) {
        const std::string_view role = part.function_call ? "model" : "user";
        if (!open_ || contents_.back().role != role) {
            contents_.push_back({.role = std::string(role)});
            gathered_.resize(contents_.size());
            gathered_.back() = true;
        }
        contents_.back().parts.push_back(std::move(part));
        open_ = true;
    }

    std::vector<Content> contents_{};
    std::vector<bool> gathered_{};  // of the turns, as far as it goes
    bool open_{false};              // whether the last turn takes more parts
};

namespace wire {

/// On the wire, the list of its turns.
template <>
struct TypeOf<ContentListUnion> {
    static constexpr Type make() {
        return {
            .kind = Kind::list,
            .size = sizeof(Content),
            .inner = &type_of<Content>,
            .emplace = [](void* at) -> void* {
                return &static_cast<ContentListUnion*>(at)->edit_contents().emplace_back();
            },
            .clear = [](void* at) { static_cast<ContentListUnion*>(at)->edit_contents().clear(); },
            .first = [](const void* at) -> const void* {
                return static_cast<const ContentListUnion*>(at)->contents().data();
            },
            .count =
                [](const void* at) { return static_cast<const ContentListUnion*>(at)->contents().size(); }};
    }
};

}  // namespace wire

}  // namespace genai::inline GENAI_ABI
