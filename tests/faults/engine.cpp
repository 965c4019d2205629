// SPDX-License-Identifier: BSL-1.0
#include "faults/everywhere.hpp"
#include "faults/records.hpp"

#include <attribution/attribution.hpp>

#include <range/v3/view/filter.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace faults;

namespace {

auto const window = att::lookback(std::int64_t{10});
auto const likes_search = att::where(watched([](touch const& t) { return t.channel == search; }));
auto const channel = watched(&touch::channel);
auto const region = watched(&sale::region);
auto const at_once_or_again = att::over(att::first_of_each(channel), att::linear);

/// The paths, as a result that can be shown.
auto paths(auto const& journeys) {
    std::vector<std::vector<std::size_t>> all;
    journeys.for_each_path(att::always, [&](auto const& steps) {
        all.emplace_back();
        for (std::size_t i = 0; i < steps.size(); ++i)
            all.back().push_back(steps[i].row());
    });
    return all;
}

}  // namespace

TEST_CASE("join") {
    fails_everywhere("texts as keys",
                     [] { return paths(att::join(sales(book), touches(journal))); });
    fails_everywhere("numbers as keys", [] {
        return paths(
            att::join(att::conversions(book, watched(&sale::number), watched(&sale::at)),
                      att::touchpoints(journal, watched(&touch::number), watched(&touch::at))));
    });
    fails_everywhere("keys that are only ordered", [] {
        return paths(
            att::join(att::conversions(book, watched(&sale::ordered), watched(&sale::at)),
                      att::touchpoints(journal, watched(&touch::ordered), watched(&touch::at))));
    });
    fails_everywhere("sorted", [] {
        return paths(att::join(att::sorted(sales(book)), att::sorted(touches(journal))));
    });
    fails_everywhere("views without random access", [] {
        auto const early = [](auto const& record) {
            user_code();
            return record.at < 80;
        };
        return paths(att::join(sales(book | ranges::views::filter(early)),
                               touches(journal | ranges::views::filter(early))));
    });
    fails_everywhere("on several threads", [] {
        return paths(att::join(att::parallel{3}, sales(book), touches(journal)));
    });
}

TEST_CASE("attribute into a ledger") {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const ledger = [&](char const* what, auto const& model, auto const& policy) {
        fails_everywhere(what, [&] { return att::attribute(journeys, model, policy); });
    };
    ledger("one end of a window", att::last_touch, window);
    ledger("a shape of a window", att::position_based(), watched_window{window});
    ledger("a shape of one's own", watched_shape{att::linear}, window);
    ledger("a shape under a test", att::linear, likes_search && window);
    ledger("a decay", att::time_decay(std::int64_t{2}), window);
    ledger("a model of one's own", watched_model{att::linear}, likes_search || window);
    ledger("a blend", 0.4 * att::first_touch + 0.6 * watched_model{att::linear}, window);
    ledger("a preference", att::prefer(likes_search, att::position_based()), att::always);
    ledger("optional touches", att::optional_touches(likes_search, at_once_or_again), window);
    ledger("parts of paths",
           att::over(att::runs(channel),
                     att::over(att::last(2), att::over(att::last_of_each(channel), att::linear))),
           att::always);
    ledger("sessions",
           att::over(att::sessions(std::int64_t{1}, att::linear), watched_model{att::linear}),
           att::always);
    ledger("milestones", att::w_shaped(likes_search, likes_search), att::always);
    ledger("usage",
           att::usage_weighted(watched([](touch const& t) { return static_cast<double>(t.id); })),
           att::last_touches(2));
    ledger("a window of one's own", att::linear,
           att::between(watched([](sale const& s) { return s.at - 3; }), watched(&sale::at)));
    ledger("conversions before", att::linear, att::since_previous_conversion && !likes_search);

    fails_everywhere("duplicates", [&] {
        return att::attribute(journeys, att::linear,
                              att::without_duplicates(touches(journal), watched(&touch::channel)));
    });
    fails_everywhere("connections", [&] {
        auto const paired = att::pair_connections(
            journal, watched(&touch::channel), watched(&touch::number), watched(&touch::at),
            watched([](touch const& t) { return t.id % 2 == 1; }));
        return att::attribute(journeys, att::linear,
                              att::while_connected(paired.connections, watched(&touch::channel),
                                                   watched(&touch::number)));
    });
    fails_everywhere("records at once, on several threads", [] {
        return att::attribute(att::parallel{3}, sales(book), touches(journal),
                              watched_model{att::linear}, watched_window{window});
    });
}

