// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through everything that adds up credits.
#include "support/edges.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/return_on_ad_spend.hpp>
#include <attribution/report/rounded.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

template <class World>
void every_sum(World const& all, random_numbers& random) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    using value_type = typename World::value_type;
    struct cost {
        decltype(touch::channel) channel;
        double month;
        value_type amount;
    };
    std::vector<cost> costs;
    bool odd_costs = false;
    wide_number spent = 0;
    wide_number size = 0;
    for (auto left = random.below(3); left > 0; --left) {
        cost const one{drawn<decltype(touch::channel)>(random, 4), drawn<double>(random, 4),
                       drawn<value_type>(random, 4)};
        odd_costs = odd_costs || !names_group(one.channel) || says_nothing(one.month) ||
                    !is_finite(one.amount);
        auto const amount = static_cast<wide_number>(one.amount);
        spent += amount;
        size += amount < 0 ? -amount : amount;
        costs.push_back(one);
    }
    bool const large = all.large_values() ||
                       size > static_cast<wide_number>(std::numeric_limits<value_type>::max());

    auto const touches = all.touches();
    auto const sales = all.sales();
    auto const& channel = &touch::channel;
    auto const& region = &sale::region;
    auto const total = all.total();
    result_or_refusal({all.odd_times() || all.odd_values()}, {"join", "attribute"}, [&] {
        auto const ledger = att::attribute(sales, touches, att::linear, att::at_any_time);
        result_or_refusal({all.odd_channels(), large}, {"by"}, [&] {
            auto const report = ledger | att::by(channel);
            same(static_cast<wide_number>(report.total()), total, all.size(), "by");
            auto const direct =
                att::attribute(sales, touches, att::linear, att::at_any_time, att::by(channel));
            support::holds(std::equal(report.begin(), report.end(), direct.begin(), direct.end(),
                                      [](auto const& a, auto const& b) {
                                          return a.key == b.key && a.amount == b.amount &&
                                                 a.credits == b.credits;
                                      }));
            if constexpr (std::is_integral_v<value_type>)
                result_or_refusal({false, true}, {"round_together"},
                                  [&] { (void)att::rounded(report, value_type{10}); });
        });
        result_or_refusal({all.odd_channels() || all.odd_regions(), large}, {"by"}, [&] {
            auto const groups = att::by(channel, region);
            auto whole = groups.bind(sales, touches);
            auto part = groups.bind(sales, touches);
            for (auto const& one : ledger)
                (one.conversion % 2 == 0 ? whole : part)(one);
            att::configuration const how{.model = "linear", .policy = "any time"};
            att::merge_bytes(whole, att::to_bytes(part, how), how);
            same(static_cast<wide_number>(whole.finish().total()), total, all.size(),
                 "merge_bytes");
        });
        result_or_refusal({all.odd_regions(), large}, {"reconcile", "by"}, [&] {
            if (!att::reconcile(ledger, att::by(region)).reconciles())
                broken("does not reconcile: ",
                       att::reconcile(ledger, att::by(region)).problems()[0]);
        });
        result_or_refusal(
            {all.odd_channels() || odd_costs, large}, {"return_on_ad_spend", "by"}, [&] {
                auto const report =
                    ledger | att::return_on_ad_spend(
                                 att::spending(costs, &cost::channel, &cost::month, &cost::amount),
                                 channel, [](touch const&) { return 0.0; });
                auto const sum = report.total();
                same(static_cast<wide_number>(sum.amount), total, all.size(), "return_on_ad_spend");
                same(static_cast<wide_number>(sum.spend), spent, size, "spend");
                std::size_t rows = 0;
                for (auto const& row : report) {
                    rows += row.spend_rows;
                    (void)row.roi();
                    (void)row.roas();
                    (void)row.cost_per_conversion();
                }
                support::holds(rows == costs.size());
                (void)report.over_periods();
            });
    });
}

}  // namespace

TEST_CASE("law: any value of any field leaves whole sums, or an error that names the row") {
    for_all_kinds([](auto const& all, random_numbers& random) { every_sum(all, random); });
}
