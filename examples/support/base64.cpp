// SPDX-License-Identifier: BSL-1.0
#include <support/base64.hpp>

#include <openssl/evp.h>

#include <algorithm>
#include <cstddef>

namespace examples {

namespace {

// Takes and gives int: longer texts go in blocks of whole groups.
constexpr std::size_t bytes_of_block = 3 << 20, text_of_block = 4 << 20;

unsigned char const* in(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* out(std::string& text, std::size_t at) {
    return reinterpret_cast<unsigned char*>(text.data() + at);
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // libcrypto ends it with a NUL
    std::size_t at = 0;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), bytes_of_block))) {
        auto const block = bytes.substr(0, bytes_of_block);
        at += static_cast<std::size_t>(
            EVP_EncodeBlock(out(text, at), in(block), static_cast<int>(block.size())));
    }
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    // libcrypto passes over white space, and takes = for a digit wherever it stands.
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    auto const padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    if (text.size() % 4 != 0 || text.find_first_not_of(digits) < text.size() - padding)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    std::size_t at = 0;
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), text_of_block))) {
        auto const block = text.substr(0, text_of_block);
        auto const written =
            EVP_DecodeBlock(out(bytes, at), in(block), static_cast<int>(block.size()));
        if (written < 0)
            return std::nullopt;
        at += static_cast<std::size_t>(written);
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace examples
