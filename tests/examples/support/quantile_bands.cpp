// SPDX-License-Identifier: BSL-1.0
#include <support/quantile_bands.hpp>

#include <scratch.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <vector>

using examples::equal_bands;
using examples::nearest_rank;
using examples::on_border;
using examples::quantile_bands;

namespace {

constexpr bool ranks() {
    auto const ten = std::vector{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    auto const three = std::vector{5, 7, 9};
    return nearest_rank(ten, 1, 5) == 2 && nearest_rank(ten, 4, 5) == 8 &&
           nearest_rank(ten, 1, 2) == 5 && nearest_rank(ten, 1, 3) == 4 &&
           nearest_rank(ten, 2, 3) == 7 && nearest_rank(ten, 5, 5) == 10 &&
           nearest_rank(ten, 1, 1000) == 1 && nearest_rank(three, 1, 3) == 5 &&
           nearest_rank(three, 2, 3) == 7 && nearest_rank(three, 1, 2) == 7;
}
static_assert(ranks());

}  // namespace

TEST_CASE("quantile_bands: nearest rank") {
    CHECK(ranks());
}

TEST_CASE("quantile_bands: the rank is the definition, for every size and part") {
    for (int size = 1; size <= 23; ++size) {
        std::vector<int> values;
        for (int i = 0; i < size; ++i)
            values.push_back(i / 2);  // pairs of equal values
        for (std::size_t parts = 1; parts <= 7; ++parts)
            for (std::size_t part = 1; part <= parts; ++part) {
                auto const found = nearest_rank(values, part, parts);
                auto const enough = [&, p = part, q = parts](int v) {
                    auto const up_to = static_cast<std::size_t>(
                        std::ranges::count_if(values, [v](int w) { return w <= v; }));
                    return up_to * q >= p * values.size();
                };
                CAPTURE(size);
                CAPTURE(part);
                CAPTURE(parts);
                CHECK(enough(found));
                CHECK((found == values.front() || !enough(found - 1)));
            }
    }
}

TEST_CASE("quantile_bands: a value on a border is below or above, never both") {
    auto const below = equal_bands(std::vector{5, 3, 1, 2, 4, 6}, 3, on_border::below);
    CHECK(below.borders() == std::vector{2, 4});
    CHECK(below(1) == 0);
    CHECK(below(2) == 0);
    CHECK(below(3) == 1);
    CHECK(below(4) == 1);
    CHECK(below(5) == 2);
    auto const above = quantile_bands{below.borders(), on_border::above};
    CHECK(above(1) == 0);
    CHECK(above(2) == 1);
    CHECK(above(3) == 1);
    CHECK(above(4) == 2);
    CHECK(above(-100) == 0);
    CHECK(above(100) == 2);
}

TEST_CASE("quantile_bands: ties are never split") {
    auto const bands = equal_bands(std::vector{7, 7, 7, 7, 7, 7, 7, 1, 9, 8}, 5, on_border::below);
    CHECK(bands.borders() == std::vector{7, 7, 7, 7});
    CHECK(bands(1) == 0);
    CHECK(bands(7) == 0);
    CHECK(bands(8) == 4);  // bands 1 to 3 are empty
    CHECK(bands(9) == 4);
    auto const one = equal_bands(std::vector{4}, 4, on_border::below);
    CHECK(one(4) == 0);
    CHECK(equal_bands(std::vector{1, 2}, 1, on_border::above)(2) == 0);
}

TEST_CASE("quantile_bands: what has no bands is refused") {
    using error = std::invalid_argument;
    auto const none = std::vector<int>{};
    CHECK(error_of<error>([&] { (void)nearest_rank(none, 1, 2); }) ==
          "nearest_rank: there are no values");
    CHECK(error_of<error>([&] { (void)equal_bands(none, 3, on_border::below); }) ==
          "nearest_rank: there are no values");
    for (std::size_t const part : {0U, 4U})
        CHECK(error_of<error>([&] { (void)nearest_rank(std::vector{1}, part, 3); }) ==
              "nearest_rank: the part is not one of the parts, count from 1");
    CHECK(error_of<error>([] { (void)equal_bands(std::vector{1}, 0, on_border::below); }) ==
          "equal_bands: no bands, ask for at least one");
    CHECK(error_of<error>([] {
              quantile_bands{std::vector{2, 1}, on_border::below};
          }) == "quantile_bands: the borders do not ascend, sort them");
    constexpr auto nan = std::numeric_limits<double>::quiet_NaN();
    constexpr auto unordered = "quantile_bands: a value has no order, such as NaN";
    CHECK(error_of<error>([] {
              (void)equal_bands(std::vector{1.0, nan}, 2, on_border::below);
          }) == unordered);
    CHECK(error_of<error>([] { quantile_bands{std::vector{nan}, on_border::below}; }) == unordered);
    auto const bands = quantile_bands{std::vector{1.0}, on_border::below};
    CHECK(error_of<error>([&] { (void)bands(nan); }) == unordered);
}
