#pragma once

#include <string>

#include <genai/config.hpp>
#include <genai/values/box.hpp>

namespace genai::inline GENAI_ABI::wire {

/// What the codec sees of an Extra: members of an object as JSON text, `"a":1,"b":[2]`, on the heap when
/// there are any.
class RawMembers {
public:
    /// The text; null when there are no members.
    const std::string* raw() const noexcept { return text_ ? &*text_ : nullptr; }
    /// The text to add to.
    std::string& edit_raw() { return text_ ? *text_ : text_.emplace(); }

protected:
    Box<std::string> text_{};
};

/// What the codec sees of a RawJson: one value as JSON text; empty when there is none.
class RawValue {
public:
    /// The text.
    const std::string& raw() const noexcept { return text_; }
    /// The text to replace.
    std::string& edit_raw() noexcept { return text_; }

protected:
    std::string text_{};
};

}  // namespace genai::inline GENAI_ABI::wire
