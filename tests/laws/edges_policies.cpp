// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through every policy.
#include "support/edges.hpp"

#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/credited_at_most.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lifetime.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/lookback_by.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/policy/without_duplicates.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

template <class World>
void every_policy(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    using group = decltype(touch::channel);
    auto const touches = all.touches();
    auto const sales = all.sales();
    result_or_refusal({all.odd_times()}, {"join", "attribute"}, [&] {
        auto const joined = att::join(sales, touches);
        auto const length = two_ticks<std::remove_const_t<decltype(joined)>>();
        auto const check = [&](auto const& policy) {
            result_or_refusal({all.odd_values()}, {"attribute"}, [&] {
                whole(all, att::attribute(joined, att::linear, policy));
                whole(all, att::attribute(joined, att::last_touch, policy));
            });
        };
        check(att::lookback(length) || att::minimum_age(length));
        check(att::named("window", att::maximum_age(length)) && !att::minimum_age(length));
        check(att::since_previous_conversion && att::last_touches(2));
        check(att::after_previous_conversion && att::without_duplicates(touches, &touch::id));
        auto const when_used = [length](touch const& t) {
            return t.usage > 1 ? std::optional{length} : std::nullopt;
        };
        check(att::lifetime(when_used) && att::where(&touch::channel, table<group>::usual()[0]));
        using row = std::tuple<std::optional<group>, std::optional<double>,
                               std::remove_const_t<decltype(length)>>;
        check(att::lookback_by(std::vector<row>{{table<group>::usual()[0], 1.0, length},
                                                {std::nullopt, 0.0, length},
                                                {table<group>::usual()[0], std::nullopt, length}},
                               &touch::channel, &touch::usage));
        result_or_refusal({all.odd_values() || all.odd_regions()}, {"attribute"}, [&] {
            auto const once = att::credited_at_most(1, &sale::region);
            whole(all, att::attribute(joined, att::linear, once));
        });
        bool odd_bounds = false;
        for (auto const& one : all.book)
            odd_bounds = odd_bounds || (one.from && says_nothing(*one.from));
        result_or_refusal({all.odd_values() || odd_bounds}, {"attribute", "between"}, [&] {
            whole(all, att::attribute(joined, att::linear, att::between(&sale::from, &sale::at)));
        });
        if constexpr (std::is_same_v<World, world<optionals>>)
            check(att::calendar_lookback(date::months{1}).from_midnight());
    });
}

}  // namespace

TEST_CASE("law: any value of any field gives whole credits by every policy, or an error that names "
          "the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_policy(all); });
}
