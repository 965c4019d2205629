// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/credit/count_paths.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/memory/owned_range.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/report/influence.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

/// The mean of chrono durations is a duration in double; other means are doubles.
template <class T>
struct mean_of {
    using type = double;
};
template <class Rep, class Period>
struct mean_of<std::chrono::duration<Rep, Period>> {
    using type = std::chrono::duration<double, Period>;
};

}  // namespace detail

/// Observed values: lengths of paths, time lags. A commutative monoid; the figures do not depend on
/// the order.
///
/// Errors:     std::domain_error if a value is a NaN.
template <class T>
class distribution {
  public:
    using value_type = T;
    using mean_type = typename detail::mean_of<T>::type;

    /// One observed value, and how often.
    struct bar {
        T value;
        std::size_t count;
        friend constexpr bool operator==(bar const&, bar const&) = default;
    };

    constexpr distribution() = default;
    constexpr explicit distribution(std::vector<T> values) : values_{std::move(values)} {
        if constexpr (detail::holds_floating<T>)
            if (!std::all_of(values_.begin(), values_.end(), detail::equals_itself<T>))
                throw std::domain_error{"distribution: a value is not a number; look for "
                                        "infinite times, whose difference is undefined"};
        std::sort(values_.begin(), values_.end());
    }

    constexpr void merge(distribution const& other) {
        auto both = values_;
        both.insert(both.end(), other.values_.begin(), other.values_.end());
        *this = distribution{std::move(both)};
    }

    [[nodiscard]] constexpr bool empty() const { return values_.empty(); }
    [[nodiscard]] constexpr std::size_t size() const { return values_.size(); }
    /// Every value, ascending.
    [[nodiscard]] constexpr std::vector<T> const& values() const& { return values_; }
    [[nodiscard]] constexpr std::vector<T> values() const&& { return values_; }

    /// The smallest observed value such that at least the fraction part / whole of all values are
    /// no larger: `quantile(9, 10)`. It is always a value that was observed, never an
    /// interpolation; with part 0 it is the smallest value.
    ///
    /// Errors:     std::invalid_argument if there are no values or part/whole is not in [0, 1].
    /// Source:     type 1 of Hyndman & Fan, 1996, "Sample Quantiles in Statistical Packages".
    [[nodiscard]] constexpr T quantile(std::size_t part, std::size_t whole) const {
        if (whole == 0 || part > whole)
            throw std::invalid_argument{"quantile: must be part of a whole, such as 9 of 10"};
        if (empty())
            throw std::invalid_argument{"quantile: there are no values"};
        auto const wanted = detail::uint128{part} * values_.size();
        auto const rank = static_cast<std::size_t>((wanted + whole - 1) / whole);
        return values_[rank == 0 ? 0 : rank - 1];
    }
    /// If the number of values is even, the lower of the two in the middle.
    [[nodiscard]] constexpr T median() const { return quantile(1, 2); }
    [[nodiscard]] constexpr T smallest() const { return quantile(0, 1); }
    [[nodiscard]] constexpr T largest() const { return quantile(1, 1); }

    /// Sum and division are exact and rounded once, at the end. For durations, a chrono duration in
    /// double.
    ///
    /// Errors:     std::invalid_argument if there are no values; std::domain_error if one is
    ///             infinite.
    [[nodiscard]] constexpr mean_type mean() const {
        if (empty())
            throw std::invalid_argument{"mean: there are no values"};
        using measure = detail::measure<T>;
        if constexpr (std::floating_point<typename measure::rep>) {
            detail::exact_sum sum;
            for (auto const& value : values_) {
                auto const number = static_cast<double>(measure::count(value));
                if (!detail::is_finite(number))
                    throw std::domain_error{"mean: a value is infinite"};
                sum.add(number);
            }
            return mean_type{sum.value() / static_cast<double>(size())};
        } else {
            detail::int128 sum = 0;
            for (auto const& value : values_)
                sum += measure::count(value);
            auto const n = static_cast<detail::int128>(size());
            auto const whole = detail::floor_divide(sum, n);
            return mean_type{static_cast<double>(whole) +
                             static_cast<double>(sum - whole * n) / static_cast<double>(size())};
        }
    }

    /// How often each value was observed, ascending by value.
    [[nodiscard]] constexpr std::vector<bar> bars() const {
        std::vector<bar> result;
        for (auto const& value : values_) {
            if (result.empty() || result.back().value < value)
                result.push_back({value, 0});
            ++result.back().count;
        }
        return result;
    }

