// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/memory/prefetch.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/values/project.hpp>

#include <range/v3/range/concepts.hpp>
#include <range/v3/view/interface.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>

namespace attribution::inline v0_1 {

/// Columns that lie side by side, seen as rows without copying a cell.
///
/// A random-access view; its rows are read by position with `column<I>`. Made by `columns`.
template <class... Cells>
class columns_view : public ranges::view_base, public std::ranges::view_base {
  public:
    /// One row: cheap to copy, valid as long as the columns are.
    class row {
      public:
        row() = default;
        constexpr row(columns_view const& table, std::size_t index)
            : cells_{table.columns_}, index_{index} {}

        template <std::size_t I>
        [[nodiscard]] constexpr auto const& get() const {
            return std::get<I>(cells_)[index_];
        }

      private:
        std::tuple<std::span<Cells const>...> cells_;
        std::size_t index_ = 0;
    };

    columns_view() = default;
    constexpr explicit columns_view(std::span<Cells const>... columns) : columns_{columns...} {
        if (((columns.size() != size()) || ...))
            throw std::invalid_argument{
                lengths("columns: the columns differ in length:", {columns.size()...})};
    }

    [[nodiscard]] constexpr std::size_t size() const { return std::get<0>(columns_).size(); }
    [[nodiscard]] constexpr row operator[](std::size_t index) const { return row{*this, index}; }
    [[nodiscard]] constexpr auto begin() const& { return iterator{*this, 0}; }
    [[nodiscard]] constexpr auto end() const& { return iterator{*this, size()}; }
    template <class Self = columns_view>
    constexpr void begin() const&& {
        detail::refuse_temporary<Self>();
    }
    template <class Self = columns_view>
    constexpr void end() const&& {
        detail::refuse_temporary<Self>();
    }

    /// Column `I` as a whole.
    template <std::size_t I>
    [[nodiscard]] constexpr auto cells() const {
        return std::get<I>(columns_);
    }

  private:
    using iterator = detail::index_iterator<columns_view>;

    static std::string lengths(std::string text, std::initializer_list<std::size_t> sizes) {
        for (auto const size : sizes)
            text += ' ' + std::to_string(size);
        return text;
    }

    std::tuple<std::span<Cells const>...> columns_;
};

/// Reads cell `I` of a row of columns: the projection to use with `columns`.
template <std::size_t I>
struct column_fn {
    template <class Row>
        requires requires(Row const& row) {
            row.template get<I>();
        }
    constexpr auto const& operator()(Row const& row) const { return row.template get<I>(); }
};
template <std::size_t I>
inline constexpr column_fn<I> column{};

template <std::size_t I>
inline constexpr bool detail::reads_in_place<column_fn<I>> = true;
template <std::size_t I>
inline constexpr bool detail::reads_elsewhere<column_fn<I>> = true;

/// Puts columns side by side, so that `touchpoints(columns(keys, times), column<0>, column<1>)`
/// reads them in place.
///
/// Shape:      contiguous ranges of one length n -> a view of n rows.
/// Edges:      the view borrows the columns; it must not outlive them.
/// Errors:     std::invalid_argument if the lengths differ: nothing is cut off silently.
/// Complexity: O(1), no allocation.
template <class... Columns>
    requires(sizeof...(Columns) > 0 && (ranges::contiguous_range<Columns> && ...))
[[nodiscard]] constexpr auto columns(Columns&&... columns) {
    static_assert(
        ((std::is_lvalue_reference_v<Columns> || std::ranges::borrowed_range<Columns>)&&...),
        "attribution: columns are borrowed, so a temporary container would dangle; give it "
        "a name and pass that");
    return columns_view<ranges::range_value_t<Columns>...>{
        std::span<ranges::range_value_t<Columns> const>{ranges::data(columns),
                                                        ranges::size(columns)}...};
}

}  // namespace attribution
