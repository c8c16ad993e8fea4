#pragma once

#include <atomic>
#include <coroutine>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <genai/config.hpp>
#include <genai/async/resumption.hpp>
#include <genai/async/task.hpp>
#include <genai/error.hpp>
#include <genai/stop_token.hpp>

namespace genai::inline GENAI_ABI {

namespace detail {

/// What stands for a result in a tuple.
template <class T>
using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// A task's result, a std::monostate for none.
template <class T>
Task<Stored<T>> stored(Task<T> task) {
    if constexpr (std::is_void_v<T>) {
        co_await task;
        co_return std::monostate();
    } else {
        co_return co_await task;
    }
}

/// Awaits several tasks: until so many of them are over, or one failed. Gives the index of the last that
/// counted. The tasks must outlive it.
class GroupAwaiter {
public:
    explicit GroupAwaiter(std::size_t wanted) : race_(std::make_shared<Race>(wanted)) {}

    /// One of them.
    template <class T>
    void add(Task<T>& task, std::size_t index) {
        subscribe_.push_back([&task, index](const std::shared_ptr<Race>& race) {
            TaskState<T>& state = TaskAccess::state(task);
            const auto tell = [race, index, &state] { race->over(index, state.failed()); };
            if (!state.subscribe(tell)) tell();
        });
        cancel_.push_back([&task] { task.cancel(); });
    }

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    bool await_suspend(std::coroutine_handle<Promise> handle) {
        const auto race = race_;  // this may be gone as soon as the coroutine can be resumed
        race->handle = handle;
        for (const auto& subscribe : subscribe_) subscribe(race);
        return race->suspend();
    }
    std::size_t await_resume() {
        chain_.reset();
        return race_->last;
    }
    /// Cancels all with the task that awaits them.
    void cancelled_by(const stop_token& outer) {
        chain_.emplace(outer, [this] {
            for (const auto& cancel : cancel_) cancel();
        });
    }

private:
    /// How far they are, and whether the coroutine is suspended by then: the second of the two events resumes
    /// it.
    struct Race {
        explicit Race(std::size_t wanted) : left(wanted) {}

        std::coroutine_handle<> handle{};
        std::atomic<std::size_t> left;
        std::atomic<bool> decided{false};
        std::atomic<int> events{0};
        std::size_t last{0};

        void over(std::size_t index, bool failed) {
            if (left.fetch_sub(1) != 1 && !failed) return;
            if (decided.exchange(true)) return;
            last = index;
            if (events.fetch_add(1) == 1) handle.resume();
        }
        /// False where it is decided already.
        bool suspend() { return events.fetch_add(1) == 0; }
    };

    std::vector<std::function<void(const std::shared_ptr<Race>&)>> subscribe_{};
    std::vector<std::function<void()>> cancel_{};
    std::shared_ptr<Race> race_;
    std::optional<stop_callback<std::function<void()>>> chain_{};
};

/// Adds tasks to a group.
template <class Tasks, std::size_t... I>
void add_all(GroupAwaiter& group, Tasks& tasks, std::index_sequence<I...>) {
    (group.add(std::get<I>(tasks), I), ...);
}

/// Throws what one of the tasks threw, which is over, if it did.
template <class Tasks, std::size_t... I>
void throw_failure(Tasks& tasks, std::size_t index, std::index_sequence<I...>) {
    const auto check_one = [](auto& task) {
        if (TaskAccess::state(task).failed()) static_cast<void>(task.get());
    };
    ((I == index ? check_one(std::get<I>(tasks)) : void()), ...);
}

/// The results of tasks that are over.
template <class Tasks, std::size_t... I>
auto results_of(Tasks& tasks, std::index_sequence<I...>) {
    return std::tuple{std::get<I>(tasks).get()...};
}

/// The result of a task that is over, at its place in a variant.
template <class Variant, class Tasks, std::size_t... I>
Variant result_at(std::size_t index, Tasks& tasks, std::index_sequence<I...>) {
    std::optional<Variant> result;
    ((I == index ? static_cast<void>(result.emplace(std::in_place_index<I>, std::get<I>(tasks).get()))
                 : void()),
     ...);
    return std::move(*result);
}

}  // namespace detail

/// All results, when all are there, std::monostate for a task that gives nothing: `auto [a, b] = co_await
/// genai::when_all(ask(client, "…"), ask(client, "…"))`. When one fails, throws what it threw; the others are
/// cancelled then, as all are with the task.
template <class... T>
Task<std::tuple<detail::Stored<T>...>> when_all(Task<T>... tasks) {
    using All = std::index_sequence_for<T...>;
    std::tuple<Task<detail::Stored<T>>...> all{detail::stored(std::move(tasks))...};
    detail::GroupAwaiter group(sizeof...(T));
    detail::add_all(group, all, All());
    const std::size_t last = co_await group;
    detail::throw_failure(all, last, All());
    co_return detail::results_of(all, All());
}
/// The same for a list of tasks.
template <class T>
requires(!std::is_void_v<T>) Task<std::vector<T>> when_all(std::vector<Task<T>> tasks) {
    std::vector<T> results;
    if (tasks.empty()) co_return results;
    detail::GroupAwaiter group(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) group.add(tasks[i], i);
    const std::size_t last = co_await group;
    if (detail::TaskAccess::state(tasks[last]).failed()) static_cast<void>(tasks[last].get());
    results.reserve(tasks.size());
    for (Task<T>& task : tasks) results.push_back(task.get());
    co_return results;
}
/// The same for tasks that give nothing.
inline Task<void> when_all(std::vector<Task<void>> tasks) {
    if (tasks.empty()) co_return;
    detail::GroupAwaiter group(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) group.add(tasks[i], i);
    const std::size_t last = co_await group;
    tasks[last].get();
}

/// The result of whichever is over first, at its place in the variant, or what it threw; the others are
/// cancelled.
template <class... T>
Task<std::variant<detail::Stored<T>...>> when_any(Task<T>... tasks) {
    static_assert(sizeof...(T) != 0, "genai: when_any wants tasks");
    using All = std::index_sequence_for<T...>;
    std::tuple<Task<detail::Stored<T>>...> all{detail::stored(std::move(tasks))...};
    detail::GroupAwaiter group(1);
    detail::add_all(group, all, All());
    const std::size_t first = co_await group;
    co_return detail::result_at<std::variant<detail::Stored<T>...>>(first, all, All());
}

/// What was first of a list.
template <class T>
struct First {
    std::size_t index{};  ///< which of them
    T value{};            ///< its result
};

/// The result of whichever of a list is over first, or what it threw; the others are cancelled. Throws
/// InvalidArgument for an empty list.
template <class T>
requires(!std::is_void_v<T>) Task<First<T>> when_any(std::vector<Task<T>> tasks) {
    if (tasks.empty()) throw InvalidArgument("tasks", "are empty");
    detail::GroupAwaiter group(1);
    for (std::size_t i = 0; i < tasks.size(); ++i) group.add(tasks[i], i);
    const std::size_t first = co_await group;
    co_return First<T>{first, tasks[first].get()};
}

}  // namespace genai::inline GENAI_ABI
