#pragma once

#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/dict.hpp>
#include <genai/values/json.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>
#include <genai/values/text.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// The value of an environment variable.
struct EnvVar {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text credential{};                                 ///< a credential's id
    Text value{};                                      ///< the value
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("credential", self.credential);
        visit("value", self.value);
    }
};

/// A host that may be connected to.
struct AllowlistEntry {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text credential{};                                 ///< a credential's id
    Text domain{};                                     ///< a host name, `*` for parts of it
    OneOf<std::vector<Dict<std::string>>, Dict<std::string>> transform{};  ///< headers to set on the way out
    Extra extra{};  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("credential", self.credential);
        visit("domain", self.domain);
        visit("transform", self.transform);
    }
};

/// Where an environment may connect to.
struct EnvironmentNetworkEgressAllowlist {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};          ///< see NamedOnly
    OneOf<std::vector<AllowlistEntry>, Disabled> allowlist{};  ///< where it may connect to
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("allowlist", self.allowlist); }
};

/// Something that is put into an environment.
struct Source {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    Text content{};                                    ///< the text, for inline sources
    Text encoding{};                                   ///< of `content`
    Text source{};                                     ///< where it comes from
    Text target{};                                     ///< where it goes
    SourceType type{};                                 ///< which kind this is
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("content", self.content);
        visit("encoding", self.encoding);
        visit("source", self.source);
        visit("target", self.target);
        visit("type", self.type);
    }
};

/// Where an agent's code runs.
struct Environment {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "remote"};
    std::optional<Json> custom_config{};     ///< settings of a self-hosted environment, an object
    Dict<OneOf<EnvVar, std::string>> env{};  ///< environment variables
    Text environment_id{};                   ///< an environment that exists
    EnvironmentMode mode{};                  ///< how it is run
    OneOf<EnvironmentNetworkEgressAllowlist, Disabled>
        network{};                  ///< where it may connect to; anywhere when unset
    std::vector<Source> sources{};  ///< what is put into it
    std::string type{tag.value};    ///< which kind this is
    Extra extra{};                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("custom_config", self.custom_config);
        visit("env", self.env);
        visit("environment_id", self.environment_id);
        visit("mode", self.mode);
        visit("network", self.network);
        visit("sources", self.sources);
        visit("type", self.type);
    }
};

}  // namespace genai::inline GENAI_ABI::interactions
