// SPDX-License-Identifier: BSL-1.0
// Reports whose paths come part by part: what is shown of them, and what is said of all of them.
#include <support/page.hpp>
#include <support/page_writer.hpp>
#include <support/report_model.hpp>

#include <scratch.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace examples;

namespace {

std::uint64_t draw(std::mt19937_64& from, std::uint64_t below) {
    return from() % below;
}

/// So many paths, of up to so many steps.
std::vector<conversion_path> paths_of(std::mt19937_64& random, std::size_t number,
                                      std::size_t most_steps) {
    std::vector<conversion_path> paths(number);
    for (std::size_t i = 0; i < number; ++i) {
        auto& path = paths[i];
        path.name = std::to_string(i);
        path.units = static_cast<std::int64_t>(draw(random, 500)) - 50;
        path.at = instant{date::days{19'000 + draw(random, 200)}};
        path.steps.resize(draw(random, most_steps + 1));
        for (auto& step : path.steps) {
            step.channel = std::string(1, static_cast<char>('A' + draw(random, 3)));
            step.at = path.at - std::chrono::hours{draw(random, 500)};
            step.units = {std::nullopt, std::nullopt};
        }
        if (!path.steps.empty()) {
            path.steps.front().units[0] = path.units;
            if (draw(random, 2) == 0)
                path.steps.back().units[1] = path.units;
        }
    }
    return paths;
}

report_model two_models() {
    report_model report;
    report.models.resize(2);
    return report;
}

template <class Visit>
void in_parts(std::mt19937_64& random, std::vector<conversion_path> const& paths, Visit visit) {
    for (auto next = paths.begin(); next != paths.end();) {
        auto const rest = static_cast<std::uint64_t>(paths.end() - next);
        auto const end =
            next + static_cast<std::ptrdiff_t>(std::min(rest, draw(random, paths.size() / 3 + 1)));
        visit(std::vector<conversion_path>(next, end));
        next = end;
    }
}

}  // namespace

TEST_CASE("what is kept of parts shows the same as all paths at once") {
    std::mt19937_64 random{2026};
    // Few and short ones; more steps than there is room for, also in huge paths; more paths.
    for (auto const& [number, steps] : {std::pair{30, 3}, {3'000, 40}, {40, 5'000}, {9'000, 2}}) {
        auto whole = two_models(), parts = two_models();
        whole.paths =
            paths_of(random, static_cast<std::size_t>(number), static_cast<std::size_t>(steps));
        in_parts(random, whole.paths, [&](std::vector<conversion_path> part) {
            std::ranges::move(part, std::back_inserter(parts.paths));
            keep_shown(parts.paths);
        });
        auto const expected = on_page::shown_paths(whole), found = on_page::shown_paths(parts);
        CHECK(parts.paths.size() <= expected.size() + 1);
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i)
            REQUIRE(found[i]->name == expected[i]->name);
    }
}

TEST_CASE("a path for which there is no room keeps smaller ones out, also those that come later") {
    auto report = two_models();
    for (auto const& [name, units, steps] :
         {std::tuple{"large", 100, 19'990}, {"no room", 90, 20}, {"small", 80, 5}}) {
        auto& path = report.paths.emplace_back();
        path.name = name;
        path.units = units;
        path.steps.resize(static_cast<std::size_t>(steps));
        keep_shown(report.paths);
    }
    REQUIRE(on_page::shown_paths(report).size() == 1);
    CHECK(report.paths.size() == 2);
}

TEST_CASE("sums of parts are those of all paths") {
    std::mt19937_64 random{2026};
    auto whole = two_models(), parts = two_models();
    whole.compared.totals = parts.compared.totals = {0, 0};
    whole.paths = paths_of(random, 500, 3);
    parts.sums.emplace();
    in_parts(random, whole.paths, [&](std::vector<conversion_path> part) {
        auto one = two_models();
        one.paths = std::move(part);
        add_sums(*parts.sums, one);
    });
    auto const expected = sums_of(whole), found = sums_of(parts);
    CHECK(found.conversions == expected.conversions);
    CHECK(found.unattributed == expected.unattributed);
    CHECK(found.days_to_conversion == expected.days_to_conversion);
    CHECK(found.cents_by_month == expected.cents_by_month);
    CHECK(conversions_in(whole) == 500);
    CHECK(conversions_in(parts) == 500);
    CHECK(conversions_in(two_models()) == 0);
    for (std::size_t model = 0; model < 2; ++model)
        CHECK(facts_of(parts, model).unattributed_conversions ==
              facts_of(whole, model).unattributed_conversions);
    CHECK(expected.unattributed[0] < expected.unattributed[1]);
    std::int64_t cents = 0, units = 0;
    for (auto const& [month, by_channel] : expected.cents_by_month)
        for (auto const& [channel, amount] : by_channel)
            cents += amount;
    for (auto const& path : whole.paths)
        units += path.units;
    CHECK(cents == units);
}
