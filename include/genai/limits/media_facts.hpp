#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <genai/config.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Width and height, in pixels.
struct PixelSize {
    std::int64_t width{};
    std::int64_t height{};
};

/// The size of an image, by its own header: PNG, GIF, JPEG, WebP, HEIC, AVIF. Nothing where it says none.
std::optional<PixelSize> image_size(std::string_view bytes);
/// How many seconds a recording or a video takes, by its own header: WAV, FLAC, MP3, MP4 and its kin, WebM
/// and Matroska. Nothing where it says none.
std::optional<double> media_seconds(std::string_view bytes);
/// How many pages a PDF has, by what of it is not compressed. Nothing where that says none.
std::optional<std::int64_t> pdf_pages(std::string_view bytes);

}  // namespace genai::inline GENAI_ABI::detail

#if GENAI_COST_BODIES

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstddef>

#include <genai/values/number_cast.hpp>

namespace genai::inline GENAI_ABI::detail {

/// Numbers within bytes; zero beyond their end.
class ByteNumbers {
public:
    explicit ByteNumbers(std::string_view bytes) : bytes_(bytes) {}

    /// A number of so many bytes, the most significant first.
    std::uint64_t big(std::size_t at, std::size_t size) const {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < size; ++i) number = number << 8U | byte(at + i);
        return number;
    }
    /// The same, the least significant first.
    std::uint64_t little(std::size_t at, std::size_t size) const {
        std::uint64_t number = 0;
        for (std::size_t i = size; i-- > 0;) number = number << 8U | byte(at + i);
        return number;
    }
    bool has(std::size_t at, std::string_view text) const {
        return at <= bytes_.size() && bytes_.substr(at).starts_with(text);
    }
    std::size_t size() const noexcept { return bytes_.size(); }
    std::string_view bytes() const noexcept { return bytes_; }

private:
    unsigned char byte(std::size_t at) const {
        return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : std::uint8_t{0};
    }

    std::string_view bytes_;
};

GENAI_INLINE PixelSize pixel_size(std::uint64_t width, std::uint64_t height) {
    return {static_cast<std::int64_t>(width), static_cast<std::int64_t>(height)};
}

/// By the frame header, which follows segments of which some have pictures of their own.
GENAI_INLINE std::optional<PixelSize> jpeg_size(const ByteNumbers& file) {
    for (std::size_t at = 2; at + 9 < file.size();) {
        if (file.big(at, 1) != 0xFF) return std::nullopt;
        const std::uint64_t marker = file.big(at + 1, 1);
        const bool is_frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) return pixel_size(file.big(at + 7, 2), file.big(at + 5, 2));
        if (marker == 0xFF) ++at;  // a fill byte
        else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) at += 2;
        else at += 2 + number_cast<std::size_t>(file.big(at + 2, 2));
    }
    return std::nullopt;
}

