// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>

#include <range/v3/range/concepts.hpp>
#include <range/v3/view/interface.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// The records of a range without those that repeat an id. A random-access view; made by
/// `without_repeats`.
template <class Range>
class distinct_records : public ranges::view_base, public std::ranges::view_base {
    using reference = decltype(std::declval<detail::rows<Range> const&>()[0]);

  public:
    distinct_records(detail::rows<Range> all, std::vector<std::size_t> kept,
                     std::vector<std::size_t> repeated)
        : all_{std::move(all)}, rows_{std::make_shared<rows const>(
                                    rows{std::move(kept), std::move(repeated)})} {}

    [[nodiscard]] std::size_t size() const { return rows_->kept.size(); }
    [[nodiscard]] decltype(auto) operator[](std::size_t row) const& {
        return all_[rows_->kept[row]];
    }
    /// A temporary whose view holds its records itself returns a copy.
    [[nodiscard]] auto operator[](std::size_t row) const&& -> std::conditional_t<
        detail::is_view<Range>, std::remove_cvref_t<reference>, reference> {
        return all_[rows_->kept[row]];
    }
    [[nodiscard]] auto begin() const& { return iterator{*this, 0}; }
    [[nodiscard]] auto end() const& { return iterator{*this, size()}; }
    template <class Self = distinct_records>
    void begin() const&& {
        detail::refuse_temporary<Self>();
    }
    template <class Self = distinct_records>
    void end() const&& {
        detail::refuse_temporary<Self>();
    }

    /// The row of a record in the range that this view was made from.
    [[nodiscard]] std::size_t original_row(std::size_t row) const { return rows_->kept[row]; }

    /// The rows of that range that were left out, ascending. They stay as long as a copy of this
    /// view does.
    [[nodiscard]] std::span<std::size_t const> repeated() const& { return rows_->repeated; }
    [[nodiscard]] std::vector<std::size_t> repeated() && { return rows_->repeated; }

  private:
    using iterator = detail::index_iterator<distinct_records>;
    struct rows {
        std::vector<std::size_t> kept;
        std::vector<std::size_t> repeated;
    };

    detail::rows<Range> all_;
    std::shared_ptr<rows const> rows_;
};

/// Leaves out every record that repeats the id of an earlier row. An order that is sent again, as
/// when its thank-you page is opened twice, is one order.
///
/// Shape:      `auto const book = without_repeats(raw, &order::id)`, then `conversions(book, ...)`
///             or `touchpoints(book, ...)`. Credits name rows of the new range, which returns
///             the user's records; `repeated()` says what was left out.
/// Edges:      the first row of each id stays, whatever its time. A record whose id is missing
///             repeats nothing. Text is compared by its characters. To find repeats without leaving
///             them out, see `unique`; in a stream, see `live`.
/// Errors:     a static_assert says what is wrong with an argument. Borrows a container, as
///             `conversions` does.
/// Complexity: a look-up per record; keeps each id while it is made, then a number per record.
/// Example:    examples/recipes/orders_sent_again.cpp
template <class Range, class Id>
[[nodiscard]] auto without_repeats(Range&& range, Id id) {
    detail::check_range<Range>();
    static_assert(std::is_invocable_v<Id const&, ranges::range_reference_t<Range>>,
                  "attribution: the second argument must read an id off a record: a pointer to "
                  "member or a callable");
    using id_type = detail::value_type_in<detail::projected<Id, Range>>;
    detail::rows<Range> all{std::forward<Range>(range)};
    detail::interner<detail::stored_for<id_type>, detail::probe_for<id_type>> seen;
    std::vector<std::size_t> kept;
    std::vector<std::size_t> repeated;
    kept.reserve(all.size());
    for (std::size_t row = 0; row < all.size(); ++row) {
        decltype(auto) own = detail::project(id, all[row]);
        auto const known = seen.size();
        if (detail::is_missing(own) || seen(detail::value_in(own)) == known)
            kept.push_back(row);
        else
            repeated.push_back(row);
    }
    return distinct_records<Range>{std::move(all), std::move(kept), std::move(repeated)};
}

}  // namespace attribution
