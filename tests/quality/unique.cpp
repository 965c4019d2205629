// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/unique.hpp>

#include "quality/found_by.hpp"

#include <attribution/quality/fan_out.hpp>
#include <attribution/quality/known.hpp>

#include <doctest/doctest.h>
#include <support/journey_world.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;
using quality_support::rows, quality_support::rows_found_by;

namespace {

struct touch {
    std::optional<std::string> contact;
    std::pair<int, int> place;
};

}  // namespace

TEST_CASE("unique: who repeats whom") {
    std::vector<touch> const log{
        {"a", {1, 1}}, {std::nullopt, {1, 2}}, {"a", {1, 1}}, {std::nullopt, {2, 1}}, {"", {0, 0}}};
    CHECK(rows_found_by(att::unique("contact", &touch::contact), log) == rows{2});
    CHECK(rows_found_by(att::unique("place", &touch::place), log) == rows{2});
    CHECK(rows_found_by(att::unique("prefix", [](touch const&) { return std::string{"made up"}; }),
                        log) == rows{1, 2, 3, 4});
    CHECK(att::unique("contact", &touch::contact).text == "repeats the contact of an earlier row");
}

TEST_CASE("unique: text is compared by its characters") {
    char const first[] = "same";
    char const second[] = "same";
    std::vector<char const*> const texts{first, second};
    CHECK(rows_found_by(att::unique("text", std::identity{}), texts) == rows{1});
}

TEST_CASE("law: unique, fan_out and known, over random rows") {
    support::for_all_worlds([&](support::random_numbers& random) {
        journey_world::dice d{random};
        std::vector<int> ids;
        for (int n = d.below(30); n > 0; --n)
            ids.push_back(d.below(20));
        std::vector<int> keys;
        for (int n = d.below(15); n > 0; --n)
            keys.push_back(d.below(20));
        rows repeats, fans, orphans;
        for (std::size_t row = 0; row < ids.size(); ++row) {
            auto const begin = ids.begin();
            auto const here = begin + static_cast<std::ptrdiff_t>(row);
            if (std::find(begin, here, *here) != here)
                repeats.push_back(row);
            if (std::count(begin, ids.end(), *here) > 1)
                fans.push_back(row);
            if (std::find(keys.begin(), keys.end(), *here) == keys.end())
                orphans.push_back(row);
        }
        auto const self = std::identity{};
        support::holds(rows_found_by(att::unique("id", self), ids) == repeats);
        support::holds(rows_found_by(att::fan_out("id", self), ids) == fans);
        support::holds(rows_found_by(att::known("id", self, keys), ids) == orphans);
        // Once per row, so that rows - repeats is the number of ids.
        std::map<int, int> distinct;
        for (auto const id : ids)
            ++distinct[id];
        support::holds(ids.size() - repeats.size() == distinct.size());
    });
}

TEST_CASE("unique: an array of char is a text, which may fill it") {
    struct sale {
        char code[2];
        char next[2];
    };
    std::vector<sale> const sales{{{'a', 'b'}, "x"}, {{'a', 'c'}, "x"}, {{'a', 'b'}, "y"}};
    CHECK(rows_found_by(att::unique("code", &sale::code), sales) == std::vector<std::size_t>{2});
    std::vector<std::string> const codes{"ab"};
    CHECK(rows_found_by(att::known("code", &sale::code, codes), sales) ==
          std::vector<std::size_t>{1});
}
