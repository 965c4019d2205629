// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/top_paths.hpp>

#include "report/records.hpp"

#include <attribution/policy/always.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <vector>

namespace att = attribution;
using report_records::few_paths;

namespace {

constexpr bool sequences() {
    auto const whole = few_paths();
    auto const kept = att::top_paths(whole, att::always, &report_records::visit::channel);
    bool good = kept.size() == 3 && kept.distinct() == 3 &&
                kept[0].sequence == std::vector<char>{'B'} &&
                kept[0].conversions == att::reach<long long>{2, 11} &&
                kept[1].sequence == std::vector<char>{'A', 'B'} &&
                kept[2].sequence == std::vector<char>{'A', 'A', 'B'} &&
                kept.not_reached() == att::reach<long long>{1, 3} &&
                kept.others() == att::reach<long long>{};

    auto const collapsed = att::top_paths(whole, att::always, &report_records::visit::channel, 1,
                                          att::repeats::collapse);
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
