#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/http_options.hpp>
#include <genai/types/live_config.hpp>
#include <genai/values/box.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>
#include <genai/values/time.hpp>
#include <genai/values/named_only.hpp>

namespace genai::inline GENAI_ABI {

/// Options of `auth_tokens.create`. https://ai.google.dev/api/live#CreateAuthTokenRequest
struct CreateAuthTokenConfig {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<1> named_only{};  ///< see NamedOnly
    HttpOptions http_options{};                         ///< for this call, over the client's
    std::optional<Timestamp> expire_time{};             ///< until when it works at all; 30 minutes when unset
    std::optional<Timestamp>
        new_session_expire_time{};       ///< until when it can begin a session; 1 minute when unset
    std::optional<std::int32_t> uses{};  ///< how many sessions it can begin; 1 when unset
    Box<LiveConnectConstraints> live_connect_constraints{};  ///< what its sessions are bound to
    std::optional<std::vector<std::string>>
        lock_additional_fields{};  ///< fields it may not change, beside those constrained
    Extra extra{};                 ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("expireTime", self.expire_time);
        visit("newSessionExpireTime", self.new_session_expire_time);
        visit("uses", self.uses);
        visit("liveConnectConstraints", self.live_connect_constraints);
        visit("lockAdditionalFields", self.lock_additional_fields);
    }
};

/// A token for a device that must not hold the key. https://ai.google.dev/api/live#AuthToken
struct AuthToken {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};    ///< see NamedOnly
    std::string name{};                                  ///< `auth_tokens/…`: what a device uses as its key
    std::optional<Timestamp> expire_time{};              ///< when it ends
    std::optional<Timestamp> new_session_expire_time{};  ///< until when it can begin a session
    std::optional<std::int32_t> uses{};                  ///< how many sessions it can begin; 1 when unset
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("expireTime", self.expire_time);
        visit("newSessionExpireTime", self.new_session_expire_time);
        visit("uses", self.uses);
    }
};

}  // namespace genai::inline GENAI_ABI
