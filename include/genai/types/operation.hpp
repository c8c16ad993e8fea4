#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/http_response.hpp>
#include <genai/types/media.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/json.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Options of `operations.get`.
using GetOperationConfig = CallConfig;

/// Why an operation failed. https://cloud.google.com/apis/design/errors
struct GoogleRpcStatus {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<std::int32_t> code{};                ///< a google.rpc.Code
    Text message{};                                    ///< in English
    std::vector<Json> details{};                       ///< more about it
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("code", self.code);
        visit("message", self.message);
        visit("details", self.details);
    }
};

/// The making of videos, while it lasts.
struct GenerateVideosOperation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< the operation's name
    std::optional<Json> metadata{};          ///< what the service says about its progress, an object
    Flag done{};                             ///< whether it has ended
    Box<GoogleRpcStatus> error{};            ///< why it failed
    Box<GenerateVideosResponse> response{};  ///< what came of it
    Box<HttpResponse> sdk_http_response{};   ///< set by the client
    Extra extra{};                           ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("metadata", self.metadata);
        visit("done", self.done);
        visit("error", self.error);
        visit("response", self.response);
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

/// What an upload to a store comes to.
struct UploadToFileSearchStoreResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    Text parent{};                                     ///< the store
    Text document_name{};                              ///< the document that was made
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("parent", self.parent);
        visit("documentName", self.document_name);
    }
};

/// An upload to a store, while it is indexed.
struct UploadToFileSearchStoreOperation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< the operation's name
    std::optional<Json> metadata{};                   ///< what the service says about its progress, an object
    Flag done{};                                      ///< whether it has ended
    Box<GoogleRpcStatus> error{};                     ///< why it failed
    Box<UploadToFileSearchStoreResponse> response{};  ///< what came of it
    Box<HttpResponse> sdk_http_response{};            ///< set by the client
    Extra extra{};                                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("metadata", self.metadata);
        visit("done", self.done);
        visit("error", self.error);
        visit("response", self.response);
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

/// What an import into a store comes to.
struct ImportFileResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Box<HttpResponse> sdk_http_response{};             ///< set by the client
    Text parent{};                                     ///< the store
    Text document_name{};                              ///< the document that was made
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sdkHttpResponse", self.sdk_http_response);
        visit("parent", self.parent);
        visit("documentName", self.document_name);
    }
};

/// An import into a store, while it is indexed.
struct ImportFileOperation {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string name{};                                ///< the operation's name
    std::optional<Json> metadata{};         ///< what the service says about its progress, an object
    Flag done{};                            ///< whether it has ended
    Box<GoogleRpcStatus> error{};           ///< why it failed
    Box<ImportFileResponse> response{};     ///< what came of it
    Box<HttpResponse> sdk_http_response{};  ///< set by the client
    Extra extra{};                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("metadata", self.metadata);
        visit("done", self.done);
        visit("error", self.error);
        visit("response", self.response);
        visit("sdkHttpResponse", self.sdk_http_response);
    }
};

}  // namespace genai::inline GENAI_ABI
