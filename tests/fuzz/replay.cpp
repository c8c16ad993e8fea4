// Runs a fuzz target without a fuzzer: over the files of a corpus, and over mutations of them, always the
// same.
//
//   replay CORPUS MUTATIONS

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutate(std::string input, std::mt19937& random) {
    static const std::vector<std::string> pieces{"{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ",",
                                                 ":",
                                                 "\"",
                                                 "\\",
                                                 "\\u",
                                                 "\\ud83d\\ude00",
                                                 "null",
                                                 "true",
                                                 "1e999",
                                                 "-0",
                                                 "1.5e-7",
                                                 "123456789012345678901234567890",
                                                 "\xFF",
                                                 "\xC3\xA9",
                                                 "\xED\xA0\x80",
                                                 "\n",
                                                 "\r",
                                                 "\r\n",
                                                 " ",
                                                 "data:",
                                                 "event: ",
                                                 "id: ",
                                                 "\xEF\xBB\xBF",
                                                 std::string(1, '\0'),
                                                 "\"text\":",
                                                 "\"parts\":"};
    const auto pick = [&random](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count == 0 ? 0 : count - 1)(random);
    };
    for (std::size_t changes = 1 + pick(4); changes > 0; --changes) {
        const std::size_t at = pick(input.size() + 1);
        switch (pick(5)) {
            case 0: input.insert(at, pieces[pick(pieces.size())]); break;
            case 1: input.erase(at, 1 + pick(8)); break;
            case 2:
                if (at < input.size()) input[at] = static_cast<char>(random());
                break;
            case 3: input.insert(at, input.substr(pick(input.size() + 1), pick(32))); break;
            default: input.resize(at); break;
        }
    }
    return input;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: replay CORPUS MUTATIONS\n";
        return 2;
    }
    std::vector<std::string> seeds;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        std::ifstream file(entry.path(), std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    if (seeds.empty()) {
        std::cerr << "the corpus is empty\n";
        return 1;
    }
    for (const std::string& seed : seeds) run(seed);
    std::mt19937 random(42);
    const long mutations = std::atol(argv[2]);
    for (long i = 0; i < mutations; ++i)
        run(mutate(seeds[static_cast<std::size_t>(i) % seeds.size()], random));
    std::cout << seeds.size() << " seeds and " << mutations << " mutations ran clean\n";
}
