#include <cstdint>
#include <cstddef>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

#include "clients.hpp"
#include "uploads.hpp"
#include "wrong.hpp"

using genai::Bytes;
using genai::Client;
using genai::File;
using genai::FileState;
using genai::InvalidArgument;
using genai::UploadSource;
using namespace support;
using genai::testing::Emulator;

TEST_CASE("bytes, spans, streams and readers are uploaded too, of any length") {
    Emulator emulator;
    const Client client(support::hurried(emulator.client_options()));
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, part - 1, part, part + 1, 2 * part}) {
        INFO(size);
        const std::string text = pattern(size);
        const std::vector<std::string> known =
            size == 0 || size <= part ? std::vector<std::string>{"start", "upload, finalize"}
                                      : std::vector<std::string>{"start", "upload", "upload, finalize"};
        const auto check_sent = [&](const File& file) {
            CHECK(file.size_bytes == static_cast<std::int64_t>(size));
            const Sent all = sent(emulator);
            CHECK(all.commands == known);
            CHECK((all.bytes == text));
            emulator.clear();
        };
        check_sent(client.files.upload(Bytes(text), {.mime_type = "text/plain"}));
        check_sent(client.files.upload(std::span(text.data(), text.size()), {.mime_type = "text/plain"}));
        std::istringstream stream(text);
        check_sent(client.files.upload(UploadSource::from_stream(stream), {.mime_type = "text/plain"}));
        std::size_t at = 0;
        const auto reader = [&](std::span<char> out) {
            const std::size_t count = (std::min)({out.size(), text.size() - at, std::size_t{1000003}});
            std::copy_n(text.data() + at, count, out.data());
            at += count;
            return count;
        };
        check_sent(client.files.upload(UploadSource::from_reader(reader, size), {.mime_type = "text/plain"}));
    }
}
