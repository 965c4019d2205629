// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/probabilistic.hpp>

#include "learn/in_parts.hpp"
#include "learn/reference.hpp"

#include <attribution/learn/shapley.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace att = attribution;
using doctest::Approx;
using letters::close, letters::row;

namespace {

struct channel_of {
    char operator()(world::touch const& t) const { return t.channel; }
};

constexpr att::probabilistic_options of_data{att::compared_with::channels_of_the_data};

/// What each channel earns, as one would first write it.
std::map<char, double> naive(std::vector<row> const& paths) {
    std::map<std::set<char>, std::pair<double, double>> seen;  // of one or two channels
    std::map<char, double> earned;
    auto const in_sets = [](row const& one, auto const& use) {
        std::set<char> const set(one.path.begin(), one.path.end());
        for (auto const a : set)
            for (auto const b : set)
                if (a <= b)
                    use(std::set{a, b});
    };
    for (auto const& one : paths)
        in_sets(one, [&](std::set<char> const& both) {
            seen[both].first += static_cast<double>(one.conversions);
            seen[both].second += static_cast<double>(one.conversions + one.nulls);
        });
    auto const rate = [&](std::set<char> const& both) {
        return seen[both].second == 0 ? 0 : seen[both].first / seen[both].second;
    };
    for (auto const& one : paths) {
        std::set<char> const set(one.path.begin(), one.path.end());
        std::map<char, double> parts;
        double sum = 0;
        for (auto const a : set) {
            double part = rate({a});
            for (auto const b : set)
                if (a != b)
                    part += (rate({a, b}) - rate({a}) - rate({b})) /
                            (2 * static_cast<double>(set.size() - 1));
            parts[a] = std::max(0.0, part);
            sum += parts[a];
        }
        for (auto const& [channel, part] : parts)
            earned[channel] +=
                one.conversions == 0 ? 0 : static_cast<double>(one.conversions) * part / sum;
    }
    return earned;
}

std::string bytes(auto const& model, std::string const& order = {}) {
    std::ostringstream text;
    text << model.card() << std::hexfloat;
    std::map<char, std::string> rows;
    for (auto const& one : model.effects()) {
        std::ostringstream line;
        line << std::hexfloat << one.rate << ' ' << one.conversions << ' ' << one.value << '\n';
        rows[one.channel] = line.str();
    }
    if (order.empty())
        for (auto const& [channel, line] : rows)
            text << channel << ' ' << line;
    for (char const channel : order)
        text << rows[channel];
    return text.str();
}

}  // namespace

TEST_CASE("probabilistic: by hand") {
    // P(A) = 1/2, P(B) = 3/8, P(A, B) = 3/4: C(A) = 7/16, C(B) = 5/16 in company.
    std::vector<row> const paths{{"A", 1, 8, 3}, {"ABA", 3, 12, 1}, {"B", 0, 0, 4}, {"C", 1, 2, 1}};
    auto const m = att::fit(letters::rows(paths), att::probabilistic(channel_of{}));
    CHECK(m.effects()[0].rate == 0.5);
    CHECK(m.effects()[1].rate == 0.375);
    CHECK(m.effects()[0].conversions == Approx(1 + 3 * 7.0 / 12).epsilon(1e-15));
    CHECK(m.effects()[1].conversions == Approx(3 * 5.0 / 12).epsilon(1e-15));
    CHECK(m.effects()[0].value == Approx(8 + 12 * 7.0 / 12).epsilon(1e-15));
    CHECK(m.effects()[2].value == 2);
    CHECK(world::gives(world::split(120, world::through("AB"), m), {70, 50}));
    CHECK(world::gives(world::split(120, world::through("ABA"), m), {35, 50, 35}));
    CHECK(world::gives(world::split(120, world::through("CX"), m), {120, 0}));
    // (A, C) was never seen: C(A) = 1/2 + (-1/8 + 0) / 4, C(B) = 3/8 - 1/32, C(C) = 1/2.
    CHECK(world::gives(world::split(42, world::through("ABC"), m), {15, 11, 16}));
    CHECK(world::gives(world::split(120, world::through("X"), m), {0}));
    CHECK(m.card().estimator ==
          "probabilistic model of second order, channels compared with those of the path");
}

