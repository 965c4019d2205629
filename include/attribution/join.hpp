// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/detail/interner.hpp>
#include <attribution/detail/optional_value.hpp>
#include <attribution/detail/time_line.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/path.hpp>
#include <attribution/records.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

namespace detail {

/// The type in which the keys of both sides are compared.
template <class A, class B>
struct common_key {
    static_assert(
        !std::integral<A> || !std::integral<B> ||
            std::signed_integral<A> == std::signed_integral<B>,
        "attribution: one key is signed and the other unsigned; convert one of them in its "
        "projection");
    using type = std::common_type_t<A, B>;
};
template <class A, class B>
    requires(reads_as_text<A>&& reads_as_text<B>)
struct common_key<A, B> {
    using type = std::string_view;
};

template <class Time>
struct event {
    Time at;
    std::size_t row;
};

/// Events side by side by customer, each customer's in the order (time, row).
template <class Time>
struct grouped_events {
    std::vector<event<Time>> events;
    std::vector<std::size_t> begins;  // of each customer, and the end of the last

    constexpr std::span<event<Time> const> of(std::size_t customer) const {
        return {events.data() + begins[customer], begins[customer + 1] - begins[customer]};
    }
};

/// `customers[row]` says whose the event in `row` is, or `no_row` for nobody's.
template <class Time, class Records>
constexpr grouped_events<Time> group_events(Records const& records,
                                            std::span<std::size_t const> customers,
                                            std::size_t customer_count) {
    grouped_events<Time> grouped;
    grouped.begins.assign(customer_count + 1, 0);
    for (auto const customer : customers)
        if (customer != no_row)
            ++grouped.begins[customer + 1];
    for (std::size_t i = 0; i < customer_count; ++i)
        grouped.begins[i + 1] += grouped.begins[i];
    grouped.events.assign(grouped.begins[customer_count],
                          event<Time>{first_instant<Time>(), no_row});
    auto places = grouped.begins;
    for (std::size_t row = 0; row < customers.size(); ++row)
        if (customers[row] != no_row)
            grouped.events[places[customers[row]]++] = {Time(records.time(row)), row};
    auto const earlier = [](event<Time> const& a, event<Time> const& b) {
        return a.at < b.at || (!(b.at < a.at) && a.row < b.row);
    };
    for (std::size_t i = 0; i < customer_count; ++i) {
        auto const first = grouped.events.begin() + static_cast<std::ptrdiff_t>(grouped.begins[i]);
        auto const last =
            grouped.events.begin() + static_cast<std::ptrdiff_t>(grouped.begins[i + 1]);
        if (!std::is_sorted(first, last, earlier))
            std::sort(first, last, earlier);
    }
    return grouped;
}

template <class Records>
constexpr void check_times(Records const& records, char const* what) {
    if constexpr (std::floating_point<typename measure<typename Records::time_type>::rep>)
        for (std::size_t row = 0; row < records.size(); ++row)
            if (!is_on_time_line(records.time(row)))
                throw std::domain_error{std::string{"join: the time of "} + what + " row " +
                                        std::to_string(row) + " is not a number"};
}

}  // namespace detail

/// Conversions and the touchpoints of the same key, put in order once; serves any number of models
/// and policies. Made by `join`.
///
/// Keeps the records' handles (cheap copies that borrow the user's containers), one entry per
/// touchpoint whose key converts, and a few numbers per conversion. Immutable, so that threads may
/// share it.
template <class Conversions, class Touchpoints>
class journeys {
  public:
    using anchor_type = anchor<Conversions, Touchpoints>;
    using time_type = typename anchor_type::time_type;
    using path_type = path<anchor_type>;
    using value_type = typename Conversions::value_type;

    constexpr journeys(Conversions conversions, Touchpoints touchpoints)
        : conversions_{std::move(conversions)}, touchpoints_{std::move(touchpoints)} {
        detail::check_times(conversions_, "conversion");
        detail::check_times(touchpoints_, "touchpoint");
        using conversion_key = detail::present_key<typename Conversions::key_type>;
        using touchpoint_key = detail::present_key<typename Touchpoints::key_type>;
        using probe = typename detail::common_key<conversion_key, touchpoint_key>::type;
        // Text that a projection made on the fly must be kept; text in a record is only looked at.
        using stored =
            std::conditional_t<detail::reads_as_text<probe> && !Conversions::has_stable_keys &&
                                   !std::same_as<conversion_key, std::string_view>,
                               std::string, probe>;
        detail::interner<stored, probe> customers;
        customer_.reserve(conversions_.size());
        for (std::size_t row = 0; row < conversions_.size(); ++row)
            customer_.push_back(with_key<probe>(conversions_, row,
                                                [&](probe const& key) { return customers(key); }));
        std::vector<std::size_t> owner;
        owner.reserve(touchpoints_.size());
        for (std::size_t row = 0; row < touchpoints_.size(); ++row)
            owner.push_back(with_key<probe>(touchpoints_, row,
                                            [&](probe const& key) { return customers.find(key); }));
        touches_ = detail::group_events<time_type>(touchpoints_, owner, customers.size());
        link_predecessors(customers.size());
    }

    [[nodiscard]] constexpr Conversions const& conversions() const { return conversions_; }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const { return touchpoints_; }

