#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/pointer.hpp>
#include <genai/wire/raw.hpp>
#include <genai/wire/scan.hpp>
#include <genai/wire/table.hpp>
#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Reads JSON (RFC 8259) from a place in a text: strings, numbers, lists and objects as such, whatever they
/// are read into. Strict: what is skipped is validated like the rest.
class ValueReader {
protected:
    explicit ValueReader(std::string_view text, unsigned max_depth)
        : begin_(text.data()), p_(text.data()), end_(text.data() + text.size()), max_depth_(max_depth) {
        if (text.starts_with("\xEF\xBB\xBF")) p_ += 3;
    }

    [[noreturn]] void fail(const std::string& problem) const { fail_at(p_, problem); }
    [[noreturn]] void fail_at(const char* place, const std::string& problem) const {
        const auto offset = static_cast<std::size_t>(place - begin_);
        throw DecodeError(pointer_at({begin_, static_cast<std::size_t>(end_ - begin_)}, offset),
                          problem + " (at byte " + std::to_string(offset) + ')');
    }
    [[noreturn]] void expected(std::string_view what) const {
        fail(std::string("expected ") + std::string(what) + found());
    }

    [[noreturn]] void too_deep() const {
        fail("is nested deeper than " + std::to_string(max_depth_) + " levels");
    }

    std::string found() const {
        if (at_end()) return ", found the end of the text";
        switch (*p_) {
            case '{': return ", found an object";
            case '[': return ", found a list";
            case '"': return ", found a string";
            case 't':
            case 'f': return ", found a boolean";
            case 'n': return ", found null";
            default:
                return (*p_ >= '0' && *p_ <= '9') || *p_ == '-' ? ", found a number"
                                                                : ", found something that is not JSON";
        }
    }

    bool at_end() const noexcept { return p_ == end_; }
    bool at(char c) const noexcept { return p_ != end_ && *p_ == c; }

    static bool is_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
    void blank() noexcept {
        while (p_ != end_ && is_blank(*p_)) ++p_;
    }

    void finish() {
        blank();
        if (!at_end()) fail("has text after its end");
    }

    bool word(std::string_view text) noexcept {
        if (!at(text.front()) || static_cast<std::size_t>(end_ - p_) < text.size() ||
            std::memcmp(p_, text.data(), text.size()) != 0)
            return false;
        p_ += text.size();
        return true;
    }

    /// One level of nesting, for as long as it lives.
    class Level {
    public:
        explicit Level(ValueReader& reader) : reader_(reader) {
            if (++reader_.depth_ > reader_.max_depth_) reader_.too_deep();
        }
        Level(const Level&) = delete;
        Level& operator=(const Level&) = delete;
        ~Level() { --reader_.depth_; }

    private:
        ValueReader& reader_;
    };

    /// Walks an object; `member` is called at each key's opening quote and leaves the reader behind the
    /// value.
    template <class Member>
    void object(Member&& member) {
        if (!at('{')) expected("an object");
        const Level level(*this);
        if (!opens('}')) return;
        do {
            if (!at('"')) expected("a key");
            member();
        } while (goes_on('}'));
    }

    /// Walks a list; `element` is called at each value and leaves the reader behind it.
    template <class Element>
    void list(Element&& element) {
        if (!at('[')) expected("a list");
        const Level level(*this);
        if (!opens(']')) return;
        do element();
        while (goes_on(']'));
    }

    /// Passes over the opening bracket at the reader; false when the closing one follows, which then is
    /// behind too.
    bool opens(char close) noexcept {
        ++p_;
        blank();
        if (!at(close)) return true;
        ++p_;
        return false;
    }

    /// Passes over what may stand behind a member or an element; false when it was the closing bracket.
    bool goes_on(char close) {
        blank();
        if (at(',')) {
            ++p_;
            blank();
            return true;
        }
        if (!at(close)) expected(close == '}' ? "a comma or the object's end" : "a comma or the list's end");
        ++p_;
        return false;
    }

    void colon() {
        blank();
        if (!at(':')) expected("a colon");
        ++p_;
        blank();
    }

    /// The characters of the string at the reader.
    void text(std::string& out) {
        if (!at('"')) expected("a string");
        bool high = false;
        const char* const start = p_ + 1;
        const char* const stop = scan_string(start, end_, high);
        if (stop != end_ && *stop == '"' && !high) {  // mostly it stands there as it is
            out.assign(start, static_cast<std::size_t>(stop - start));
            p_ = stop + 1;
            return;
        }
        unescape(out);
    }

    /// The same for a string that has escapes, or bytes to be checked.
    void unescape(std::string& out) {
        const char* const start = p_++;
        const std::optional<std::size_t> most =
            rest_of_string();  // an escape is longer than what it stands for
        if (!most) {
            p_ = start;
            return skip_string();  // which says what is wrong
        }
        out.resize(*most + copy_slack);
        char* to = out.data();
        for (bool more = true; more;) {
            const char* const run = p_;
            bool high = false;
            p_ = copy_string(p_, end_, to, high);
            to += p_ - run;
            more = run_ends(run, high);
            if (more) to += escape(to);
        }
        out.resize(static_cast<std::size_t>(to - out.data()));
    }

