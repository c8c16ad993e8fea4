#pragma once

// The options of cases for OpenAI-compatible servers.

#include <optional>
#include <string>

#include <genai/openai/quirks.hpp>

#include "calls.hpp"

namespace conformance {

/// A member of the quirks by its name in camelCase or in snake_case.
template <class T>
void set_quirk(std::optional<T>& quirk, const Tree& options, const char* snake, const char* camel) {
    for (const char* name : {snake, camel})
        if (options.contains(name)) quirk = options.at(name).get<T>();
}

inline genai::openai::Quirks quirks_of(const Tree& options) {
    genai::openai::Quirks quirks;
    std::optional<std::string> kind;
    set_quirk(kind, options, "kind", "kind");
    if (kind) quirks.kind = genai::openai::kind_named(*kind);
    std::optional<bool> drop;
    set_quirk(drop, options, "drop_params", "dropParams");
    quirks.drop_params = drop.value_or(false);
    set_quirk(quirks.max_tokens, options, "max_tokens", "maxTokens");
    set_quirk(quirks.system_role, options, "system_role", "systemRole");
    std::optional<std::string> schema;
    set_quirk(schema, options, "schema", "schema");
    if (schema) quirks.json_schema = *schema != "none";
    set_quirk(quirks.json_object, options, "json_object", "jsonObject");
    set_quirk(quirks.top_k, options, "top_k", "topK");
    set_quirk(quirks.stream_usage, options, "stream_usage", "streamUsage");
    set_quirk(quirks.merge_roles, options, "merge_roles", "mergeRoles");
    set_quirk(quirks.remote_images, options, "remote_images", "remoteImages");
    set_quirk(quirks.any_audio, options, "any_audio", "anyAudio");
    set_quirk(quirks.video, options, "video", "video");
    set_quirk(quirks.thoughts, options, "thoughts", "thoughts");
    set_quirk(quirks.signatures, options, "signatures", "signatures");
    set_quirk(quirks.details, options, "details", "details");
    set_quirk(quirks.google_extra, options, "google_extra", "googleExtra");
    set_quirk(quirks.nine_letter_ids, options, "nine_letter_ids", "nineLetterIds");
    set_quirk(quirks.think_tags, options, "think_tags", "thinkTags");
    return quirks;
}

}  // namespace conformance
