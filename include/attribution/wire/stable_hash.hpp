// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

namespace attribution::inline v0_1 {

/// A hash of bytes that is the same in every program, language and version: FNV-1a of 64 bits.
///
/// Starts from 14695981039346656037; for each byte: xor it, then multiply by 1099511628211, modulo
/// 2^64. Changing any one byte always changes the hash.
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
[[nodiscard]] constexpr std::uint64_t stable_hash(std::string_view bytes) noexcept {
    std::uint64_t hash = 14695981039346656037U;
    for (char const byte : bytes) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1099511628211U;
    }
    return hash;
}

}  // namespace attribution
