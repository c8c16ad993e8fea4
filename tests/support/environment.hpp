#pragma once

#include <cstdlib>
#include <optional>
#include <string>

namespace support {

/// Sets an environment variable, or unsets it, for as long as it lives.
class Environment {
public:
    Environment(std::string name, const char* value) : name_(std::move(name)) {
        if (const char* before = std::getenv(name_.c_str())) before_ = before;
        set(value);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() { set(before_ ? before_->c_str() : nullptr); }

private:
    void set(const char* value) const {
#if defined(_WIN32)
        _putenv_s(name_.c_str(), value == nullptr ? "" : value);
#else
        if (value == nullptr) ::unsetenv(name_.c_str());
        else ::setenv(name_.c_str(), value, 1);
#endif
    }

    std::string name_;
    std::optional<std::string> before_{};
};

}  // namespace support
