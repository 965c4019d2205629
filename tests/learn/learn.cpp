// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/learn.hpp>

#include "learn/micro_paths.hpp"

#include <attribution/learn/markov.hpp>
#include <attribution/policy/lookback.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

struct click {
    int user;
    int at;
    char channel;
};
struct order {
    int user;
    int at;
    double value;
};

/// 1 buys after two touchpoints, 2 after one that is too old, 3 and 4 never.
std::vector<click> const clicked{{1, 1, 'a'}, {1, 5, 'b'},  {2, 1, 'a'},
                                 {3, 4, 'b'}, {3, 20, 'a'}, {4, 1, 'b'}};
std::vector<order> const book{{1, 6, 10.0}, {2, 15, 5.0}};

template <class... Windows>
auto evidence(Windows const&... windows) {
    return att::learn(att::conversions(book, &order::user, &order::at, &order::value),
                      att::touchpoints(clicked, &click::user, &click::at),
                      att::markov(&click::channel), att::lookback(10), windows...)
        .evidence();
}

}  // namespace

TEST_CASE("learn: who converted is one path for each conversion, who did not is one to the end") {
    auto const to_the_end = evidence();
    CHECK(to_the_end.conversions == 1);
    CHECK(to_the_end.pathless_conversions == 1);
    CHECK(to_the_end.nulls == 1);  // 3's last touchpoint; what came before it is too old by then
    CHECK(to_the_end.pathless_customers == 1);
    CHECK(to_the_end.value.value() == 10.0);
    CHECK(to_the_end.window_ends.text() == "20");

    auto const to_five = evidence(att::until(5));
    CHECK(to_five.nulls == 2);
    CHECK(to_five.pathless_customers == 0);

    auto const without = evidence(att::converting_only);
    CHECK(without.nulls == 0);
    CHECK(without.pathless_customers == 0);
    CHECK(without.conversions == 1);
}

TEST_CASE("learn: without any record there is no end of data, and nothing to learn from") {
    std::vector<click> const no_clicks;
    std::vector<order> const no_orders;
    auto counts = att::learn(att::conversions(no_orders, &order::user, &order::at, &order::value),
                             att::touchpoints(no_clicks, &click::user, &click::at),
                             att::markov(&click::channel));
    CHECK(counts.evidence().window_ends.text().empty());
    CHECK_THROWS_WITH_AS(static_cast<void>(counts.solve()),
                         doctest::Contains("there is no path to learn from"), att::fit_error);
}

TEST_CASE("learn: a value that is not a number is refused by its row") {
    double const infinity = std::numeric_limits<double>::infinity();
    std::vector<order> const endless{{1, 6, 5}, {2, 6, infinity}};
    CHECK_THROWS_WITH_AS(
        static_cast<void>(att::learn(
            att::conversions(endless, &order::user, &order::at, &order::value),
            att::touchpoints(clicked, &click::user, &click::at), att::markov(&click::channel))),
        "fit: the value of conversion row 1 is not a finite number", std::domain_error);
    std::vector<micro::row> const rows{{"A", 1, -infinity, 0}};
    CHECK_THROWS_WITH_AS(
        static_cast<void>(
            att::learn(att::aggregated_paths(
                           rows, [](micro::row const& one) { return att::split_path(one.path); },
                           &micro::row::conversions, &micro::row::value, &micro::row::nulls),
                       att::markov())),
        "fit: the value of row 0 is not a finite number", std::domain_error);
}
