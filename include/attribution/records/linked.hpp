// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/values/project.hpp>

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

/// A record, and what leads to it: a visit and the role in which its visitor takes part in a deal
/// (`bridged`), a touchpoint and the journey that holds it (`nested`). Both are references into the
/// user's data, or values where a range makes its elements on the fly.
template <class Record, class Link>
struct linked_record {
    Record record;
    Link link;
};

namespace detail {

/// What a projection reads off a part of a linked record: a reference only if the part is one, into the
/// user's data.
template <class Part, class Projection>
constexpr decltype(auto) read_part(Projection const& projection, Part const& part) {
    if constexpr (std::is_lvalue_reference_v<Part>)
        return std::invoke(projection, part);
    else
        return std::decay_t<std::invoke_result_t<Projection const&, Part const&>>(
            std::invoke(projection, part));
}

}  // namespace detail

/// Reads off the record of a linked record; made by `of_record`.
template <class Projection>
struct record_projection {
    [[no_unique_address]] Projection projection;

    template <class Record, class Link>
        requires std::is_invocable_v<Projection const&, Record const&>
    constexpr decltype(auto) operator()(linked_record<Record, Link> const& one) const {
        return detail::read_part<Record>(projection, one.record);
    }
};

/// Reads off the link of a linked record; made by `of_link`.
template <class Projection>
struct link_projection {
    [[no_unique_address]] Projection projection;

    template <class Record, class Link>
        requires std::is_invocable_v<Projection const&, Link const&>
    constexpr decltype(auto) operator()(linked_record<Record, Link> const& one) const {
        return detail::read_part<Link>(projection, one.link);
    }
};

/// A linked record is gone soon, but what it refers to stays: text need not be copied.
template <class Projection>
inline constexpr bool detail::reads_elsewhere<record_projection<Projection>> = true;
template <class Projection>
inline constexpr bool detail::reads_elsewhere<link_projection<Projection>> = true;

/// A projection of records as one of linked records: `by(of_record(&visit::channel))`.
///
/// Edges:      what it reads off a record in the user's data is a reference where the projection
///             gives one; off a record that a range makes on the fly, a value.
template <class Projection>
[[nodiscard]] constexpr auto of_record(Projection projection) {
    return record_projection<Projection>{std::move(projection)};
}

/// A projection of links as one of linked records: `where(of_link(&role::title), "buyer")`.
template <class Projection>
[[nodiscard]] constexpr auto of_link(Projection projection) {
    return link_projection<Projection>{std::move(projection)};
}

/// Linked records. A random-access view, for `touchpoints` or `conversions`; made by `bridged` and
/// `nested`.
template <class Fetch>
class linked_records : public ranges::view_base, public std::ranges::view_base {
    using reference = std::invoke_result_t<Fetch const&, std::size_t, std::size_t>;

  public:
    struct row_pair {
        std::size_t record;
        std::size_t link;
    };

    linked_records(Fetch fetch, std::vector<row_pair> pairs, std::vector<std::size_t> unlinked)
        : fetch_{std::move(fetch)}, rows_{std::make_shared<rows const>(
                                        rows{std::move(pairs), std::move(unlinked)})} {}

    [[nodiscard]] std::size_t size() const { return rows_->pairs.size(); }
    [[nodiscard]] reference operator[](std::size_t row) const& {
        auto const& pair = rows_->pairs[row];
        return fetch_(pair.record, pair.link);
    }
    /// A temporary whose data may go with it returns copies.
    [[nodiscard]] auto operator[](std::size_t row) const&& {
        auto const& pair = rows_->pairs[row];
        if constexpr (Fetch::holds_data)
            return copy(fetch_(pair.record, pair.link));
        else
            return fetch_(pair.record, pair.link);
    }
    [[nodiscard]] auto begin() const& { return iterator{*this, 0}; }
    [[nodiscard]] auto end() const& { return iterator{*this, size()}; }
    template <class Self = linked_records>
    void begin() const&& {
        detail::refuse_temporary<Self>();
    }
    template <class Self = linked_records>
    void end() const&& {
        detail::refuse_temporary<Self>();
    }

    /// The row of the record, in the range that was given or, of nested records, within its link.
    [[nodiscard]] std::size_t record_row(std::size_t row) const { return rows_->pairs[row].record; }
    /// The row of the link in the range that was given.
    [[nodiscard]] std::size_t link_row(std::size_t row) const { return rows_->pairs[row].link; }

    /// The rows of the records that no link leads to, ascending; of nested records there are none.
    /// They stay as long as a copy of this view does.
    [[nodiscard]] std::span<std::size_t const> unlinked() const& { return rows_->unlinked; }
    [[nodiscard]] std::vector<std::size_t> unlinked() && { return rows_->unlinked; }

  private:
    using iterator = detail::index_iterator<linked_records>;
    struct rows {
        std::vector<row_pair> pairs;
        std::vector<std::size_t> unlinked;
    };

    template <class Record, class Link>
    static auto copy(linked_record<Record, Link> const& one) {
        return linked_record<std::remove_cvref_t<Record>, std::remove_cvref_t<Link>>{one.record,
                                                                                     one.link};
    }

    Fetch fetch_;
    std::shared_ptr<rows const> rows_;
};

}  // namespace attribution
