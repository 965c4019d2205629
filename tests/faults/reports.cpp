// SPDX-License-Identifier: BSL-1.0
#include "faults/everywhere.hpp"
#include "faults/records.hpp"

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <vector>

using namespace faults;

namespace {

auto const window = att::lookback(std::int64_t{10});
auto const channel = watched(&touch::channel);
auto const region = watched(&sale::region);
auto const likes_search = att::where(watched([](touch const& t) { return t.channel == search; }));

struct cost {
    std::string channel;
    std::int64_t month;
    std::int64_t cents;
};
std::vector<cost> const costs{{search, 0, 500}, {letter, 0, 100}, {letter, 1, 50}};

struct refund {
    std::int64_t sale;
    std::int64_t at;
    std::int64_t cents;
};
std::vector<refund> const refunds{{1, 7, -300}, {1, 6, -1'000}, {3, 9, -1}, {99, 9, -1}};

auto all_of(att::findings const& found) {
    return std::vector<att::finding>(found.begin(), found.end());
}

}  // namespace

TEST_CASE("reports") {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const credits = att::attribute(journeys, att::linear, window);
    fails_everywhere("explain", [&] {
        auto const audit = att::explain(journeys, watched_model{att::linear},
                                        likes_search && att::named("10 ticks", window));
        return std::tuple{std::vector(audit.credits().begin(), audit.credits().end()),
                          audit.touchpoint_counts(), audit.conversion_counts(),
                          audit.touchpoint_reason(1)};
    });
    fails_everywhere("reconcile", [&] { return att::reconcile(credits, att::by(region)); });
    fails_everywhere("influence", [&] {
        return att::influence(journeys, likes_search || window, channel).largest_first();
    });
    fails_everywhere("path_statistics", [&] { return att::path_statistics(journeys, window); });
    fails_everywhere("top_paths", [&] {
        return att::top_paths(journeys, window, channel, 2, att::repeats::collapse);
    });
    fails_everywhere("return_on_ad_spend", [&] {
        auto const spend = att::spending(costs, watched(&cost::channel), watched(&cost::month),
                                         watched(&cost::cents));
        return att::attribute(journeys, att::linear, window,
                              att::return_on_ad_spend(spend, channel, watched([](touch const& t) {
                                                          return t.at / 4;
                                                      })));
    });
    fails_everywhere("take_back", [&] {
        auto const log_of_refunds = att::conversions(refunds, watched(&refund::sale),
                                                     watched(&refund::at), watched(&refund::cents));
        auto const result = att::take_back(credits, log_of_refunds, watched(&sale::id));
        return std::tuple{std::vector(result.net.begin(), result.net.end()), result.credits,
                          result.refund, result.unmatched, result.excessive};
    });
    fails_everywhere("rounded", [&] { return att::rounded(credits | att::by(channel), 100); });
    fails_everywhere("round_together", [&] {
        std::vector<std::int64_t> const lines{149, -150, 151};
        return att::round_together(std::span<std::int64_t const>{lines}, std::int64_t{100});
    });
}

TEST_CASE("tallies of paths") {
    auto const journeys = att::join(sales(book), touches(journal));
    using tally = att::influence_tally<std::remove_const_t<decltype(journeys)>,
                                       std::remove_const_t<decltype(channel)>>;
    auto const look = [](tally const& counts) {
        auto const report = counts.finish();
        return show(report) + show(report.reached()) + show(report.not_reached());
    };
    auto const count = [&](tally& counts, std::size_t first, std::size_t last) {
        journeys.for_each_path(att::detail::visiting::by_row, window, first, last,
                               [&](auto const& steps) { counts(steps); });
    };
    auto const counted = [&](std::size_t first, std::size_t last) {
        tally counts{journeys, channel};
        count(counts, first, last);
        return counts;
    };
    fails_everywhere(
        "influence of a path", promise::as_before, [&] { return counted(2, 3); },
        [&](tally& counts) { count(counts, 0, 1); }, look);
    auto const other = counted(0, 2);
    fails_everywhere(
        "merged influence", promise::as_before, [&] { return counted(2, 3); },
        [&](tally& counts) { counts.merge(other); }, look);

    auto const figures = att::path_statistics(journeys, window);
    fails_everywhere(
        "merged figures", promise::as_before, [&] { return figures; },
        [&](auto& whole) { whole.merge(figures); }, [](auto const& whole) { return show(whole); });
}

TEST_CASE("validation") {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const number = watched(&touch::number);
    auto const rules_of_touches = [&] {
        return att::rules(
            att::unique("user", watched(&touch::user)), att::fan_out("channel", channel),
            att::required("user", watched(&touch::user)), att::not_before("at", number, 66),
            att::not_after("at", watched(&touch::at), std::int64_t{3}),
            att::known("user", watched(&touch::user), book, watched(&sale::user)),
            att::inside_some_window("touch", journeys, window),
            att::has_conversion("touch", journeys),
            att::must("early(at)", watched([](touch const& t) { return t.at < 4; })));
    };
    fails_everywhere("rules of touchpoints", [&] {
        return all_of(att::validate(journal, rules_of_touches(), {.limit = 2}));
    });
    fails_everywhere("rules of conversions", [&] {
        return all_of(att::validate(
            book, att::rules(att::total("cents", watched(&sale::cents), std::int64_t{7}),
                             att::has_touchpoint("sale", journeys, window),
                             att::finite("cents", watched(&sale::cents)),
                             att::parsed("user", watched(&sale::user)))));
    });
    fails_everywhere("rules that are chosen at run time", [&] {
        std::vector<att::rule<touch>> chosen;
        chosen.push_back(att::unique("channel", channel));
        chosen.push_back(att::required("user", watched(&touch::user)).as(att::severity::info));
        return all_of(att::validate(journal, chosen));
    });

    auto const found = att::validate(journal, rules_of_touches());
    auto const part = att::validate(std::vector<touch>(journal.begin(), journal.begin() + 3),
                                    att::rules(att::unique("user", watched(&touch::user)),
                                               att::unique("id", watched(&touch::id))),
                                    {.limit = 2, .first_row = 6});
    auto const look = [](att::findings const& all) { return show(all_of(all)); };
    fails_everywhere(
        "merged findings", promise::as_before, [&] { return found; },
        [&](att::findings& all) { all.merge(part); }, look);
    fails_everywhere(
        "an added finding", promise::as_before, [&] { return found; },
        [&](att::findings& all) { all.add(part[0]); }, look);
    att::configuration const how{.model = "rules of Tuesday", .policy = ""};
    auto const bytes = att::to_bytes(part, how);
    fails_everywhere(
        "merge_bytes of findings", promise::as_before, [&] { return found; },
        [&](att::findings& all) { att::merge_bytes(all, bytes, how); }, look);
    fails_everywhere(
        "offences", promise::as_before,
        [] {
            att::offences some{3};
            for (std::size_t const row : {9U, 4U, 7U})
                some.row(row);
            some.note(ann);
            return some;
        },
        [](att::offences& some) { some.note(bob); },
        [](att::offences const& some) {
            return show(std::tuple{some.count(), some.rows(), some.notes()});
        });
}
