// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace same_bytes {

namespace {

/// The columns of a world, in the order (user, time).
struct columns_of {
    std::vector<std::int32_t> user;
    std::vector<std::int64_t> seen_at;
    std::vector<std::int32_t> channel;
    std::vector<std::int32_t> buyer;
    std::vector<std::int32_t> bought_at;
    std::vector<double> value;

    explicit columns_of(world one) {
        auto const earlier = [](auto const& a, auto const& b) {
            return std::tie(a.user, a.at, a.number) < std::tie(b.user, b.at, b.number);
        };
        std::sort(one.log.begin(), one.log.end(), earlier);
        std::sort(one.book.begin(), one.book.end(), earlier);
        for (auto const& t : one.log) {
            user.push_back(t.user);
            seen_at.push_back(t.at.time_since_epoch().count());
            channel.push_back(t.channel);
        }
        for (auto const& o : one.book) {
            buyer.push_back(o.user);
            bought_at.push_back(static_cast<std::int32_t>(o.at.time_since_epoch().count()));
            value.push_back(o.value);
        }
    }
};

template <class Model>
void sorted_columns(std::string const& name, Model const& m) {
    over_worlds(
        "records, sorted columns on two threads, " + name, [&](world const& one, digest& all) {
            columns_of const c{one};
            auto const touches = att::touchpoints(att::columns(c.user, c.seen_at, c.channel),
                                                  att::column<0>, att::column<1>);
            auto const sales = att::conversions(att::columns(c.buyer, c.bought_at, c.value),
                                                att::column<0>, att::column<1>, att::column<2>);
            all.number(att::first_unsorted(touches).has_value());
            add_report(att::attribute(att::parallel{2}, att::sorted(sales), att::sorted(touches), m,
                                      att::lookback(30 * 86'400), att::by(att::column<2>)),
                       1, all);
        });
}

}  // namespace

void records() {
    sorted_columns("first_touch", att::first_touch);
    sorted_columns("position_based", att::position_based());
    sorted_columns("time_decay", att::time_decay(7 * 86'400));
    over_worlds("records, present and end_of_day", [](world const& one, digest& all) {
        auto const known = [](auto const& record) { return record.user; };
        auto const means_nothing = [](std::int32_t user) { return user == 0; };
        auto const day = [](order const& o) { return date::floor<date::days>(o.at); };
        auto const touches =
            att::touchpoints(one.log, att::present(known, means_nothing), &touch::at);
        auto const orders = att::conversions(one.book, att::present(known, means_nothing),
                                             att::end_of_day(day), &order::cents);
        add_credits(att::attribute(orders, touches, att::linear, window), all);
    });
    over_worlds("records, without_repeats", [](world const& one, digest& all) {
        auto const book =
            att::without_repeats(one.book, [](order const& o) { return o.number / 2; });
        for (auto const row : book.repeated())
            all.number(row);
        auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);
        add_credits(att::attribute(orders, one.touches(), att::last_touch, window), all);
    });
}

}  // namespace same_bytes
