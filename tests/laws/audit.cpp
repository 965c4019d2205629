// SPDX-License-Identifier: BSL-1.0
// Laws for every model: credits add up exactly, and every touchpoint appears exactly once, with its
// credits or with the reason why it earned none.
#include "support/law.hpp"
#include "support/records.hpp"

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

using namespace support;
using att::outcome;

namespace {

struct world {
    std::vector<touch> log;
    std::vector<sale> book;
};

constexpr std::size_t journeys_per_world = 2;

/// Small numbers, so that ties, window ends and empty paths are frequent. In every fourth world
/// each customer buys once, for an amount at the limits.
world make_world(random_numbers& draw) {
    bool const extreme = draw.chance(4);
    constexpr cents limits[]{
        std::numeric_limits<cents>::min(),    std::numeric_limits<cents>::max(), 0, -1, 1,
        std::numeric_limits<cents>::min() + 1};
    world made;
    for (auto i = draw.below(12); i > 0; --i)
        made.log.push_back({static_cast<int>(draw.below(extreme ? 3 : 2)), draw.between(0, 30),
                            static_cast<char>('a' + draw.below(4)),
                            static_cast<int>(draw.below(3))});
    for (std::size_t i = 0; i < journeys_per_world; ++i) {
        auto const user = extreme ? static_cast<int>(i) : static_cast<int>(draw.below(3));
        auto const value = extreme ? limits[draw.below(6)] : draw.between(-40, 100);
        made.book.push_back({user, draw.between(0, 35), value, 'x'});
    }
    return made;
}

template <class Model>
void check_laws(Model const& model) {
    auto const policy = att::lookback(12) && att::named("not d", !att::where(&touch::channel, 'd'));
    for_all_worlds([&](random_numbers& random) {
        auto const made = make_world(random);
        auto const& log = made.log;
        auto const& book = made.book;
        auto const journeys = att::join(sales(book), touches(log));
        auto const ledger = att::attribute(journeys, model, policy);
        auto const audit = att::explain(journeys, model, policy);

        holds(std::equal(ledger.begin(), ledger.end(), audit.credits().begin(),
                         audit.credits().end()));
        att::reconcile(ledger, att::by(&sale::user, &sale::at)).check();

        std::vector<std::size_t> credits(log.size(), 0);
        std::vector<std::size_t> first(log.size(), att::no_row);
        std::vector<att::detail::int128> amounts(log.size(), 0);
        std::vector<att::detail::int128> values(book.size(), 0);
        for (auto const& one : ledger) {
            values[one.conversion] += one.amount;
            if (!one.attributed())
                continue;
            if (credits[one.touchpoint]++ == 0)
                first[one.touchpoint] = one.conversion;
            amounts[one.touchpoint] += one.amount;
        }
        for (std::size_t row = 0; row < book.size(); ++row) {
            holds(values[row] == book[row].value);
            holds((audit.conversions()[row].what == outcome::credited) ==
                  ledger[audit.conversions()[row].first_credit].attributed());
        }

        holds(audit.touchpoints().size() == log.size());
        for (std::size_t row = 0; row < log.size(); ++row) {
            auto const& one = audit.touchpoints()[row];
            holds(one.credits == credits[row]);
            holds(att::detail::int128{one.amount} == amounts[row]);
            holds((one.what == outcome::credited) == (credits[row] > 0));
            holds(credits[row] == 0 || one.conversion == first[row]);

            // The raw records alone show that the reason is true.
            auto const own = [&](auto holds) {
                return std::count_if(book.begin(), book.end(), [&](sale const& s) {
                    return s.user == log[row].user && holds(s.at - log[row].at);
                });
            };
            auto const in_window = own([](tick age) { return 0 <= age && age <= 12; });
            switch (one.what) {
            case outcome::no_such_key:
                holds(own([](tick) { return true; }) == 0);
                break;
            case outcome::before_window:
                holds(in_window == 0);
                holds(own([](tick age) { return age > 12; }) > 0);
                break;
            case outcome::after_window:
                holds(own([](tick age) { return age >= 0; }) == 0);
                break;
            case outcome::refused:
                holds(in_window > 0);
                holds(log[row].channel == 'd');
                break;
            default:
                holds(in_window > 0);
                holds(log[row].channel != 'd');
            }
        }
    });
}

}  // namespace

TEST_CASE("law: the audit is complete: first touch") {
    check_laws(att::first_touch);
}
TEST_CASE("law: the audit is complete: last touch") {
    check_laws(att::last_touch);
}
TEST_CASE("law: the audit is complete: linear") {
    check_laws(att::linear);
}
TEST_CASE("law: the audit is complete: position-based") {
    check_laws(att::position_based());
}
TEST_CASE("law: the audit is complete: time decay") {
    check_laws(att::time_decay(3));
}
TEST_CASE("law: the audit is complete: usage-weighted") {
    check_laws(att::usage_weighted(&touch::usage));
}
TEST_CASE("law: the audit is complete: a blend") {
    check_laws(0.5 * att::first_touch + 0.25 * att::linear + 0.25 * att::time_decay(5));
}
TEST_CASE("law: the audit is complete: prefer") {
    check_laws(att::prefer(!att::where(&touch::channel, 'a'), att::last_touch));
}
TEST_CASE("law: the audit is complete: over distinct channels") {
    check_laws(att::over(att::first_of_each(&touch::channel), att::linear));
}
TEST_CASE("law: the audit is complete: J-shaped") {
    check_laws(att::j_shaped);
    check_laws(att::inverse_j_shaped);
}
TEST_CASE("law: the audit is complete: decay by position and in steps") {
    check_laws(att::position_decay);
    check_laws(att::stepped_time_decay(3));
}
TEST_CASE("law: the audit is complete: milestones") {
    check_laws(att::w_shaped([](touch const& t) { return t.channel == 'b'; },
                             [](touch const& t) { return t.channel == 'c'; }));
}
TEST_CASE("law: the audit is complete: parts of a path") {
    check_laws(att::over(att::last(2), att::linear));
    check_laws(att::over(att::last_of_each(&touch::channel), att::first_touch));
    check_laws(att::over(att::runs(&touch::channel), att::linear));
    check_laws(att::optional_touches(att::where(&touch::channel, 'a'), att::linear));
}
TEST_CASE("law: the audit is complete: learned models") {
    std::vector<touch> const log{{1, 1, 'a'}, {1, 2, 'b'}, {2, 3, 'c'}, {2, 4, 'd'}};
    std::vector<sale> const book{{1, 5, 10}, {2, 6, 20}};
    auto const journeys = att::join(sales(book), touches(log));
    check_laws(att::fit(journeys, att::markov(&touch::channel)));
    check_laws(att::fit(journeys, att::shapley(&touch::channel)));
}
