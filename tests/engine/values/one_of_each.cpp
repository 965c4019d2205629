// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/one_of_each.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using namespace support;
using att::detail::occurrence, att::detail::one_of_each;

/// As much of a path as is looked at.
struct letters {
    struct letter {
        char value;
        constexpr char touchpoint() const { return value; }
    };
    std::string_view text;
    constexpr std::size_t size() const { return text.size(); }
    constexpr letter operator[](std::size_t i) const { return {text[i]}; }
};

constexpr std::vector<std::size_t> chosen(std::string_view text, occurrence wanted) {
    std::vector<std::size_t> places{99};  // what was there is gone
    one_of_each(letters{text}, std::identity{}, wanted, places);
    return places;
}

constexpr bool test() {
    using list = std::vector<std::size_t>;
    require(chosen("", occurrence::first).empty());
    require(chosen("a", occurrence::last) == list{0});
    require(chosen("babcab", occurrence::first) == list{0, 1, 3});
    require(chosen("babcab", occurrence::last) == list{3, 4, 5});
    require(chosen("aaaa", occurrence::first) == list{0});
    require(chosen("aaaa", occurrence::last) == list{3});
    require(chosen("dcba", occurrence::first) == list{0, 1, 2, 3});
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("one of each") {
    CHECK(test());
}

TEST_CASE("one of each among more than sorting takes one by one") {
    std::string text;
    for (int i = 0; i < 500; ++i)
        text += static_cast<char>('a' + i * 7 % 26);
    std::vector<std::size_t> first(26);
    std::vector<std::size_t> last(26);
    for (std::size_t i = 0; i < 26; ++i) {
        first[i] = i;
        last[i] = text.size() - 26 + i;
    }
    CHECK(chosen(text, occurrence::first) == first);
    CHECK(chosen(text, occurrence::last) == last);
}