GENAI_INLINE std::optional<PixelSize> webp_size(const ByteNumbers& file) {
    if (file.has(12, "VP8 ")) return pixel_size(file.little(26, 2) & 0x3FFFU, file.little(28, 2) & 0x3FFFU);
    if (file.has(12, "VP8X")) return pixel_size(file.little(24, 3) + 1, file.little(27, 3) + 1);
    if (!file.has(12, "VP8L")) return std::nullopt;
    const std::uint64_t bits = file.little(21, 4);
    return pixel_size((bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1);
}

/// A box of the ISO base media format (ISO/IEC 14496-12): where its content is.
struct MediaBox {
    std::string_view type{};
    std::string_view content{};
};

/// Takes the next box off; nothing at the end, or where there is none.
GENAI_INLINE std::optional<MediaBox> next_box(std::string_view& boxes) {
    const ByteNumbers numbers(boxes);
    if (boxes.size() < 8) return std::nullopt;
    std::uint64_t size = numbers.big(0, 4);
    std::size_t head = 8;
    if (size == 1) {
        size = numbers.big(8, 8);
        head = 16;
    }
    if (size == 0 || size > boxes.size()) size = boxes.size();
    if (size < head) return std::nullopt;
    MediaBox box{boxes.substr(4, 4), boxes.substr(head, number_cast<std::size_t>(size) - head)};
    boxes.remove_prefix(number_cast<std::size_t>(size));
    return box;
}

/// The content of a box by its path; empty where it is not there.
template <std::size_t N>
std::string_view box_at(std::string_view boxes, const std::array<std::string_view, N>& path) {
    for (const std::string_view name : path) {
        std::optional<MediaBox> box = next_box(boxes);
        while (box && box->type != name) box = next_box(boxes);
        if (!box) return {};
        boxes = name == "meta" ? box->content.substr((std::min)(box->content.size(), std::size_t{4}))
                               : box->content;
    }
    return boxes;
}

/// The largest of its images: grids have tiles.
GENAI_INLINE std::optional<PixelSize> heic_size(std::string_view bytes) {
    std::string_view properties = box_at<3>(bytes, {"meta", "iprp", "ipco"});
    std::optional<PixelSize> largest;
    while (const auto box = next_box(properties)) {
        if (box->type != "ispe") continue;
        const ByteNumbers numbers(box->content);
        const PixelSize size = pixel_size(numbers.big(4, 4), numbers.big(8, 4));
        if (!largest || size.width > largest->width) largest = size;
    }
    return largest;
}

GENAI_INLINE std::optional<PixelSize> image_size(std::string_view bytes) {
    const ByteNumbers file(bytes);
    std::optional<PixelSize> size;
    if (file.has(0, "\x89PNG\r\n\x1a\n")) size = pixel_size(file.big(16, 4), file.big(20, 4));
    else if (file.has(0, "GIF8")) size = pixel_size(file.little(6, 2), file.little(8, 2));
    else if (file.has(0, "\xFF\xD8")) size = jpeg_size(file);
    else if (file.has(0, "RIFF") && file.has(8, "WEBP")) size = webp_size(file);
    else if (file.has(4, "ftyp")) size = heic_size(bytes);
    if (size && (size->width == 0 || size->height == 0)) return std::nullopt;
    return size;
}

GENAI_INLINE std::optional<double> wav_seconds(const ByteNumbers& file) {
    std::uint64_t rate = 0;  // bytes a second
    std::uint64_t whole = 0;
    for (std::size_t at = 12; at + 8 <= file.size();) {
        const std::uint64_t size = file.little(at + 4, 4);
        if (file.has(at, "ds64")) whole = file.little(at + 16, 8);
        if (file.has(at, "fmt ")) rate = file.little(at + 16, 4);
        if (file.has(at, "data") && rate != 0) {
            const std::uint64_t left = file.size() - at - 8;
            const std::uint64_t data = size != 0xFFFFFFFF ? size : whole != 0 ? whole : left;
            return static_cast<double>(data) / static_cast<double>(rate);
        }
        at += 8 + number_cast<std::size_t>(size + (size & 1U));
    }
    return std::nullopt;
}

GENAI_INLINE std::optional<double> flac_seconds(const ByteNumbers& file) {
    const std::uint64_t facts = file.big(18, 8);
    const std::uint64_t rate = facts >> 44U;
    const std::uint64_t samples = facts & 0xFFFFFFFFFU;
    if (rate == 0 || samples == 0) return std::nullopt;
    return static_cast<double>(samples) / static_cast<double>(rate);
}

/// By the count of frames that encoders of a varying bit rate write, else by the first frame's bit rate.
GENAI_INLINE std::optional<double> mp3_seconds(const ByteNumbers& file) {
    std::size_t at = 0;
    if (file.has(0, "ID3")) {
        for (std::size_t i = 6; i < 10; ++i) at = at << 7U | number_cast<std::size_t>(file.big(i, 1) & 0x7FU);
        at += (file.big(5, 1) & 0x10U) != 0 ? 20U : 10U;
    }
    const std::uint64_t head = file.big(at, 4);
    if ((head & 0xFFE00000U) != 0xFFE00000U || (head >> 17U & 3U) != 1) return std::nullopt;
    constexpr std::array<double, 4> rates{44100, 48000, 32000, 0};
    constexpr std::array<double, 16> kilobits_1{0,   32,  40,  48,  56,  64,  80,  96,
                                                112, 128, 160, 192, 224, 256, 320, 0};
    constexpr std::array<double, 16> kilobits_2{0,  8,  16, 24,  32,  40,  48,  56,
                                                64, 80, 96, 112, 128, 144, 160, 0};
    const std::uint64_t version = head >> 19U & 3U;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
    const bool first = version == 3;
    const double rate = rates.at(head >> 10U & 3U) / (first ? 1 : version == 2 ? 2 : 4);
    if (rate <= 0) return std::nullopt;
    const bool mono = (head >> 6U & 3U) == 3;
    const std::size_t side = first ? (mono ? 17U : 32U) : (mono ? 9U : 17U);
    const std::size_t info = at + 4 + side;
    const double samples = first ? 1152 : 576;
    if ((file.has(info, "Xing") || file.has(info, "Info")) && (file.big(info + 4, 4) & 1U) != 0)
        return static_cast<double>(file.big(info + 8, 4)) * samples / rate;
    if (file.has(at + 36, "VBRI")) return static_cast<double>(file.big(at + 50, 4)) * samples / rate;
    const double kilobits = (first ? kilobits_1 : kilobits_2).at(head >> 12U & 15U);
    if (kilobits <= 0) return std::nullopt;
    return static_cast<double>(file.size() - at) * 8 / (kilobits * 1000);
}

GENAI_INLINE std::optional<double> mp4_seconds(std::string_view bytes) {
    const ByteNumbers header(box_at<2>(bytes, {"moov", "mvhd"}));
    const bool wide = header.big(0, 1) == 1;
    const std::uint64_t scale = header.big(wide ? 20 : 12, 4);
    std::uint64_t duration = wide ? header.big(24, 8) : header.big(16, 4);
    if (duration == 0) {  // in fragments
        const ByteNumbers fragments(box_at<3>(bytes, {"moov", "mvex", "mehd"}));
        duration = fragments.big(4, fragments.big(0, 1) == 1 ? 8 : 4);
    }
    if (scale == 0 || duration == 0) return std::nullopt;
    return static_cast<double>(duration) / static_cast<double>(scale);
}

/// By the segment's information (RFC 9559, 5.1.2), which is near the beginning.
GENAI_INLINE std::optional<double> matroska_seconds(const ByteNumbers& file) {
    const std::string_view head = file.bytes().substr(0, 4096);
    const std::size_t scale_at = head.find("\x2A\xD7\xB1");
    const std::size_t duration_at = head.find("\x44\x89");
    if (duration_at == std::string_view::npos) return std::nullopt;
    double scale = 1'000'000;  // nanoseconds
    if (scale_at != std::string_view::npos) {
        const auto size = number_cast<std::size_t>(file.big(scale_at + 3, 1) & 0x0FU);
        scale = static_cast<double>(file.big(scale_at + 4, (std::min)(size, std::size_t{8})));
    }
    const bool wide = file.big(duration_at + 2, 1) == 0x88;
    const double duration = wide ? std::bit_cast<double>(file.big(duration_at + 3, 8))
                                 : static_cast<double>(std::bit_cast<float>(
                                       static_cast<std::uint32_t>(file.big(duration_at + 3, 4))));
    return duration * scale / 1e9;
}

GENAI_INLINE std::optional<double> media_seconds(std::string_view bytes) {
    constexpr double most = 30.0 * 24 * 3600;  // what is more is no duration
    const ByteNumbers file(bytes);
    std::optional<double> seconds;
    if ((file.has(0, "RIFF") || file.has(0, "RF64")) && file.has(8, "WAVE")) seconds = wav_seconds(file);
    else if (file.has(0, "fLaC")) seconds = flac_seconds(file);
    else if (file.has(4, "ftyp")) seconds = mp4_seconds(bytes);
    else if (file.has(0, "\x1A\x45\xDF\xA3")) seconds = matroska_seconds(file);
    else if (file.has(0, "ID3") || (file.big(0, 2) & 0xFFE0U) == 0xFFE0U) seconds = mp3_seconds(file);
    if (seconds && !(*seconds > 0 && *seconds < most)) return std::nullopt;
    return seconds;
}

/// The number behind a name, such as `/N 12`; nothing where there is none.
GENAI_INLINE std::optional<std::int64_t> pdf_number(std::string_view pdf, std::size_t at) {
    at = pdf.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos) return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(pdf.data() + at, pdf.data() + pdf.size(), number);
    if (error != std::errc() || number <= 0 || number > 1'000'000) return std::nullopt;
    return number;
}

/// How many objects are of `/Type /Page`.
GENAI_INLINE std::int64_t pdf_page_objects(std::string_view pdf) {
    std::int64_t pages = 0;
    for (std::size_t at = 0; (at = pdf.find("/Type", at)) != std::string_view::npos;) {
        at = pdf.find_first_not_of(" \t\r\n", at + 5);
        if (at == std::string_view::npos) break;
        const std::string_view type = pdf.substr(at, 6);
        if (type.starts_with("/Page") && (type.size() < 6 || type[5] < 'A' || type[5] > 'z')) ++pages;
    }
    return pages;
}

GENAI_INLINE std::optional<std::int64_t> pdf_pages(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 1024);
    if (head.find("%PDF-") == std::string_view::npos) return std::nullopt;
    if (const auto at = head.find("/Linearized"); at != std::string_view::npos)
        if (const auto name = head.find("/N ", at); name != std::string_view::npos)
            if (const auto pages = pdf_number(head, name + 3)) return pages;
    const std::int64_t pages = pdf_page_objects(bytes);
    return pages == 0 ? std::nullopt : std::optional(pages);
}

}  // namespace genai::inline GENAI_ABI::detail

#endif
