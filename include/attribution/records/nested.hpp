// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/records/linked.hpp>

#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>
#include <range/v3/range/traits.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

/// Are the elements of such a range there when the object that was the range is gone?
template <class Range>
inline constexpr bool
    outlives_its_range = std::is_lvalue_reference_v<Range> || std::ranges::borrowed_range<Range> ||
                         (is_view<Range> && !std::is_reference_v<ranges::range_reference_t<Range>>);

template <class Range, class Inner>
struct nested_fetch {
    static constexpr bool holds_data = is_view<Range>;

    rows<Range> all;
    [[no_unique_address]] Inner inner;

    using link_type = decltype(std::declval<rows<Range> const&>()[0]);
    using inner_type = std::invoke_result_t<Inner const&, link_type>;
    using record_type = ranges::range_reference_t<inner_type>;

    linked_record<record_type, link_type> operator()(std::size_t record, std::size_t link) const {
        decltype(auto) one = all[link];
        inner_type held = project(inner, one);
        return {ranges::begin(held)[static_cast<ranges::range_difference_t<inner_type>>(record)],
                all[link]};
    }
};

}  // namespace detail

/// The records that lie inside of others, one after another, each with what holds it: journeys that
/// arrive grouped, as nested JSON has them, a journey with its touchpoints inside.
///
/// Shape:      `auto const seen = nested(journeys, &journey::touches)`, then `touchpoints(seen,
///             of_link(&journey::id), of_record(&touch::at))` beside `conversions(journeys,
///             &journey::id, ...)`. In the order (row of the journey, place in it).
/// Edges:      a journey without touchpoints is fine. The inner range is read through a reference
///             or a view (a std::span), and has random access.
/// Errors:     a static_assert says what is wrong with an argument. Borrows a container, as
///             `touchpoints` does: journeys must neither grow nor lose touchpoints meanwhile.
/// Complexity: O(1) per journey and per touchpoint; keeps two numbers per touchpoint.
/// Example:    examples/recipes/grouped_journeys.cpp
template <class Range, class Inner>
[[nodiscard]] auto nested(Range&& range, Inner inner) {
    detail::check_range<Range>();
    static_assert(std::is_invocable_v<Inner const&, ranges::range_reference_t<Range>>,
                  "attribution: the second argument of nested() must read the inner records off an "
                  "outer one: a pointer to member or a callable");
    using fetch = detail::nested_fetch<Range, Inner>;
    using inner_type = typename fetch::inner_type;
    static_assert(ranges::random_access_range<inner_type> && ranges::sized_range<inner_type>,
                  "attribution: the inner records of nested() must be a range with random access");
    static_assert(
        detail::outlives_its_range<inner_type> &&
            (std::is_lvalue_reference_v<typename fetch::link_type> ||
             !std::is_lvalue_reference_v<inner_type>),
        "attribution: the inner records of nested() are borrowed, so a container that the "
        "projection makes on the fly would dangle; return a reference or a std::span");
    using pair = typename linked_records<fetch>::row_pair;
    detail::rows<Range> all{std::forward<Range>(range)};
    std::vector<pair> pairs;
    for (std::size_t link = 0; link < all.size(); ++link) {
        decltype(auto) one = all[link];
        inner_type held = detail::project(inner, one);
        auto const many = static_cast<std::size_t>(ranges::size(held));
        for (std::size_t record = 0; record < many; ++record)
            pairs.push_back({record, link});
    }
    return linked_records<fetch>{fetch{std::move(all), std::move(inner)}, std::move(pairs), {}};
}

}  // namespace attribution
