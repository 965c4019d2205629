// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <string>

namespace same_bytes {

namespace {

/// What `linear` makes of each world under the policy that `policy_of` makes for it.
template <class PolicyOf>
void made_for(std::string const& name, PolicyOf policy_of) {
    over_worlds("policy, " + name, [&](world const& one, digest& all) {
        add_credits(att::attribute(one.in_cents(), one.touches(), att::linear, policy_of(one)),
                    all);
    });
}

template <class Policy>
void policy(std::string const& name, Policy const& p) {
    made_for(name, [&](world const&) { return p; });
}

/// The same where many records are of one instant.
template <class Policy>
void on_whole_days(std::string const& name, Policy const& p) {
    over_worlds("policy, on whole days, " + name, [&](world one, digest& all) {
        for (auto& t : one.log)
            t.at = date::floor<date::days>(t.at);
        for (auto& o : one.book) {
            o.at = date::floor<date::days>(o.at);
            o.user %= 2;
        }
        add_credits(att::attribute(one.in_cents(), one.touches(), att::linear, p), all);
    });
}

}  // namespace

void policies() {
    auto const day = date::days{1};
    policy("always", att::always);
    policy("at_any_time", att::at_any_time);
    policy("calendar_lookback", att::calendar_lookback(date::months{1}));
    policy("ages", att::minimum_age(day) && att::maximum_age(40 * day));
    policy("since_previous_conversion", att::since_previous_conversion);
    policy("after_previous_conversion", att::after_previous_conversion);
    policy("last_touches", att::last_touches(2) || att::lookback(day));
    policy("between", att::between([](order const& o) { return o.at - date::days{20}; },
                                   [](order const& o) { return o.at + date::days{5}; }));
    policy("where", !att::where(&touch::channel, 3) && att::lookback(90 * day));
    policy("named", att::named("a month", att::lookback(30 * day)) && !att::lookback(2 * day));
    on_whole_days("since_previous_conversion", att::since_previous_conversion);
    on_whole_days("after_previous_conversion", att::after_previous_conversion);
    policy("lifetime",
           att::lifetime([](touch const& t) { return (t.channel + 1) * date::days{5}; }));
    policy("lookback_by",
           att::lookback_by(
               std::vector<att::lookback_row<date::days, int, int>>{
                   {3, {}, date::days{20}}, {{}, 1, date::days{60}}, {{}, {}, date::days{9}}},
               &touch::channel, [](touch const& t) { return t.number % 2; }));
    policy("credited_at_most", att::credited_at_most(1, &order::region) && att::lookback(90 * day));
    made_for("while_connected", [](world const& one) {
        auto const connects = [](touch const& t) { return t.number % 3 != 0; };
        auto const paired =
            att::pair_connections(one.log, &touch::user, &touch::channel, &touch::at, connects);
        return att::while_connected(paired.connections, &touch::user, &touch::channel, {4}) &&
               att::lookback(date::days{60});
    });
    made_for("without_duplicates", [](world const& one) {
        return att::without_duplicates(one.touches(), [](touch const& t) { return t.number / 3; });
    });
}

}  // namespace same_bytes
