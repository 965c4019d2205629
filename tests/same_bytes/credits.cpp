// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace same_bytes {

namespace {

struct euro {};
using euros = att::money<euro>;

struct stored {
    std::int64_t sale;
    std::optional<std::int64_t> touchpoint;
    std::int64_t cents;
    double share;
};

/// Every third order is sent back: half of it, or more than it was.
std::vector<order> refunds_of(world const& one) {
    std::vector<order> back;
    for (std::size_t i = 0; i < one.book.size(); i += 3) {
        auto refund = one.book[i];
        refund.at += date::days{20};
        refund.cents = i % 2 == 0 ? -refund.cents / 2 : -refund.cents - 7;
        if (one.book[i].cents != 0)
            back.push_back(refund);
    }
    return back;
}

template <class Taken>
void add_taken(Taken const& back, digest& all) {
    add_credits(back.credits, all);
    for (auto const row : back.refund)
        all.number(row);
    for (auto const row : back.excessive)
        all.number(row);
}

std::vector<stored> stored_from(world const& one) {
    std::vector<stored> table;
    for (auto const& each :
         att::attribute(one.in_cents(), one.touches(), att::position_based(), window)) {
        auto const sale = one.book[each.conversion].number;
        if (each.attributed())
            table.push_back({sale, one.log[each.touchpoint].number, each.amount, each.share});
        else
            table.push_back({sale, std::nullopt, each.amount, each.share});
    }
    return table;
}

}  // namespace

void credits() {
    over_worlds("credits, money", [](world const& one, digest& all) {
        auto const orders = att::conversions(one.book, &order::user, &order::at,
                                             [](order const& o) { return euros{o.cents}; });
        for (auto const& each : att::attribute(orders, one.touches(), att::linear, window))
            all.number(each.amount.units());
    });
    over_worlds("credits, allocate and round_together", [](world const& one, digest& all) {
        std::vector<double> weights;
        for (auto const& t : one.log)
            weights.push_back(t.usage);
        for (auto const& o : one.book) {
            auto const parts = att::allocate(o.cents, weights);
            for (auto const part : parts)
                all.number(part);
            for (auto const line : att::round_together(parts, 100))
                all.number(line);
        }
    });
    over_worlds("credits, fair_ties", [](world const& one, digest& all) {
        add_credits(att::attribute(one.in_cents(), one.touches(),
                                   att::fair_ties(att::linear, &order::number), window),
                    all);
    });
    over_worlds("credits, take_back from a ledger", [](world const& one, digest& all) {
        auto const back = refunds_of(one);
        auto const refunds = att::conversions(back, &order::number, &order::at, &order::cents);
        auto const taken = att::take_back(
            att::attribute(one.in_cents(), one.touches(), att::position_based(), window), refunds,
            &order::number);
        add_taken(taken, all);
        add_credits(taken.net, all);
        auto const proof = att::reconcile(taken.net, att::by(&order::region));
        all.number(proof.reconciles());
        for (auto const& row : proof) {
            all.number(row.value_in);
            all.number(row.unattributed);
        }
    });
    over_worlds("credits, take_back from stored credits", [](world const& one, digest& all) {
        auto const table = stored_from(one);
        auto const back = refunds_of(one);
        auto const refunds = att::conversions(back, &order::number, &order::at, &order::cents);
        add_taken(att::take_back(att::stored_credits(table, &stored::sale, &stored::touchpoint,
                                                     &stored::cents, &stored::share),
                                 refunds),
                  all);
    });
    over_worlds("credits, take_back of doubles", [](world const& one, digest& all) {
        auto const back = refunds_of(one);
        auto const refunds = att::conversions(back, &order::number, &order::at, [](order const& o) {
            return static_cast<double>(o.cents) / 9;
        });
        add_taken(att::take_back(att::attribute(one.in_doubles(), one.touches(),
                                                att::time_decay(date::days{7}), window),
                                 refunds, &order::number),
                  all);
    });
    over_worlds("credits, difference of two ledgers", [](world const& one, digest& all) {
        auto then = one;
        then.log.resize(one.log.size() - 7);
        then.book.pop_back();
        for (std::size_t i = 0; i < then.book.size(); i += 4)
            then.book[i].cents += 995;
        for (auto& t : then.log)
            t.user = t.user == 1 ? 0 : t.user;
        auto const back = refunds_of(one);
        auto const refunds = att::conversions(back, &order::number, &order::at, &order::cents);
        auto const before =
            att::attribute(then.in_cents(), then.touches(), att::time_decay(date::days{7}), window);
        auto const after =
            att::take_back(att::attribute(one.in_cents(), one.touches(), att::linear, window),
                           refunds, &order::number);
        for (auto const& row :
             att::difference(before, after.net, &order::number, &touch::number, &touch::channel)) {
            all.number(row.key.value_or(-1));
            all.text(to_string(row.reason));
            all.number(row.amount);
            all.number(row.conversions);
        }
    });
}

}  // namespace same_bytes
