#pragma once

#include <memory>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

class Caller;

/// A sub-API's hold on its caller. As a member of a client it costs nothing to copy, as the client holds the
/// caller; a copy that a program takes of a sub-API holds the caller itself.
class CallerRef {
public:
    explicit CallerRef(Caller& caller) : caller_(&caller) {}
    CallerRef(const CallerRef& other) : owner_(other.share()), caller_(other.caller_) {}
    /// Refers to another caller, in the way this one does.
    CallerRef& operator=(const CallerRef& other) {
        if (owner_) owner_ = other.share();
        caller_ = other.caller_;
        return *this;
    }
    ~CallerRef() = default;

    Caller* operator->() const noexcept { return caller_; }
    Caller& operator*() const noexcept { return *caller_; }
    /// For what outlives the sub-API: streams, pagers, chats.
    std::shared_ptr<Caller> share() const;

private:
    std::shared_ptr<Caller> owner_{};
    Caller* caller_;
};

/// A config that says nothing, as a default argument: unlike `{}`, of a type that need not be complete.
struct NoConfig {
    template <class Config>
    operator const Config&() const {
        static const Config& none = *new Config{};  // never destroyed: calls may be made while statics are
        return none;
    }
};
inline constexpr NoConfig no_config{};

}  // namespace genai::inline GENAI_ABI::detail
