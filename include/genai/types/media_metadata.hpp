#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <genai/config.hpp>
#include <genai/values/named_only.hpp>
#include <genai/values/open_enum.hpp>
#include <genai/values/text.hpp>
#include <genai/values/time.hpp>
#include <genai/wire/compare.hpp>
#include <genai/wire/extra.hpp>

namespace genai::inline GENAI_ABI {

/// What of a video the model sees.
struct VideoContentLayer : OpenEnum<VideoContentLayer> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator frames{"FRAMES"};          ///< its pictures
    static constexpr Enumerator audio{"AUDIO"};            ///< its sound
    static constexpr Enumerator transcript{"TRANSCRIPT"};  ///< what is said in it, as text
};

/// What of a document the model sees.
struct DocumentContentLayer : OpenEnum<DocumentContentLayer> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator page_image{"PAGE_IMAGE"};  ///< a picture of each page
    static constexpr Enumerator page_text{"PAGE_TEXT"};    ///< the text of each page
};

/// What of a spreadsheet the model sees.
struct SpreadsheetContentLayer : OpenEnum<SpreadsheetContentLayer> {
    using OpenEnum::OpenEnum;
    static constexpr Enumerator data{"DATA"};          ///< the cells' values
    static constexpr Enumerator formulas{"FORMULAS"};  ///< the cells' formulas
    static constexpr Enumerator visual{"VISUAL"};      ///< how the sheet is drawn
};

/// Which part of a video counts, and how densely. https://ai.google.dev/api/caching#VideoMetadata
struct VideoMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Duration> end_offset{};              ///< where it ends
    std::optional<double> fps{};             ///< frames a second the model sees, in (0, 24]; 1 when unset
    std::optional<Duration> start_offset{};  ///< where it begins
    std::vector<VideoContentLayer> content_layers{};  ///< pictures, sound, transcript; all when unset
    Extra extra{};                                    ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("endOffset", self.end_offset);
        visit("fps", self.fps);
        visit("startOffset", self.start_offset);
        visit("contentLayers", self.content_layers);
    }
};

/// What of a document the model sees.
struct DocumentMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};    ///< see NamedOnly
    std::optional<std::int32_t> start_page{};            ///< first page, from 1
    std::optional<std::int32_t> end_page{};              ///< last page, inclusive
    std::vector<DocumentContentLayer> content_layers{};  ///< pictures of the pages, their text, or both
    Extra extra{};                                       ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("startPage", self.start_page);
        visit("endPage", self.end_page);
        visit("contentLayers", self.content_layers);
    }
};

/// What of a spreadsheet the model sees.
struct SpreadsheetMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};       ///< see NamedOnly
    std::optional<std::int32_t> sheet_index{};              ///< which sheet, from 1
    Text visible_cells{};                                   ///< a range such as `A1:D10`
    std::vector<SpreadsheetContentLayer> content_layers{};  ///< values, formulas, how it is drawn
    Extra extra{};                                          ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("sheetIndex", self.sheet_index);
        visit("visibleCells", self.visible_cells);
        visit("contentLayers", self.content_layers);
    }
};

/// Which part of a recording the model hears.
struct AudioMetadata {
    GENAI_NO_UNIQUE_ADDRESS NamedOnly<> named_only{};  ///< see NamedOnly
    std::optional<Duration> start_offset{};            ///< where it begins
    std::optional<Duration> end_offset{};              ///< where it ends
    Extra extra{};                                     ///< members this version does not know

    static constexpr void fields(auto& self, auto&& visit) {
        visit("startOffset", self.start_offset);
        visit("endOffset", self.end_offset);
    }
};

}  // namespace genai::inline GENAI_ABI
