#pragma once

#include <string>
#include <utility>
#include <vector>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace support {

/// A client and the emulator it talks to.
struct Service {
    genai::testing::Emulator emulator;
    genai::Client<> client;
    explicit Service(genai::testing::EmulatorOptions options = {})
        : emulator(std::move(options)), client(emulator.client_options()) {}

    std::string last() const {
        return emulator.requests().back().method + ' ' + emulator.requests().back().target;
    }
    genai::Json last_body() const { return genai::Json::parse(emulator.requests().back().body); }
};

inline const std::string flash = "gemini-2.5-flash";

inline genai::Bytes bytes(const std::string& text) { return genai::Bytes(text); }

/// The names of all resources of a list.
template <class T>
std::vector<std::string> names(genai::Pager<T> pager) {
    std::vector<std::string> all;
    for (const T& item : pager) all.push_back(item.name);
    return all;
}

/// The ids of all resources of a list.
template <class T>
std::vector<std::string> ids(genai::Pager<T> pager) {
    std::vector<std::string> all;
    for (const T& item : pager) all.push_back(item.id);
    return all;
}

}  // namespace support
