#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <genai/config.hpp>
#include <genai/error.hpp>
#include <genai/wire/raw.hpp>
#include <genai/wire/reader_values.hpp>
#include <genai/wire/table.hpp>
#include <genai/wire/type.hpp>

namespace genai::inline GENAI_ABI::wire {

/// Reads one JSON document (RFC 8259) straight into C++ values through their tables; no tree in between.
/// Strict: what is skipped or kept as text is validated like the rest.
class Reader : private ValueReader {
public:
    /// `text` must outlive the reader. Half a surrogate pair, which servers send that cut a text, is read as
    /// U+FFFD; refused it is where a text is to be sent.
    explicit Reader(std::string_view text, unsigned max_depth = default_max_depth)
        : ValueReader(text, max_depth) {}

    /// Reads the document as a value of `type` into the fresh object at `value`. Throws DecodeError.
    void document(const Type& type, void* value) {
        blank();
        if (at_end()) fail("is empty");
        read(type, value);
        finish();
    }

    /// Reads the document as an object with these members into `object`, which they are of. Throws
    /// DecodeError.
    void document(const StructTable& table, void* object) {
        blank();
        structure(table, object);
        finish();
    }

    /// Checks that the document is well-formed JSON; to be sent, that its strings are well-formed Unicode
    /// too. Throws DecodeError.
    void validate(bool to_be_sent = false) {
        refuse_half_surrogates_ = to_be_sent;
        blank();
        if (at_end()) fail("is empty");
        skip();
        finish();
    }

    /// Reads the document as a value of `type` to see how well it fits: how much of it finds no place, or is
    /// taken for another kind of value; nothing where it cannot be read. `trials` is for alternatives within
    /// it.
    std::optional<std::size_t> trial(const Type& type, void* value, unsigned trials) {
        trials_ = trials;
        try {
            document(type, value);
        } catch (const DecodeError&) {
            return std::nullopt;
        }
        return misfits_;
    }

    /// The text of the value the document begins with, whatever follows it. Throws DecodeError.
    std::string_view first() {
        blank();
        const char* const start = p_;
        skip();
        return {start, p_};
    }

    /// The text of an object's member, the last of that name; empty when there is none. Throws DecodeError.
    std::string_view member(std::string_view name) {
        std::string_view found;
        blank();
        object([&] {
            std::string key;
            text(key);
            colon();
            const char* const start = p_;
            skip();
            if (key == name) found = {start, p_};
        });
        return found;
    }

private:
    void read(const Type& type, void* out) {
        switch (type.kind) {  // what there is most of
            case Kind::nullable:
                if (at('n') && word("null")) return type.clear(out);
                return read(*type.inner, type.emplace(out));
            case Kind::text: return text(*static_cast<std::string*>(out));
            case Kind::integer: return integer(type, out);
            case Kind::structure: return structure(type.table(), out);
            case Kind::list: return elements(type, out);
            case Kind::enumeration: return enumeration(EnumAccess::text(*static_cast<OpenEnumBase*>(out)));
            default: return read_other(type, out);
        }
    }

    void read_other(const Type& type, void* out) {
        switch (type.kind) {
            case Kind::boolean:
                if (word("true")) *static_cast<bool*>(out) = true;
                else if (word("false")) *static_cast<bool*>(out) = false;
                else expected("a boolean");
                return;
            case Kind::flag:
                if (word("true")) *static_cast<Flag*>(out) = true;
                else if (word("false")) *static_cast<Flag*>(out) = false;
                else expected("a boolean");
                return;
            case Kind::integer_text: return integer(type, out);
            case Kind::real: return real(type, out);
            case Kind::choice: return choice(type, out);
            case Kind::bytes: return bytes(*static_cast<Bytes*>(out));
            case Kind::duration: return parsed<Duration>(out, "a duration such as \"3.5s\"");
            case Kind::timestamp: return parsed<Timestamp>(out, "an RFC 3339 time");
            case Kind::milliseconds: {
                std::int64_t count = 0;
                store<std::int64_t>(number_or_text(), &count);
                *static_cast<std::chrono::milliseconds*>(out) = std::chrono::milliseconds(count);
                return;
            }
            case Kind::json: return json(*static_cast<Json*>(out));
            case Kind::raw: {
                const char* const start = p_;
                skip();
                static_cast<RawValue*>(out)->edit_raw().assign(start, p_);
                return;
            }
            case Kind::adapted: return adapted(type, out);
            case Kind::one_of: {
                if (!takes_null(type) && word("null")) return type.clear(out);
                const char* const start = p_;
                skip();  // which kind it is may stand anywhere in it
                const Typed chosen = type.choose(out, {start, p_}, trials_);
                if (chosen.type == nullptr) fail_at(start, "is of no kind allowed here");
                p_ = start;
                return read(*chosen.type, chosen.value);
            }
            case Kind::map:
                type.clear(out);
                if (word("null")) return;
                return object([&] {
                    std::string key;
                    text(key);
                    colon();
                    if (takes_null(*type.inner) || !word("null"))
                        read(*type.inner, type.emplace_key(out, key));
                });
            default: return;
        }
    }

    static bool takes_null(const Type& type) {
        switch (type.kind) {
            case Kind::nullable:
            case Kind::json:
            case Kind::raw: return true;
            case Kind::adapted: return takes_null(*type.inner);
            case Kind::one_of:
                return std::any_of(type.alternatives.begin(), type.alternatives.end(),
                                   [](const Type* one) { return takes_null(*one); });
            default: return false;
        }
    }

