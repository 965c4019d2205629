// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through every model.
#include "support/edges.hpp"

#include <attribution/model/blend.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last.hpp>
#include <attribution/model/last_of_each.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/milestones.hpp>
#include <attribution/model/optional_touches.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/model/w_shaped.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/where.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

template <class World>
void every_model(World const& all) {
    using touch = typename World::touch;
    auto const touches = all.touches();
    auto const sales = all.sales();
    result_or_refusal({all.odd_times()}, {"join", "attribute"}, [&] {
        auto const joined = att::join(sales, touches);
        using journeys = std::remove_const_t<decltype(joined)>;
        using any_model = std::function<void(typename journeys::path_type const&, att::weights)>;
        auto const length = two_ticks<journeys>();
        auto const odd = att::where([](touch const& t) { return t.number % 2 == 1; });
        auto const& channel = &touch::channel;
        std::vector<any_model> const models{
            att::j_shaped,
            att::position_decay,
            att::time_decay(length),
            att::stepped_time_decay(length),
            att::over(att::sessions(length, att::last_touch), att::linear),
            0.5 * att::time_decay(length) + 0.0 * att::first_touch + 0.5 * att::linear,
            att::prefer(odd, att::position_based()),
            att::optional_touches(odd, att::linear),
            att::over(att::last(2), att::linear),
            att::w_shaped(odd, odd)};
        for (auto const& one : models)
            result_or_refusal({all.odd_values()}, {"attribute"}, [&] {
                whole(all, att::attribute(joined, one, att::at_any_time));
                whole(all, att::attribute(att::parallel{2}, joined, one, att::always));
            });
        std::vector<any_model> const by_channel{att::over(att::first_of_each(channel), att::linear),
                                                att::over(att::last_of_each(channel), att::linear),
                                                att::over(att::runs(channel), att::linear)};
        for (auto const& one : by_channel)
            result_or_refusal({all.odd_values() || all.odd_channels()},
                              {"attribute", "first_of_each", "last_of_each", "runs"},
                              [&] { whole(all, att::attribute(joined, one, att::at_any_time)); });
        bool odd_usage = false;
        for (auto const& one : all.log)
            odd_usage = odd_usage || !is_finite(one.usage) || one.usage < 0;
        result_or_refusal({all.odd_values() || odd_usage}, {"attribute", "usage_weighted"}, [&] {
            whole(all, att::attribute(joined, any_model{att::usage_weighted(&touch::usage)},
                                      att::at_any_time));
        });
    });
}

}  // namespace

TEST_CASE("law: any value of any field gives whole credits by every model, or an error that names "
          "the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_model(all); });
}
