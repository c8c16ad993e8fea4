#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/wire/base64.hpp>
#include <genai/wire/buffer.hpp>
#include <genai/wire/json_text.hpp>
#include <genai/wire/pointer.hpp>
#include <genai/wire/raw.hpp>
#include <genai/wire/reader.hpp>
#include <genai/wire/scan.hpp>
#include <genai/wire/table.hpp>
#include <genai/wire/utf8.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Writes C++ values as JSON text through their tables. What JSON cannot say (NaN, infinities, text that is
/// not UTF-8, nesting beyond the limit) throws InvalidArgument with the place as a JSON pointer.
class Writer {
public:
    /// Appends to `out`, which must outlive the writer.
    explicit Writer(Buffer& out, unsigned max_depth = default_max_depth)
        : out_(out), start_(out.size()), max_depth_(max_depth) {}
    /// The same, and lets the text hold long runs of bytes.
    explicit Writer(JsonText& out, unsigned max_depth = default_max_depth)
        : Writer(out.written(), max_depth) {
        text_ = &out;
    }

    /// Writes the value of `type` at `value`; null when there is none.
    void value(const Type& type, const void* value) {
        if (!write(type, value, {}, false)) out_.append("null");
    }

    /// Writes a value by its C++ type.
    template <class T>
    void value(const T& value) {
        this->value(type_of<T>, &value);
    }

    /// Begins an object: members follow, then `end_object`.
    void begin_object() {
        enter();
        out_.append('{');
        first_ = true;
    }
    /// Ends the object begun last.
    void end_object() {
        out_.append('}');
        first_ = false;
        --depth_;
    }
    /// Writes `"name":` where a member may stand; `quoted` has quotes and colon.
    void key(std::string_view quoted) {
        char* at = out_.room(quoted.size() + 1);
        if (!first_) *at++ = ',';
        std::memcpy(at, quoted.data(), quoted.size());
        out_.commit(quoted.size() + (first_ ? 0 : 1));
        first_ = false;
    }
    /// Writes one member; nothing when the value is absent.
    template <class T>
    void member(std::string_view quoted, const T& value) {
        write(type_of<T>, &value, quoted, true);
    }
    /// Writes one member whose value is JSON text already.
    void raw(std::string_view quoted, std::string_view json) {
        key(quoted);
        out_.append(json);
    }
    /// Writes those members of a struct that `wanted(name)` picks; not its unknown ones.
    template <class Wanted>
    void members(const StructTable& table, const void* object, Wanted&& wanted) {
        for (const Field& field : table.members())
            if (wanted(field.name))
                write(*field.type, static_cast<const char*>(object) + field.offset, field.quoted,
                      table.sparse() && !field.even_empty);
    }
    /// Writes all members of a struct, unknown ones too, into the object that is open.
    template <class T>
    void members(const T& object) {
        members(struct_table<T>(), &object);
    }
    /// Writes the members of a struct that this version does not know.
    void unknown(const RawMembers& extra) {
        if (extra.raw() != nullptr && !extra.raw()->empty()) key(*extra.raw());
    }

private:
    [[noreturn]] void fail(const std::string& problem) const {
        const std::string_view written = out_.view().substr(start_);
        throw InvalidArgument(pointer_at(written, written.size()), problem);
    }

    void enter() {
        if (++depth_ > max_depth_) fail("is nested deeper than " + std::to_string(max_depth_) + " levels");
    }

    void members(const StructTable& table, const void* object) {
        for (const Field& field : table.members()) {
            const void* at = static_cast<const char*>(object) + field.offset;
            const Type* type = field.type;
            if (type->kind == Kind::nullable) {  // most members are, and most of those are empty
                if (type->boxed && *static_cast<void* const*>(at) == nullptr) continue;
                at = type->first(at);
                if (at == nullptr) continue;
                type = type->inner;
            }
            write(*type, at, field.quoted, table.sparse() && type == field.type && !field.even_empty);
        }
        if (table.extra_offset)
            unknown(
                *reinterpret_cast<const RawMembers*>(static_cast<const char*>(object) + *table.extra_offset));
    }

