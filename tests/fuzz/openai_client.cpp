// Requests in OpenAI's shapes, and answers of Gemini's, whatever they are: what they become, or an error of
// the library's.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>

#include <genai/genai.hpp>
#include <genai/openai.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    namespace openai = genai::openai;
    try {
        const auto params = genai::decode<openai::CompletionCreateParams>(text);
        const openai::Options options{
            .drop_params = (data[0] & 1U) != 0,
            .effort_table = (data[0] & 2U) != 0 ? openai::EffortTable::google : openai::EffortTable::litellm};
        const openai::GeminiRequest request = openai::to_gemini(params, options);
        const std::string sent = genai::encode(request.contents) + genai::encode(request.config);
        if (request.contents.empty()) std::terminate();  // there is something to ask, or it is refused
        if (genai::encode(openai::to_gemini(
                              genai::decode<openai::CompletionCreateParams>(genai::encode(params)), options)
                              .contents) +
                genai::encode(request.config) !=
            sent)
            std::terminate();  // a request that is written and read again is the same request
    } catch (const genai::Error&) {
    }
    try {
        const auto response = genai::decode<genai::GenerateContentResponse>(text);
        const openai::ChatCompletion completion = openai::from_gemini(response, {.model = "m"});
        if (completion.choices.empty()) std::terminate();
        static_cast<void>(genai::encode(completion));
        openai::ChunkReader reader({.model = "m", .include_usage = true});
        for (int i = 0; i < 2; ++i)
            for (const auto& chunk : reader.take(response)) static_cast<void>(genai::encode(chunk));
        for (const auto& chunk : reader.finish()) static_cast<void>(genai::encode(chunk));
    } catch (const genai::Error&) {
    }
    return 0;
}
