// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/top_paths.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <vector>

namespace att = attribution;

namespace {

struct visit {
    int user;
    int at;
    char channel;
};
struct order {
    int user;
    int at;
    long long cents;
};

// A A B: 10 times. A B: once, more money. B: twice, once for 5 and once for 6. Nobody: 3.
constexpr std::array<visit, 6> visits{
    {{1, 1, 'A'}, {1, 4, 'A'}, {1, 7, 'B'}, {2, 2, 'A'}, {2, 8, 'B'}, {3, 9, 'B'}}};
constexpr std::array<order, 5> orders{{{1, 9, 10}, {2, 9, 20}, {3, 9, 5}, {3, 10, 6}, {4, 9, 3}}};

constexpr auto joined() {
    return att::join(att::conversions(orders, &order::user, &order::at, &order::cents),
                     att::touchpoints(visits, &visit::user, &visit::at));
}

constexpr bool sequences() {
    auto const whole = joined();
    auto const kept = att::top_paths(whole, att::always, &visit::channel);
    bool good = kept.size() == 3 && kept.distinct() == 3 &&
                kept[0].sequence == std::vector<char>{'B'} &&
                kept[0].conversions == att::reach<long long>{2, 11} &&
                kept[1].sequence == std::vector<char>{'A', 'B'} &&
                kept[2].sequence == std::vector<char>{'A', 'A', 'B'} &&
                kept.not_reached() == att::reach<long long>{1, 3} &&
                kept.others() == att::reach<long long>{};

    auto const collapsed =
        att::top_paths(whole, att::always, &visit::channel, 1, att::repeats::collapse);
    return good && collapsed.size() == 1 && collapsed.distinct() == 2 &&
           collapsed[0].sequence == std::vector<char>{'A', 'B'} &&
           collapsed[0].conversions == att::reach<long long>{2, 30} &&
           collapsed.others() == att::reach<long long>{2, 11};
}
static_assert(sequences());

}  // namespace

TEST_CASE("top_paths refuses in its own name") {
    struct visit {
        int user;
        int at;
        double score;
        char const* name;
    };
    struct order {
        int user;
        int at;
        double value;
    };
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<visit> const log{{1, 1, 1.0, "x"}, {1, 2, nan, nullptr}};
    auto const paths = [&](std::vector<order> const& book, auto projection) {
        auto const journeys =
            att::join(att::conversions(book, &order::user, &order::at, &order::value),
                      att::touchpoints(log, &visit::user, &visit::at));
        return att::top_paths(journeys, att::always, projection).size();
    };
    CHECK_THROWS_WITH_AS((void)paths({{2, 3, 1.0}, {1, 3, nan}}, &visit::user),
                         "top_paths: the value of conversion row 1 is not a finite number",
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)paths({{1, 3, 1.0}}, &visit::score),
                         "top_paths: the group of touchpoint row 1 is not a number and belongs to "
                         "no group; name one for such records in the projection",
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)paths({{1, 3, 1.0}}, &visit::name),
                         "top_paths: the group of touchpoint row 1 is a null pointer and belongs "
                         "to no group; name one for such records in the projection",
                         std::domain_error);
    CHECK(paths({{1, 1, 1.0}}, &visit::name) == 1);
}
