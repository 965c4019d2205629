// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/engine/join/eligible.hpp>
#include <attribution/engine/join/grouped_timelines.hpp>
#include <attribution/engine/join/sorted_timelines.hpp>
#include <attribution/engine/join/walking.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/path.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/parallel.hpp>
#include <attribution/policy/interval.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/sorted.hpp>
#include <attribution/records/touchpoints.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

template <class Records>
constexpr void check_times(Records const& records, char const* what) {
    if constexpr (std::floating_point<rep_of<typename Records::time_type>>)
        for (std::size_t row = 0; row < records.size(); ++row)
            (void)on_time_line(records.time(row), what, row);
}

}  // namespace detail

/// Conversions and the touchpoints of the same key, put in order once, for any number of models and
/// policies. Made by `join`.
///
/// Keeps the records' handles (cheap copies that borrow the user's containers). For records in any
/// order it also keeps one entry per touchpoint whose key may convert, and a few numbers per
/// conversion; for sorted records it keeps nothing else. Immutable, so that threads may share it.
template <class Conversions, class Touchpoints>
class journeys {
    static constexpr bool both_sorted =
        detail::is_sorted_records<Conversions> && detail::is_sorted_records<Touchpoints>;
    using timelines =
        std::conditional_t<both_sorted, detail::sorted_timelines<Conversions, Touchpoints>,
                           detail::grouped_timelines<Conversions, Touchpoints>>;
    using customer = typename timelines::customer;

  public:
    using anchor_type = anchor<Conversions, Touchpoints>;
    using time_type = typename anchor_type::time_type;
    using path_type = path<anchor_type>;
    using value_type = typename Conversions::value_type;

    constexpr journeys(Conversions conversions, Touchpoints touchpoints, std::size_t threads)
        : timelines_{checked(std::move(conversions), "join: the time of conversion row "),
                     checked(std::move(touchpoints), "join: the time of touchpoint row "),
                     threads} {}

    [[nodiscard]] constexpr Conversions const& conversions() const& noexcept {
        return timelines_.conversions();
    }
    [[nodiscard]] constexpr Conversions conversions() const&& { return timelines_.conversions(); }
    [[nodiscard]] constexpr Touchpoints const& touchpoints() const& noexcept {
        return timelines_.touchpoints();
    }
    [[nodiscard]] constexpr Touchpoints touchpoints() const&& { return timelines_.touchpoints(); }

    /// The conversion in `row`, as policies see it. Refers to these journeys.
    [[nodiscard]] constexpr anchor_type anchor_of(std::size_t row) const& {
        return {conversions(), touchpoints(), row, timelines_.previous(row)};
    }
    template <class Self = journeys>
    constexpr void anchor_of(std::size_t) const&& {
        detail::refuse_temporary<Self>();
    }

    /// Calls `visit` with all touchpoints of the key of the conversion in `row`, eligible or not,
    /// in the order (time, row).
    template <class Visit>
    constexpr void for_each_candidate(std::size_t row, Visit&& visit) const {
        auto const whose = timelines_.customer_of(row);
        auto const all = locate(whose, interval<time_type>::everything(), 0, 0);
        auto const converted = timelines_.first_after(
            whose, detail::conversion_time(conversions(), touchpoints(), row), all.first);
        for (auto position = all.first; position < all.last; ++position)
            visit(detail::visit_at(position, timelines_.touch(position), converted));
    }

    /// Calls `visit(path)` with the eligible path, possibly empty, of every conversion in the order
    /// of their rows.
    ///
    /// Complexity: per conversion O(log t) for its key's t touchpoints, and one test for each that
    ///             lies in the policy's window.
    template <policy Policy, class Visit>
    constexpr void for_each_path(Policy const& p, Visit&& visit) const {
        for_each_path(detail::visiting::by_row, p, 0, conversions().size(),
                      std::forward<Visit>(visit));
    }

    /// The same for the conversions at the positions [first, last) of an order.
    template <policy Policy, class Visit>
    constexpr void for_each_path(detail::visiting order, Policy const& p, std::size_t first,
                                 std::size_t last, Visit&& visit) const {
        detail::workspace<time_type> space;
        eligible_place place;
        for_each_window(order, p, first, last, [&](candidates const& one) {
            auto const conversion = about(one);
            visit(path_type{conversion, eligible(p, conversion, one, place), space});
        });
    }

