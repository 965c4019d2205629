// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through everything that learns.
#include "support/edges.hpp"

#include <attribution/data_driven/choose_order.hpp>
#include <attribution/data_driven/fit.hpp>
#include <attribution/data_driven/markov.hpp>
#include <attribution/data_driven/paths.hpp>
#include <attribution/data_driven/shapley.hpp>
#include <attribution/data_driven/shapley_values.hpp>
#include <attribution/partial/counts.hpp>
#include <attribution/window/between.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

/// What cannot be learned from is a fit_error.
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

template <class Value>
auto form_of(Value const& value) {
    if constexpr (std::is_convertible_v<Value, std::string_view>)
        return std::string{std::string_view(value)};
    else
        return value;
}

template <class World>
void every_estimator(World const& all) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    auto const touches = all.touches();
    auto const sales = all.sales();
    auto const& channel = &touch::channel;
    bool const odd = all.odd_values() || all.odd_channels();
    bool const large = all.large_values();
    result_or_refusal({all.odd_times()}, {"join"}, [&] {
        auto const joined = att::join(sales, touches);
        auto const check = [&](auto const& estimator) {
            learned_or_refused({odd, large}, [&] {
                auto const counts = att::learn(joined, estimator, att::always);
                // Customers are those whom the others know: no missing key is one.
                using key = std::remove_cvref_t<decltype(form_of(
                    att::detail::value_in(all.log.front().user)))>;
                std::set<key> converted;
                for (sale const& one : all.book)
                    if (!says_nothing(one.user))
                        converted.insert(form_of(att::detail::value_in(one.user)));
                std::set<key> others;
                for (touch const& one : all.log)
                    if (!says_nothing(one.user) &&
                        converted.count(form_of(att::detail::value_in(one.user))) == 0)
                        others.insert(form_of(att::detail::value_in(one.user)));
                auto copy = counts;
                auto const& seen = copy.evidence();
                if (seen.nulls + seen.pathless_customers != others.size())
                    broken("learn counts ", seen.nulls + seen.pathless_customers,
                           " customers without a conversion, not ", others.size());
                support::holds(seen.conversions + seen.pathless_conversions == all.book.size());

                att::configuration const how{.model = "learned", .policy = "always"};
                auto twice = counts;
                twice.merge(counts);
                att::merge_bytes(copy, att::to_bytes(counts, how), how);
                support::holds(att::to_bytes(copy, how) == att::to_bytes(twice, how));

                auto const model = counts.solve();
                (void)model.card().text();
                result_or_refusal({false}, {"attribute"}, [&] {
                    long double sum = 0;
                    for (auto const& one : att::attribute(joined, model, att::always))
                        sum += static_cast<long double>(one.amount);
                    if (!same_sum(sum, all.total()))
                        broken("a learned model gives away ", sum, " of ", all.total());
                });
            });
        };
        check(att::markov(channel));
        check(att::shapley(channel));
        check(att::ordered_shapley(channel));
        learned_or_refused({odd, large},
                           [&] { (void)att::choose_order(joined, att::markov(channel), 2); });
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
    auto const rows = att::aggregated_paths(table, &row::path, &row::conversions, &row::value,
                                            &row::nulls);
    auto const check = [&](auto const& estimator) {
        learned_or_refused({odd, true}, [&] {
            auto counts = att::learn(rows, estimator);
            auto const& seen = counts.evidence();
            unsigned __int128 conversions = 0;
            unsigned __int128 nulls = 0;
            for (auto const& one : table) {
                conversions += static_cast<std::uint64_t>(one.conversions);
                nulls += one.nulls;
            }
            support::holds(static_cast<unsigned __int128>(seen.conversions) +
                               seen.pathless_conversions ==
                           conversions);
            support::holds(static_cast<unsigned __int128>(seen.nulls) + seen.pathless_customers ==
                           nulls);
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
    learned_or_refused({odd, true}, [&] { (void)att::choose_order(rows, att::markov(), 1); });
}

}  // namespace

TEST_CASE("law: from any value of any field something is learned, or an error names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_estimator(all); });
}

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
            odd = odd || !is_finite(worth[i]);
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
                long double sum = 0;
                long double size = 0;
                for (auto const& one : att::shapley_values(std::vector<int>{0, 1, 2}, game, how)) {
                    sum += one.value;
                    size += one.value < 0 ? -one.value : one.value;
                    support::holds(is_finite(one.standard_error));
                }
                for (auto const each : worth)
                    size += each < 0 ? -each : each;
                auto const missed = sum - worth[7];
                if ((missed < 0 ? -missed : missed) > size * 1e-9L)
                    broken("the values add up to ", sum, ", not to ", worth[7]);
            } catch (std::domain_error const& refused) {
                support::holds(odd && begins_with(refused.what(), "shapley_values:"));
            } catch (std::overflow_error const& refused) {
                support::holds(begins_with(refused.what(), "shapley_values:"));
            }
        }
    });
}
