#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/core/call.hpp>
#include <genai/core/decode_response.hpp>
#include <genai/types/contents.hpp>
#include <genai/types/embedding.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What is embedded, one content a vector. The models of the embedding-2 family see text and media together,
/// so a list of parts is one content to them; to the others each part is one of its own.
template <class Contents>
std::vector<Content> embedded_contents(std::string_view model, const Contents& input) {
    if (input.contents().empty()) throw InvalidArgument("contents", "is empty");
    if (model.find("gemini-embedding-2") != std::string_view::npos) return input.contents();
    std::vector<Content> single;
    for (std::size_t i = 0; i < input.contents().size(); ++i) {
        const Content& turn = input.contents()[i];
        if (!input.gathered(i)) {
            single.push_back(turn);
            continue;
        }
        for (const Part& part : turn.parts) single.push_back({.parts = {part}, .role = turn.role});
    }
    return single;
}

/// Writes contents to embed as `"requests":[…]`; `wrapped` is what each stands under, nothing for none.
template <class Config>
void write_embed_requests(wire::Writer& writer, const Content* first, std::size_t count, const Config& config,
                          const std::string& model, bool wrapped) {
    wire::Buffer list;
    list.append('[');
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0) list.append(',');
        wire::Writer item(list);
        item.begin_object();
        if (wrapped) {
            item.key("\"request\":");
            item.begin_object();
        }
        if (!model.empty()) item.member("\"model\":", model);
        item.member("\"content\":", first[i]);
        item.members(config);
        if (wrapped) item.end_object();
        item.end_object();
    }
    list.append(']');
    writer.raw("\"requests\":", list.view());
}

/// Adds one answer's vectors and tokens to those before it.
template <class Response>
void add_embeddings(Response& all, Response&& more) {
    if (all.embeddings.empty()) {
        all = std::move(more);
        return;
    }
    for (auto& one : more.embeddings) all.embeddings.push_back(std::move(one));
    if (!more.usage_metadata) return;
    UsageMetadata& sum = all.usage_metadata ? *all.usage_metadata : all.usage_metadata.emplace();
    const auto add = [](std::optional<std::int64_t>& to, const std::optional<std::int64_t>& from) {
        if (from) to = to.value_or(0) + *from;
    };
    add(sum.prompt_token_count, more.usage_metadata->prompt_token_count);
    add(sum.total_token_count, more.usage_metadata->total_token_count);
}

}  // namespace genai::inline GENAI_ABI::detail
