// Bodies and schemas that the fuzzer has, sent to the emulator: each is answered or refused in the service's
// form, and none is answered with an internal error or with words of a C++ exception.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace {

// Paths by the first byte; the schemas' begin with what goes around the body.
struct Place {
    const char* path{};
    std::string_view before{};
    std::string_view after{};
};
constexpr std::array places{
    Place{"models/gemini-2.5-flash:generateContent"},
    Place{
        "models/gemini-2.5-flash:generateContent",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":)",
        "}}"},
    Place{
        "models/gemini-2.5-flash:generateContent",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json","responseSchema":)",
        "}}"},
    Place{
        "models/gemini-2.5-flash:generateContent",
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":)",
        "}]}]}"},
    Place{"models/gemini-2.5-flash:countTokens"},
    Place{"models/gemini-embedding-001:batchEmbedContents"},
    Place{"models/gemini-2.5-flash:batchGenerateContent"},
    Place{"models/imagen-4.0-generate-001:predict"},
    Place{"cachedContents"},
    Place{"interactions"},
    Place{"decisions"},
    Place{"tunedModels"},
    Place{"fileSearchStores"},
    Place{"files:register"},
    Place{"webhooks"},
    Place{"triggers"},
    Place{"credentials"},
    Place{"voices"},
    Place{"environments"},
    Place{"agents"},
    Place{"auth_tokens"}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Place& place = places.at(data[0] % places.size());
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto service = genai::testing::make_emulated_api({.api_key = ""});
    service->set_url("http://127.0.0.1:1");
    genai::testing::ReceivedRequest request{.method = "POST", .path = std::string("/v1beta/") + place.path};
    request.target = request.path;
    request.headers.add("authorization", "Bearer token");
    request.body = std::string(place.before) + std::string(body) + std::string(place.after);
    const auto reply = service->answer(request);
    if (reply.status >= 500) std::abort();
    for (const std::string& piece : reply.pieces)
        if (piece.find("json.exception") != std::string::npos || piece.find("std::") != std::string::npos)
            std::abort();
    return 0;
}
