#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <genai/config.hpp>
#include <genai/http/url.hpp>
#include <genai/testing/emulator/file_content.hpp>
#include <genai/testing/emulator/files.hpp>
#include <genai/testing/emulator/loopback_server.hpp>
#include <genai/testing/emulator/platform.hpp>
#include <genai/testing/emulator/refusal.hpp>
#include <genai/testing/emulator/responses.hpp>
#include <genai/testing/emulator/state.hpp>
#include <genai/testing/emulator/stores.hpp>
#include <genai/types/file.hpp>
#include <genai/types/file_search.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The uploads to an emulator, resumable or in one request, of files, documents of stores, and files of
/// environments. https://ai.google.dev/api/files#method:-media.upload
class EmulatedUploads {
public:
    /// All arguments must outlive it.
    EmulatedUploads(EmulatorState& state, EmulatedFiles& files, EmulatedStores& stores,
                    EmulatedPlatform& platform)
        : state_(state), files_(files), stores_(stores), platform_(platform) {}

    /// Of the next part that is uploaded, only `kept` bytes arrive; then the connection breaks.
    void break_next(std::size_t kept) { breaks_.push_back(kept); }

    /// Whether the request continues an upload that was started; such requests need no API key.
    static bool continues(const ReceivedRequest& request) {
        return request.headers.get("x-goog-upload-command") != "start" &&
               !query(request, "upload_id").empty();
    }

    /// Starts an upload to `path`, or continues one.
    RawReply answer(ReceivedRequest& request, const std::string& path, std::string_view verb) {
        return continues(request) ? receive(request) : start(request, path, verb);
    }

private:
    struct Upload {
        Tree body{};           // of the request that started it
        std::string target{};  // a store or an environment file; empty for `files`
        std::string mime_type{};
        std::string file_name{};
        std::optional<std::uint64_t> size{};  // as announced
        FileContent content{};
        std::string final_text{};  // body of the final response, once there is one
        bool cancelled{false};
    };

    struct Announcement {
        File file{};
        Extra extra{};
        static constexpr void fields(auto& self, auto&& visit) { visit("file", self.file); }
    };

    static constexpr std::uint64_t granularity = 262144;

    RawReply start(ReceivedRequest& request, const std::string& path, std::string_view verb) {
        const bool to_store = verb == "uploadToFileSearchStore";
        const bool to_environment = request.method == "PUT" && path.starts_with("environments/");
        if (!to_environment && (request.method != "POST" || (path != "files" && !to_store)))
            return not_found();
        if (const std::string_view kind = whole_upload(request); !kind.empty() && !to_environment)
            return take_whole(request, path, to_store, kind);
        if (request.headers.get("x-goog-upload-protocol") != "resumable" ||
            request.headers.get("x-goog-upload-command") != "start")
            throw Refusal{400, "INVALID_ARGUMENT",
                          "The upload protocol is unknown: resumable, multipart and raw are supported."};
        Upload upload{.mime_type = std::string(request.headers.get("x-goog-upload-header-content-type")),
                      .file_name = std::string(request.headers.get("x-goog-upload-file-name"))};
        if (to_environment) {
            platform_.check_environment(path);
            upload.target = path;
        } else {
            describe(upload, request.body, to_store ? path : "");
        }
        if (upload.mime_type.empty()) throw bad_request("file.mime_type", "the media type is required");
        const auto size = request.headers.get("x-goog-upload-header-content-length");
        std::uint64_t announced = 0;
        if (!size.empty() &&
            std::from_chars(size.data(), size.data() + size.size(), announced).ec == std::errc())
            upload.size = announced;
        const std::string session = state_.id('u');
        uploads_[session] = std::move(upload);
        const std::string method = verb.empty() ? "" : ':' + std::string(verb);
        RawReply reply{.pieces = {""}};
        reply.headers = {
            {"X-Goog-Upload-Status", "active"},
            {"X-Goog-Upload-URL", state_.url + "/upload/" + state_.version + '/' + http::encode_path(path) +
                                      method + "?upload_id=" + session + "&upload_protocol=resumable"},
            {"X-Goog-Upload-Chunk-Granularity", std::to_string(granularity)}};
        return reply;
    }

