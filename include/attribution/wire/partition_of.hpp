// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/wire/stable_hash.hpp>

#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace attribution::inline v0_1 {

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
