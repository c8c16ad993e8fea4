#pragma once

#include <thread>
#include <utility>

namespace support {

/// A thread that is joined at the end of its scope: std::jthread is not everywhere.
class JoinedThread {
public:
    template <class F>
    explicit JoinedThread(F function) : thread_(std::move(function)) {}
    JoinedThread(JoinedThread&&) = default;
    JoinedThread& operator=(JoinedThread&&) = delete;
    ~JoinedThread() {
        if (thread_.joinable()) thread_.join();
    }
    /// Waits for its end now.
    void join() { thread_.join(); }

private:
    std::thread thread_;
};

}  // namespace support
