// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/bound_dimension.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <concepts>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace support;
using namespace attribution::detail;

namespace {

static_assert(std::same_as<group_value<char const*>, std::string>);
static_assert(std::same_as<group_value<std::optional<char const*>>, std::optional<std::string>>);
static_assert(std::same_as<group_value<int const&>, int>);

struct refusing {
    static constexpr bool refuses_times = true;
    constexpr int operator()(touch const& t) const {
        if (t.at < 0)
            throw std::domain_error{"too early"};
        return static_cast<int>(t.at);
    }
};

}  // namespace

TEST_CASE("a projection says of which side it is by what it can be called with") {
    auto const of_touchpoint = dimension_of<touch const&, sale const&>(&touch::channel);
    static_assert(std::same_as<decltype(of_touchpoint), touchpoint_dimension<char touch::*> const>);
    auto const of_conversion = dimension_of<touch const&, sale const&>(&sale::region);
    static_assert(std::same_as<decltype(of_conversion), conversion_dimension<char sale::*> const>);
}

TEST_CASE("groups are numbered as they are first seen") {
    std::vector<touch> const visits{{1, 1, 'a'}, {1, 2, 'b'}, {1, 3, 'a'}};
    std::vector<sale> const book{{1, 9, 10}};
    auto const seen = touches(visits);
    auto const sold = sales(book);
    bound_dimension<touchpoint_dimension<char touch::*>, decltype(sold), decltype(seen)> channels{
        {&touch::channel}};
    CHECK(channels.number(sold, seen, 0, 0) == 0);
    CHECK(channels.number(sold, seen, 0, 1) == 1);
    CHECK(channels.number(sold, seen, 0, 2) == 0);
    CHECK(channels.number(sold, seen, 0, att::no_row) == att::no_row);
    CHECK(channels.at(1) == 'b');
    CHECK(!channels.at(att::no_row));
}

TEST_CASE("what a projection refuses is told with its row") {
    CHECK(read_group(refusing{}, "row ", 4, [](refusing const& r) { return r({1, 7}); }) == 7);
    CHECK_THROWS_WITH_AS((void)read_group(refusing{}, "row ", 4,
                                          [](refusing const& r) {
                                              return r({1, -1});
                                          }),
                         "row 4: too early", std::domain_error);
}
