// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace examples {

using sha256_digest = std::array<std::uint8_t, 32>;

/// The SHA-256 digest of some bytes: names an input file beyond doubt, and allows a script in a
/// page. Not for secrets.
///
/// Errors: std::runtime_error if this libcrypto does not have it.
/// Source: FIPS 180-4; OpenSSL's libcrypto.
[[nodiscard]] sha256_digest sha256(std::string_view bytes);

/// 64 hexadecimal digits, as sha256sum prints them.
[[nodiscard]] std::string hexadecimal(sha256_digest const& digest);
/// RFC 4648, with padding.
[[nodiscard]] std::string base64(sha256_digest const& digest);

struct file_digest {
    std::uintmax_t bytes = 0;
    sha256_digest digest = {};
};
/// Size and digest of a file, block by block.
///
/// Errors: input_error, naming the file, if it cannot be read.
[[nodiscard]] file_digest digest_of(std::filesystem::path const& file);

}  // namespace examples
