// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/credit/count_paths.hpp>
#include <attribution/engine/credit/journey_algorithm.hpp>
#include <attribution/engine/join/eligible.hpp>
#include <attribution/engine/join/event_groups.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/join.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/learn/over_estimator.hpp>
#include <attribution/learn/paths.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/path.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// What a policy sees as the conversion of a customer who never converted: nothing. A policy that
/// reads conversions needs another policy for these customers; see `until`.
struct no_conversion_record {};

/// The end of a window without a conversion: policies and estimators see it instead of a
/// conversion.
template <class Conversions, class Touchpoints>
class open_end {
  public:
    using conversion_records = Conversions;
    using touchpoint_records = Touchpoints;
    using time_type = typename anchor<Conversions, Touchpoints>::time_type;

    constexpr open_end(Touchpoints const& touchpoints, time_type at)
        : touchpoints_{&touchpoints}, at_(at) {}
    // It would refer to a temporary; keep it in a variable.
    open_end(Touchpoints const&&, time_type) = delete;

    [[nodiscard]] constexpr no_conversion_record conversion() const { return {}; }
    [[nodiscard]] constexpr std::size_t row() const { return no_row; }
    [[nodiscard]] constexpr time_type at() const { return at_; }
    [[nodiscard]] constexpr std::optional<time_type> previous() const { return std::nullopt; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const { return *touchpoints_; }

  private:
    Touchpoints const* touchpoints_;
    time_type at_;
};

/// Where the windows of customers who never converted end, and which policy admits touchpoints to
/// them; made by `until`.
template <class Time, class Policy>
struct open_windows {
    [[no_unique_address]] Time end;
    [[no_unique_address]] Policy eligible;
};

namespace detail {

struct latest_time {};
struct same_policy {};

template <class T>
inline constexpr bool is_open_windows = false;
template <class T, class P>
inline constexpr bool is_open_windows<open_windows<T, P>> = true;

}  // namespace detail

/// The windows of customers who never converted end at the latest time in the data.
inline constexpr open_windows<detail::latest_time, detail::same_policy> until_end_of_data{};

/// The windows of customers who never converted end at this instant: their later touchpoints do not
/// count. `eligible` is the policy for these customers; they need one of their own where the main
/// policy reads the conversion's record.
///
/// Errors:     std::domain_error if the instant is a NaN.
template <instant Time, class Policy>
    requires policy<Policy> || std::same_as<Policy, detail::same_policy>
[[nodiscard]] constexpr auto until(Time end, Policy eligible) {
    if (!detail::is_on_time_line(end))
        throw std::domain_error{"until: the instant is not a number"};
    return open_windows<Time, Policy>{end, std::move(eligible)};
}

/// As above, with the policy that applies to those who converted.
template <instant Time>
[[nodiscard]] constexpr auto until(Time end) {
    return until(end, detail::same_policy{});
}

/// Leaves out customers who never converted. Every path then converts, and the model card warns of
/// it.
struct converting_only_fn {};
inline constexpr converting_only_fn converting_only{};

namespace detail {

/// Counts one path after another by the numbers of its channels.
template <class Counts, class Estimator>
class path_counter {
    using outcome_type = path_outcome<typename Counts::amount_type>;

  public:
    path_counter(Counts counts, Estimator const& how) : counts_{std::move(counts)}, how_{&how} {}

    template <class Path>
    void add(Path const& steps, outcome_type const& outcome) {
        auto const count = [&](auto const& own) { add_path(own, outcome); };
        if (steps.empty())
            count(steps);
        else
            detail::prepare(*how_, steps, count);
    }

    void merge(path_counter const& other) { counts_.merge(other.counts_); }

    [[nodiscard]] Counts& counts() { return counts_; }

  private:
    template <class Path>
    void add_path(Path const& steps, outcome_type const& outcome) {
        using probe = channel_probe<typename Counts::channel_type>;
        numbers_.clear();
        auto& seen = counts_.evidence().touchpoints;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const one = steps[i];
            numbers_.push_back(counts_.channel(
                detail::channel_in<probe>(std::invoke(how_->channel, one.touchpoint()),
                                          "fit: the channel of touchpoint row ", one.row())));
        }
        if (!steps.empty()) {
            seen.add(detail::note(steps[0].at()));
            seen.add(detail::note(steps[steps.size() - 1].at()));
        }
        counts_.add(numbers_, outcome);
    }

    Counts counts_;
    Estimator const* how_;
    std::vector<std::uint32_t> numbers_;
};

/// The touchpoints of every customer who never converted, in order.
template <class Journeys>
class open_customers {
    using conversions = std::remove_cvref_t<decltype(std::declval<Journeys>().conversions())>;
    using touchpoints = std::remove_cvref_t<decltype(std::declval<Journeys>().touchpoints())>;
    using time_type = typename Journeys::time_type;
    using probe = common_key_of<conversions, touchpoints>;
    using stored = std::conditional_t<std::same_as<kept_key<conversions, probe>, probe>,
                                      kept_key<touchpoints, probe>, kept_key<conversions, probe>>;
    using about_type = open_end<conversions, touchpoints>;

  public:
    explicit open_customers(Journeys const& joined) : touches_{&joined.touchpoints()} {
        interner<stored, probe> customers;
        auto const& sales = joined.conversions();
        auto const number = [&](probe const& key) { return customers(key); };
        for (std::size_t row = 0; row < sales.size(); ++row)
            detail::with_key<probe>(sales, row, no_group, number);
        auto const converted = customers.size();
        std::vector<std::size_t> owner(touches_->size(), no_group);
        for (std::size_t row = 0; row < touches_->size(); ++row) {
            auto const customer = detail::with_key<probe>(*touches_, row, no_group, number);
            if (customer != no_group && customer >= converted)
                owner[row] = customer - converted;
        }
        size_ = customers.size() - converted;
        grouped_ = detail::group_events<time_type>(
            touches_->size(), [&](std::size_t row) { return owner[row]; }, size_,
            [&](std::size_t row) { return detail::touch_time(*touches_, sales, row); });
    }

