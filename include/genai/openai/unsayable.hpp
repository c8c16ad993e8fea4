#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/openai/tree.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// What is done about parts of a request that OpenAI's shapes have no word for: refused, or left out where
/// that was asked for.
class Unsayable {
public:
    explicit Unsayable(bool drop) : drop_(drop) {}

    /// Throws InvalidArgument with the place, or lets it be left out.
    void operator()(const std::string& pointer, const std::string& why) const {
        if (!drop_) throw InvalidArgument(pointer, why);
    }
    /// The same for all members of an object but those in a list, separated by blanks.
    void others(const Tree& object, const std::string& pointer, std::string_view known) const {
        if (drop_ || !object.is_object()) return;
        for (const auto& [key, value] : object.items())
            if (!value.is_null() && !is_one_of(key, known))
                (*this)(pointer + '/' + key, "cannot be said to an OpenAI-compatible server");
    }

private:
    bool drop_;
};

}  // namespace genai::inline GENAI_ABI::openai::detail
