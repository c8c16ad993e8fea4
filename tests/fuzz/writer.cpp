// Whatever a caller puts into a struct: the writer says it in JSON that nlohmann reads, and it comes back the
// same; or it refuses it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <genai/genai.hpp>

namespace {

/// Takes values from the fuzzer's bytes until they are used up.
class Bytes {
public:
    explicit Bytes(std::string_view rest) : rest_(rest) {}

    template <class T>
    T number() {
        T value{};
        const std::string taken = text(sizeof value);
        std::memcpy(&value, taken.data(), taken.size());
        return value;
    }
    std::string text() { return text(number<std::uint8_t>()); }
    bool coin() { return (number<std::uint8_t>() & 1U) != 0; }
    bool more() const { return !rest_.empty(); }

private:
    std::string text(std::size_t count) {
        const std::string taken(rest_.substr(0, count));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view rest_;
};

genai::Json tree(Bytes& bytes, int depth) {
    switch (bytes.number<std::uint8_t>() % 8) {
        case 0: return bytes.number<std::int64_t>();
        case 1: return bytes.number<std::uint64_t>();
        case 2: return bytes.number<double>();
        case 3: return bytes.coin();
        case 4: return bytes.text();
        case 5:
        case 6: {
            auto list = genai::Json::array();
            while (depth < 6 && bytes.more() && bytes.coin()) list.push_back(tree(bytes, depth + 1));
            return list;
        }
        default: {
            auto object = genai::Json::object();
            while (depth < 6 && bytes.more() && bytes.coin()) object[bytes.text()] = tree(bytes, depth + 1);
            return object;
        }
    }
}

genai::Part part(Bytes& bytes) {
    switch (bytes.number<std::uint8_t>() % 5) {
        case 0: return genai::Part::from_text(bytes.text());
        case 1: return genai::Part::from_bytes(genai::Bytes(bytes.text()), bytes.text());
        case 2: return genai::Part::from_function_call(bytes.text(), tree(bytes, 0));
        case 3: return genai::Part::from_uri(bytes.text(), bytes.text());
        default: {
            genai::Part part;
            part.thought = bytes.coin();
            part.thought_signature = bytes.text();
            return part;
        }
    }
}

template <class T>
void there_and_back(const T& value) {
    std::string text;
    try {
        text = genai::encode(value);
    } catch (const genai::InvalidArgument&) {
        return;
    }
    if (genai::Json::parse(text, nullptr, false).is_discarded()) std::abort();
    const T read = genai::decode<T>(text);
    if (!genai::wire::equal(genai::wire::type_of<T>, &read, &value) || genai::encode(read) != text)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bytes bytes({reinterpret_cast<const char*>(data), size});
    genai::Content content{.role = bytes.text()};
    while (bytes.more() && content.parts.size() < 8) content.parts.push_back(part(bytes));
    there_and_back(content);

    genai::GenerateContentConfig config{.temperature = bytes.number<double>(),
                                        .max_output_tokens = bytes.number<std::int32_t>()};
    config.stop_sequences = {bytes.text(), bytes.text()};
    config.labels.set(bytes.text(), bytes.text());
    there_and_back(config);
    return 0;
}
