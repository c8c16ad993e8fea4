#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/interactions.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/time.hpp>
#include <genai/values/text.hpp>
#include <genai/values/flag.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::environments {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// Whether an environment can be used.
struct EnvironmentStatus : OpenEnum<EnvironmentStatus> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator active{"active"};    ///< in use
    static constexpr Enumerator expired{"expired"};  ///< at its end
};

/// A file or a folder.
struct EnvironmentFileType : OpenEnum<EnvironmentFileType> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator file{"file"};            ///< a file
    static constexpr Enumerator directory{"directory"};  ///< a folder
};

/// What an environment is made from.
struct CreateEnvironmentRequest {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Json> custom_config{};               ///< settings of a self-hosted environment, an object
    Text from_environment{};                           ///< an environment to copy
    interactions::EnvironmentMode mode{};              ///< how it is run
    OneOf<interactions::EnvironmentNetworkEgressAllowlist, interactions::Disabled>
        network{};                                ///< where it may connect to
    std::vector<interactions::Source> sources{};  ///< what is put into it
    Text system_instruction{};                    ///< how a model that works there shall behave
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("custom_config", self.custom_config);
        visit("from_environment", self.from_environment);
        visit("mode", self.mode);
        visit("network", self.network);
        visit("sources", self.sources);
        visit("system_instruction", self.system_instruction);
    }
};

/// A place where agents' code runs, with files of its own.
struct Environment {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> created{};                ///< when it was made
    std::optional<Json> custom_config{};               ///< settings of a self-hosted environment, an object
    Text environment_key{};  ///< what a self-hosted environment authenticates with: a secret
    std::optional<std::int64_t> file_count{};  ///< files in it
    std::string id{};                          ///< its id
    std::optional<Timestamp> last_accessed{};  ///< when it was used last
    interactions::EnvironmentMode mode{};      ///< how it is run
    OneOf<interactions::EnvironmentNetworkEgressAllowlist, interactions::Disabled>
        network{};                                ///< where it may connect to
    std::optional<std::int64_t> size_bytes{};     ///< its size
    std::vector<interactions::Source> sources{};  ///< what is put into it
    EnvironmentStatus status{};                   ///< how far it has come
    std::optional<Timestamp> updated{};           ///< when it last changed
    Extra extra{};                                ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("created", self.created);
        visit("custom_config", self.custom_config);
        visit("environment_key", self.environment_key);
        visit("file_count", self.file_count, wire::as_string);
        visit("id", self.id);
        visit("last_accessed", self.last_accessed);
        visit("mode", self.mode);
        visit("network", self.network);
        visit("size_bytes", self.size_bytes, wire::as_string);
        visit("sources", self.sources);
        visit("status", self.status);
        visit("updated", self.updated);
    }
};

/// A file or a folder of an environment.
struct EnvironmentFile {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Timestamp> created{};                ///< when it was made
    Text mime_type{};                                  ///< IANA media type
    std::optional<Timestamp> modified{};               ///< when it last changed
    Text name{};                                       ///< the resource's name
    Text path{};                                       ///< where it lies
    std::optional<std::int64_t> size_bytes{};          ///< its size
    EnvironmentFileType type{};                        ///< which kind this is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("created", self.created);
        visit("mime_type", self.mime_type);
        visit("modified", self.modified);
        visit("name", self.name);
        visit("path", self.path);
        visit("size_bytes", self.size_bytes, wire::as_string);
        visit("type", self.type);
    }
};

/// One page of environments.
struct ListEnvironmentsResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<Environment> environments{};           ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("environments", self.environments);
    }
};

/// One page of files; what an upload gives.
struct GetEnvironmentFilesResponse {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::string next_page_token{};                     ///< where the next page begins; empty on the last
    std::vector<EnvironmentFile> files{};              ///< one page of them
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("next_page_token", self.next_page_token);
        visit("files", self.files);
    }
};

/// Options of `environments.list`.
struct ListEnvironmentsConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`

    static constexpr void fields(auto& self, auto&& visit) {
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
    }
};

/// Options of `environments.files.list`.
struct ListEnvironmentFilesConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<std::int32_t> page_size{};  ///< most items a page; the service's own choice when unset
    Text page_token{};                        ///< where to begin: a `next_page_token`
    Flag recursive{};                         ///< whether folders are opened

    static constexpr void fields(auto& self, auto&& visit) {
        visit("page_size", self.page_size);
        visit("page_token", self.page_token);
        visit("recursive", self.recursive);
    }
};

/// Options of `environments.files.upload`.
struct UploadEnvironmentFileConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    Text mime_type{};                                   ///< IANA media type
    Flag overwrite{};                                   ///< whether a file that is there is replaced
    Flag extract{};                                     ///< whether an archive is unpacked

    static constexpr void fields(auto& self, auto&& visit) {
        visit("mime_type", self.mime_type);
        visit("overwrite", self.overwrite);
        visit("extract", self.extract);
    }
};

}  // namespace genai::inline GENAI_ABI::environments
