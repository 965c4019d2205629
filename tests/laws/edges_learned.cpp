// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, through every estimator.
#include "support/edges.hpp"

#include <attribution/learn/additive_hazard.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/survival.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <type_traits>

namespace {

using namespace edges;

/// Data that nothing can be learned from gives a fit_error.
template <class Call>
void learned_or_refused(refusal may, Call call) {
    result_or_refusal(may, {"fit", "join"}, [&] {
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
    // The windows of those who never converted end at the latest time of all records, also of records
    // without a key.
    bool const odd = all.odd_values() || all.odd_channels() || all.odd_times();
    bool const large = all.large_values();
    result_or_refusal({all.odd_times()}, {"join"}, [&] {
        auto const joined = att::join(sales, touches);
        auto const check = [&](auto const& estimator) {
            learned_or_refused({odd, large}, [&] {
                auto const counts = att::learn(joined, estimator, att::always);
                // A record with a missing key is no customer's.
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
                result_or_refusal(
                    {false}, {"attribute", "shapley", "probabilistic", "survival"}, [&] {
                        wide_number sum = 0;
                        for (auto const& one : att::attribute(joined, model, att::always))
                            sum += static_cast<wide_number>(one.amount);
                        if (!same_sum(sum, all.total(), all.size()))
                            broken("a learned model gives away ", sum, " of ", all.total());
                    });
            });
        };
        check(att::markov(channel));
        if constexpr (std::is_same_v<World, world<texts>>)
            check(att::shapley(channel));
        if constexpr (std::is_same_v<World, world<numbers>>)
            check(att::ordered_shapley(channel));
        if constexpr (std::is_same_v<World, world<numbers>>)
            check(att::additive_hazard(channel, 1));
        if constexpr (std::is_same_v<World, world<texts>>)
            check(att::probabilistic(channel));
        if constexpr (std::is_same_v<World, world<numbers>>)
            check(att::survival(channel, two_ticks<std::remove_const_t<decltype(joined)>>()));
    });
}

}  // namespace

TEST_CASE("law: from any value of any field something is learned, or an error names the row") {
    for_all_kinds([](auto const& all, random_numbers&) { every_estimator(all); });
}