    friend constexpr bool operator==(distribution const&, distribution const&) = default;

  private:
    std::vector<T> values_;
};

/// Figures of the eligible paths of conversions. A commutative monoid.
template <class Lag>
struct path_figures {
    distribution<std::size_t> length;  // touchpoints per path
    distribution<Lag> first_lag;       // conversion - first touchpoint
    distribution<Lag> last_lag;        // conversion - last touchpoint
    std::size_t not_reached = 0;       // conversions without a path; the rest counts paths only

    /// If memory runs out, nothing changes.
    constexpr void merge(path_figures const& other) {
        auto both = *this;
        both.length.merge(other.length);
        both.first_lag.merge(other.first_lag);
        both.last_lag.merge(other.last_lag);
        both.not_reached += other.not_reached;
        *this = std::move(both);
    }
};

namespace detail {

/// Lengths and lags of paths, in any order.
template <class Lag>
class observed_paths {
  public:
    template <class Path>
    constexpr void operator()(Path const& steps) {
        if (steps.empty()) {
            ++not_reached_;
            return;
        }
        lengths_.push_back(steps.size());
        first_lags_.push_back(steps[0].age());
        last_lags_.push_back(steps[steps.size() - 1].age());
    }
    constexpr void merge(observed_paths const& other) {
        lengths_.insert(lengths_.end(), other.lengths_.begin(), other.lengths_.end());
        first_lags_.insert(first_lags_.end(), other.first_lags_.begin(), other.first_lags_.end());
        last_lags_.insert(last_lags_.end(), other.last_lags_.begin(), other.last_lags_.end());
        not_reached_ += other.not_reached_;
    }
    constexpr path_figures<Lag> figures() && {
        return {distribution<std::size_t>{std::move(lengths_)},
                distribution<Lag>{std::move(first_lags_)}, distribution<Lag>{std::move(last_lags_)},
                not_reached_};
    }

  private:
    std::vector<std::size_t> lengths_;
    std::vector<Lag> first_lags_;
    std::vector<Lag> last_lags_;
    std::size_t not_reached_ = 0;
};

}  // namespace detail

struct path_statistics_fn : detail::journey_algorithm<path_statistics_fn> {
    using detail::journey_algorithm<path_statistics_fn>::operator();

    /// How long are the paths, in touchpoints and in time?
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; a policy.
    /// Shape:      one value per conversion with at least one eligible touchpoint; the other
    ///             conversions are only counted.
    /// Units:      lags are lengths on the records' common clock.
    /// Edges:      lags are negative where a policy (`between`) admits touchpoints after the
    ///             conversion.
    /// Errors:     std::domain_error if a lag is not a number: the difference of two infinite
    ///             times.
    /// Complexity: the path look-ups; O(c log c) for c conversions.
    /// Example:    examples/recipes/influence.cpp
    template <class Journeys, policy Policy>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel how, Journeys const& joined,
                                            Policy const& p) const {
        using observed_paths =
            detail::observed_paths<detail::length_of<typename Journeys::time_type>>;
        observed_paths observed;
        detail::count_paths(how, joined, p, observed, [] { return observed_paths{}; });
        return std::move(observed).figures();
    }
};

/// How long are the paths, in touchpoints and in time? The arguments are those of
/// `path_statistics_fn`.
inline constexpr path_statistics_fn path_statistics{};

/// What `top_paths` does with a group that comes several times in a row.
enum class repeats {
    keep,      // search, search, direct
    collapse,  // search, direct
};

/// One sequence of groups, and the conversions that it led to.
template <class Key, amount Amount>
struct path_row {
    using key_type = Key;
    using amount_type = Amount;

    std::vector<Key> sequence;
    reach<Amount> conversions;
};

/// The most frequent paths, and the rest: the rows, `others` and `not_reached` add up to all
/// conversions.
template <class Key, amount Amount>
class top_paths_report : public detail::owned_range<path_row<Key, Amount>> {
  public:
    using row_type = path_row<Key, Amount>;

    constexpr top_paths_report(std::vector<row_type> rows, std::size_t distinct,
                               reach<Amount> other, reach<Amount> without)
        : detail::owned_range<row_type>{std::move(rows)}, distinct_{distinct}, others_{other},
          not_reached_{without} {}

