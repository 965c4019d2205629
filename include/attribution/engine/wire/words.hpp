// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace attribution::inline v0_1::detail {

/// The eight bytes of a word, the lowest first, on every machine.
using word_bytes = std::array<char, 8>;

constexpr word_bytes bytes_of_word(std::uint64_t word) {
    auto bytes = std::bit_cast<word_bytes>(word);
    if constexpr (std::endian::native == std::endian::big)
        std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

constexpr std::uint64_t word_of_bytes(word_bytes bytes) {
    if constexpr (std::endian::native == std::endian::big)
        std::reverse(bytes.begin(), bytes.end());
    return std::bit_cast<std::uint64_t>(bytes);
}

/// The word of these bytes, at most eight: those that are not there are 0.
constexpr std::uint64_t word_of(std::string_view some) {
    word_bytes bytes{};
    if (some.size() >= bytes.size())
        std::copy_n(some.begin(), bytes.size(), bytes.begin());  // one load
    else
        std::copy(some.begin(), some.end(), bytes.begin());
    return word_of_bytes(bytes);
}

/// The word whose bytes are those of this one in the other order.
constexpr std::uint64_t highest_first(std::uint64_t word) {
    word = (word & 0x00ff'00ff'00ff'00ffU) << 8 | (word >> 8 & 0x00ff'00ff'00ff'00ffU);
    word = (word & 0x0000'ffff'0000'ffffU) << 16 | (word >> 16 & 0x0000'ffff'0000'ffffU);
    return word << 32 | word >> 32;
}

/// Shows damage: any change within eight bytes in a row changes it if these are a word, from the first byte
/// on, and others do but for one in 2^64. Of words, so that long texts are read eight bytes at a time, and
/// in four chains, which processors follow side by side.
///
/// A word is put into a chain by xor, a multiplication by 0x9e3779b97f4a7c15 and a rotation by 29 to the
/// left. Chain i starts from i and takes every fourth word, beginning with word i, of as many words as there
/// are in whole groups of four. The chain of the checksum starts from the number of bytes, and takes these
/// four chains, and then the words that are left, the last of them filled up with zeros. Last, the upper 32
/// bits of the chain are put to its lower ones, by xor.
constexpr std::uint64_t checksum(std::string_view bytes) {
    constexpr std::size_t word = 8;
    auto const put = [](std::uint64_t chain, std::uint64_t what) {
        return std::rotl((chain ^ what) * 0x9e37'79b9'7f4a'7c15U, 29);
    };
    std::uint64_t whole = bytes.size();
    std::array<std::uint64_t, 4> chains{0, 1, 2, 3};
    for (; bytes.size() >= chains.size() * word; bytes.remove_prefix(chains.size() * word)) {
        chains[0] = put(chains[0], word_of(bytes.substr(0, word)));
        chains[1] = put(chains[1], word_of(bytes.substr(word, word)));
        chains[2] = put(chains[2], word_of(bytes.substr(2 * word, word)));
        chains[3] = put(chains[3], word_of(bytes.substr(3 * word, word)));
    }
    for (auto const one : chains)
        whole = put(whole, one);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(word, bytes.size())))
        whole = put(whole, word_of(bytes.substr(0, word)));
    return whole ^ whole >> 32;
}

}  // namespace attribution::detail