    /// How many bytes there are up to the end of the string the reader is in, not in the middle of an escape;
    /// nothing when it has no end.
    std::optional<std::size_t> rest_of_string() const noexcept {
        for (const char* quote = p_; quote != end_; ++quote) {
            quote = static_cast<const char*>(std::memchr(quote, '"', static_cast<std::size_t>(end_ - quote)));
            if (quote == nullptr) break;
            const char* escapes = quote;
            while (escapes != p_ && escapes[-1] == '\\') --escapes;
            if ((quote - escapes) % 2 == 0) return static_cast<std::size_t>(quote - p_);
        }
        return std::nullopt;
    }

    /// Looks at what ended a run of plain characters: true at an escape, false behind the closing quote.
    bool run_ends(const char* run, bool high) {
        if (high && !is_utf8({run, static_cast<std::size_t>(p_ - run)})) fail_at(run, "is not valid UTF-8");
        if (at_end()) fail("ends inside a string");
        if (*p_ == '"') {
            ++p_;
            return false;
        }
        if (*p_ != '\\') fail("has a control character inside a string");
        return true;
    }

    void skip_string() {
        if (!at('"')) expected("a string");
        ++p_;
        for (bool more = true; more;) {
            const char* const run = p_;
            bool high = false;
            p_ = scan_string(p_, end_, high);
            more = run_ends(run, high);
            char bytes[4];
            if (more) escape(bytes);
        }
    }

    std::size_t escape(char* out) {
        ++p_;
        if (at_end()) fail("ends inside a string");
        switch (*p_++) {
            case '"': *out = '"'; return 1;
            case '\\': *out = '\\'; return 1;
            case '/': *out = '/'; return 1;
            case 'b': *out = '\b'; return 1;
            case 'f': *out = '\f'; return 1;
            case 'n': *out = '\n'; return 1;
            case 'r': *out = '\r'; return 1;
            case 't': *out = '\t'; return 1;
            case 'u': break;
            default: fail("has an unknown escape");
        }
        const std::uint32_t code = hex4();
        return put_utf8(code < 0xD800 || code > 0xDFFF ? code : surrogate(code), out);
    }

    /// The code point that a surrogate begins; half a pair is U+FFFD.
    std::uint32_t surrogate(std::uint32_t code) {
        const char* const behind = p_;
        if (code < 0xDC00 && word("\\u")) {
            const std::uint32_t low = hex4();
            if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            p_ = behind;
        }
        if (refuse_half_surrogates_) fail("has half a surrogate pair");
        return 0xFFFD;
    }

    /// What each byte is worth as a hexadecimal digit; 16 for none.
    static constexpr auto hex_digits = [] {
        std::array<std::uint8_t, 256> table{};
        table.fill(16);
        for (unsigned i = 0; i < 10; ++i) table['0' + i] = static_cast<std::uint8_t>(i);
        for (unsigned i = 0; i < 6; ++i) table['a' + i] = table['A' + i] = static_cast<std::uint8_t>(10 + i);
        return table;
    }();

    std::uint32_t hex4() {
        std::uint32_t code = 0;
        unsigned seen = 0;
        const std::ptrdiff_t count = (std::min)(end_ - p_, std::ptrdiff_t{4});
        for (std::ptrdiff_t i = 0; i < count; ++i) {
            const unsigned digit = hex_digits[static_cast<unsigned char>(p_[i])];
            seen |= digit;
            code = code * 16 + digit;
        }
        if (seen >= 16) fail("has a malformed \\u escape");
        if (count < 4) fail("ends inside a string");
        p_ += 4;
        return code;
    }

    void bytes(Bytes& out) {
        const char* const start = p_;
        if (!at('"')) expected("a base64 string");
        const auto left = static_cast<std::size_t>(end_ - p_ - 1);
        const auto* const close =
            left == 0 ? nullptr : static_cast<const char*>(std::memchr(p_ + 1, '"', left));
        if (close == nullptr) fail("ends inside a string");
        const std::string_view plain(p_ + 1, static_cast<std::size_t>(close - p_ - 1));
        if (auto decoded = from_base64(plain)) {
            out = std::move(*decoded);
            p_ = close + 1;
            return;
        }
        std::string unescaped;  // servers that escape for HTML write padding as =
        text(unescaped);
        std::erase_if(unescaped, [](char c) { return c == '\r' || c == '\n'; });  // lines, as MIME has them
        auto decoded = from_base64(unescaped);
        if (!decoded) fail_at(start, "is not base64");
        out = std::move(*decoded);
    }

    Number number() {
        const Number parsed = scan_number(p_, end_);
        if (parsed.end == nullptr) expected("a number");
        p_ = parsed.end;
        return parsed;
    }

    /// A number, also one that travels as a string.
    Number number_or_text() {
        if (!at('"')) return number();
        ++misfits_;
        const char* const start = p_;
        ++p_;
        const Number parsed = scan_number(p_, end_);
        if (parsed.end == nullptr || parsed.end == end_ || *parsed.end != '"')
            fail_at(start, "expected a number, found a string");
        p_ = parsed.end + 1;
        return parsed;
    }

