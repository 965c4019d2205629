// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/plausible_share.hpp>

#include <attribution/quality/validate.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

TEST_CASE("plausible_share: an id that stands for many") {
    auto const self = std::identity{};
    auto const notes = [](auto const& rule, auto const& range) {
        auto const found = att::validate(range, rule);
        REQUIRE(found.size() == 1);
        CHECK(found[0].severity == att::severity::warning);
        CHECK(found[0].count == found[0].notes.size());
        CHECK(found[0].rows.size() == found[0].count);
        return found[0].notes;
    };
    using texts = std::vector<std::string>;
    std::vector<int> ids(1000);
    std::iota(ids.begin(), ids.end(), 1);
    CHECK(notes(att::plausible_share("user", self), ids).empty());
    std::fill(ids.begin() + 10, ids.begin() + 110, 0);
    CHECK(notes(att::plausible_share("user", self), ids) == texts{"0 stands on 100 of 1000 rows"});
    CHECK(notes(att::plausible_share("user", self, 0.1), ids).empty());  // not more than that share
    CHECK(notes(att::plausible_share("user", self, 0.05, 101), ids).empty());

    std::vector<std::optional<std::string>> users(200, std::nullopt);  // missing ids cover nothing
    CHECK(notes(att::plausible_share("user", self), users).empty());
    std::fill(users.begin(), users.begin() + 120, "\\N");
    CHECK(notes(att::plausible_share("user", self), users) ==
          texts{"\"\\N\" stands on 120 of 200 rows"});
    std::vector<std::pair<int, int>> const places(100);
    CHECK(notes(att::plausible_share("place", self), places) ==
          texts{"one id stands on 100 of 100 rows"});
    CHECK(notes(att::plausible_share("user", self), std::vector<int>{}).empty());
    std::vector<std::string> const long_texts(100, std::string(59, 'x') + "\u00e9tude");
    CHECK(notes(att::plausible_share("user", self), long_texts) ==
          texts{'"' + std::string(59, 'x') + "...\" stands on 100 of 100 rows"});
    CHECK_THROWS_AS((void)att::plausible_share("user", self, 1.5), std::invalid_argument);
    CHECK_THROWS_AS((void)att::plausible_share("user", self, std::nan("")), std::invalid_argument);
}
