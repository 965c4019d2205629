// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/words.hpp>

#include "support/random.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace attribution::detail;
using namespace std::string_view_literals;

constexpr bool test() {
    return word_of("") == 0 && word_of("\1\2") == 0x0201 &&
           word_of("\1\2\3\4\5\6\7\x8f!") == 0x8f07'0605'0403'0201U &&
           word_of_bytes(bytes_of_word(0x0123'4567'89ab'cdefU)) == 0x0123'4567'89ab'cdefU &&
           bytes_of_word(0x0201)[0] == 1 && bytes_of_word(0x0201)[1] == 2 &&
           highest_first(0x0123'4567'89ab'cdefU) == 0xefcd'ab89'6745'2301U;
}
static_assert(test());

std::string some_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(static_cast<unsigned char>(7 * i + 1));
    return bytes;
}

}  // namespace

TEST_CASE("words have their lowest byte first") {
    CHECK(test());
}

TEST_CASE("a checksum is the same on every machine") {
    // Computed from its description by another program
    CHECK(checksum("") == 0x2dd7'ac68'c7d2'05c9U);
    CHECK(checksum("a") == 0xd8fd'1af9'a72e'15e0U);
    CHECK(checksum(some_bytes(100)) == 0x6acb'a176'93d8'2fdeU);
}

TEST_CASE("a checksum shows each change within a word, and what is missing") {
    support::random_numbers random{5};
    for (std::size_t size = 0; size <= 100; ++size) {
        auto const bytes = some_bytes(size);
        auto const expected = checksum(bytes);
        for (std::size_t place = 0; place < size; ++place)
            for (int bit = 0; bit < 8; ++bit) {
                auto damaged = bytes;
                damaged[place] = static_cast<char>(damaged[place] ^ (1 << bit));
                if (checksum(damaged) == expected)
                    FAIL("bit " << bit << " of byte " << place << " of " << size);
            }
        for (int i = 0; i < 20 && size >= 8; ++i) {
            auto damaged = bytes;
            for (auto& one : bytes_of_word(random.bits()))
                damaged[8 * random.below(size / 8)] = one;
            CHECK((checksum(damaged) == expected) == (damaged == bytes));
        }
        CHECK(checksum(bytes + '\0') != expected);
        if (size != 0)
            CHECK(checksum(std::string_view{bytes}.substr(1)) != expected);
    }
    CHECK(checksum("\0"sv) != checksum(""));
}
