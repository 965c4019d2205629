// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/path.hpp>

#include "support/records.hpp"

#include <attribution/policy/between.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <optional>
#include <ranges>

namespace {

using namespace support;

constexpr std::array<sale, 3> book{sale{1, 20, 5}, sale{2, 50, 0}, sale{1, 10, 7}};
constexpr std::array<touch, 5> log{touch{1, 25, 'd'}, touch{1, 20, 'c'}, touch{1, 5, 'a'},
                                   touch{2, 1, 'z'}, touch{1, 20, 'b'}};

constexpr bool test() {
    auto const journeys = att::join(sales(book), touches(log));
    auto const everything =
        att::between([](sale const&) { return tick{0}; }, [](sale const&) { return tick{99}; });
    journeys.for_each_path(everything, [&](auto const& steps) {
        if (steps.about().row() != 0)
            return;
        require(steps.size() == 4 && !steps.empty() && steps.conversion() == book[0]);
        require(steps.about().at() == 20 && steps.about().previous() == tick{10});
        // in the order (time, row); recency counts back from the conversion
        std::size_t const rows[]{2, 1, 4, 0};
        std::size_t const recencies[]{3, 2, 1, 0};
        tick const ages[]{15, 0, 0, -5};
        std::size_t i = 0;
        for (auto const& step : steps) {
            require(step.row() == rows[i] && step.recency() == recencies[i] &&
                    step.age() == ages[i]);
            require(step.touchpoint() == log[rows[i]] && step.at() == log[rows[i]].at);
            require(step.conversion() == book[0] && &step.about() == &steps.about());
            ++i;
        }
        require(i == 4 && steps.end() - steps.begin() == 4 && steps.begin()[2].row() == 4);
    });
    return true;
}
static_assert(test());

using path_type = decltype(att::join(sales(book), touches(log)))::path_type;
static_assert(ranges::random_access_range<path_type> &&
              std::ranges::random_access_range<path_type>);

}  // namespace

TEST_CASE("path") {
    CHECK(test());
}
