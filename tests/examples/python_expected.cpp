// SPDX-License-Identifier: BSL-1.0
// What the library itself says to the questions of python_checks.py, for the same invented records.
#include <attribution/attribute.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/model/blend.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/full_path.hpp>
#include <attribution/model/inverse_j_shaped.hpp>
#include <attribution/model/j_shaped.hpp>
#include <attribution/model/last_non_direct.hpp>
#include <attribution/model/last_of_each.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/over.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/model/reached_at.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/sessions.hpp>
#include <attribution/model/stepped_time_decay.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/model/usage_weighted.hpp>
#include <attribution/model/w_shaped.hpp>
#include <attribution/policy/after_previous_conversion.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/calendar_lookback.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/present.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>

#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;

namespace {

using instant = std::chrono::sys_seconds;

struct touch {
    std::string user;
    instant at;
    std::string channel;
    double usage;
};
struct order {
    std::string user;
    instant at;
    std::int64_t cents;
    double price;
    std::optional<instant> lead;
    std::optional<instant> opportunity;
};

/// The same numbers as in Python.
struct numbers {
    std::uint64_t state = 1;
    std::int64_t below(std::uint64_t limit) {
        state = (state * 1'103'515'245 + 12'345) % 2'147'483'648;
        return static_cast<std::int64_t>(state / 64 % limit);
    }
};

instant minutes_in(std::int64_t count) {
    return instant{std::chrono::seconds{1'767'225'600} + std::chrono::minutes{count}};
}

std::string user(std::int64_t number) {
    return number == 0 ? std::string{} : "u" + std::to_string(number);
}

void print(char const* name, auto const& ledger) {
    std::printf("%s\n", name);
    for (auto const& credit : ledger) {
        auto const row = credit.attributed() ? static_cast<std::int64_t>(credit.touchpoint) : -1;
        std::printf("%zu %" PRId64 " %" PRId64 " %a\n", credit.conversion, row, credit.amount,
                    credit.share);
    }
}

}  // namespace

int main() {
    using namespace std::chrono_literals;
    numbers next;
    std::vector<touch> log;
    std::vector<order> book;
    char const* const channels[] = {"direct", "display", "mail", "search", "söcial"};
    for (int i = 0; i < 400; ++i) {
        auto const who = user(next.below(40));
        auto const at = minutes_in(next.below(90 * 24 * 60));
        auto const* const channel = channels[next.below(5)];
        log.push_back({who, at, channel, static_cast<double>(next.below(90)) / 7});
    }
    for (int i = 0; i < 120; ++i) {
        auto const who = user(next.below(45));
        auto const at = minutes_in(next.below(90 * 24 * 60));
        auto const cents = next.below(10'000) - 500;
        auto const lead = minutes_in(next.below(90 * 24 * 60));
        auto const has = next.below(3) != 0;
        book.push_back({who, at, cents, static_cast<double>(cents) / 7,
                        has ? std::optional{lead} : std::nullopt,
                        has ? std::optional{lead + 36h} : std::nullopt});
    }
    auto const touches = att::touchpoints(log, att::present(&touch::user), &touch::at);
    auto const orders =
        att::conversions(book, att::present(&order::user), &order::at, &order::cents);
    auto const journeys = att::join(orders, touches);
    using path = decltype(journeys)::path_type;
    using model = std::function<void(path const&, att::weights)>;

    auto const month = att::lookback(date::days{30});
    auto const direct = att::where(&touch::channel, std::string{"direct"});
    auto const lead = att::reached_at(&order::lead);
    auto const opportunity = att::reached_at(&order::opportunity);
    auto const chain = att::fit(journeys, att::markov(&touch::channel), month);
    auto const game = att::fit(journeys, att::shapley(&touch::channel), month);
    std::pair<char const*, model> const models[] = {
        {"first_touch", att::first_touch},
        {"last_touch", att::last_touch},
        {"linear", att::linear},
        {"j_shaped", att::j_shaped},
        {"inverse_j_shaped", att::inverse_j_shaped},
        {"position_based", att::position_based(0.3, 0.5)},
        {"position_decay", att::position_decay},
        {"time_decay", att::time_decay(7 * 24h)},
        {"stepped_time_decay", att::stepped_time_decay(7 * 24h)},
        {"usage_weighted", att::usage_weighted(&touch::usage)},
        {"w_shaped", att::w_shaped(lead, opportunity)},
        {"full_path", att::full_path(lead, opportunity)},
        {"prefer", att::prefer(!direct, att::linear)},
        {"last_non_direct", att::last_non_direct(direct)},
        {"over_first_of_each", att::over(att::first_of_each(&touch::channel), att::linear)},
        {"over_last_of_each", att::over(att::last_of_each(&touch::channel), att::linear)},
        {"over_runs", att::over(att::runs(&touch::channel), att::linear)},
        {"over_sessions", att::over(att::sessions(24h), att::linear)},
        {"blend", 0.2 * att::first_touch + 0.3 * att::linear + 0.5 * att::last_touch},
        {"markov", chain},
        {"shapley", game},
        {"markov of order 2",
         att::fit(journeys, att::markov(&touch::channel, {.order = 2}), month)},
        {"blend of two", 0.25 * att::first_touch + 0.75 * att::last_touch},
        {"blend of four", 0.1 * att::first_touch + 0.2 * att::linear + 0.3 * att::last_touch +
                              0.4 * att::position_decay},
    };
    for (auto const& [name, weigh] : models)
        print(name, att::attribute(journeys, weigh, month));

    auto const by_policy = [&](char const* name, auto const& policy) {
        print(name, att::attribute(journeys, models[2].second, policy));
    };
    by_policy("always", att::always);
    by_policy("ages", att::minimum_age(24h) && att::maximum_age(480h));
    by_policy("calendar", att::calendar_lookback(date::months{1}) || att::last_touches(2));
    by_policy("since", att::since_previous_conversion && !direct);
    by_policy("after", att::after_previous_conversion);
    by_policy("at_any_time", att::at_any_time && !att::lookback(48h));
    print("prefer_at_any_time", att::attribute(journeys, models[12].second, att::at_any_time));

    std::printf("report\n");
    auto const priced =
        att::conversions(book, att::present(&order::user), &order::at, &order::price);
    for (auto const& row :
         att::attribute(priced, touches, att::linear, month, att::by(&touch::channel)))
        std::printf("%s %a %a %zu\n", row.key ? row.key->c_str() : "None", row.amount,
                    row.conversions, row.credits);
    std::printf("effects\n");
    for (auto const& effect : chain.effects())
        std::printf("%s %a %a\n", effect.channel.c_str(), effect.credited_conversions,
                    effect.credited_value);
    for (auto const& effect : game.effects())
        std::printf("%s %a %a\n", effect.player.c_str(), effect.conversions, effect.value);
}
