#pragma once

#include <string>
#include <string_view>

#include <genai/config.hpp>
#include <genai/openai/quirks.hpp>
#include <genai/openai/tree.hpp>
#include <genai/openai/unsayable.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// The messages that a request's system instruction and contents are. Throws InvalidArgument with the place.
Tree messages_of(const Tree& request, const Dialect& dialect);

}  // namespace genai::inline GENAI_ABI::openai::detail

#if GENAI_BODIES

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include <genai/openai/servers/media.hpp>
#include <genai/values/number_cast.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::openai::detail {

/// Ids of calls: as they are, made where there is none, and in the form that the server takes.
class CallIds {
public:
    CallIds(const Tree& contents, bool nine_letters) : nine_letters_(nine_letters) {
        for (const Tree& content : contents)
            for (const Tree& part : list_at(content, "parts"))
                if (const Tree* const call = find(part, "functionCall"))
                    if (const auto id = text_at(*call, "id"); !id.empty()) used_.emplace(id);
    }

    /// A call's id.
    std::string of(std::string_view given) {
        if (given.empty()) return made();
        return nine_letters_ && !is_nine_letters(given) ? hashed(given) : std::string(given);
    }

private:
    static constexpr std::string_view letters =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    static bool is_nine_letters(std::string_view id) {
        return id.size() == 9 && id.find_first_not_of(letters) == std::string_view::npos;
    }
    std::string made() {
        for (;;) {
            std::string digits = std::to_string(++count_);
            digits.insert(0, digits.size() < 5 ? 5 - digits.size() : 0, '0');
            if (std::string id = "call" + digits; !used_.contains(id)) return id;
        }
    }
    /// The same nine for the same id (FNV-1a).
    static std::string hashed(std::string_view id) {
        std::uint64_t hash = 14695981039346656037U;
        for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        std::string nine(9, '0');
        for (char& c : nine) {
            c = letters[genai::detail::number_cast<std::size_t>(hash % letters.size())];
            hash /= letters.size();
        }
        return nine;
    }

    bool nine_letters_;
    int count_{0};
    std::set<std::string, std::less<>> used_{};
};

/// Makes messages of contents, one turn after the other.
class MessageMaker {
public:
    MessageMaker(const Tree& request, const Dialect& dialect)
        : dialect_(dialect),
          unsayable_(dialect.drop_params),
          resolution_(text_at(value_at(request, "generationConfig"), "mediaResolution")),
          ids_(list_at(request, "contents"), dialect.nine_letter_ids) {}

    void system(const Tree& instruction) {
        std::string text;
        std::size_t index = 0;
        for (const Tree& part : list_at(instruction, "parts")) {
            const std::string pointer = "/systemInstruction/parts/" + std::to_string(index++);
            if (find(part, "text") == nullptr) unsayable_(pointer, "a system message holds text alone");
            unsayable_.others(part, pointer, "text thought thoughtSignature");
            if (const auto one = text_at(part, "text"); !one.empty())
                (text += text.empty() ? "" : "\n") += one;
        }
        if (!text.empty())
            messages_.push_back({{"role", dialect_.system_role}, {"content", std::move(text)}});
    }
    void content(const Tree& content, const std::string& pointer) {
        if (content.is_string()) {  // a mark: its messages are made, and like none beside them
            calls_.clear();
            messages_.push_back(content);
            return;
        }
        const auto role = text_at(content, "role");
        unsayable_.others(content, pointer, "role parts");
        if (role == "model") model(content, pointer);
        else if (role.empty() || role == "user" || role == "function") user(content, pointer);
        else throw InvalidArgument(pointer + "/role", "is neither user nor model");
    }
    Tree messages() { return std::move(messages_); }

private:
    /// A call of the last assistant message, and whether it was answered.
    struct Call {
        std::string given{};  // its id in the request
        std::string id{};     // as the server knows it
        std::string name{};
        bool answered{false};
    };
    /// What a message says: texts, and media among them.
    struct Said {
        std::vector<Tree> parts{};

        void text(std::string_view text) {
            if (!text.empty()) parts.push_back({{"type", "text"}, {"text", std::string(text)}});
        }
        Tree content() && {
            const auto is_text = [](const Tree& part) { return part.at("type") == "text"; };
            if (!std::all_of(parts.begin(), parts.end(), is_text)) return Tree(std::move(parts));
            std::string joined;
            for (const Tree& part : parts) (joined += joined.empty() ? "" : "\n") += text_at(part, "text");
            return joined;
        }
    };

    static bool has_media(const Tree& part) {
        return find(part, "inlineData") != nullptr || find(part, "fileData") != nullptr;
    }
    static void check_said(const Tree& part, const std::string& pointer) {
        if (!part.is_object() || part.empty()) throw InvalidArgument(pointer, "says nothing");
    }

    void user(const Tree& content, const std::string& pointer) {
        Said said;
        bool answers = false;
        std::size_t index = 0;
        for (const Tree& part : list_at(content, "parts")) {
            const std::string at = pointer + "/parts/" + std::to_string(index++);
            check_said(part, at);
            unsayable_.others(part, at,
                              "text inlineData fileData functionResponse thought thoughtSignature "
                              "mediaResolution");
            if (const Tree* const answer = find(part, "functionResponse")) {
                tool(*answer, at + "/functionResponse", said);
                answers = true;
            } else if (has_media(part)) {
                media(part, at, said);
            } else if (!is_set(part, "thought")) {
                said.text(text_at(part, "text"));
            }
        }
        if (said.parts.empty()) {
            if (!answers) throw InvalidArgument(pointer, "says nothing");
            return;
        }
        merge({{"role", "user"}, {"content", std::move(said).content()}});
    }