    /// How many different paths there are, the rows included.
    [[nodiscard]] constexpr std::size_t distinct() const { return distinct_; }
    /// Conversions whose path has no row.
    [[nodiscard]] constexpr reach<Amount> others() const { return others_; }
    [[nodiscard]] constexpr reach<Amount> not_reached() const { return not_reached_; }

  private:
    std::size_t distinct_;
    reach<Amount> others_;
    reach<Amount> not_reached_;
};

namespace detail {

template <class Journeys, class Policy, class Projection>
constexpr auto most_frequent_paths(Journeys const& joined, Policy const& p, Projection projection,
                                   std::size_t most, repeats several) {
    using conversions_type = std::remove_cvref_t<decltype(joined.conversions())>;
    using touchpoints_type = std::remove_cvref_t<decltype(joined.touchpoints())>;
    using amount_type = typename Journeys::value_type;
    detail::touchpoint_groups<Projection, conversions_type, touchpoints_type> groups{
        std::move(projection), "top_paths: the group of touchpoint row "};
    using key_type = typename decltype(groups)::key_type;
    detail::interner<std::vector<std::size_t>> paths;
    std::vector<reach_tally<amount_type>> cells;
    reach_tally<amount_type> not_reached;
    std::vector<std::size_t> path;
    joined.for_each_path(p, [&](auto const& steps) {
        auto const conversion = steps.about().row();
        auto const value = detail::finite_value(joined.conversions(), conversion, "top_paths");
        if (steps.empty()) {
            not_reached.add(value);
            return;
        }
        path.clear();
        for (auto const& visit : steps.visits()) {
            auto const id =
                groups.number(joined.conversions(), joined.touchpoints(), conversion, visit.row);
            if (several == repeats::keep || path.empty() || path.back() != id)
                path.push_back(id);
        }
        auto const place = paths(path);
        if (place == cells.size())
            cells.push_back({});
        cells[place].add(value);
    });

    struct candidate {
        path_row<key_type, amount_type> row;
        std::size_t cell;
    };
    std::vector<candidate> found;
    found.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        std::vector<key_type> keys;
        for (auto const id : paths[i])
            keys.push_back(groups.key(id));
        found.push_back({{std::move(keys), cells[i].finish()}, i});
    }
    std::sort(found.begin(), found.end(), [](candidate const& a, candidate const& b) {
        auto const& [a_count, a_amount] = a.row.conversions;
        auto const& [b_count, b_amount] = b.row.conversions;
        if (a_count != b_count)
            return a_count > b_count;
        if (a_amount != b_amount)
            return a_amount > b_amount;
        return comes_before(a.row.sequence, b.row.sequence);
    });
    std::vector<path_row<key_type, amount_type>> rows;
    reach_tally<amount_type> others;
    for (auto& each : found)
        if (rows.size() < most)
            rows.push_back(std::move(each.row));
        else
            others.merge(cells[each.cell]);  // not the rounded row: one rounding for the sum
    return top_paths_report<key_type, amount_type>{std::move(rows), found.size(), others.finish(),
                                                   not_reached.finish()};
}

}  // namespace detail

struct top_paths_fn : detail::journey_algorithm<top_paths_fn> {
    using detail::journey_algorithm<top_paths_fn>::operator();

    /// Which sequences of groups lead to conversions?
    ///
    /// Arguments:  [parallel{n},] journeys, or conversions and touchpoints; a policy; a projection;
    ///             how many rows at `most`; what to do with `repeats`.
    /// Shape:      at most `most` rows, by number of conversions descending, then amount
    ///             descending, then the path itself, ascending: no two rows tie.
    /// Errors:     as `influence`, in its own name.
    /// Complexity: the path look-ups; O(log d) comparisons of paths per conversion, d different
    ///             paths. With `parallel{n}` the join is made on several threads, the rest on one.
    /// Example:    examples/recipes/influence.cpp
    template <class Journeys, policy Policy, class Projection, std::integral Most = std::size_t>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] constexpr auto operator()(parallel, Journeys const& joined, Policy const& p,
                                            Projection projection,
                                            Most most = std::numeric_limits<Most>::max(),
                                            repeats several = repeats::keep) const {
        return detail::most_frequent_paths(joined, p, std::move(projection),
                                           static_cast<std::size_t>(most), several);
    }
};

/// Which sequences of groups lead to conversions? The arguments are those of
/// `top_paths_fn`.
inline constexpr top_paths_fn top_paths{};

}  // namespace attribution
