// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/credit/count_paths.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/learn/kept_channel.hpp>
#include <attribution/engine/learn/learned_paths.hpp>
#include <attribution/engine/learn/open_customers.hpp>
#include <attribution/engine/learn/path_counter.hpp>
#include <attribution/join.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/over_estimator.hpp>
#include <attribution/learn/paths.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/always.hpp>
#include <attribution/policy/policy.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

template <class Source, class Estimator>
constexpr void check_estimator() {
    static_assert(estimator<Estimator>,
                  "attribution: fit() needs an estimator, such as markov(&touch::channel) or "
                  "shapley(&touch::channel), where attribute() takes a model");
}

template <class Count>
std::uint64_t checked_count(Count count, std::size_t row) {
    if constexpr (std::signed_integral<Count>)
        if (count < 0)
            throw std::domain_error{"fit: row " + std::to_string(row) +
                                    " has a negative number of paths"};
    if constexpr (sizeof(Count) > sizeof(std::uint64_t))
        if (count > std::numeric_limits<std::uint64_t>::max())
            throw std::overflow_error{"fit: row " + std::to_string(row) +
                                      " has more than 2^64 - 1 paths"};
    return static_cast<std::uint64_t>(count);
}

}  // namespace detail

struct learn_fn : detail::journey_algorithm<learn_fn> {
    using detail::journey_algorithm<learn_fn>::operator();

