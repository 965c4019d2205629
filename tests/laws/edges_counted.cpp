// SPDX-License-Identifier: BSL-1.0
// Counted paths, and games that return any numbers.
#include "support/edges.hpp"

#include <attribution/learn/bagged_logistic.hpp>
#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/paths.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/shapley_values.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace {

using namespace edges;

/// Data that nothing can be learned from gives a fit_error.
template <class Call>
void learned_or_refused(refusal may, Call call) {
    result_or_refusal(may, {"fit", "join", "choose_order"}, [&] {
        try {
            call();
        } catch (att::fit_error const& nothing) {
            support::holds(std::string_view{nothing.what()}.find(':') != std::string_view::npos);
        }
    });
}

template <class Channel, class Value>
void every_row(random_numbers& random) {
    struct row {
        std::vector<Channel> path;
        std::int64_t conversions;
        Value value;
        std::uint64_t nulls;
    };
    std::vector<row> table;
    bool odd = false;
    for (auto left = random.below(4); left > 0; --left) {
        row one{{},
                drawn<std::int64_t>(random, 4),
                drawn<Value>(random, 4),
                drawn<std::uint64_t>(random, 4)};
        for (auto steps = random.below(4); steps > 0; --steps) {
            one.path.push_back(drawn<Channel>(random, 6));
            odd = odd || !names_group(one.path.back());
        }
        odd = odd || one.conversions < 0 || !is_finite(one.value) ||
              (one.conversions == 0 && one.value != 0);
        table.push_back(one);
    }
    auto const rows =
        att::aggregated_paths(table, &row::path, &row::conversions, &row::value, &row::nulls);
    auto const check = [&](auto const& estimator) {
        learned_or_refused({odd, true}, [&] {
            auto counts = att::learn(rows, estimator);
            auto const& seen = counts.evidence();
            att::detail::uint128 conversions = 0;
            att::detail::uint128 nulls = 0;
            for (auto const& one : table) {
                conversions += static_cast<std::uint64_t>(one.conversions);
                nulls += one.nulls;
            }
            support::holds(static_cast<att::detail::uint128>(seen.conversions) +
                               seen.pathless_conversions ==
                           conversions);
            support::holds(
                static_cast<att::detail::uint128>(seen.nulls) + seen.pathless_customers == nulls);
            auto twice = counts;
            twice.merge(counts);
            support::holds(twice.evidence().conversions >= seen.conversions);
            auto const model = counts.solve();
            for (auto const& one : model.effects())
                support::holds(is_finite(one.conversions) && is_finite(one.value));
            (void)model.card().text();
        });
    };
    check(att::markov());
    check(att::shapley());
    check(att::ordered_shapley());
    check(att::probabilistic());
    check(att::bagged_logistic({}, {.fits = 3}));
    learned_or_refused({odd, true}, [&] { (void)att::choose_order(rows, att::markov(), 1); });
}

}  // namespace

TEST_CASE("law: counted paths with any numbers are learned from, or an error names the row") {
    support::for_all_worlds([](random_numbers& random) { every_row<char const*, double>(random); });
    support::for_all_worlds(
        [](random_numbers& random) { every_row<double, std::int64_t>(random); });
}

TEST_CASE("law: Shapley values of any game add up, or an error says why not") {
    support::for_all_worlds([](random_numbers& random) {
        std::vector<double> worth(8, 0);
        bool odd = false;
        for (std::size_t i = 1; i < worth.size(); ++i) {
            worth[i] = drawn<double>(random, 3);
            odd = odd || !(worth[i] <= 1e140 && worth[i] >= -1e140);
        }
        auto const game = [&](std::span<int const> players) {
            std::size_t set = 0;
            for (auto const one : players)
                set |= std::size_t{1} << static_cast<unsigned>(one);
            return worth[set];
        };
        for (std::size_t const most : {20U, 0U}) {
            att::shapley_sampling const how{.most_counted_out = most, .orders = 5};
            try {
                wide_number sum = 0;
                wide_number size = 0;
                for (auto const& one : att::shapley_values(std::vector<int>{0, 1, 2}, game, how)) {
                    sum += one.value;
                    size += one.value < 0 ? -one.value : one.value;
                    support::holds(is_finite(one.standard_error));
                }
                for (auto const each : worth)
                    size += each < 0 ? -each : each;
                auto const missed = sum - worth[7];
                if ((missed < 0 ? -missed : missed) > size * 1e-9)
                    broken("the values add up to ", sum, ", not to ", worth[7]);
            } catch (std::domain_error const& refused) {
                support::holds(odd && begins_with(refused.what(), "shapley_values:"));
            }
        }
    });
}
