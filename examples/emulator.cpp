// The emulator as a server of its own, for other programs and other languages.
//
//   emulator [port]      prints its address and serves until end of input or a signal
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include <genai/testing/emulator.hpp>

int main(int argc, char** argv) {
    try {
        genai::testing::Emulator emulator(
            {.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)});
        std::cout << "GOOGLE_GEMINI_BASE_URL=" << emulator.url() << "\nGEMINI_API_KEY=test-key" << std::endl;
        for (std::string line; std::getline(std::cin, line);) {
        }
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << '\n';
        return 1;
    }
}
