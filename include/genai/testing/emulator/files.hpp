#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/testing/emulator/file_content.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/types/content.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The files of an emulator. https://ai.google.dev/api/files
class EmulatedFiles {
public:
    /// A file and its processing state.
    struct Stored {
        Tree meta{};  ///< the resource as it is returned
        FileContent content{};
        int polls_until_done{0};              ///< polls that still find it in state PROCESSING
        std::chrono::milliseconds expires{};  ///< since the Unix epoch
    };

    /// `state` must outlive it.
    explicit EmulatedFiles(EmulatorState& state) : state_(state) {}

    /// Answers a request for `files` (`listed`) or for one file.
    RawReply answer(const ReceivedRequest& request, const std::string& name, std::string_view verb,
                    bool listed) {
        expire();
        if (listed && request.method == "POST" && verb == "register") return register_files(request);
        if (listed && request.method == "GET" && verb.empty())
            return page(request, "files", files_, 100, [](const auto& entry) { return entry.second.meta; });
        if (listed) return not_found();
        Stored& stored = get(name);
        if (request.method == "DELETE") {
            files_.erase(name);
            return ok();
        }
        if (request.method != "GET" || (!verb.empty() && verb != "download")) return not_found();
        if (verb == "download") {
            if (stored.meta["source"] != "GENERATED")
                throw Refusal{400, "INVALID_ARGUMENT", "Only generated files can be downloaded."};
            return bytes(stored.content.bytes(), stored.meta["mimeType"].get<std::string>());
        }
        const Tree seen = stored.meta;
        if (stored.polls_until_done > 0 && --stored.polls_until_done == 0) stored.meta["state"] = "ACTIVE";
        return ok(seen);
    }

    /// Stores a file, under a new name where `name` is empty, and returns its name. `source` is the field of
    /// the resource; with `polls_until_done` 0 the file is ACTIVE at once.
    std::string add(const std::string& display_name, const std::string& mime_type, FileContent content,
                    const char* source, int polls_until_done, std::string name = {}) {
        if (name.empty()) name = "files/" + state_.id('f');
        Tree meta{{"name", name}};
        if (!display_name.empty()) meta["displayName"] = display_name;
        meta["mimeType"] = mime_type;
        meta["sizeBytes"] = std::to_string(content.size());
        meta["sha256Hash"] = content.sha256();
        for (const char* field : {"createTime", "updateTime"}) meta[field] = state_.now_text();
        const auto expires = state_.now() + std::chrono::hours(48);
        meta["expirationTime"] = time_text(expires);
        meta["uri"] = state_.url + "/" + state_.version + '/' + name;
        meta["state"] = polls_until_done > 0 ? "PROCESSING" : "ACTIVE";
        meta["source"] = source;
        if (std::string_view(source) == "GENERATED")
            meta["downloadUri"] = meta["uri"].get<std::string>() + ":download?alt=media";
        if (mime_type.starts_with("video/")) meta["videoMetadata"] = {{"videoDuration", "1s"}};
        files_[name] = Stored{std::move(meta), std::move(content), polls_until_done, expires};
        return name;
    }

    /// Throws Refusal for a name that a file cannot be given.
    /// https://ai.google.dev/api/files#File
    static void check_name(const std::string& name) {
        const std::string id = name.substr(name.starts_with("files/") ? 6 : 0);
        const bool fits = !id.empty() && id.size() <= 40 && id.front() != '-' && id.back() != '-' &&
                          id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
        if (!fits)
            throw bad_request(
                "file.name",
                "* CreateFileRequest.file.name: Name must be files/ and an id of at most 40 lowercase "
                "alphanumeric characters or dashes (-) that does not start or end with a dash");
    }

    /// The file of this name; null where there is none.
    const Stored* find(const std::string& name) const {
        const auto found = files_.find(name);
        return found == files_.end() ? nullptr : &found->second;
    }

    /// The file of this name. Throws Refusal where there is none.
    Stored& get(const std::string& name) {
        expire();
        const auto found = files_.find(name);
        if (found == files_.end())
            throw Refusal{403, "PERMISSION_DENIED",
                          "You do not have permission to access the File " + name.substr(name.find('/') + 1) +
                              " or it may not exist."};
        return found->second;
    }

    /// Throws Refusal where `uri` is of a file here that does not exist or is still being processed.
    void check_ready(const std::string& uri) {
        const auto at = uri.rfind("/files/", uri.find_first_of("?#"));
        if (at == std::string::npos || !uri.starts_with(state_.url)) return;
        const std::string name = uri.substr(at + 1, uri.find_first_of(":?", at) - at - 1);
        if (get(name).meta["state"] != "ACTIVE")
            throw Refusal{
                400, "FAILED_PRECONDITION",
                "The File " + name.substr(6) + " is not in an ACTIVE state and usage is not allowed."};
    }

    /// The same for all files that contents name.
    void check_ready(const std::vector<Content>& contents) {
        for (const Content& turn : contents)
            for (const Part& part : turn.parts)
                if (part.file_data && part.file_data->file_uri) check_ready(*part.file_data->file_uri);
    }

private:
    void expire() {
        std::erase_if(files_, [this](const auto& entry) { return entry.second.expires <= state_.now(); });
    }

    RawReply register_files(const ReceivedRequest& request) {
        if (!request.headers.get("authorization").starts_with("Bearer "))
            throw Refusal{401, "UNAUTHENTICATED", "Request is missing required OAuth credentials."};
        Tree made = Tree::array();
        for (const std::string& address :
             parse_body<Registration>(request.body, state_.options.strict).uris) {
            const std::string name = add(address.substr(address.rfind('/') + 1), "application/octet-stream",
                                         FileContent(), "REGISTERED", 0);
            files_[name].meta["uri"] = address;
            made.push_back(files_[name].meta);
        }
        return ok({{"files", made}});
    }

    struct Registration {
        std::vector<std::string> uris{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("uris", self.uris); }
    };

    EmulatorState& state_;
    std::map<std::string, Stored> files_{};  // by name
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