    /// The conversion in `row`, as policies see it. Refers to these journeys.
    [[nodiscard]] constexpr anchor_type anchor_of(std::size_t row) const {
        std::optional<time_type> previous;
        if (predecessor_[row] != no_row)
            previous = time_type(conversions_.time(predecessor_[row]));
        return {conversions_, touchpoints_, row, previous};
    }

    /// Calls `visit` with all touchpoints of the key of the conversion in `row`, eligible or not,
    /// in the order (time, row).
    template <class Visit>
    constexpr void for_each_candidate(std::size_t row, Visit&& visit) const {
        auto const touches = touches_of(row);
        auto const converted = converted_at(touches, conversions_.time(row));
        for (std::size_t i = 0; i < touches.size(); ++i)
            visit(candidate(touches, i, converted));
    }

    /// Calls `visit(path)` with the eligible path, possibly empty, of every conversion in the order
    /// of their rows.
    ///
    /// Complexity: per conversion O(log t) for its key's t touchpoints, and one test for each that
    ///             lies in the policy's window.
    template <policy Policy, class Visit>
    constexpr void for_each_path(Policy const& p, Visit&& visit) const {
        detail::workspace<time_type> space;
        std::vector<detail::visit<time_type>> eligible;
        for (std::size_t row = 0; row < conversions_.size(); ++row) {
            auto const about = anchor_of(row);
            eligible.clear();
            collect(p, about, touches_of(row), eligible);
            visit(path_type{about, {eligible.data(), eligible.size()}, space});
        }
    }

  private:
    template <class Probe, class Records, class Use>
    static constexpr std::size_t with_key(Records const& records, std::size_t row, Use use) {
        decltype(auto) key = records.key(row);
        if constexpr (detail::may_be_empty<typename Records::key_type>)
            return key.has_value() ? use(Probe(*key)) : no_row;
        else
            return use(Probe(key));
    }

    constexpr void link_predecessors(std::size_t customer_count) {
        auto const sales = detail::group_events<time_type>(conversions_, customer_, customer_count);
        predecessor_.assign(conversions_.size(), no_row);
        for (std::size_t customer = 0; customer < customer_count; ++customer) {
            auto const own = sales.of(customer);
            for (std::size_t i = 1; i < own.size(); ++i)
                predecessor_[own[i].row] = own[i - 1].row;
        }
    }

    using touch = detail::event<time_type>;

    constexpr std::span<touch const> touches_of(std::size_t row) const {
        if (customer_[row] == no_row)
            return {};
        return touches_.of(customer_[row]);
    }

    static constexpr bool before(touch const& t, time_type const& at) { return t.at < at; }
    static constexpr bool after(time_type const& at, touch const& t) { return at < t.at; }

    /// How many of the touchpoints are not after the conversion.
    static constexpr std::size_t converted_at(std::span<touch const> touches, time_type at) {
        return static_cast<std::size_t>(
            std::upper_bound(touches.begin(), touches.end(), at, after) - touches.begin());
    }

    static constexpr detail::visit<time_type> candidate(std::span<touch const> touches,
                                                        std::size_t i, std::size_t converted) {
        return {touches[i].at, touches[i].row, i < converted ? converted - i : 0};
    }

    template <class Policy>
    static constexpr void collect(Policy const& p, anchor_type const& about,
                                  std::span<touch const> touches,
                                  std::vector<detail::visit<time_type>>& eligible) {
        using step_type = step<anchor_type>;
        auto const window = detail::search_window(p, about);
        if (window.empty())
            return;
        auto const begin = touches.begin();
        auto const first = std::lower_bound(begin, touches.end(), window.from, before) - begin;
        auto const last =
            std::upper_bound(begin + first, touches.end(), window.until, after) - begin;
        auto const converted = converted_at(touches, about.at());
        for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
            auto const one = candidate(touches, i, converted);
            if constexpr (detail::only_window<Policy, step_type>)
                eligible.push_back(one);
            else if (p(step_type{about, one}))
                eligible.push_back(one);
        }
    }

    Conversions conversions_;
    Touchpoints touchpoints_;
    std::vector<std::size_t> customer_;     // of each conversion, or no_row
    std::vector<std::size_t> predecessor_;  // row of the same key's conversion before, or no_row
    detail::grouped_events<time_type> touches_;
};

/// Brings conversions and touchpoints of the same key together.
///
/// Shape:      m conversions, n touchpoints -> journeys.
/// Edges:      keys on one side only are fine. An empty std::optional key joins nothing. Text keys
///             of different types (std::string, std::string_view, literals) compare by characters.
/// Errors:     std::domain_error if a floating-point time is NaN.
/// Complexity: O(m + n) key look-ups (hashed if std::hash can, else O(log m) comparisons each), and
///             a sort of each customer's touchpoints unless they come in order of time.
template <class Conversions, class Touchpoints>
[[nodiscard]] constexpr auto join(Conversions const& conversions, Touchpoints const& touchpoints) {
    static_assert(detail::is_conversion_records<Conversions>,
                  "attribution: the first argument must be made by conversions(range, key, time, "
                  "value); are the two sides swapped?");
    static_assert(detail::is_touchpoint_records<Touchpoints>,
                  "attribution: the second argument must be made by touchpoints(range, key, time); "
                  "are the two sides swapped?");
    static_assert(same_time_line<typename Conversions::time_type, typename Touchpoints::time_type>,
                  "attribution: the times of conversions and touchpoints are not on one time line; "
                  "convert one of them in its projection");
    return journeys<Conversions, Touchpoints>{conversions, touchpoints};
}

}  // namespace attribution
