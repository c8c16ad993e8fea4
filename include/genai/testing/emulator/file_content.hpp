#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <genai/config.hpp>
#include <genai/net/openssl.hpp>
#include <genai/wire/base64.hpp>

namespace genai::inline GENAI_ABI::testing::emulated {

/// The content of a file as it arrives: its size and its SHA-256, and its bytes as long as there are no more
/// than 64 MiB of them, so that large uploads do not fill the memory. The service gives no upload back.
class FileContent {
public:
    FileContent() = default;
    /// Of these bytes.
    explicit FileContent(std::string bytes) { append(std::move(bytes)); }

    /// Adds bytes.
    void append(std::string more) {
        if (!digest_) {
            digest_.reset(EVP_MD_CTX_new());
            EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr);
        }
        EVP_DigestUpdate(digest_.get(), more.data(), more.size());
        size_ += more.size();
        if (size_ > most_kept) bytes_ = {};
        else if (bytes_.empty()) bytes_ = std::move(more);
        else bytes_ += more;
    }

    /// How many bytes there are.
    std::uint64_t size() const noexcept { return size_; }
    /// The bytes; none where there are too many.
    const std::string& bytes() const noexcept { return bytes_; }
    /// Their SHA-256 in base64.
    std::string sha256() const {
        std::array<unsigned char, 32> hash{};
        const Digest copy(EVP_MD_CTX_new());
        if (digest_) EVP_MD_CTX_copy_ex(copy.get(), digest_.get());
        else EVP_DigestInit_ex(copy.get(), EVP_sha256(), nullptr);
        EVP_DigestFinal_ex(copy.get(), hash.data(), nullptr);
        return wire::to_base64(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()));
    }

private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    using Digest = std::unique_ptr<EVP_MD_CTX, Free>;
    static constexpr std::uint64_t most_kept = 64U << 20U;

    Digest digest_{};
    std::uint64_t size_{0};
    std::string bytes_{};
};

}  // namespace genai::inline GENAI_ABI::testing::emulated
