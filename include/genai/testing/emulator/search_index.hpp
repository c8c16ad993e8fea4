#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::testing {

/// A text index that ranks by BM25 (Robertson and Zaragoza, 2009), words compared without case.
class SearchIndex {
public:
    /// Adds a passage under a number of the caller's.
    void add(std::size_t id, std::string_view text) {
        Passage passage{.id = id};
        for (std::string& word : words(text)) {
            ++passage.counts[std::move(word)];
            ++passage.length;
        }
        for (const auto& [word, count] : passage.counts) ++holders_[word];
        total_ += passage.length;
        passages_.push_back(std::move(passage));
    }

    /// The passages that have a word of the query, best first, `most` of them.
    std::vector<std::size_t> find(std::string_view query, std::size_t most) const {
        std::vector<std::pair<double, std::size_t>> ranked;
        const std::vector<std::string> asked = words(query);
        const std::set<std::string> wanted(asked.begin(), asked.end());
        const double average =
            passages_.empty() ? 1 : static_cast<double>(total_) / static_cast<double>(passages_.size());
        for (const Passage& passage : passages_) {
            double score = 0;
            for (const std::string& word : wanted) {
                const auto found = passage.counts.find(word);
                if (found == passage.counts.end()) continue;
                const auto holders = static_cast<double>(holders_.at(word));
                const double rarity =
                    std::log(1 + (static_cast<double>(passages_.size()) - holders + 0.5) / (holders + 0.5));
                const auto count = static_cast<double>(found->second);
                score += rarity * count * 2.2 /
                         (count + 1.2 * (0.25 + 0.75 * static_cast<double>(passage.length) / average));
            }
            if (score > 0) ranked.emplace_back(score, passage.id);
        }
        std::stable_sort(ranked.begin(), ranked.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<std::size_t> ids;
        for (std::size_t i = 0; i < ranked.size() && i < most; ++i) ids.push_back(ranked[i].second);
        return ids;
    }

    /// Runs of letters and digits, in lower case; bytes beyond ASCII count as letters.
    static std::vector<std::string> words(std::string_view text) {
        std::vector<std::string> found;
        std::string word;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            const bool letter =
                (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0x80;
            if (letter) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
            else if (!word.empty()) found.push_back(std::exchange(word, {}));
        }
        if (!word.empty()) found.push_back(std::move(word));
        return found;
    }

private:
    struct Passage {
        std::size_t id{};
        std::map<std::string, std::size_t> counts{};
        std::size_t length{};
    };

    std::vector<Passage> passages_{};
    std::map<std::string, std::size_t> holders_{};  // how many passages have a word
    std::size_t total_{0};
};

}  // namespace genai::inline GENAI_ABI::testing
