// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/removal_effect.hpp>

#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace att = attribution;

TEST_CASE("without a channel that every path needs nothing is left; credit is in proportion") {
    struct counted {
        std::string path;
        int conversions;
        double value;
    };
    // a alone converts one of two; a then b converts the other way half of the time.
    std::vector<counted> const rows{{"a", 1, 10.0}, {"ab", 1, 30.0}};
    auto const model =
        att::fit(att::aggregated_paths(rows, &counted::path, &counted::conversions, &counted::value,
                                       [](counted const&) { return 1; }),
                 att::markov());
    auto const effects = model.effects();
    REQUIRE(effects.size() == 2);
    CHECK(effects[0].channel == 'a');
    CHECK(effects[0].conversions == 1.0);
    CHECK(effects[1].conversions == doctest::Approx(0.5));
    CHECK(effects[0].credited_conversions == doctest::Approx(2 * 1.0 / 1.5));
    CHECK(effects[0].credited_conversions + effects[1].credited_conversions ==
          doctest::Approx(2.0));
    CHECK(effects[0].credited_value + effects[1].credited_value == doctest::Approx(40.0));
}
