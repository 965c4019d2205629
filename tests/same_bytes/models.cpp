// SPDX-License-Identifier: BSL-1.0
#include "digest.hpp"

#include <attribution/attribution.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace same_bytes {

namespace {

struct early_bird_fn : att::model_tag {
    constexpr auto shape(std::size_t n) const {
        return std::array{att::level{n / 2, 2.0}, att::level{n - n / 2, 0.7}};
    }
    constexpr void operator()(auto const&, att::weights w) const { att::draw(*this, w); }
};

template <class Path>
std::vector<std::pair<std::string, std::function<void(Path const&, att::weights)>>> all_models() {
    auto const odd = att::where([](touch const& t) { return t.channel % 2 == 1; });
    auto const opened = [](order const& o) { return o.at - date::days{9}; };
    auto const week = date::days{7};
    auto const& channel = &touch::channel;
    return {
        {"first_touch", att::first_touch},
        {"last_touch", att::last_touch},
        {"linear", att::linear},
        {"position_based", att::position_based(0.3, 0.5)},
        {"j_shaped", att::j_shaped},
        {"inverse_j_shaped", att::inverse_j_shaped},
        {"position_decay", att::position_decay},
        {"time_decay", att::time_decay(week)},
        {"time_decay of a real half-life", att::time_decay(std::chrono::duration<double>{1e5 / 3})},
        {"stepped_time_decay", att::stepped_time_decay(week)},
        {"usage_weighted", att::usage_weighted(&touch::usage)},
        {"blend", 0.3 * att::linear + 0.6 * att::time_decay(week) + 0.1 * att::first_touch},
        {"prefer", att::prefer(odd, att::last_touch)},
        {"optional_touches", att::optional_touches(odd, att::linear)},
        {"over the first of each channel",
         att::over(att::first_of_each(channel), att::time_decay(week))},
        {"over the last of each channel", att::over(att::last_of_each(channel), att::linear)},
        {"over runs", att::over(att::runs(channel), att::position_decay)},
        {"over the last 3", att::over(att::last(3), att::linear)},
        {"over sessions", att::over(att::sessions(week, att::time_decay(week)), att::linear)},
        {"over session_sources", att::over(att::session_sources(week, odd), att::last_touch)},
        {"ranked by time", att::ranked({6, 2})},
        {"ranked by priority", att::ranked({3, 2, 1}, &touch::usage)},
        {"w_shaped", att::w_shaped(odd, odd)},
        {"full_path", att::full_path(odd, att::reached_at(opened))},
        {"milestones of a part", att::milestones(0.2, att::milestone(0.7, odd))},
        {"last_non_direct", att::last_non_direct(odd)},
        {"over what is preferred", att::over(att::preferred(odd), att::time_decay(week))},
        {"a shape of one's own", early_bird_fn{}}};
}

template <class Journeys>
void every_model(std::string const& kind, Journeys journeys_of) {
    using path = typename decltype(journeys_of(std::declval<world const&>()))::path_type;
    for (auto const& named : all_models<path>())
        over_worlds(kind + ", " + named.first, [&](world const& one, digest& all) {
            add_credits(
                att::attribute(journeys_of(one), named.second, att::lookback(date::days{30})), all);
        });
}

}  // namespace

void models() {
    every_model("cents", [](world const& one) { return att::join(one.in_cents(), one.touches()); });
    every_model("doubles",
                [](world const& one) { return att::join(one.in_doubles(), one.touches()); });
}

}  // namespace same_bytes