    /// Writes a value, behind its key when it has one; false when it is absent and nothing was written.
    bool write(const Type& type, const void* at, std::string_view quoted, bool sparse) {
        switch (type.kind) {
            case Kind::nullable: {
                const void* const held = type.first(at);
                return held != nullptr && write(*type.inner, held, quoted, false);
            }
            case Kind::one_of: {
                const Typed held = type.held(at);
                return held.value != nullptr && write(*held.type, held.value, quoted, false);
            }
            case Kind::list:
            case Kind::map: return container(type, at, quoted, sparse);
            case Kind::structure:
                key_if(quoted);
                begin_object();
                members(type.table(), at);
                end_object();
                return true;
            case Kind::text: {
                const auto& text = *static_cast<const std::string*>(at);
                return unless(sparse && text.empty(), quoted, [&] { string(text); });
            }
            case Kind::enumeration: {
                const auto& value = *static_cast<const OpenEnumBase*>(at);
                return unless(value.empty(), quoted, [&] { string(value.text()); });
            }
            case Kind::flag: {
                const Flag flag = *static_cast<const Flag*>(at);
                return unless(!flag.has_value(), quoted, [&] {
                    out_.append(flag ? std::string_view("true") : std::string_view("false"));
                });
            }
            case Kind::bytes: {
                const auto& bytes = *static_cast<const Bytes*>(at);
                return unless(sparse && bytes.empty(), quoted, [&] { base64(bytes); });
            }
            case Kind::raw: {
                const auto& raw = static_cast<const RawValue*>(at)->raw();
                return unless(raw.empty(), quoted, [&] { out_.append(raw); });
            }
            case Kind::adapted: return unless(false, quoted, [&] { out_.append(type.render(at)); });
            case Kind::json: {
                const auto& tree = *static_cast<const Json*>(at);
                return unless(sparse && tree.is_null(), quoted, [&] { json(tree); });
            }
            default: return unless(false, quoted, [&] { scalar(type, at); });
        }
    }

    /// Writes the key and what `write` writes, unless it is absent.
    template <class Write>
    bool unless(bool absent, std::string_view quoted, Write&& write) {
        if (absent) return false;
        key_if(quoted);
        write();
        return true;
    }

    bool container(const Type& type, const void* at, std::string_view quoted, bool sparse) {
        const std::size_t count = type.count(at);
        if (sparse && count == 0) return false;
        key_if(quoted);
        if (type.kind == Kind::list) {
            list(type, at, count);
            return true;
        }
        begin_object();
        for_each_entry(type, at, [&](std::string_view key, const void* entry) {
            name(key);
            value(*type.inner, entry);
        });
        end_object();
        return true;
    }

    /// Writes bytes as base64 text, or holds them for a JsonText, which encodes them when it is read.
    void base64(const Bytes& bytes) {
        if (text_ != nullptr && bytes.size() >= JsonText::least_held) {
            out_.append('"');
            text_->hold(bytes);
            out_.append('"');
            return;
        }
        const std::size_t length = base64_size(bytes.size());
        char* const text = out_.room(length + 2);
        text[0] = '"';
        base64_part(bytes, 0, {text + 1, length});
        text[length + 1] = '"';
        out_.commit(length + 2);
    }

    void key_if(std::string_view quoted) {
        if (!quoted.empty()) key(quoted);
    }

    void scalar(const Type& type, const void* at) {
        switch (type.kind) {
            case Kind::boolean:
                return out_.append(*static_cast<const bool*>(at) ? std::string_view("true")
                                                                 : std::string_view("false"));
            case Kind::integer: return integer(type, at);
            case Kind::integer_text:
                out_.append('"');
                integer(type, at);
                return out_.append('"');
            case Kind::real:
                if (type.width == sizeof(double)) real(*static_cast<const double*>(at));
                else real(*static_cast<const float*>(at));
                return;
            case Kind::choice: return choice(type, at);
            case Kind::duration: return string(static_cast<const Duration*>(at)->text());
            case Kind::timestamp: return string(static_cast<const Timestamp*>(at)->text());
            case Kind::milliseconds:
                return digits(static_cast<const std::chrono::milliseconds*>(at)->count());
            default: return;
        }
    }

    void list(const Type& type, const void* at, std::size_t count) {
        enter();
        out_.append('[');
        const auto* element = static_cast<const char*>(type.first(at));
        for (std::size_t i = 0; i < count; ++i, element += type.size) {
            if (i != 0) out_.append(',');
            value(*type.inner, element);
        }
        out_.append(']');
        --depth_;
    }