TEST_CASE("probabilistic: compared with all channels of the data") {
    // 7/32, 4/32 and 1/32, in every path.
    std::vector<row> const paths{{"A", 1, 8, 3}, {"AB", 3, 12, 1}, {"B", 0, 0, 4}, {"C", 1, 2, 1}};
    auto const m = att::fit(letters::rows(paths), att::probabilistic(channel_of{}, of_data));
    CHECK(world::gives(world::split(110, world::through("AB"), m), {70, 40}));
    CHECK(world::gives(world::split(120, world::through("ABC"), m), {70, 40, 10}));
    // Three that always convert, never together: 1 + 2 * (0 - 1 - 1) / 4 = 0.
    auto const none = att::fit(letters::rows({{"A", 1, 1, 0}, {"B", 1, 1, 0}, {"C", 1, 1, 0}}),
                               att::probabilistic(channel_of{}, of_data));
    CHECK(none.card().text().find("no channel contributes to 3 converting paths") !=
          std::string::npos);
    CHECK(world::gives(world::split(120, world::through("AB"), none), {0, 0}));
}

TEST_CASE("probabilistic: what would be negative is 0, and the card says so") {
    // P(A) = 9/16, P(B) = P(A, B) = 1/8: C(B) = 1/8 - 9/32.
    std::vector<row> const paths{{"A", 8, 8, 0}, {"AB", 1, 1, 7}};
    auto const m = att::fit(letters::rows(paths), att::probabilistic(channel_of{}));
    CHECK(world::gives(world::split(120, world::through("BA"), m), {0, 120}));
    CHECK(m.effects()[0].conversions == 9);
    CHECK(m.effects()[1].conversions == 0);
    CHECK(m.card().text().find("-0.15625 in 1 converting paths") != std::string::npos);
}

TEST_CASE("law: probabilistic: as first written, and every conversion is given away") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const paths = letters::draw(random);
        auto const expected = naive(paths);
        auto const m = att::fit(letters::rows(paths), att::probabilistic());
        double sum = 0;
        for (auto const& one : m.effects()) {
            sum += one.conversions;
            if (!close(one.conversions, expected.at(one.channel)))
                return false;
        }
        return m.effects().size() == expected.size() &&
               close(sum, static_cast<double>(m.card().conversions));
    });
}

TEST_CASE("law: probabilistic: the same bytes in any order, by merging, over the wire, renamed") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto const paths = letters::draw(random);
        auto const how = att::probabilistic(
            {}, random.between(0, 1) == 0 ? att::probabilistic_options{} : of_data);
        auto const expected = att::fit(letters::rows(paths), how);
        auto const [counts, sent] = letters::in_parts(paths, how, random);
        auto renamed = paths;
        for (auto& one : renamed)
            for (char& channel : one.path)
                channel = "DAECB"[channel - 'A'];
        return bytes(counts.solve()) == bytes(expected) && bytes(sent.solve()) == bytes(expected) &&
               bytes(att::fit(letters::rows(renamed), how), "DAECB") == bytes(expected, "ABCDE");
    });
}

TEST_CASE("probabilistic: what cannot be learned") {
    auto const reason = [](std::vector<row> const& paths) {
        try {
            static_cast<void>(att::fit(letters::rows(paths), att::probabilistic()));
        } catch (att::fit_error const& error) {
            return error.reason();
        }
        return att::fit_failure::not_solvable;
    };
    CHECK(reason({}) == att::fit_failure::no_path);
    CHECK(reason({{"AB", 0, 0, 5}}) == att::fit_failure::no_converting_path);
}
