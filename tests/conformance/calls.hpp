#pragma once

// Makes the calls that conformance cases describe: `method` and `params` in, the typed result as JSON out.

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <genai/genai.hpp>

namespace conformance {

using Tree = nlohmann::ordered_json;

/// A case that cannot be run: an unknown method or type, params of no known shape.
struct Unsupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A stream that failed: what it threw is nested, what came before is here.
struct BrokenStream {
    std::exception_ptr cause{};
    Tree partial{};
};

template <class T>
T typed(const Tree& value) {
    return genai::decode<T>(value.dump());
}

template <class T>
Tree untyped(const T& value) {
    return Tree::parse(genai::encode(value));
}

inline bool is_content(const Tree& value) { return value.is_object() && (value.contains("parts") || value.contains("role")); }
inline bool is_file(const Tree& value) { return value.is_object() && value.contains("uri") && !value.contains("text"); }

inline genai::PartUnion part(const Tree& value) {
    if (value.is_string()) return value.get<std::string>();
    if (is_file(value)) return typed<genai::File>(value);
    return typed<genai::Part>(value);
}

inline genai::ContentUnion content(const Tree& value) {
    if (is_content(value)) return typed<genai::Content>(value);
    std::vector<genai::Part> parts;
    if (!value.is_array()) parts.push_back(part(value).take());
    else
        for (const Tree& element : value) parts.push_back(part(element).take());
    return parts;
}

inline genai::ContentListUnion contents(const Tree& value) {
    if (value.is_null()) return {};
    std::vector<genai::ContentListUnion::Item> items;
    const auto add = [&items](const Tree& element) {
        if (is_content(element)) items.emplace_back(typed<genai::Content>(element));
        else if (element.is_array()) items.emplace_back(*content(element));
        else items.emplace_back(part(element).take());
    };
    if (!value.is_array()) add(value);
    else
        for (const Tree& element : value) add(element);
    return items;
}

/// The `config` of a generation, with the SDKs' shorthands.
inline genai::GenerateContentConfig generation_config(const Tree& params) {
    if (!params.contains("config") || params["config"].is_null()) return {};
    Tree config = params["config"];
    const auto take = [&config](const char* name) {
        Tree value;
        if (config.contains(name)) {
            value = config[name];
            config.erase(name);
        }
        return value;
    };
    const Tree http_options = take("httpOptions");
    const Tree system_instruction = take("systemInstruction");
    const Tree speech = config.contains("speechConfig") && config["speechConfig"].is_string() ? take("speechConfig") : Tree();
    auto typed_config = typed<genai::GenerateContentConfig>(config);
    if (!http_options.is_null()) typed_config.http_options = typed<genai::HttpOptions>(http_options);
    if (!system_instruction.is_null()) typed_config.system_instruction = content(system_instruction);
    if (speech.is_string()) typed_config.speech_config = genai::SpeechConfig::from_voice(speech.get<std::string>());
    return typed_config;
}

/// A response as JSON, without what the client knows beside the body.
inline Tree result(genai::GenerateContentResponse response) {
    response.sdk_http_response.reset();
    return untyped(response);
}

/// Makes the call. Throws what it throws, BrokenStream, Unsupported.
template <class Transport>
Tree call(const genai::Client<Transport>& client, const std::string& method, const Tree& params) {
    const std::string model = params.value("model", "");
    const Tree input = params.contains("contents") ? params["contents"] : Tree();
    if (method == "models.generate_content")
        return result(client.models.generate_content(model, contents(input), generation_config(params)));
    if (method == "models.generate_content_stream") {
        BrokenStream broken{.partial = Tree::array()};
        const auto config = generation_config(params);
        auto stream = client.models.generate_content_stream(model, contents(input), config);
        try {
            for (auto& chunk : stream) broken.partial.push_back(result(std::move(chunk)));
        } catch (...) {
            broken.cause = std::current_exception();
            throw broken;
        }
        return broken.partial;
    }
    throw Unsupported("no such method: " + method);
}

/// The name of the exception's class, without its namespace.
inline std::string error_type(const std::exception& problem) {
    const auto is = [&problem]<class E>(std::type_identity<E>) { return dynamic_cast<const E*>(&problem) != nullptr; };
    if (is(std::type_identity<genai::ClientError>())) return "ClientError";
    if (is(std::type_identity<genai::ServerError>())) return "ServerError";
    if (is(std::type_identity<genai::ApiError>())) return "ApiError";
    if (is(std::type_identity<genai::TransportError>())) return "TransportError";
    if (is(std::type_identity<genai::DecodeError>())) return "DecodeError";
    if (is(std::type_identity<genai::StreamInterrupted>())) return "StreamInterrupted";
    if (is(std::type_identity<genai::Cancelled>())) return "Cancelled";
    if (is(std::type_identity<genai::InvalidArgument>())) return "InvalidArgument";
    if (is(std::type_identity<genai::Error>())) return "Error";
    if (is(std::type_identity<Unsupported>())) return "Unsupported";
    return "exception";
}

}  // namespace conformance