TEST_CASE("attribute into a report") {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const sum = [&](char const* what, auto const& model, auto const& policy,
                         auto const& groups) {
        fails_everywhere(what, [&] { return att::attribute(journeys, model, policy, groups); });
        fails_everywhere(what, [&] {
            return att::attribute(att::parallel{3}, journeys, model, policy, groups);
        });
    };
    sum("one end", att::first_touch, window, att::by(channel));
    sum("a shape", watched_shape{att::position_based()}, window, att::by(channel, region));
    sum("a model", watched_model{att::linear}, likes_search || window,
        att::by(watched([](touch const& t, sale const& s) { return t.channel + s.region; })));

    auto const floating = att::join(
        att::conversions(book, watched(&sale::user), watched(&sale::at),
                         watched([](sale const& s) { return static_cast<double>(s.cents) / 7; })),
        touches(journal));
    fails_everywhere("floating amounts", [&] {
        return att::attribute(floating, att::linear, window, att::by(channel)).largest_first();
    });
    fails_everywhere("a comparison", [&] {
        return att::attribute(
            journeys, att::models(att::first_touch, watched_model{att::linear}, at_once_or_again),
            watched_window{window}, att::by(channel, region));
    });
    fails_everywhere("a comparison of shapes on several threads", [&] {
        return att::attribute(att::parallel{2}, journeys,
                              att::models(att::last_touch, watched_shape{att::linear}), window,
                              att::by(channel));
    });
}

TEST_CASE("credits that were handed out stay handed out, whole conversions in their order") {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const whole = att::attribute(journeys, att::linear, window);
    auto const text = show(whole);
    for (auto const from : {source::allocation, source::user_code}) {
        bool reached = true;
        for (std::size_t number = 1; reached; ++number) {
            std::vector<att::credit<std::int64_t>> given;
            given.reserve(whole.size());
            {
                failing_point const point{from, number, false};
                try {
                    att::attribute(journeys, watched_model{att::linear}, window,
                                   [&](auto const& earned) {
                                       user_code();
                                       given.push_back(earned);
                                   });
                } catch (std::bad_alloc const&) {
                    CHECK(from == source::allocation);
                } catch (planted const&) {
                    CHECK(from == source::user_code);
                }
                reached = point.reached();
            }
            auto const begins = show(given);
            CHECK(text.substr(0, begins.size() - 1) == begins.substr(0, begins.size() - 1));
            CHECK((reached || begins == text));
        }
    }
}

TEST_CASE("a tally") {
    auto const journeys = att::join(sales(book), touches(journal));
    auto const credits = att::attribute(journeys, att::linear, window);
    auto const tally_of = [&](auto const& groups, std::size_t first, std::size_t last) {
        auto tally = groups.bind(journeys.conversions(), journeys.touchpoints());
        for (auto i = first; i < last; ++i)
            tally(credits[i]);
        return tally;
    };
    auto const look = [](auto const& tally) { return show(tally.finish()); };
    auto const check = [&](auto const& groups) {
        fails_everywhere(
            "a credit", promise::as_before, [&] { return tally_of(groups, 0, 1); },
            [&](auto& tally) { tally(credits[credits.size() - 1]); }, look);
        auto const other = tally_of(groups, 2, credits.size());
        fails_everywhere(
            "merge", promise::as_before, [&] { return tally_of(groups, 0, 2); },
            [&](auto& tally) { tally.merge(other); }, look);
        fails_everywhere(
            "all credits of an attribution", promise::nothing,
            [&] { return tally_of(groups, 0, 0); },
            [&](auto& tally) { att::attribute(journeys, att::linear, window, tally); }, look);
        fails_everywhere("a ledger", [&] { return credits | groups; });

        att::configuration const how{.model = "linear", .policy = "10 ticks"};
        fails_everywhere("to_bytes", [&] { return att::to_bytes(other, how); });
        auto const bytes = att::to_bytes(other, how);
        fails_everywhere(
            "merge_bytes", promise::as_before, [&] { return tally_of(groups, 0, 2); },
            [&](auto& tally) { att::merge_bytes(tally, bytes, how); }, look);
    };
    check(att::by(channel));
    check(att::by(region, channel, watched(&touch::number)));
    check(att::by(watched([](touch const& t) { return t.channel.substr(2); })));
}

TEST_CASE("what failed left the records alone") {
    CHECK(journal.front() == touched(1, ann, 1, search));
    CHECK(journal.back() == touched(6, eve, 2, search));
    CHECK(book.back() == sold(4, bob, 90, 5, north));
}
