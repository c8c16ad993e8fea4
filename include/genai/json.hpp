#pragma once

/// Conversions between the API's structs and nlohmann::json, for programs that mix them:
/// `Json j = content; auto part = j["parts"][0].get<genai::Part>();`

#include <genai/config.hpp>

#include <nlohmann/json.hpp>

#include <genai/values/json.hpp>
#include <genai/wire/codec.hpp>
#include <genai/wire/extra.hpp>

/// For every struct of the API. Reading throws genai::DecodeError.
template <genai::wire::ApiStruct T>
struct nlohmann::adl_serializer<T, void> {
    template <class Tree>
    static void to_json(Tree& tree, const T& value) {
        tree = Tree::parse(genai::encode(value));
    }
    template <class Tree>
    static void from_json(const Tree& tree, T& value) {
        value = genai::decode<T>(tree.dump());
    }
};