    /// A conversion, and the touchpoints of its customer that lie in the policy's window.
    struct candidates {
        std::size_t row = 0;
        time_type at = detail::first_instant<time_type>();
        detail::previous_time<time_type> previous{};
        customer whose{};
        detail::stretch within{};
        bool until_conversion = false;  // does the window end at the conversion?
    };

    /// Calls `visit(candidates)` for the conversions at the positions [first, last) of an order.
    template <policy Policy, class Visit>
    constexpr void for_each_window(detail::visiting order, Policy const& p, std::size_t first,
                                   std::size_t last, Visit&& visit) const {
        detail::stretch found;
        timelines_.for_each_conversion(
            order, first, last,
            [&](std::size_t row, time_type const& at,
                detail::previous_time<time_type> const& previous, customer const& whose) {
                auto const within = window(p, row, at, previous);
                found = within.empty() ? detail::stretch{found.first, found.first}
                                       : locate(whose, within, found.first, found.last);
                visit(candidates{row, at, previous, whose, found, within.until == at});
            });
    }

    /// Calls `visit(candidates)` for every conversion in the order of their rows: all touchpoints of its
    /// customer, eligible or not.
    template <class Visit>
    constexpr void for_each_time_line(Visit&& visit) const {
        constexpr auto unlimited = interval<time_type>::everything();
        detail::stretch all;
        timelines_.for_each_conversion(
            detail::visiting::by_row, 0, conversions().size(),
            [&](std::size_t row, time_type const& at,
                detail::previous_time<time_type> const& previous, customer const& whose) {
                if (all.empty() || !timelines_.holds(whose, all.first, unlimited)) {
                    auto const hint = in_memory_order ? all.last : 0;
                    all.first = timelines_.first_from(whose, unlimited.from, hint);
                    all.last = timelines_.first_after(whose, unlimited.until, all.first);
                }
                visit(candidates{row, at, previous, whose, all});
            });
    }

    /// The positions of the customer's first touchpoint not before an instant, and after it. The search
    /// begins at `hint`, a position of the customer's.
    [[nodiscard]] constexpr std::size_t first_from(candidates const& one, time_type const& at,
                                                   std::size_t hint) const {
        return timelines_.first_from(one.whose, at, hint);
    }
    [[nodiscard]] constexpr std::size_t first_after(candidates const& one, time_type const& at,
                                                    std::size_t hint) const {
        return timelines_.first_after(one.whose, at, hint);
    }

    /// The conversion of these candidates, as policies see it.
    [[nodiscard]] constexpr anchor_type about(candidates const& one) const& {
        return {conversions(), touchpoints(), one.row, one.at, one.previous.get()};
    }

    /// Where the eligible touchpoints of one conversion after another are kept.
    using eligible_place = detail::row_of<detail::visit<time_type>>;

    /// Those of the candidates that the policy admits, kept in `place`.
    template <class Policy>
    [[nodiscard]] ATTRIBUTION_INLINE constexpr std::span<detail::visit<time_type> const>
    eligible(Policy const& p, anchor_type const& conversion, candidates const& one,
             eligible_place& place) const {
        if (one.within.empty())
            return {};
        auto const converted = one.until_conversion
                                   ? one.within.last
                                   : timelines_.first_after(one.whose, one.at, one.within.last);
        return detail::eligible_among(
            p, conversion, one.within, converted,
            [&](std::size_t position) { return timelines_.touch(position); }, place);
    }

    /// For a policy that is nothing but a window: calls `visit(row of the conversion, stretch)` with
    /// the touchpoints in that window.
    template <policy Policy, class Visit>
    constexpr void for_each_stretch(detail::visiting order, Policy const& p, std::size_t first,
                                    std::size_t last, Visit&& visit) const {
        static_assert(detail::only_window<Policy, step<anchor_type>>);
        for_each_window(order, p, first, last,
                        [&](candidates const& one) { visit(one.row, one.within); });
    }

    /// The same, but of the touchpoints in the window only the one at that end.
    template <path_end End, policy Policy, class Visit>
    constexpr void for_each_end(detail::visiting order, Policy const& p, std::size_t first,
                                std::size_t last, Visit&& visit) const {
        static_assert(detail::only_window<Policy, step<anchor_type>>);
        std::size_t position = 0;
        timelines_.for_each_conversion(
            order, first, last,
            [&](std::size_t row, time_type const& at,
                detail::previous_time<time_type> const& previous, customer const& whose) {
                auto const within = window(p, row, at, previous);
                if (!within.empty())
                    position = End == path_end::first
                                   ? timelines_.first_from(whose, within.from, position)
                                   : timelines_.first_after(whose, within.until, position);
                auto const found = End == path_end::first ? position : position - 1;
                visit(row, detail::stretch{found, found + timelines_.holds(whose, found, within)});
            });
    }

