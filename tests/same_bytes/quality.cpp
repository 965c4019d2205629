// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <chrono>
#include <optional>
#include <vector>

namespace same_bytes {

void quality() {
    over_worlds("quality, findings and their bytes", [](world const& one, digest& all) {
        auto const number = [](auto const& record) { return record.number / 2; };
        auto const known_channel = [](touch const& t) {
            return t.channel == 0 ? std::nullopt : std::optional{t.channel};
        };
        auto const instant = date::sys_seconds{std::chrono::seconds{1'703'000'000}};
        auto const window = att::lookback(date::days{10});
        auto const joined = att::join(one.in_cents(), one.touches());
        auto found = att::validate(
            one.log, att::rules(att::unique("touch", number), att::fan_out("touch", number),
                                att::required("channel", known_channel),
                                att::parsed("channel", known_channel),
                                att::known("user", &touch::user, one.book, &order::user),
                                att::not_before("time", &touch::at, instant),
                                att::not_after("time", &touch::at, instant),
                                att::finite("usage", &touch::usage),
                                att::total("usage", &touch::usage, 2'345.6, 0.1),
                                att::plausible_share("user", &touch::user, 0.1, 5),
                                att::inside_some_window("touch", joined, window),
                                att::has_conversion("touch", joined)));
        std::vector<att::rule<order>> const of_orders{
            att::must("even", [](order const& o) { return o.cents % 2 == 0; }),
            att::total("cents", &order::cents, std::int64_t{123'456}),
            att::has_touchpoint("order", joined, window),
            att::with_time_of_day("time", joined, std::chrono::seconds{600})};
        found.merge(att::validate(one.book, of_orders, {.limit = 5, .first_row = 1'000}));
        all.text(att::to_bytes(found, {.model = "none", .policy = "10 days"}));
    });
}

}  // namespace same_bytes
