#pragma once

#include <cstdint>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/text.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/table.hpp>

namespace genai::inline GENAI_ABI::openai {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// A model. https://platform.openai.com/docs/api-reference/models/object
struct Model {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< its name
    Text object{};                                     ///< `model`
    std::int64_t created{};  ///< when it was made, in seconds since 1970; 0 where that is not told
    Text owned_by{};         ///< whose it is
    Text shutdown_date{};    ///< when it will be gone
    Extra extra{};           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("object", self.object);
        visit("created", self.created);
        visit("owned_by", self.owned_by);
        visit("shutdown_date", self.shutdown_date);
    }
};

/// Models. https://platform.openai.com/docs/api-reference/models/list
struct ModelList {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text object{};                                     ///< `list`
    std::vector<Model> data{};                         ///< the models
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("object", self.object);
        visit("data", self.data, wire::even_empty);
    }
};

/// That a model was deleted. https://platform.openai.com/docs/api-reference/models/delete
struct ModelDeleted {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text id{};                                         ///< its name
    Text object{};                                     ///< `model`
    Flag deleted{};                                    ///< whether it was
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("object", self.object);
        visit("deleted", self.deleted);
    }
};

}  // namespace genai::inline GENAI_ABI::openai
