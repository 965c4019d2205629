// SPDX-License-Identifier: BSL-1.0
#include "rules.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace truth {

namespace {

enum place : std::size_t { video, social, newsletter, affiliate, search, retargeting, direct };

/// Seven channels: two that begin journeys, two that carry them on, one that ends them, and two
/// that cause little.
std::vector<channel_rules> channels() {
    return {{"video", "upper", 4, 2, 0.5, 12},       {"social", "upper", 3, 2, 0.35, 4},
            {"newsletter", "middle", 1, 3, 0.8, 5},  {"affiliate", "middle", 1, 1.5, 0.6, 3},
            {"search", "lower", 0.5, 3.5, 1.2, 1.5}, {"retargeting", "intent", 0, 2, 0.15, 1},
            {"direct", "intent", 0.5, 2, 0.1, 1}};
}

world_rules plain(std::string name, std::string about) {
    world_rules rules;
    rules.name = std::move(name);
    rules.about = std::move(about);
    rules.channels = channels();
    return rules;
}

/// Effects on a logarithmic scale, as conversions per day.
world_rules additive(std::string name, std::string about) {
    auto rules = plain(std::move(name), std::move(about));
    rules.how = mechanism::additive;
    rules.base = 0.0004;
    for (auto& channel : rules.channels)
        channel.effect *= 0.01;
    return rules;
}

world_rules changed(std::string name, std::string about,
                    std::function<void(world_rules&)> const& change) {
    auto rules = plain(std::move(name), std::move(about));
    change(rules);
    return rules;
}

std::vector<world_rules> made() {
    return {
        plain("poisson", "effects multiply the rate, and fade"),
        changed("decay", "half of the channels fade within a day, half within a month",
                [](world_rules& rules) {
                    for (std::size_t i = 0; i < rules.channels.size(); ++i)
                        rules.channels[i].half_life = i % 2 == 0 ? 0.5 : 30;
                }),
        changed("order", "search after video, and newsletter after social, do far more",
                [](world_rules& rules) {
                    rules.orders = {{video, search, 1.2}, {social, newsletter, 1.0}};
                }),
        changed("logistic", "one decision at the end of the journey",
                [](world_rules& rules) {
                    rules.how = mechanism::logistic;
                    rules.base = -3;
                }),
        changed("markov", "a chain of channels; without one, its visitors are lost",
                [](world_rules& rules) { rules.how = mechanism::chain; }),
        changed("cox", "the rate grows with time since the first touchpoint",
                [](world_rules& rules) {
                    rules.ageing = 0.5;
                    rules.base = -6.5;
                }),
        [] {
            auto rules = additive("hawkes", "video and social bring search and direct with them");
            rules.excitements = {{video, search, 0.35},
                                 {video, direct, 0.2},
                                 {social, search, 0.2},
                                 {newsletter, direct, 0.25}};
            return rules;
        }(),
        additive("additive", "effects add to the rate, and fade"),
        changed("intent", "retargeting and direct follow those who would buy anyway",
                [](world_rules& rules) {
                    rules.intent = 1.2;
                    rules.channels[search].intent = 0.4;
                    rules.channels[retargeting].intent = 0.9;
                    rules.channels[direct].intent = 0.9;
                }),
        changed("season", "touchpoints and purchases crowd into the same weeks",
                [](world_rules& rules) { rules.season = 1.2; }),
        changed("untracked", "half of video and a third of social are not recorded",
                [](world_rules& rules) {
                    rules.channels[video].untracked = 0.5;
                    rules.channels[social].untracked = 0.33;
                }),
        changed("devices", "a third of the touchpoints are of devices that nobody links",
                [](world_rules& rules) { rules.other_device = 0.33; }),
        changed("small", "a tenth of the customers",
                [](world_rules& rules) { rules.portion = 10; }),
        changed("high base", "most conversions would have come by themselves",
                [](world_rules& rules) { rules.base = -4; }),
    };
}

}  // namespace

std::vector<world_rules> const& worlds() {
    static std::vector<world_rules> const all = made();
    return all;
}

std::optional<world_rules> world_named(std::string_view name) {
    auto const found = std::ranges::find(worlds(), name, &world_rules::name);
    return found == worlds().end() ? std::nullopt : std::optional{*found};
}

}  // namespace truth
