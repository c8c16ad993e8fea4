#pragma once

#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/types/interactions/enums.hpp>
#include <genai/values/dict.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/wire/one_of.hpp>

namespace genai::inline GENAI_ABI::interactions {

using genai::operator==;  // for argument-dependent look-up, which does not go outwards

/// The value of an environment variable.
struct EnvVar {
    std::optional<std::string> credential{};  ///< a credential's id
    std::optional<std::string> value{};       ///< the value
    Extra extra{};                            ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("credential", self.credential);
        visit("value", self.value);
    }
};

/// A host that may be connected to.
struct AllowlistEntry {
    std::optional<std::string> credential{};  ///< a credential's id
    std::optional<std::string> domain{};      ///< a host name, `*` for parts of it
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
    OneOf<std::vector<AllowlistEntry>, Disabled> allowlist{};  ///< where it may connect to
    Extra extra{};                                             ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) { visit("allowlist", self.allowlist); }
};

/// Something that is put into an environment.
struct Source {
    std::optional<std::string> content{};   ///< the text, for inline sources
    std::optional<std::string> encoding{};  ///< of `content`
    std::optional<std::string> source{};    ///< where it comes from
    std::optional<std::string> target{};    ///< where it goes
    std::optional<SourceType> type{};       ///< which kind this is
    Extra extra{};                          ///< members this version does not know

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
    /// What tells this kind from others.
    static constexpr wire::Tag tag{"type", "remote"};
    Dict<OneOf<EnvVar, std::string>> env{};       ///< environment variables
    std::optional<std::string> environment_id{};  ///< an environment that exists
    OneOf<EnvironmentNetworkEgressAllowlist, Disabled>
        network{};                  ///< where it may connect to; anywhere when unset
    std::vector<Source> sources{};  ///< what is put into it
    std::string type{tag.value};    ///< which kind this is
    Extra extra{};                  ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("env", self.env);
        visit("environment_id", self.environment_id);
        visit("network", self.network);
        visit("sources", self.sources);
        visit("type", self.type);
    }
};

}  // namespace genai::inline GENAI_ABI::interactions