    void adapted(const Type& type, void* out) {
        const char* const start = p_;
        skip();
        try {
            type.adopt(out, {start, static_cast<std::size_t>(p_ - start)});
        } catch (const DecodeError& problem) {
            const auto offset = static_cast<std::size_t>(start - begin_);
            throw DecodeError(
                pointer_at({begin_, static_cast<std::size_t>(end_ - begin_)}, offset) + problem.pointer(),
                problem.problem());
        }
    }

    /// An enumeration's value, by its name or, as some servers write it, by its number.
    void enumeration(std::string& out) {
        if (at('"') || at_end() || (*p_ != '-' && (*p_ < '0' || *p_ > '9'))) return text(out);
        const char* const start = p_;
        static_cast<void>(number());
        out.assign(start, p_);
    }

    void choice(const Type& type, void* out) {
        const char* const start = p_;
        text(key_);
        for (const Choice& one : type.choices()) {
            if (one.text != key_) continue;
            return with_integer(type, [&]<class I>(std::type_identity<I>) {
                const I value = static_cast<I>(one.value);
                std::memcpy(out, &value, sizeof value);
            });
        }
        fail_at(start, "is none of the texts allowed here");
    }

    void elements(const Type& type, void* out) {
        type.clear(out);
        if (word("null")) return;
        if (type.inner->kind == Kind::real) return reals(*type.inner, out);
        const bool kept = takes_null(*type.inner);  // it is nothing to an element that has no word for it
        list([&] {
            if (!kept && at('n') && word("null")) return;
            read(*type.inner, type.emplace(out));
        });
    }

    /// A list of numbers, of which a vector of an embedding has thousands.
    void reals(const Type& type, void* out) {
        if (type.width == sizeof(double)) return real_list(type, *static_cast<std::vector<double>*>(out));
        real_list(type, *static_cast<std::vector<float>*>(out));
    }

    template <class T>
    void real_list(const Type& type, std::vector<T>& out) {
        list([&] {
            if (!at('n') || !word("null")) real(type, &out.emplace_back());
        });
    }

    template <class T>
    void parsed(void* out, std::string_view what) {
        const char* const start = p_;
        std::string written;
        text(written);
        const auto value = T::parse(written);
        if (!value) fail_at(start, "expected " + std::string(what));
        *static_cast<T*>(out) = *value;
    }

    void structure(const StructTable& table, void* out) {
        std::size_t next = 0;
        std::uint64_t seen = 0;  // of the first 64 members; a later copy of one wins
        object([&] {
            const char* const start = p_;
            const Field* const field = match(table, next);
            if (field == nullptr) {
                unknown(table, start, out);
                return;
            }
            next = static_cast<std::size_t>(field - table.fields.data()) + 1;
            void* const member = static_cast<char*>(out) + field->offset;
            if (field->assign != nullptr) {
                const std::uint64_t bit = next <= 64 ? std::uint64_t{1} << (next - 1) : 0;
                if ((seen & bit) != 0 || at('n'))
                    field->assign(member, static_cast<const char*>(table.defaults) + field->offset);
                seen |= bit;
                if (field->type->kind != Kind::json && word("null")) return;
            }
            read(*field->type, member);
        });
    }

    /// The field whose key stands at the reader, which then is behind the colon; null when there is none, and
    /// then the reader is behind the colon too. Servers keep the order of the fields: the next one is tried
    /// first.
    const Field* match(const StructTable& table, std::size_t next) {
        if (end_ - p_ > 9) {
            const Field* const fields = table.fields.data();
            std::uint64_t head = 0;
            std::memcpy(&head, p_ + 1, 8);
            if (next < table.count && is_key(fields[next], head)) return &fields[next];
            for (std::size_t i = table.buckets[StructTable::bucket(p_ + 1)]; i != 0; i = fields[i - 1].next)
                if (is_key(fields[i - 1], head)) return &fields[i - 1];
        }
        text(key_);
        colon();
        if (const Field* const field = table.find(key_)) return field;  // an escaped key, or one at the end
        return table.find_respelled(key_);                              // as some gateways write it
    }

    /// Whether the key at the reader, which begins with `head`, is that of `field`; the reader then is behind
    /// the colon.
    bool is_key(const Field& field, std::uint64_t head) {
        if (((head ^ field.head) & field.head_mask) != 0) return false;
        const std::size_t length = field.quoted.size();  // with quotes and colon
        const char* const start = p_;
        if (static_cast<std::size_t>(end_ - start) < length) return false;
        if (length > 10 && !same_tail(start, field.quoted.data(), length - 1)) return false;
        if (start[length - 1] == ':') {
            p_ = start + length;
            blank();
        } else {
            p_ = start + length - 1;
            colon();
        }
        return true;
    }

    /// Whether two runs of more than nine bytes, the first nine of which are known to be the same, are.
    static bool same_tail(const char* a, const char* b, std::size_t size) noexcept {
        const auto word = [](const char* at) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, at, 8);
            return bytes;
        };
        for (std::size_t i = 9; i + 8 < size; i += 8)
            if (word(a + i) != word(b + i)) return false;
        return word(a + size - 8) == word(b + size - 8);
    }

    /// Keeps a member no field stands for, or drops it where there is no place for it.
    void unknown(const StructTable& table, const char* start, void* out) {
        ++misfits_;
        skip();
        if (!table.extra_offset) return;
        auto* const extra = reinterpret_cast<RawMembers*>(static_cast<char*>(out) + *table.extra_offset);
        std::string& kept = extra->edit_raw();
        if (!kept.empty()) kept += ',';
        kept.append(start, p_);
    }

    std::string key_{};
    unsigned trials_{3};  // alternatives within alternatives within alternatives: time must not explode
};

}  // namespace genai::inline GENAI_ABI::wire