    void media(const Tree& part, const std::string& pointer, Said& said) {
        if (auto made = media_part(part, pointer, dialect_, resolution_, unsayable_))
            said.parts.push_back(std::move(*made));
    }

    /// The answer to a call, as a message of its own.
    void tool(const Tree& answer, const std::string& pointer, Said& said) {
        unsayable_.others(answer, pointer, "id name response parts");
        const auto id = text_at(answer, "id");
        const auto name = text_at(answer, "name");
        const auto call = std::find_if(calls_.begin(), calls_.end(), [&](const Call& one) {
            return id.empty() ? one.name == name && !one.answered : one.given == id || one.id == id;
        });
        if (call == calls_.end()) throw InvalidArgument(pointer, "answers no call of the model's last turn");
        call->answered = true;
        const Tree* const response = find(answer, "response");
        messages_.push_back({{"role", "tool"},
                             {"tool_call_id", call->id},
                             {"content", response == nullptr ? "{}" : write_tree(*response)}});
        std::size_t index = 0;
        for (const Tree& part : list_at(answer, "parts")) {
            const std::string at = pointer + "/parts/" + std::to_string(index++);
            if (has_media(part)) media(part, at, said);
            else unsayable_(at, "holds neither inlineData nor fileData");
        }
    }

    void model(const Tree& content, const std::string& pointer) {
        calls_.clear();
        std::string text;
        std::string thoughts;
        Tree message{{"role", "assistant"}, {"content", nullptr}};
        Tree tool_calls = Tree::array();
        std::size_t index = 0;
        for (const Tree& part : list_at(content, "parts")) {
            const std::string at = pointer + "/parts/" + std::to_string(index++);
            check_said(part, at);
            unsayable_.others(part, at, "text functionCall thought thoughtSignature");
            if (const Tree* const call = find(part, "functionCall")) {
                unsayable_.others(*call, at + "/functionCall", "id name args");
                tool_calls.push_back(tool_call(*call, text_at(part, "thoughtSignature"), message));
            } else {
                (is_set(part, "thought") ? thoughts : text) += text_at(part, "text");
            }
        }
        if (text.empty() && tool_calls.empty() && (thoughts.empty() || dialect_.thoughts.empty())) return;
        if (!text.empty()) message["content"] = std::move(text);
        const bool always = dialect_.kind == Kind::deepseek && !tool_calls.empty();
        const bool in_details = message.contains("reasoning_details");
        if (!dialect_.thoughts.empty() && !in_details && (!thoughts.empty() || always))
            message[dialect_.thoughts] = std::move(thoughts);
        if (!tool_calls.empty()) message["tool_calls"] = std::move(tool_calls);
        merge(std::move(message));
    }

    Tree tool_call(const Tree& call, std::string_view signature, Tree& message) {
        calls_.push_back({.given = std::string(text_at(call, "id")),
                          .id = ids_.of(text_at(call, "id")),
                          .name = std::string(text_at(call, "name"))});
        const Tree* const args = find(call, "args");
        Tree made{
            {"id", calls_.back().id},
            {"type", "function"},
            {"function",
             {{"name", calls_.back().name}, {"arguments", args == nullptr ? "{}" : write_tree(*args)}}}};
        if (signature.empty()) return made;
        if (dialect_.signatures) made["extra_content"]["google"]["thought_signature"] = signature;
        if (dialect_.details && !message.contains("reasoning_details"))
            if (const auto bytes = wire::from_base64(signature))
                if (Tree details = try_parse_tree(bytes->view()); details.is_array())
                    message["reasoning_details"] = std::move(details);
        return made;
    }

    /// Adds a message, or what it says to the one before it of the same role.
    void merge(Tree message) {
        Tree* const last = messages_.empty() ? nullptr : &messages_.back();
        if (!dialect_.merge_roles || last == nullptr || last->is_string() ||
            last->at("role") != message.at("role")) {
            messages_.push_back(std::move(message));
            return;
        }
        const bool assistant = message.at("role") == "assistant";
        merge_content((*last)["content"], std::move(message["content"]), assistant ? "" : "\n");
        if (!assistant) return;
        for (const auto& [key, value] : message.items()) {
            if (key == "role" || key == "content") continue;
            Tree& place = (*last)[key];
            if (place.is_array()) place.insert(place.end(), value.begin(), value.end());
            else if (place.is_string()) place = place.get<std::string>() + value.get<std::string>();
            else place = value;
        }
    }
    static void merge_content(Tree& content, Tree added, std::string_view between) {
        if (content.is_null()) content = std::move(added);
        else if (added.is_null()) return;
        else if (content.is_string() && added.is_string())
            content = content.get<std::string>().append(between).append(added.get_ref<const std::string&>());
        else {
            content = as_parts(std::move(content));
            added = as_parts(std::move(added));
            content.insert(content.end(), added.begin(), added.end());
        }
    }
    static Tree as_parts(Tree content) {
        if (content.is_array()) return content;
        return Tree::array({{{"type", "text"}, {"text", std::move(content)}}});
    }

    const Dialect& dialect_;
    Unsayable unsayable_;
    std::string resolution_;
    CallIds ids_;
    std::vector<Call> calls_{};
    Tree messages_ = Tree::array();
};

GENAI_INLINE Tree messages_of(const Tree& request, const Dialect& dialect) {
    const Tree& contents = list_at(request, "contents");
    if (contents.empty()) throw InvalidArgument("/contents", "are empty");
    MessageMaker maker(request, dialect);
    if (const Tree* const instruction = find(request, "systemInstruction")) maker.system(*instruction);
    for (std::size_t i = 0; i < contents.size(); ++i)
        maker.content(contents[i], "/contents/" + std::to_string(i));
    return maker.messages();
}

}  // namespace genai::inline GENAI_ABI::openai::detail

#endif