    /// Counts, for an estimator, the paths of those who converted and of those who did not.
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; an estimator; a policy;
    ///             where the windows of those who never converted end.
    /// Shape:      every conversion with an eligible touchpoint is one path that converted. Every
    ///             customer (key of a touchpoint) without any conversion is one path that did not:
    ///             the touchpoints that the policy admits, seen from the end of the customer's
    ///             window. By default that is the latest time in the data.
    /// Returns:    counts; `merge` those of other partitions of the customers, then `solve`.
    /// Edges:      conversions and customers without an eligible touchpoint are counted in the
    ///             model card, and nothing is learned from them. A policy that reads the
    ///             conversion's record (`between`, `where(touchpoint, conversion)`) cannot judge
    ///             customers who have none: give them another policy by `until(time, policy)`, or
    ///             leave them out by `converting_only`. What a customer did after the last
    ///             conversion belongs to no path.
    /// Complexity: the join's path look-ups, and one more look-up per record for those who never
    ///             converted.
    template <class Journeys, class Estimator, class Policy = always_policy,
              class Windows = open_windows<detail::latest_time, detail::same_policy>>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] auto operator()(parallel threads, Journeys const& joined, Estimator const& how,
                                  Policy const& p = {}, Windows const& windows = {}) const {
        detail::check_estimator<Journeys, Estimator>();
        detail::check_policy<Policy, Journeys>();
        using touchpoints = std::remove_cvref_t<decltype(joined.touchpoints())>;
        using projection = decltype(how.channel);
        static_assert(std::is_invocable_v<projection const&, typename touchpoints::reference>,
                      "attribution: the estimator needs a projection of touchpoints to their "
                      "channel, such as markov(&touch::channel)");
        using amount_type = typename Journeys::value_type;
        using channel = detail::kept_channel<
            std::invoke_result_t<projection const&, typename touchpoints::reference>>;
        auto const make = [&] {
            return detail::path_counter{how.template counts<channel, amount_type>(), how};
        };
        auto counter = make();
        count_converted(threads, joined, p, counter, make);
        if constexpr (detail::is_open_windows<Windows>) {
            if (auto const end = detail::end_of_windows(windows, joined)) {
                counter.add_window_end(detail::note(*end));
                if constexpr (std::same_as<decltype(windows.eligible), detail::same_policy>)
                    count_open(threads, joined, *end, p, counter, make);
                else
                    count_open(threads, joined, *end, windows.eligible, counter, make);
            }
        } else {
            static_assert(std::same_as<Windows, converting_only_fn>,
                          "attribution: the last argument says where windows without a conversion "
                          "end: until(time), until_end_of_data or converting_only");
        }
        return std::move(counter.counts());
    }

    /// Takes paths that were counted before: rows of (sequence, conversions, value, nulls).
    ///
    /// Errors:     std::domain_error, naming the row, if a number of paths is negative, or a row
    ///             without conversions has a value, or a value is not finite, or a channel is or
    ///             holds a NaN or is a null pointer to text; std::overflow_error, naming the row at
    ///             which there are more than 2^64 - 1 paths, or touchpoints in them.
    template <class Rows, class Estimator>
        requires detail::is_aggregated<Rows>
    [[nodiscard]] auto operator()(Rows const& rows, Estimator const& how) const {
        detail::check_estimator<Rows, Estimator>();
        static_assert(
            !detail::needs_touchpoints<Estimator>,
            "attribution: counted paths have no touchpoints from which over(selector, ...) could "
            "choose, and no times; make the sequences shorter before they are counted, and learn "
            "from times with touchpoints(...)");
        using channel = typename Rows::channel_type;
        using amount_type = typename Rows::value_type;
        auto counts = how.template counts<channel, amount_type>();
        std::vector<std::uint32_t> numbers;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            path_outcome<amount_type> const outcome{
                detail::checked_count(rows.conversions(row), row), rows.value(row),
                detail::checked_count(rows.nulls(row), row)};
            (void)finite(outcome.value, "row ", row);
            if (outcome.conversions == 0 && !(outcome.value == amount_type{}))
                throw std::domain_error{"fit: row " + std::to_string(row) +
                                        " has a value but no conversion that could have made it"};
            numbers.clear();
            auto&& sequence = rows.sequence(row);
            for (auto&& one : sequence)
                numbers.push_back(counts.channel(detail::channel_in<channel_probe<channel>>(
                    one, "fit: a channel of row ", row)));
            try {
                counts.add(numbers, outcome);
            } catch (std::overflow_error const& error) {
                throw std::overflow_error{error.what() + (" (row " + std::to_string(row) + ")")};
            }
        }
        return counts;
    }

  private:
    template <class Journeys, class Policy, class Counter, class Make>
    static void count_converted(parallel threads, Journeys const& joined, Policy const& p,
                                Counter& counter, Make make) {
        auto const& sales = joined.conversions();
        detail::count_in_parts(
            threads, sales.size(), counter, make,
            [&](Counter& own, std::size_t first, std::size_t last) {
                joined.for_each_path(
                    detail::visiting::by_row, p, first, last, [&](auto const& steps) {
                        auto const row = steps.about().row();
                        own.add(steps, {1, finite(sales.value(row), "conversion row ", row), 0});
                    });
            });
    }

    template <class Journeys, class Policy, class Counter, class Make>
    static void count_open(parallel threads, Journeys const& joined,
                           typename Journeys::time_type end, Policy const& p, Counter& counter,
                           Make make) {
        using amount_type = typename Journeys::value_type;
        detail::open_customers const customers{joined};
        detail::count_in_parts(threads, customers.size(), counter, make,
                               [&](Counter& own, std::size_t first, std::size_t last) {
                                   customers.for_each_path(
                                       end, p, first, last, [&](auto const& steps) {
                                           own.add(steps, {0, amount_type{}, 1});
                                       });
                               });
    }

    template <class Value>
    static Value finite(Value const& value, char const* what, std::size_t row) {
        if constexpr (std::floating_point<Value>)
            if (!detail::is_finite(static_cast<double>(value)))
                throw std::domain_error{"fit: the value of " + std::string{what} +
                                        std::to_string(row) + " is not a finite number"};
        return value;
    }
};

/// Counts paths for an estimator. The counts can be merged by `merge` and made into a model by
/// `solve`. The arguments are those of `learn_fn`.
inline constexpr learn_fn learn{};

}  // namespace attribution