    // Takes what the body of the request that starts an upload says of it; `store` is empty for `files`.
    void describe(Upload& upload, const std::string& body, const std::string& store) {
        if (!store.empty()) {
            upload.body = state_.checked<UploadToFileSearchStoreConfig>(body);
            stores_.check_exists(store);
            upload.target = store;
        } else {
            upload.body = state_.checked<Announcement>(body).value("file", Tree::object());
            std::string name = upload.body.value("name", "");
            if (!name.empty()) {
                EmulatedFiles::check_name(name);
                if (!name.starts_with("files/")) name = "files/" + name;
                if (files_.find(name) != nullptr)
                    throw Refusal{409, "ALREADY_EXISTS", "Requested entity already exists"};
                upload.body["name"] = name;
            }
        }
        if (upload.body.contains("mimeType")) upload.mime_type = upload.body["mimeType"].get<std::string>();
    }

    // Which kind of upload in one request this is, `multipart` or `media`; empty for none.
    static std::string_view whole_upload(const ReceivedRequest& request) {
        const auto protocol = request.headers.get("x-goog-upload-protocol");
        const std::string type = query(request, "uploadType");
        if (protocol == "multipart" || type == "multipart") return "multipart";
        return protocol == "raw" || type == "media" ? "media" : std::string_view();
    }

    // Takes an upload in one request: the content alone, or behind its description (RFC 2387).
    RawReply take_whole(ReceivedRequest& request, const std::string& path, bool to_store,
                        std::string_view kind) {
        Upload upload{.mime_type = std::string(request.headers.get("content-type")),
                      .file_name = std::string(request.headers.get("x-goog-upload-file-name"))};
        std::string description = "{}";
        std::string content = std::move(request.body);
        if (kind == "multipart") {
            auto parts = parts_of(content, upload.mime_type);
            if (parts.size() != 2)
                throw Refusal{400, "INVALID_ARGUMENT", "A multipart upload has two parts."};
            description = parts[0].second;
            upload.mime_type = parts[1].first;
            content = std::move(parts[1].second);
        }
        describe(upload, description, to_store ? path : "");
        if (upload.mime_type.empty()) upload.mime_type = "application/octet-stream";
        upload.content.append(std::move(content));
        RawReply reply = ok(finish(upload));
        reply.headers.add("X-Goog-Upload-Status", "final");
        return reply;
    }

    // The parts of a multipart body, each with its media type.
    static std::vector<std::pair<std::string, std::string>> parts_of(const std::string& body,
                                                                     const std::string& content_type) {
        std::vector<std::pair<std::string, std::string>> parts;
        const auto at = content_type.find("boundary=");
        if (at == std::string::npos) return parts;
        std::string boundary = content_type.substr(at + 9, content_type.find(';', at) - at - 9);
        std::erase(boundary, '"');
        const std::string mark = "--" + boundary;
        for (auto begin = body.find(mark); begin != std::string::npos;) {
            begin += mark.size();
            const auto end = body.find("\r\n" + mark, begin);
            const auto head_end = body.find("\r\n\r\n", begin);
            if (end == std::string::npos || head_end == std::string::npos || head_end > end) break;
            std::string type;
            const std::string head = body.substr(begin, head_end - begin) + "\r\n";
            for (std::size_t line = 0; line < head.size(); line = head.find("\r\n", line) + 2) {
                const std::string_view rest = std::string_view(head).substr(line);
                const auto colon = rest.find(':');
                if (colon != std::string_view::npos &&
                    http::same_name(rest.substr(0, colon), "content-type")) {
                    type = rest.substr(colon + 1, rest.find("\r\n") - colon - 1);
                    type.erase(0, (std::min)(type.size(), type.find_first_not_of(' ')));
                }
            }
            parts.emplace_back(std::move(type), body.substr(head_end + 4, end - head_end - 4));
            begin = end + 2;
        }
        return parts;
    }

