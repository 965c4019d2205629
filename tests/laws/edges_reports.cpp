// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through every report.
#include "support/edges.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/partial/tally.hpp>
#include <attribution/refunds.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/compare.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/influence.hpp>
#include <attribution/report/path_statistics.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/report/returns.hpp>
#include <attribution/report/rounded.hpp>
#include <attribution/stored_credits.hpp>
#include <attribution/window/between.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

void same(long double a, long double b, char const* what) {
    if (!same_sum(a, b))
        broken(what, " adds up to ", a, ", not to ", b);
}

/// Rows of the world's paths, and of its sums.
template <class World>
void every_report(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const touches = all.touches();
    auto const sales = all.sales();
    auto const& channel = &touch::channel;
    auto const& region = &sale::region;
    auto const total = all.total();
    auto const large = all.large_values();
    result_or_refusal({all.odd_times()}, {"join"}, [&] {
        auto const joined = att::join(sales, touches);
        result_or_refusal({all.odd_values()}, {"explain", "attribute"}, [&] {
            auto const told = [&] { return att::explain(joined, att::at_any_time, att::linear); };
            if (large)
                return result_or_refusal({false, true}, {"explain"}, [&] { (void)told(); });
            auto const audit = told();
            auto const ledger = att::attribute(joined, att::linear, att::at_any_time);
            if (!std::equal(ledger.begin(), ledger.end(), audit.credits().begin(),
                            audit.credits().end()))
                broken("explain gives other credits than attribute");
            for (std::size_t row = 0; row < all.log.size(); ++row)
                if ((audit.touchpoints()[row].what == att::outcome::missing_key) !=
                    says_nothing(all.log[row].user))
                    broken("explain and the table differ about the key of touchpoint row ", row);
            for (std::size_t row = 0; row < all.book.size(); ++row)
                if ((audit.conversions()[row].what == att::outcome::missing_key) !=
                    says_nothing(all.book[row].user))
                    broken("explain and the table differ about the key of conversion row ", row);
        });
        result_or_refusal({false}, {"path_statistics", "distribution"}, [&] {
            auto const figures = att::path_statistics(joined, att::at_any_time);
            support::holds(figures.length.size() + figures.not_reached == all.book.size());
            if (!figures.length.empty())
                (void)figures.length.mean();
        });
        result_or_refusal({all.odd_values() || all.odd_channels(), large}, {"influence"}, [&] {
            auto const report = att::influence(joined, att::at_any_time, channel);
            support::holds(report.reached().conversions + report.not_reached().conversions ==
                           all.book.size());
            same(static_cast<long double>(report.reached().amount) +
                     static_cast<long double>(report.not_reached().amount),
                 total, "influence");
            (void)report.largest_first();
        });
        result_or_refusal({all.odd_values() || all.odd_channels(), large}, {"top_paths"}, [&] {
            auto const report = att::top_paths(joined, att::at_any_time, channel, 1);
            auto count = report.others().conversions + report.not_reached().conversions;
            for (auto const& row : report)
                count += row.conversions.conversions;
            support::holds(count == all.book.size());
        });
        result_or_refusal(
            {all.odd_values() || all.odd_channels() || all.odd_regions(), large},
            {"by", "attribute"}, [&] {
                auto const table = att::compare(joined, att::at_any_time, att::by(channel, region),
                                                att::first_touch, att::linear);
                same(static_cast<long double>(table.total(0)), total, "compare");
                same(static_cast<long double>(table.total(1)), total, "compare");
                (void)table.largest_first(1);
            });
    });
}

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
    long double spent = 0;
    long double size = 0;
    for (auto left = random.below(3); left > 0; --left) {
        cost const one{drawn<decltype(touch::channel)>(random, 4), drawn<double>(random, 4),
                       drawn<value_type>(random, 4)};
        odd_costs = odd_costs || !names_group(one.channel) || says_nothing(one.month) ||
                    !is_finite(one.amount);
        auto const amount = static_cast<long double>(one.amount);
        spent += amount;
        size += amount < 0 ? -amount : amount;
        costs.push_back(one);
    }
    bool const large =
        all.large_values() ||
        size > static_cast<long double>(std::numeric_limits<value_type>::max());

    auto const touches = all.touches();
    auto const sales = all.sales();
    auto const& channel = &touch::channel;
    auto const& region = &sale::region;
    auto const total = all.total();
    result_or_refusal({all.odd_times() || all.odd_values()}, {"join", "attribute"}, [&] {
        auto const ledger = att::attribute(sales, touches, att::linear, att::at_any_time);
        result_or_refusal({all.odd_channels(), large}, {"by"}, [&] {
            auto const report = ledger | att::by(channel);
            same(static_cast<long double>(report.total()), total, "by");
            auto const direct =
                att::attribute(sales, touches, att::linear, att::at_any_time, att::by(channel));
            support::holds(std::equal(report.begin(), report.end(), direct.begin(), direct.end(),
                                      [](auto const& a, auto const& b) {
                                          return a.key == b.key && a.amount == b.amount &&
                                                 a.credits == b.credits;
                                      }));
            if constexpr (std::is_integral_v<value_type>)
                result_or_refusal({false, true}, {"round_together"}, [&] {
                    (void)att::rounded(report, value_type{10});
                });
        });
        result_or_refusal({all.odd_channels() || all.odd_regions(), large}, {"by"}, [&] {
            auto const groups = att::by(channel, region);
            auto whole = groups.bind(sales, touches);
            auto part = groups.bind(sales, touches);
            for (auto const& one : ledger)
                (one.conversion % 2 == 0 ? whole : part)(one);
            att::configuration const how{.model = "linear", .policy = "any time"};
            att::merge_bytes(whole, att::to_bytes(part, how), how);
            same(static_cast<long double>(whole.finish().total()), total, "merge_bytes");
        });
        result_or_refusal({all.odd_regions(), large}, {"reconcile", "by"}, [&] {
            if (!att::reconcile(ledger, att::by(region)).reconciles())
                broken("does not reconcile: ", att::reconcile(ledger, att::by(region)).problems()[0]);
        });
        result_or_refusal({all.odd_channels() || odd_costs, large}, {"returns", "by"}, [&] {
            auto const report =
                ledger | att::returns(att::spending(costs, &cost::channel, &cost::month, &cost::amount),
                                      channel, [](touch const&) { return 0.0; });
            auto const sum = report.total();
            same(static_cast<long double>(sum.amount), total, "returns");
            same(static_cast<long double>(sum.spend), spent, "spend");
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

template <class World>
void every_refund(World const& all, random_numbers& random) {
    using sale = typename World::sale;
    using value_type = typename World::value_type;
    if constexpr (std::is_signed_v<value_type>) {
        struct refund {
            decltype(sale::id) id;
            double at;
            value_type amount;
        };
        std::vector<refund> log;
        bool odd = false;
        for (auto left = random.below(4); left > 0; --left) {
            refund const one{drawn<decltype(sale::id)>(random, 6), drawn<double>(random, 6),
                             drawn<value_type>(random, 3)};
            odd = odd || says_nothing(one.at) || !is_finite(one.amount);
            log.push_back(one);
        }
        auto const refunds = att::conversions(log, &refund::id, &refund::at, &refund::amount);
        auto const touches = all.touches();
        auto const sales = all.sales();
        result_or_refusal({all.odd_times() || all.odd_values()}, {"join", "attribute"}, [&] {
            auto const ledger = att::attribute(sales, touches, att::linear, att::at_any_time);
            result_or_refusal({odd, true, true}, {"take_back"}, [&] {
                auto const back = att::take_back(ledger, refunds, &sale::id);
                support::holds(back.credits.size() == back.refund.size());
                result_or_refusal({false, true}, {"reconcile"}, [&] {
                    if (!att::reconcile(back.net).reconciles())
                        broken("what is left does not reconcile: ",
                               att::reconcile(back.net).problems()[0]);
                });
                for (auto const row : back.unmatched)
                    for (auto const& one : all.book)
                        if (!says_nothing(one.id) && !says_nothing(log[row].id) &&
                            att::detail::compared_form(att::detail::value_in(one.id)) ==
                                att::detail::compared_form(att::detail::value_in(log[row].id)))
                            broken("refund row ", row, " is unmatched, and has a sale");
            });
        });

        struct kept {
            decltype(sale::id) order;
            std::optional<double> touch;
            value_type amount;
            double share;
        };
        std::vector<kept> credits;
        for (auto left = random.below(4); left > 0; --left)
            credits.push_back({drawn<decltype(sale::id)>(random, 6),
                               drawn<std::optional<double>>(random, 4),
                               drawn<value_type>(random, 4), random.chance(2) ? 0.5 : drawn<double>(random, 2)});
        result_or_refusal({true, true, true}, {"take_back"}, [&] {
            (void)att::take_back(att::stored_credits(credits, &kept::order, &kept::touch,
                                                     &kept::amount, &kept::share),
                                 refunds);
        });
    }
}

}  // namespace

TEST_CASE("law: any value of any field leaves whole reports, or an error that names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_report(all); });
}

TEST_CASE("law: any value of any field leaves whole sums, or an error that names the row") {
    for_all_kinds([](auto const& all, random_numbers& random) { every_sum(all, random); });
}

TEST_CASE("law: any refund of any sale is taken back, or an error names the row") {
    for_all_kinds([](auto const& all, random_numbers& random) { every_refund(all, random); });
}
