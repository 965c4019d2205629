// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/same_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/outcome.hpp>
#include <attribution/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// A row of a table of windows: what a touchpoint has to be, then how long before its conversion it
/// counts. An empty key fits everything.
template <class Length, class... Keys>
using lookback_row = std::tuple<std::optional<Keys>..., Length>;

template <class Row, class... Projections>
class lookback_by_policy : public policy_tag {
    static constexpr std::size_t keys = sizeof...(Projections);

  public:
    static constexpr bool window_ends = true;

    lookback_by_policy(std::vector<Row> table, Projections... projections)
        : table_{std::make_shared<std::vector<Row> const>(std::move(table))},
          projections_{std::move(projections)...}, longest_{longest_of(*table_)} {}

    [[nodiscard]] static constexpr std::string_view name() { return "lookback by table"; }
    [[nodiscard]] auto made_of() const {
        return std::tuple_cat(std::tuple{name(), *table_}, projections_);
    }

    template <class Step>
    bool operator()(Step const& s) const {
        auto const row = row_of(s);
        return row < table_->size() && reaches(row, s);
    }
    template <class Anchor>
    auto window(Anchor const& about) const {
        return longest_.window(about);
    }
    template <class Time>
    Time earliest(Time const& at) const {
        return longest_.earliest(at);
    }

    /// The longest window, that of each row, and whether any row fits.
    template <class Visit>
    void for_each_part(Visit&& visit) const {
        visit(named(std::string_view{"lookback table"}, longest_));
        for (std::size_t row = 0; row < table_->size(); ++row)
            visit(window_of_row{*this, row});
        visit(some_row{*this});
    }

  private:
    using length_type = std::tuple_element_t<keys, Row>;

    struct window_of_row : policy_tag {
        static constexpr outcome refusal = outcome::before_window;
        lookback_by_policy const* all;
        std::size_t row;

        window_of_row(lookback_by_policy const& of, std::size_t number) : all{&of}, row{number} {}
        [[nodiscard]] std::string name() const {
            return "row " + std::to_string(row + 1) + " of the lookback table";
        }
        template <class Step>
        bool operator()(Step const& s) const {
            return all->row_of(s) != row || all->reaches(row, s);
        }
    };
    struct some_row : policy_tag {
        lookback_by_policy const* all;

        explicit some_row(lookback_by_policy const& of) : all{&of} {}
        [[nodiscard]] static constexpr std::string_view name() {
            return "the lookback table: no row fits";
        }
        template <class Step>
        bool operator()(Step const& s) const {
            return all->row_of(s) < all->table_->size();
        }
    };

    template <class Step>
    [[nodiscard]] bool reaches(std::size_t row, Step const& s) const {
        return lookback(std::get<keys>((*table_)[row])).window(s.about()).contains(s.at());
    }

    /// The first one that fits; the number of rows if none does.
    template <class Step>
    [[nodiscard]] std::size_t row_of(Step const& s) const {
        decltype(auto) touchpoint = s.touchpoint();
        auto const fits = [&](Row const& row) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return (cell_fits<I>(row, touchpoint) && ...);
            }
            (std::make_index_sequence<keys>{});
        };
        return static_cast<std::size_t>(std::find_if(table_->begin(), table_->end(), fits) -
                                        table_->begin());
    }
    template <std::size_t I, class Touchpoint>
    [[nodiscard]] bool cell_fits(Row const& row, Touchpoint const& touchpoint) const {
        auto const& wanted = std::get<I>(row);
        if constexpr (detail::may_be_empty<std::remove_cvref_t<decltype(wanted)>>)
            return !wanted.has_value() ||
                   detail::same_value(detail::project(std::get<I>(projections_), touchpoint),
                                      *wanted);
        else
            return detail::same_value(detail::project(std::get<I>(projections_), touchpoint),
                                      wanted);
    }

    /// Does the earlier row fit whatever the later one fits?
    template <std::size_t I>
    [[nodiscard]] static bool hides_cell(Row const& earlier, Row const& later) {
        auto const& one = std::get<I>(earlier);
        auto const& other = std::get<I>(later);
        if constexpr (detail::may_be_empty<std::remove_cvref_t<decltype(one)>>)
            return !one.has_value() || (other.has_value() && detail::same_value(*one, *other));
        else
            return detail::same_value(one, other);
    }

    static auto longest_of(std::vector<Row> const& table) {
        if (table.empty())
            throw std::invalid_argument{"lookback_by: the table is empty, so that nothing would "
                                        "count; was the configuration read?"};
        auto longest = length_type{};
        for (std::size_t row = 0; row < table.size(); ++row) {
            auto const& length = std::get<keys>(table[row]);
            if (!(length >= length_type{}))
                throw std::invalid_argument{"lookback_by: the length in row " +
                                            std::to_string(row + 1) + " must not be negative"};
            longest = std::max(longest, length);
            for (std::size_t earlier = 0; earlier < row; ++earlier)
                if ([&]<std::size_t... I>(std::index_sequence<I...>) {
                        return (hides_cell<I>(table[earlier], table[row]) && ...);
                    }(std::make_index_sequence<keys>{}))
                    throw std::invalid_argument{
                        "lookback_by: row " + std::to_string(row + 1) +
                        " is never reached, because row " + std::to_string(earlier + 1) +
                        " fits whatever it fits; put it before that one, or remove it"};
        }
        return lookback(longest);
    }

    std::shared_ptr<std::vector<Row> const> table_;
    [[no_unique_address]] std::tuple<Projections...> projections_;
    decltype(lookback(std::declval<length_type>())) longest_;
};

/// Admits touchpoints by a lookback that depends on what they are, read from a table: a window for
/// each kind of touch, method of identification and channel, say.
///
/// Shape:      rows, each a std::tuple of one key for each projection and then a length (see
///             `lookback_row`); projections of a touchpoint, in the order of the keys. The table is
///             copied once, and shared by the copies of the policy.
/// Units:      the length is that of `lookback`: a chrono duration, or a number if times are
///             numbers.
/// Edges:      the first row that fits decides, so that the special ones come first; an empty
///             std::optional fits everything. A touchpoint that no row fits is refused. Windows are
///             closed at both ends, as those of `lookback`. A missing value of a touchpoint fits
///             empty keys only. Text literals as keys are not copied.
///             `explain` names the row. A stream keeps touchpoints for the longest window.
/// Errors:     std::invalid_argument if the table has no rows, a length is negative, or a row can
///             never be reached because an earlier one fits whatever it fits.
/// Complexity: O(rows) for each touchpoint within the longest window.
/// Source:     the configurable windows of mobile measurement partners, see the recipe.
/// Example:    examples/recipes/window_matrix.cpp
template <class Row, class... Projections>
[[nodiscard]] auto lookback_by(std::vector<Row> table, Projections... projections) {
    static_assert(
        std::tuple_size_v<Row> == sizeof...(Projections) + 1,
        "attribution: a row for lookback_by() has a key for each projection, and then a length");
    return lookback_by_policy<Row, Projections...>{std::move(table), std::move(projections)...};
}

}  // namespace attribution
