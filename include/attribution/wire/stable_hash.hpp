// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

namespace attribution::inline v0_1 {

/// A hash of bytes that is the same in every program, language and version: FNV-1a of 64 bits.
///
/// Starts from 14695981039346656037; for each byte: xor it, then multiply by 1099511628211, modulo
/// 2^64. Changing any one byte always changes the hash.
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
[[nodiscard]] constexpr std::uint64_t stable_hash(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037U;
    for (char const byte : bytes) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1099511628211U;
    }
    return hash;
}

/// The partition, 0 .. partitions-1, to which all records of this customer belong, whoever computes
/// it: h = stable_hash(key); (h xor (h >> 32)) modulo partitions.
///
/// Shape:      the key is its bytes: text in UTF-8, a number in decimal as people write it.
/// Errors:     std::invalid_argument if there are no partitions.
[[nodiscard]] constexpr std::size_t partition_of(std::string_view key, std::size_t partitions) {
    if (partitions == 0)
        throw std::invalid_argument{"partition_of: there must be at least one partition"};
    auto const hash = stable_hash(key);
    return static_cast<std::size_t>((hash ^ (hash >> 32)) % partitions);
}

}  // namespace attribution
