// genai-emulator: the emulator of the Gemini API as a server of its own, for programs in any language.
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <genai/genai.hpp>
#include <genai/testing/emulator.hpp>

namespace {

constexpr std::string_view usage = R"(genai-emulator [option]...

Serves the Gemini API on this machine, without a model behind it, until SIGTERM or SIGINT.

  --port N              port to listen on; a free one for 0, the default
  --host ADDRESS        IPv4 address to listen on; 127.0.0.1 unless told otherwise
  --key KEY             API key it accepts; test-key unless told otherwise, any where it is empty
  --model NAME          one more model that answers as Gemini does
  --chunk-delay TIME    between two chunks of a stream
  --latency TIME        before each answer
  --strict=false        takes requests that the service refuses
  --signatures          refuses function calls that come back without their thoughtSignature
  --openai-as-google    /v1beta/openai/ with the faults that Google's own has
  --cors                answers browsers of any origin
  --control             lets programs script it under /emulator/
  --replies FILE        first answers, in JSON as for POST /emulator/replies
  --fail STATUS:SHARE   lets a share of the answers, 0 to 1, fail with this HTTP status
  --seed N              of the failures' chance
  --polls N             polls that find files, operations and batches unfinished; 1 unless told otherwise
  --help, --version

TIME is a number with its unit: 20ms, 1.5s. What it answers is said in docs/emulator.md.
)";

volatile std::sig_atomic_t stopped = 0;

template <class T>
T number(const std::string& name, std::string_view text) {
    T value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        throw std::invalid_argument(name + " wants a number, not '" + std::string(text) + '\'');
    return value;
}

std::chrono::milliseconds duration(const std::string& name, std::string_view text) {
    double scale = 1;
    if (text.ends_with("ms")) text.remove_suffix(2);
    else if (text.ends_with('s')) {
        text.remove_suffix(1);
        scale = 1000;
    }
    const auto value = number<double>(name, text) * scale;
    if (!(value >= 0 && value < 1e12)) throw std::invalid_argument(name + " wants a time, such as 20ms");
    return std::chrono::milliseconds(static_cast<std::int64_t>(value));
}

bool truth(const std::string& name, std::string_view text) {
    if (text.empty() || text == "true") return true;
    if (text == "false") return false;
    throw std::invalid_argument(name + " is true or false");
}

/// What the command line asks for.
struct Settings {
    genai::testing::EmulatorOptions options{};
    std::vector<genai::testing::Reply> replies{};
};

std::pair<int, double> failure(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) throw std::invalid_argument("--fail wants STATUS:SHARE, such as 429:0.1");
    const auto status = number<int>("--fail", text.substr(0, colon));
    const auto share = number<double>("--fail", text.substr(colon + 1));
    if (status < 400 || status > 599 || !(share >= 0 && share <= 1))
        throw std::invalid_argument("--fail wants a status of 400 to 599 and a share of 0 to 1");
    return {status, share};
}

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::invalid_argument("--replies: cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Takes one option; `value` is what stands behind `=`, or the next argument.
void take(Settings& settings, const std::string& name, const std::string& value) {
    auto& options = settings.options;
    if (name == "--port") options.port = number<std::uint16_t>(name, value);
    else if (name == "--host") options.host = value;
    else if (name == "--key") options.api_key = value;
    else if (name == "--model") options.models.push_back(value);
    else if (name == "--chunk-delay") options.chunk_delay = duration(name, value);
    else if (name == "--latency") options.latency = duration(name, value);
    else if (name == "--replies") settings.replies = genai::testing::read_replies(content(value));
    else if (name == "--fail") options.failures.push_back(failure(value));
    else if (name == "--seed") options.seed = number<std::uint64_t>(name, value);
    else if (name == "--polls") options.polls_until_done = number<int>(name, value);
    else throw std::invalid_argument("there is no option " + name + "; see --help");
}

/// Takes one of the options that are true or false; false where it is none of them.
bool take_switch(Settings& settings, const std::string& name, std::string_view value) {
    auto& options = settings.options;
    for (const auto& [known, into] :
         {std::pair("--strict", &options.strict), std::pair("--signatures", &options.check_thought_signatures),
          std::pair("--cors", &options.cors), std::pair("--control", &options.control),
          std::pair("--openai-as-google", &options.openai_as_google)})
        if (name == known) {
            *into = truth(name, value);
            return true;
        }
    return false;
}

Settings read(const std::vector<std::string>& arguments) {
    Settings settings;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        const auto equals = argument.find('=');
        const std::string name = argument.substr(0, equals);
        if (take_switch(settings, name, equals == std::string::npos ? "" : argument.substr(equals + 1))) continue;
        if (equals != std::string::npos) take(settings, name, argument.substr(equals + 1));
        else if (i + 1 < arguments.size()) take(settings, name, arguments[++i]);
        else throw std::invalid_argument(name + " wants a value, or is no option; see --help");
    }
    return settings;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    for (const std::string& argument : arguments) {
        if (argument == "--help") return std::cout << usage, 0;
        if (argument == "--version") return std::cout << "genai-emulator " << genai::version() << '\n', 0;
    }
    const auto stop = [](int) { stopped = 1; };
    std::signal(SIGTERM, stop);
    std::signal(SIGINT, stop);
    try {
        Settings settings = read(arguments);
        const std::string key = settings.options.api_key;
        genai::testing::Emulator emulator(std::move(settings.options));
        for (auto& reply : settings.replies) emulator.enqueue(std::move(reply));
        std::cout << "GOOGLE_GEMINI_BASE_URL=" << emulator.url() << "\nGEMINI_API_KEY=" << key << std::endl;
        while (stopped == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    } catch (const std::exception& problem) {
        std::cerr << "genai-emulator: " << problem.what() << '\n';
        return 2;
    }
}