    [[nodiscard]] std::size_t size() const { return size_; }

    /// Calls `visit(path)` for each of the customers [first, last), whose windows end at `end`.
    template <policy Policy, class Visit>
    void for_each_path(time_type end, Policy const& p, std::size_t first, std::size_t last,
                       Visit visit) const {
        about_type const about{*touches_, end};
        auto const window = detail::search_window(p, about);
        workspace<time_type> space;
        std::vector<attribution::detail::visit<time_type>> eligible;
        for (auto customer = first; customer < last; ++customer) {
            auto const own = grouped_.of(customer);
            auto const first_from = [&](time_type const& at) {
                return static_cast<std::size_t>(
                    std::ranges::lower_bound(own, at, {}, &event<time_type>::at) - own.begin());
            };
            auto const first_after = [&](time_type const& at) {
                return static_cast<std::size_t>(
                    std::ranges::upper_bound(own, at, {}, &event<time_type>::at) - own.begin());
            };
            eligible.clear();
            detail::append_eligible(
                p, about, {first_from(window.from), first_after(window.until)}, first_after(end),
                [&](std::size_t position) { return own[position]; }, eligible);
            visit(path<about_type>{about, {eligible.data(), eligible.size()}, space});
        }
    }

  private:
    touchpoints const* touches_;
    std::size_t size_ = 0;
    event_groups<time_type> grouped_;
};

template <class Journeys>
auto latest_time_in(Journeys const& journeys) {
    using time = typename Journeys::time_type;
    std::optional<time> latest;
    auto const look = [&](time const& at) { latest = latest && at < *latest ? *latest : at; };
    auto const& sales = journeys.conversions();
    auto const& touches = journeys.touchpoints();
    for (std::size_t row = 0; row < sales.size(); ++row)
        look(conversion_time(sales, touches, row));
    for (std::size_t row = 0; row < touches.size(); ++row)
        look(touch_time(touches, sales, row));
    return latest;
}

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
        detail::check_policy<Policy>();
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
        using counter_type = decltype(counter);
        detail::count_in_parts(
            threads, joined.conversions().size(), counter, make,
            [&](counter_type& own, std::size_t first, std::size_t last) {
                joined.for_each_path(
                    detail::visiting::by_row, p, first, last, [&](auto const& steps) {
                        auto const row = steps.about().row();
                        own.add(steps,
                                {1, finite(joined.conversions().value(row), "conversion row ", row),
                                 0});
                    });
            });
        if constexpr (detail::is_open_windows<Windows>) {
            using time = typename Journeys::time_type;
            std::optional<time> end;
            if constexpr (std::same_as<decltype(windows.end), detail::latest_time>)
                end = detail::latest_time_in(joined);
            else
                end = detail::nearest_instant<time, detail::nearest::not_after>(windows.end);
            auto const count_open = [&](auto const& eligible) {
                detail::open_customers const customers{joined};
                detail::count_in_parts(threads, customers.size(), counter, make,
                                       [&](counter_type& own, std::size_t first, std::size_t last) {
                                           customers.for_each_path(
                                               *end, eligible, first, last, [&](auto const& steps) {
                                                   own.add(steps, {0, amount_type{}, 1});
                                               });
                                       });
            };
            if (end) {
                counter.counts().evidence().window_ends.add(detail::note(*end));
                if constexpr (std::same_as<decltype(windows.eligible), detail::same_policy>)
                    count_open(p);
                else
                    count_open(windows.eligible);
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
            "choose; make the sequences shorter before they are counted");
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

struct fit_fn : detail::journey_algorithm<fit_fn> {
    using detail::journey_algorithm<fit_fn>::operator();

    /// Learns a model from history; it goes wherever a model goes: `attribute`, `models`, blends.
    ///
    /// Arguments:  those of `learn`.
    /// Shape:      `fit(journeys, markov(&touch::channel), policy)`, or from records, or from
    ///             `aggregated_paths(...)` without a policy. `over(selector, estimator)` learns
    ///             from shorter paths.
    /// Returns:    the estimator's model: callable as (path, weights), with `effects()` and
    ///             `card()`.
    /// Edges:      as `learn`.
    /// Errors:     fit_error, with a reason, where nothing can be learned: no path, nobody
    ///             converted.
    /// Complexity: `learn`, and the estimator's `solve`.
    /// Equivalent to: learn(...).solve().
    template <class Journeys, class Estimator, class Policy = always_policy,
              class Windows = open_windows<detail::latest_time, detail::same_policy>>
        requires detail::is_journeys<Journeys>
    [[nodiscard]] auto operator()(parallel threads, Journeys const& joined, Estimator const& how,
                                  Policy const& p = {}, Windows const& windows = {}) const {
        return learn(threads, joined, how, p, windows).solve();
    }

    /// Learns from paths that were counted before.
    template <class Rows, class Estimator>
        requires detail::is_aggregated<Rows>
    [[nodiscard]] auto operator()(Rows const& rows, Estimator const& how) const {
        return learn(rows, how).solve();
    }
};

/// Learns a model from history. The arguments are those of `learn_fn`.
inline constexpr fit_fn fit{};

}  // namespace attribution
