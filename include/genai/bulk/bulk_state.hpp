#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/json.hpp>

namespace genai::inline GENAI_ABI::detail {

/// What is kept of a run between processes. Written whole after each change, or not at all.
class BulkState {
public:
    /// A batch job.
    struct Job {
        std::size_t first{};         ///< the index of its first request
        std::size_t count{};         ///< of requests
        std::string digest{};        ///< of them
        std::string display_name{};  ///< by which it is found where its name is not known
        std::string name{};          ///< empty until the service has given one
        bool file{false};            ///< whether its requests are in a file
    };

    /// Reads what is there; nothing is kept for an empty path. Throws InvalidArgument for a file of another
    /// kind.
    explicit BulkState(std::filesystem::path file);

    std::vector<Job> jobs{};
    std::string digest{};                   ///< of all requests, of a run without jobs
    std::map<std::size_t, Json> answers{};  ///< of direct calls, by index
    /// Writes it. Throws Error where it cannot.
    void save() const;

private:
    std::filesystem::path file_;
};

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <fstream>
#include <iterator>
#include <utility>

#include <genai/error.hpp>
#include <genai/os/replace_file.hpp>
#include <genai/wire/codec.hpp>

namespace genai::inline GENAI_ABI::detail {

GENAI_INLINE BulkState::BulkState(std::filesystem::path file) : file_(std::move(file)) {
    if (file_.empty() || !std::filesystem::exists(file_)) return;
    std::ifstream in(file_, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    try {
        const Json kept = decode<Json>(text);
        if (!kept.is_object() || !kept.contains("genai_bulk")) throw DecodeError({}, "another kind of file");
        digest = kept.at("digest").get<std::string>();
        for (const Json& job : kept.at("jobs"))
            jobs.push_back({.first = job.at("first").get<std::size_t>(),
                            .count = job.at("count").get<std::size_t>(),
                            .digest = job.at("digest").get<std::string>(),
                            .display_name = job.at("display_name").get<std::string>(),
                            .name = job.at("name").get<std::string>(),
                            .file = job.at("file").get<bool>()});
        for (const Json& answer : kept.at("answers"))
            answers.emplace(answer.at("index").get<std::size_t>(), answer.at("response"));
    } catch (const std::exception&) {
        throw InvalidArgument("state_file", "'" + file_.string() + "' is no state file of a bulk run");
    }
}

GENAI_INLINE void BulkState::save() const {
    if (file_.empty()) return;
    Json kept{{"genai_bulk", 1}, {"digest", digest}, {"jobs", Json::array()}, {"answers", Json::array()}};
    for (const Job& job : jobs)
        kept["jobs"].push_back({{"first", job.first},
                                {"count", job.count},
                                {"digest", job.digest},
                                {"display_name", job.display_name},
                                {"name", job.name},
                                {"file", job.file}});
    for (const auto& [index, response] : answers)
        kept["answers"].push_back({{"index", index}, {"response", response}});
    FileReplacement file(file_, "state_file");
    file.write(kept.dump());
    file.commit();
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