    RawReply receive(ReceivedRequest& request) {
        const auto found = uploads_.find(query(request, "upload_id"));
        if (found == uploads_.end()) throw missing("The upload");
        Upload& upload = found->second;
        const auto command = request.headers.get("x-goog-upload-command");
        const auto has = [command](std::string_view word) {
            return command.find(word) != std::string_view::npos;
        };
        if (upload.cancelled) return status_reply("cancelled");
        if (has("cancel")) {
            upload.cancelled = true;
            return status_reply("cancelled");
        }
        if (!upload.final_text.empty()) return final_reply(upload);
        if (has("query")) {
            RawReply reply = status_reply("active");
            reply.headers.add("X-Goog-Upload-Size-Received", std::to_string(upload.content.size()));
            return reply;
        }
        if (has("upload") && !append(upload, request, has("finalize")))
            return {.fault = {Fault::Kind::close, 0}};
        if (!has("finalize")) return status_reply("active");
        if (upload.size && upload.content.size() != *upload.size)
            throw Refusal{400, "INVALID_ARGUMENT",
                          std::to_string(*upload.size) + " bytes were announced, and " +
                              std::to_string(upload.content.size()) + " received."};
        upload.final_text = finish(upload).dump(2);
        upload.content = {};
        return final_reply(upload);
    }

    // Adds a part to the data. Returns false where the connection is to break instead.
    bool append(Upload& upload, ReceivedRequest& request, bool last) {
        std::uint64_t offset = 0;
        const auto text = request.headers.get("x-goog-upload-offset");
        std::from_chars(text.data(), text.data() + text.size(), offset);
        if (offset != upload.content.size())
            throw Refusal{400, "INVALID_ARGUMENT",
                          "The offset is " + std::to_string(offset) + ", but " +
                              std::to_string(upload.content.size()) + " bytes were received."};
        if (!breaks_.empty()) {
            const std::size_t kept = breaks_.front();
            breaks_.erase(breaks_.begin());
            upload.content.append(request.body.substr(0, kept));
            return false;
        }
        if (!last && request.body.size() % granularity != 0)
            throw Refusal{
                400, "INVALID_ARGUMENT",
                "All parts but the last must be a multiple of " + std::to_string(granularity) + " bytes."};
        upload.content.append(std::move(request.body));
        return true;
    }

    static RawReply status_reply(const char* status) {
        return {.headers = {{"X-Goog-Upload-Status", status}}, .pieces = {""}};
    }

    static RawReply final_reply(const Upload& upload) {
        return {.headers = {{"X-Goog-Upload-Status", "final"},
                            {"Content-Type", "application/json; charset=UTF-8"}},
                .pieces = {upload.final_text}};
    }

    // Passes the data on to the target and returns the body of the final response.
    Tree finish(Upload& upload) {
        if (upload.target.empty()) return finish_file(upload);
        if (upload.target.starts_with("environments/"))
            return platform_.add_environment_file(upload.target, upload.mime_type,
                                                  std::string(upload.content.bytes()));
        const std::string operation = upload.target + "/upload/operations/" + state_.id('o');
        const std::string display_name = upload.body.value("displayName", upload.file_name);
        return stores_.begin_import(operation, upload.target, display_name, upload.mime_type,
                                    upload.content.bytes(), upload.content.size(), upload.body,
                                    "UploadToFileSearchStoreResponse");
    }

    Tree finish_file(Upload& upload) {
        const bool slow = upload.mime_type.starts_with("video/") || upload.mime_type.starts_with("audio/");
        const std::string name =
            files_.add(upload.body.value("displayName", ""), upload.mime_type, std::move(upload.content),
                       "UPLOADED", slow ? state_.options.polls_until_done : 0, upload.body.value("name", ""));
        return {{"file", files_.get(name).meta}};
    }

    EmulatorState& state_;
    EmulatedFiles& files_;
    EmulatedStores& stores_;
    EmulatedPlatform& platform_;
    std::vector<std::size_t> breaks_{};        // bytes kept of the next parts, before the connection breaks
    std::map<std::string, Upload> uploads_{};  // by `upload_id`
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