    double finite(const Number& parsed) const {
        const double value = to_double(parsed);
        if (!std::isfinite(value)) fail_at(parsed.begin, "is a number out of range");
        return value;
    }

    template <class I>
    void store(const Number& parsed, void* out) {
        std::uint64_t size = parsed.mantissa;
        if (!parsed.integral) {  // 12.0 and 1e3 are integers too
            const double value = finite(parsed);
            if (value != std::trunc(value)) fail_at(parsed.begin, "expected an integer, found a fraction");
            ++misfits_;
            if (std::fabs(value) >= 9007199254740992.0) fail_at(parsed.begin, "is a number out of range");
            size = static_cast<std::uint64_t>(std::fabs(value));
        } else if (parsed.overflow) {
            fail_at(parsed.begin, "is a number out of range");
        }
        constexpr auto most = static_cast<std::uint64_t>((std::numeric_limits<I>::max)());
        const std::uint64_t limit = !parsed.negative ? most : std::is_signed_v<I> ? most + 1 : 0;
        if (size > limit) fail_at(parsed.begin, "is a number out of range");
        const I value = parsed.negative ? static_cast<I>(std::uint64_t{0} - size) : static_cast<I>(size);
        std::memcpy(out, &value, sizeof value);
    }

    void integer(const Type& type, void* out) {
        const Number parsed = number_or_text();
        with_integer(type, [&]<class I>(std::type_identity<I>) { store<I>(parsed, out); });
    }

    /// What JSON has no number for, in protobuf's words; the reader then is behind it.
    std::optional<double> not_finite() noexcept {
        if (word("\"NaN\"")) return std::numeric_limits<double>::quiet_NaN();
        if (word("\"Infinity\"")) return std::numeric_limits<double>::infinity();
        if (word("\"-Infinity\"")) return -std::numeric_limits<double>::infinity();
        return std::nullopt;
    }

    void real(const Type& type, void* out) {
        if (at('"'))
            if (const auto value = not_finite()) {
                if (type.width == sizeof(double)) *static_cast<double*>(out) = *value;
                else *static_cast<float*>(out) = static_cast<float>(*value);
                return;
            }
        const Number parsed = number_or_text();
        const double value = finite(parsed);
        if (type.width == sizeof(double)) {
            *static_cast<double*>(out) = value;
            return;
        }
        if (std::fabs(value) > static_cast<double>((std::numeric_limits<float>::max)()))
            fail_at(parsed.begin, "is a number out of range");
        *static_cast<float*>(out) = static_cast<float>(value);
    }

    /// Passes over a value, validating it.
    void skip() {
        if (at_end()) expected("a value");
        switch (*p_) {
            case '{':
                return object([this] {
                    skip_string();
                    colon();
                    skip();
                });
            case '[': return list([this] { skip(); });
            case '"': return skip_string();
            case 't':
                if (word("true")) return;
                break;
            case 'f':
                if (word("false")) return;
                break;
            case 'n':
                if (word("null")) return;
                break;
            default: {
                const Number parsed = scan_number(p_, end_);
                if (parsed.end == nullptr) break;
                if (!parsed.integral || parsed.overflow) static_cast<void>(finite(parsed));
                p_ = parsed.end;
                return;
            }
        }
        expected("a value");
    }

    /// Reads a value of no fixed shape.
    void json(Json& out);

    const char* begin_;
    const char* p_;
    const char* end_;
    unsigned depth_{0};
    unsigned max_depth_;
    std::size_t misfits_{0};  // members without a place, numbers in quotes
    bool refuse_half_surrogates_{false};
};

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE void ValueReader::json(Json& out) {
    if (at_end()) expected("a value");
    switch (*p_) {
        case '{': {
            out = Json::object();
            auto& members = out.get_ref<Json::object_t&>();
            return object([&] {
                std::string key;
                text(key);
                colon();
                Json& value = members[std::move(key)];
                json(value);
            });
        }
        case '[': {
            out = Json::array();
            auto& elements = out.get_ref<Json::array_t&>();
            return list([&] { json(elements.emplace_back()); });
        }
        case '"': out = std::string(); return text(out.get_ref<std::string&>());
        case 't':
            if (word("true")) return static_cast<void>(out = true);
            break;
        case 'f':
            if (word("false")) return static_cast<void>(out = false);
            break;
        case 'n':
            if (word("null")) return static_cast<void>(out = nullptr);
            break;
        default: {
            const Number parsed = scan_number(p_, end_);
            if (parsed.end == nullptr) break;
            p_ = parsed.end;
            constexpr std::uint64_t lowest = std::uint64_t{1} << 63U;
            if (!parsed.integral || parsed.overflow || (parsed.negative && parsed.mantissa > lowest))
                out = finite(parsed);
            else if (parsed.negative) out = static_cast<std::int64_t>(std::uint64_t{0} - parsed.mantissa);
            else out = parsed.mantissa;
            return;
        }
    }
    expected("a value");
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