    /// Do conversions and touchpoints lie in memory in the order in which they are visited?
    static constexpr bool in_memory_order = timelines::in_memory_order;

    /// The touchpoint at a position of a stretch, its time and its row.
    [[nodiscard]] constexpr detail::event<time_type> touch(std::size_t position) const {
        return timelines_.touch(position);
    }
    [[nodiscard]] constexpr time_type time_at(std::size_t position) const {
        return timelines_.touch(position).at;
    }
    [[nodiscard]] constexpr std::size_t row_at(std::size_t position) const {
        return timelines_.touch(position).row;
    }

  private:
    template <class Records>
    static constexpr Records checked(Records records, char const* what) {
        detail::check_times(records, what);
        return records;
    }

    template <class Policy>
    constexpr interval<time_type> window(Policy const& p, std::size_t row, time_type const& at,
                                         detail::previous_time<time_type> const& previous) const {
        anchor_type const conversion{conversions(), touchpoints(), row, at, previous.get()};
        return detail::search_window(p, conversion);
    }

    /// The windows of a customer's conversions mostly move forward, so each search begins where the
    /// one before ended. The window is not empty.
    ATTRIBUTION_INLINE constexpr detail::stretch locate(customer const& whose,
                                                        interval<time_type> const& window,
                                                        std::size_t first_hint,
                                                        std::size_t last_hint) const {
        auto const first = timelines_.first_from(whose, window.from, first_hint);
        auto const hint = std::max(first, last_hint);
        if constexpr (in_memory_order)
            return {first, timelines_.first_after(whose, window.until, hint, first)};
        else
            return {first, std::max(first, timelines_.first_after(whose, window.until, hint))};
    }

    timelines timelines_;
};

struct join_fn {
    /// Brings conversions and touchpoints of the same key together.
    ///
    /// Shape:      m conversions, n touchpoints -> journeys.
    /// Edges:      keys on one side only are fine. A missing key joins nothing. Text keys of
    ///             different types (std::string, std::string_view, literals) compare by characters,
    ///             numbers of different types by their values. Number types without a common type
    ///             that holds all their values do not compile. Times of different clocks or number
    ///             types compare as the instants they are. Times outside the range of the common
    ///             clock come before or after all others, in their own order.
    /// Errors:     std::domain_error, naming the row, if a floating-point time is NaN, or if a time
    ///             cannot be told from the times outside of that range.
    /// Complexity: O(1) if both are `sorted`. Otherwise O(m + n), and a sort of each customer's
    ///             touchpoints unless they come in order of time. Integral keys that lie close
    ///             together (no more values between the lowest and the highest than records) number
    ///             the customers; other keys are looked up (hashed if std::hash can, else O(log m)
    ///             comparisons each).
    template <class Conversions, class Touchpoints>
    [[nodiscard]] constexpr auto operator()(parallel how, Conversions const& conversions,
                                            Touchpoints const& touchpoints) const {
        static_assert(detail::is_conversion_records<Conversions>,
                      "attribution: the first argument must be made by conversions(range, key, "
                      "time, value); are the two sides swapped?");
        static_assert(detail::is_touchpoint_records<Touchpoints>,
                      "attribution: the second argument must be made by touchpoints(range, key, "
                      "time); are the two sides swapped?");
        static_assert(
            same_time_line<typename Conversions::time_type, typename Touchpoints::time_type>,
            "attribution: the times of conversions and touchpoints are not on one time line; "
            "convert one of them in its projection");
        return journeys<Conversions, Touchpoints>{conversions, touchpoints, how.threads()};
    }

    /// As above, on one thread.
    template <class Conversions, class Touchpoints>
    [[nodiscard]] constexpr auto operator()(Conversions const& conversions,
                                            Touchpoints const& touchpoints) const {
        return (*this)(parallel{1}, conversions, touchpoints);
    }
};

/// Brings conversions and touchpoints of the same key together, once for many models and policies;
/// see `join_fn`.
inline constexpr join_fn join{};

}  // namespace attribution
