// SPDX-License-Identifier: BSL-1.0
// Sales and refunds with any value in any field.
#include "support/edges.hpp"

#include <attribution/credit/refunds.hpp>
#include <attribution/credit/stored_credits.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/report/reconcile.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

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
            credits.push_back(
                {drawn<decltype(sale::id)>(random, 6), drawn<std::optional<double>>(random, 4),
                 drawn<value_type>(random, 4), random.chance(2) ? 0.5 : drawn<double>(random, 2)});
        result_or_refusal({true, true, true}, {"take_back"}, [&] {
            (void)att::take_back(att::stored_credits(credits, &kept::order, &kept::touch,
                                                     &kept::amount, &kept::share),
                                 refunds);
        });
    }
}

}  // namespace

TEST_CASE("law: any refund of any sale is taken back, or an error names the row") {
    for_all_kinds([](auto const& all, random_numbers& random) { every_refund(all, random); });
}
