// SPDX-License-Identifier: BSL-1.0
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/credit/refunds.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/reconcile.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace support;

namespace {

template <class Amount>
struct order {
    std::optional<int> id;
    int user;
    tick at;
    Amount value;
};
template <class Amount>
struct refund {
    std::optional<std::int64_t> order;
    tick at;
    Amount value;
};

template <class Amount>
Amount some_value(random_numbers& random) {
    using limits = std::numeric_limits<Amount>;
    switch (random.below(9)) {
    case 0:
        return limits::max();
    case 1:
        return limits::lowest();
    case 2:
    case 3:
        return 0;
    case 4:
        return std::floating_point<Amount> ? limits::denorm_min() : Amount{1};
    case 5:
        return limits::min();
    default:
        if constexpr (std::floating_point<Amount>)
            return static_cast<Amount>(random.between(-1000, 10'000)) / 100;
        else
            return static_cast<Amount>(random.between(-100, 127));
    }
}

/// As above, with the sign that a refund of that sale has.
template <class Amount>
Amount some_refund(random_numbers& random, Amount sale) {
    auto const negated = [](Amount value) {
        if constexpr (std::integral<Amount>)
            if (value == std::numeric_limits<Amount>::min())
                return std::numeric_limits<Amount>::max();
        return static_cast<Amount>(-value);
    };
    auto const back = negated(sale);
    switch (random.below(6)) {
    case 0:
        return back;
    case 1:
        return back / 2;
    case 2:
        return back / 10;
    case 3:
        return back / 3;
    default:
        auto const any = some_value<Amount>(random);
        return (any < 0) == (sale < 0) && any != 0 ? negated(any) : any;
    }
}

template <class Amount>
struct shop {
    std::vector<touch> log;
    std::vector<order<Amount>> book;
    std::vector<refund<Amount>> back;

    explicit shop(random_numbers& random) {
        for (auto n = random.below(8); n > 0; --n)
            log.push_back({static_cast<int>(random.below(2)), random.between(0, 20),
                           static_cast<char>('a' + random.below(3)),
                           static_cast<int>(random.below(4))});
        for (int n = static_cast<int>(random.below(4)); n > 0; --n)
            book.push_back({random.chance(8) ? std::nullopt : std::optional{n},
                            static_cast<int>(random.below(3)), random.between(10, 25),
                            some_value<Amount>(random)});
        for (auto n = random.below(6); n > 0; --n) {
            auto const at = random.between(20, 30);
            if (book.empty() || random.chance(8)) {
                back.push_back({random.chance(2) ? std::nullopt : std::optional<std::int64_t>{99},
                                at, some_value<Amount>(random)});
            } else {
                auto const& sale = book[random.below(book.size())];
                back.push_back({sale.id, at, some_refund(random, sale.value)});
            }
        }
    }

    auto orders() const {
        return att::conversions(book, &order<Amount>::user, &order<Amount>::at,
                                &order<Amount>::value);
    }
    static auto refunds(std::vector<refund<Amount>> const& of) {
        return att::conversions(of, &refund<Amount>::order, &refund<Amount>::at,
                                &refund<Amount>::value);
    }
};

/// A credit as a program would store it.
template <class Amount>
struct kept {
    int sale;
    std::optional<std::size_t> touchpoint;
    Amount amount;
    double share;
};

using exact = att::detail::int128;

template <class Amount>
exact whole_units(Amount value) {
    if constexpr (std::floating_point<Amount>)
        return value == 0 ? 0 : 1;
    else
        return exact{value};
}

/// Does a refund take back all of such a sale?
template <class Amount>
bool is_full(Amount refund, Amount sale) {
    if constexpr (std::floating_point<Amount>)
        return refund == -sale;
    else
        return exact{refund} == -exact{sale};
}

/// Shares as a tally adds them up.
exact share_of(double share) {
    return static_cast<std::int64_t>(share * 0x1p62);
}

template <class Amount>
void refunds_hold(random_numbers& random) {
    shop<Amount> const s{random};
    auto const model = some_model(random);
    auto const ledger = att::attribute(s.orders(), touches(s.log), model);
    auto const result = att::take_back(ledger, s.refunds(s.back), &order<Amount>::id);
    holds(result.credits.size() == result.refund.size());
    holds(std::all_of(result.credits.begin(), result.credits.end(),
                      [](auto const& one) { return one.share <= 0 && one.share >= -1; }));

    // Every refund is taken back in full, or has no sale; floating ones up to the sale's rounding.
    std::vector<bool> matched(s.back.size(), true);
    for (auto const row : result.unmatched)
        matched[row] = false;
    for (std::size_t row = 0; row < s.back.size(); ++row) {
        holds(matched[row] == std::any_of(s.book.begin(), s.book.end(), [&](auto const& sale) {
                  return sale.id && s.back[row].order == *sale.id;
              }));
        exact sum = 0;
        for (std::size_t i = 0; i < result.credits.size(); ++i)
            if (result.refund[i] == row)
                sum += whole_units(result.credits[i].amount);
        if constexpr (std::integral<Amount>)
            holds(sum == (matched[row] ? s.back[row].value : 0));
        else
            holds(matched[row] || sum == 0);
    }
    std::optional<std::string> problem;
    try {
        auto const proof = att::reconcile(result.net);
        if (!proof.reconciles())
            problem = proof.problems().front();
    } catch (std::overflow_error const&) {  // of the sums of many sales
    }
    if (problem)
        broken(*problem);

    // No touchpoint has more than before, or less than nothing. When nothing is left, all is back.
    struct held {
        std::vector<Amount> amounts;
        exact shares = 0;
        exact given = 0;
    };
    std::map<std::pair<std::size_t, std::size_t>, held> places;
    for (auto const& one : ledger)
        places[{one.conversion, one.touchpoint}].given += share_of(one.share);
    for (auto const& one : result.net) {
        auto& place = places[{one.conversion, one.touchpoint}];
        place.amounts.push_back(one.amount);
        place.shares += share_of(one.share);
    }
    std::map<std::size_t, bool> all_back;
    for (std::size_t row = 0; row < s.back.size(); ++row)
        for (std::size_t sale = 0; sale < s.book.size(); ++sale)
            if (s.book[sale].id && s.back[row].order == *s.book[sale].id &&
                (is_full(s.back[row].value, s.book[sale].value) ||
                 std::count(result.excessive.begin(), result.excessive.end(), row) != 0))
                all_back[sale] = true;
    // A sale worth 0 has nothing to give back, nor has one so small that its parts are 0.
    for (auto& [sale, all] : all_back)
        all = all && std::any_of(ledger.begin(), ledger.end(), [&](auto const& one) {
                  return one.conversion == sale && one.amount != 0;
              });
    for (auto const& [place, what] : places) {
        holds(what.shares >= 0 && what.shares <= what.given);
        if (all_back[place.first])
            holds(what.shares == 0);
        if (place.second == att::no_row)
            continue;
        att::running_total<Amount> left;
        for (auto const& amount : what.amounts)
            left.add(amount);
        auto const now = left.value();
        auto const before = what.amounts.front();
        holds(before < 0 ? now >= before && now <= 0 : now <= before && now >= 0);
        if (all_back[place.first])
            holds(left.is_zero());
    }

    // A tally can be sent as bytes.
    att::configuration const how{.model = "some", .policy = "always"};
    auto const groups = att::by(&touch::channel);
    auto const sent = [&](auto const& credits) {
        auto tally = groups.bind(ledger.conversions(), ledger.touchpoints());
        auto into = tally;
        for (auto const& one : credits)
            tally(one);
        att::merge_bytes(into, att::to_bytes(tally, how), how);
        holds(att::to_bytes(into, how) == att::to_bytes(tally, how));
    };
    sent(result.credits);
    sent(result.net);

    // Refunds month by month, from stored credits, give the same as all at once.
    std::vector<kept<Amount>> store;
    auto const keep = [&](auto const& credits) {
        for (auto const& one : credits)
            if (auto const& sale = s.book[one.conversion].id)
                store.push_back({*sale,
                                 one.attributed() ? std::optional{one.touchpoint} : std::nullopt,
                                 one.amount, one.share});
    };
    keep(ledger);
    std::vector<std::pair<kept<Amount>, std::size_t>> later;
    auto const first_month = random.between(20, 31);
    auto const second_month = random.between(first_month, 31);
    tick begin = 0;
    for (tick const end : {first_month, second_month, decltype(first_month){99}}) {
        std::vector<refund<Amount>> month;
        std::vector<std::size_t> rows;
        for (std::size_t row = 0; row < s.back.size(); ++row)
            if (s.back[row].at >= begin && s.back[row].at < end) {
                month.push_back(s.back[row]);
                rows.push_back(row);
            }
        begin = end;
        auto const old = store;
        auto const credits =
            att::stored_credits(old, &kept<Amount>::sale, &kept<Amount>::touchpoint,
                                &kept<Amount>::amount, &kept<Amount>::share);
        auto const back = att::take_back(credits, s.refunds(month));
        for (std::size_t i = 0; i < back.credits.size(); ++i) {
            auto const& one = back.credits[i];
            store.push_back({old[one.conversion].sale,
                             one.attributed() ? old[one.touchpoint].touchpoint : std::nullopt,
                             one.amount, one.share});
            later.emplace_back(store.back(), rows[back.refund[i]]);
        }
    }
    holds(later.size() == result.credits.size());
    for (std::size_t i = 0; i < later.size(); ++i) {
        auto const& [one, row] = later[i];
        auto const& same = result.credits[i];
        holds(row == result.refund[i] && one.sale == s.book[same.conversion].id &&
              one.touchpoint.value_or(att::no_row) == same.touchpoint &&
              one.amount == same.amount && one.share == same.share);
    }
}

}  // namespace

TEST_CASE("law: refunds of any size leave what they should") {
    for_all_worlds([](random_numbers& random) {
        switch (random.below(4)) {
        case 0:
            return refunds_hold<std::int64_t>(random);
        case 1:
            return refunds_hold<std::int8_t>(random);
        case 2:
            return refunds_hold<double>(random);
        default:
            return refunds_hold<float>(random);
        }
    });
}