    template <class I>
    void digits(I value) {
        char* const at = out_.room(24);
        out_.commit(static_cast<std::size_t>(std::to_chars(at, at + 24, value).ptr - at));
    }

    void integer(const Type& type, const void* at) {
        with_integer(type, [&]<class I>(std::type_identity<I>) {
            I value{};
            std::memcpy(&value, at, sizeof value);
            digits(value);
        });
    }

    void choice(const Type& type, const void* at) {
        with_integer(type, [&]<class I>(std::type_identity<I>) {
            I value{};
            std::memcpy(&value, at, sizeof value);
            for (const Choice& one : type.choices())
                if (static_cast<I>(one.value) == value) return string(one.text);
            fail("is a value of an enum that has no text");
        });
    }

    template <class F>
    std::string_view real(F value) {
        if (!std::isfinite(value)) fail("is not a finite number, which JSON cannot say");
        char* const at = out_.room(32);
        const auto length = static_cast<std::size_t>(std::to_chars(at, at + 32, value).ptr - at);
        out_.commit(length);
        return {at, length};
    }

    /// Writes `"key":` for a key that is not known to be free of quotes and the like.
    void name(std::string_view key) {
        if (!first_) out_.append(',');
        first_ = false;
        string(key);
        out_.append(':');
    }

    void string(std::string_view text) {
        const char* p = text.data();
        const char* const end = p + text.size();
        out_.append('"');
        bool high = false;
        for (;;) {
            const char* const run = p;
            p = copy_string(p, end, out_.room(static_cast<std::size_t>(end - p) + copy_slack), high);
            out_.commit(static_cast<std::size_t>(p - run));
            if (p == end) break;
            escape(*p++);
        }
        if (high && !is_utf8(text))
            fail("is not valid UTF-8: convert it, or send it as bytes with Part::from_bytes");
        out_.append('"');
    }

    void escape(char c) {
        switch (c) {
            case '"': return out_.append("\\\"");
            case '\\': return out_.append("\\\\");
            case '\b': return out_.append("\\b");
            case '\f': return out_.append("\\f");
            case '\n': return out_.append("\\n");
            case '\r': return out_.append("\\r");
            case '\t': return out_.append("\\t");
            default: break;
        }
        constexpr std::string_view hex = "0123456789abcdef";
        const auto code = static_cast<unsigned char>(c);
        const char text[6] = {'\\', 'u', '0', '0', hex[code >> 4U], hex[code & 15U]};
        out_.append({text, 6});
    }

    void json(const Json& tree);

    Buffer& out_;
    JsonText* text_{nullptr};
    std::size_t start_;
    unsigned depth_{0};
    unsigned max_depth_;
    bool first_{true};
};

}  // namespace genai::inline GENAI_ABI::wire

#if GENAI_BODIES

namespace genai::inline GENAI_ABI::wire {

GENAI_INLINE void Writer::json(const Json& tree) {
    switch (tree.type()) {
        case Json::value_t::object: {
            begin_object();
            for (const auto& [key, value] : tree.get_ref<const Json::object_t&>()) {
                name(key);
                json(value);
            }
            return end_object();
        }
        case Json::value_t::array: {
            enter();
            out_.append('[');
            bool more = false;
            for (const Json& element : tree) {
                if (more) out_.append(',');
                more = true;
                json(element);
            }
            out_.append(']');
            --depth_;
            return;
        }
        case Json::value_t::string: return string(tree.get_ref<const std::string&>());
        case Json::value_t::boolean:
            return out_.append(tree.get<bool>() ? std::string_view("true") : std::string_view("false"));
        case Json::value_t::number_integer: return digits(tree.get<std::int64_t>());
        case Json::value_t::number_unsigned: return digits(tree.get<std::uint64_t>());
        case Json::value_t::number_float: {
            // 2.0 stays a real number when it is read again
            if (real(tree.get<double>()).find_first_of(".e") == std::string_view::npos) out_.append(".0");
            return;
        }
        case Json::value_t::binary: fail("is binary data, which JSON cannot say");
        default: return out_.append("null");
    }
}

}  // namespace genai::inline GENAI_ABI::wire

#endif
