// decode_chunks COUNT
//
// Decodes a chunk so often, for its instructions to be counted by callgrind.

#include <cstdlib>

#include <genai/types/generate_content.hpp>

#include "chunk.hpp"

int main(int argc, char** argv) {
    std::size_t candidates = 0;
    const long count = argc == 2 ? std::atol(argv[1]) : 1;
    for (long i = 0; i < count; ++i)
        candidates += genai::decode<genai::GenerateContentResponse>(chunk).candidates.size();
    return candidates == static_cast<std::size_t>(count) ? 0 : 1;
}
