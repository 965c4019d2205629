// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/report/currencies.hpp>
#include <attribution/engine/report/sorted_rows.hpp>
#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/message.hpp>
#include <attribution/report/report.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Adds up credits by group, for several models side by side. A commutative monoid.
///
/// Errors:     if anything is thrown while a credit is added or a tally is merged, by a projection
///             or because memory ran out, the tally is unchanged.
template <class Conversions, class Touchpoints, std::size_t Models, class... Dimensions>
class grouped_tally {
  public:
    using amount_type = typename Conversions::value_type;
    using cell_type = cell<amount_type>;
    using key_tuple = std::tuple<typename Dimensions::key...>;
    using value_tuple = std::tuple<typename Dimensions::value...>;  // of attributed groups
    using key_type = std::conditional_t<sizeof...(Dimensions) == 1,
                                        std::tuple_element_t<0, key_tuple>, key_tuple>;
    using currency = currency_place<Dimensions...>;
    using row_type = std::conditional_t<
        Models == 1, report_row<key_type, amount_type, cell_type, currency>,
        comparison_row<key_type, amount_type, (Models > 1 ? Models : 2), cell_type, currency>>;

    constexpr grouped_tally(Conversions c, Touchpoints t, Dimensions... dimensions)
        : conversions_{std::move(c)}, touchpoints_{std::move(t)}, dimensions_{
                                                                      std::move(dimensions)...} {
        if constexpr (places_are_ids)
            make_room(0);
        else if constexpr (always_unattributed)
            (void)group(unattributed_group());  // has place 0
    }

    /// Adds a credit that the model with that number gave.
    ///
    /// Errors:     std::out_of_range if the records have no such rows.
    constexpr void operator()(credit<amount_type> const& earned, std::size_t model = 0) {
        check(earned);
        add(place_of(earned.conversion, earned.touchpoint), portion{earned.amount, earned.share},
            model);
    }

    /// Can this credit be added? Errors: as for adding it.
    constexpr void check(credit<amount_type> const& earned) const {
        check_row(earned.conversion, conversions_.size(), "conversion");
        if (earned.attributed())
            check_row(earned.touchpoint, touchpoints_.size(), "touchpoint");
        tally<amount_type>::check(earned);
    }

    using portion = typename tally<amount_type>::portion;

    /// Does the group of a credit depend only on its touchpoint?
    static constexpr bool by_touchpoint = (Dimensions::of_touchpoints && ...);

    /// Is the place of a touchpoint's credits read from a table?
    static constexpr bool finds_places_at_once =
        sizeof...(Dimensions) == 1 && (Dimensions::has_table && ...);

    /// The place where credits of a conversion and a touchpoint (or `no_row`) are added up.
    ATTRIBUTION_INLINE constexpr std::size_t place_of(std::size_t conversion,
                                                      std::size_t touchpoint) {
        if constexpr (always_unattributed)
            if (touchpoint == no_row)
                return 0;
        return group(ids_of(conversion, touchpoint, std::index_sequence_for<Dimensions...>{}));
    }

    /// Announces that the place of a touchpoint's credits will be asked for soon.
    constexpr void prefetch(std::size_t touchpoint) const {
        prefetch(touchpoint, std::index_sequence_for<Dimensions...>{});
    }

    /// Adds a prepared amount and share, or the sum of many, at their place.
    ATTRIBUTION_INLINE constexpr void add(std::size_t place, portion const& one,
                                          std::size_t model) {
        cells_[place][model].add(one);
    }
    ATTRIBUTION_INLINE constexpr void add(std::size_t place, portion_sum const& sum,
                                          std::size_t model) {
        cells_[place][model].add(sum);
    }
    /// Adds the same for every model.
    ATTRIBUTION_INLINE constexpr void add_of_all(std::size_t place, portion const& one) {
        for (auto& own : cells_[place])
            own.add(one);
    }

    /// Adds what another tally of the same grouping, over the same or other records, has added up.
    constexpr void merge(grouped_tally const& other) {
        buffer<std::size_t> places;
        places.reserve(other.cells_.size());
        for (std::size_t i = 0, groups = other.cells_.size(); i < groups; ++i)
            places.push_back(place_of(other, i));
        for (std::size_t i = 0; i < places.size(); ++i)
            prepare_merge_cells(places[i], other.cells_[i]);
        for (std::size_t i = 0; i < places.size(); ++i)
            merge_cells(places[i], other.cells_[i]);
    }

    using cells_type = std::array<tally<amount_type>, Models>;

    /// The groups whose places were asked for have the places 0 .. places() - 1.
    [[nodiscard]] constexpr std::size_t places() const { return cells_.size(); }
    [[nodiscard]] constexpr key_type key(std::size_t place) const {
        return key(groups_[place], std::index_sequence_for<Dimensions...>{});
    }
    [[nodiscard]] constexpr key_tuple keys(std::size_t place) const {
        return keys(groups_[place], std::index_sequence_for<Dimensions...>{});
    }
    [[nodiscard]] constexpr bool attributed(std::size_t place) const {
        return groups_[place].back() != 0;
    }
    /// The place here of the group that has this place in another tally of the same grouping.
    constexpr std::size_t place_of(grouped_tally const& other, std::size_t place) {
        return group(
            translated(other, other.groups_[place], std::index_sequence_for<Dimensions...>{}));
    }
    /// The place of the group with these key values.
    constexpr std::size_t place_of(key_tuple const& key, bool attributed) {
        return group(std::apply(
            [&](auto&... dimension) {
                return std::apply(
                    [&](auto const&... value) {
                        return group_ids{dimension.number(value, room_for_ids{this})...,
                                         std::size_t{attributed}};
                    },
                    key);
            },
            dimensions_));
    }

    /// Calls `visit(key values as a tuple, attributed, tallies by model)` for every group.
    template <class Visit>
    constexpr void for_each_group(Visit visit) const {
        for (std::size_t i = 0; i < cells_.size(); ++i)
            if (is_row(i))
                visit(keys(i), attributed(i), cells_[i]);
    }

    /// Can a tally of this grouping have such a group? The group must have credits, and values of
    /// touchpoints exactly if these credits have touchpoints.
    static constexpr bool has_group(key_tuple const& key, bool attributed,
                                    cells_type const& cells) {
        bool const keyed = std::apply(
            [&](auto const&... value) { return (fits<Dimensions>(value, attributed) && ...); },
            key);
        return keyed && ((always_unattributed && !attributed) || any_credits(cells));
    }

    /// Without a dimension of conversions the unattributed group is always there, even if it is
    /// empty.
    static constexpr bool always_unattributed = (!Dimensions::of_conversions && ...);

    /// Adds the groups of another tally of the same grouping: a range of (key values as a tuple,
    /// attributed, tallies by model).
    template <class Groups>
    constexpr void merge_groups(Groups const& groups) {
        buffer<std::size_t> places;
        for (auto const& [key, attributed, added] : groups)
            places.push_back(place_of(key, attributed));
        std::size_t next = 0;
        for (auto const& [key, attributed, added] : groups)
            prepare_merge_cells(places[next++], added);
        next = 0;
        for (auto const& [key, attributed, added] : groups)
            merge_cells(places[next++], added);
    }

    [[nodiscard]] constexpr report<row_type> finish() const {
        finished_rows made{this, {}};
        for (std::size_t i = 0; i < cells_.size(); ++i)
            if (is_row(i))
                made.places.push_back(i);
        std::vector<row_type> rows(index_iterator{made, 0},
                                   index_iterator{made, made.places.size()});
        return report<row_type>{detail::sorted_rows(std::move(rows), [](row_type const& a,
                                                                        row_type const& b) {
            return a.attributed != b.attributed ? a.attributed : detail::comes_before(a.key, b.key);
        })};
    }

  private:
    /// The rows of a report. A std::vector that is made of a range with a size compiles less than one to
    /// which rows are added.
    struct finished_rows {
        grouped_tally const* tallied;
        buffer<std::size_t> places;

        constexpr row_type operator[](std::size_t i) const {
            auto const place = places[i];
            std::array<cell<amount_type>, Models> cells{};
            for (std::size_t model = 0; model < Models; ++model)
                cells[model] = tallied->cells_[place][model].finish();
            return row_type{tallied->key(place), tallied->attributed(place), cells};
        }
    };

    static constexpr void check_row(std::size_t row, std::size_t rows, char const* what) {
        if (row >= rows)
            throw std::out_of_range{
                message({"by: a credit is of ", what, " row ", row, ", and there are ", rows,
                         "; add up credits with the records that they name"})};
    }

    using group_ids = std::array<std::size_t, sizeof...(Dimensions) + 1>;

    static constexpr group_ids unattributed_group() {
        group_ids ids{};
        for (auto& id : ids)
            id = no_row;
        ids.back() = 0;
        return ids;
    }

    // With a single dimension, of touchpoints, the place of a group is 1 + the id of its value, which is 0
    // for the unattributed group.
    static constexpr bool places_are_ids = sizeof...(Dimensions) == 1 && always_unattributed;

    /// These groups, of which nothing needs to be kept.
    struct groups_of_ids {
        constexpr group_ids operator[](std::size_t place) const {
            return {place - 1, std::size_t{place != 0}};
        }
    };

    // Otherwise the groups of the first few values of each dimension are found in a table.
    static constexpr std::size_t table_bits = 12;
    static constexpr std::size_t bits_of_each = (table_bits - 1) / sizeof...(Dimensions);
    static constexpr std::size_t outside = std::size_t{1} << table_bits;

    static constexpr std::size_t place_in_table(group_ids const& ids) {
        std::size_t place = ids.back();
        std::size_t beyond = 0;
        for (std::size_t i = 0; i < sizeof...(Dimensions); ++i) {
            auto const id = ids[i] + 1;  // 0 for no_row
            beyond |= id >> bits_of_each;
            place |= id << (1 + i * bits_of_each);
        }
        return beyond == 0 ? place : outside;
    }

    ATTRIBUTION_INLINE constexpr std::size_t group(group_ids const& ids) {
        if constexpr (places_are_ids) {
            return ids.front() + 1;  // made when the id was new
        } else {
            auto const place = place_in_table(ids);
            if (std::is_constant_evaluated() || place == outside)
                return numbered_group(ids);
            if (table_[place] != 0)
                return std::size_t{table_[place]} - 1;
            auto const number = numbered_group(ids);
            if (number < 0xffff)
                table_[place] = static_cast<std::uint16_t>(number + 1);
            return number;
        }
    }

    /// Each is assigned: at compile time, g++ 12 makes cells that are not only where they are read, and
    /// takes them for the result of that.
    static constexpr cells_type no_credits() {
        cells_type none;
        for (auto& one : none)
            one = tally<amount_type>::from_sum({}, 0);
        return none;
    }

    ATTRIBUTION_OUT_OF_LINE constexpr std::size_t numbered_group(group_ids ids) {
        auto const place = groups_(ids);
        make_room(place);
        return place;
    }
    // More than one is new if memory ran out before.
    constexpr void make_room(std::size_t place) {
        while (cells_.size() <= place)
            cells_.push_back(no_credits());
    }

    /// Where places are ids, makes room for the place of a new one.
    struct room_for_ids {
        grouped_tally* tally;

        constexpr void operator()([[maybe_unused]] std::size_t id) const {
            if constexpr (places_are_ids)
                tally->make_room(id + 1);
        }
    };

    /// False for a group whose place was asked for, but which got no credit because something was
    /// thrown.
    constexpr bool is_row(std::size_t i) const {
        return (always_unattributed && i == 0) || any_credits(cells_[i]);
    }

    static constexpr bool any_credits(cells_type const& cells) {
        bool any = false;
        for (auto const& one : cells)
            any |= !one.empty();
        return any;
    }

    template <class Dimension>
    static constexpr bool fits(typename Dimension::key const& value, bool attributed) {
        if constexpr (Dimension::of_conversions)
            return true;
        else
            return value.has_value() == attributed;
    }

    constexpr void prepare_merge_cells(std::size_t place, cells_type const& added) {
        for (std::size_t model = 0; model < Models; ++model)
            cells_[place][model].prepare_merge(added[model]);
    }
    constexpr void merge_cells(std::size_t place, cells_type const& added) {
        for (std::size_t model = 0; model < Models; ++model)
            cells_[place][model].merge(added[model]);
    }

    template <std::size_t... I>
    constexpr group_ids ids_of(std::size_t conversion, std::size_t touchpoint,
                               std::index_sequence<I...>) {
        return {
            std::get<I>(dimensions_)
                .number(conversions_, touchpoints_, conversion, touchpoint, room_for_ids{this})...,
            touchpoint != no_row ? std::size_t{1} : std::size_t{0}};
    }

    template <std::size_t... I>
    constexpr void prefetch(std::size_t touchpoint, std::index_sequence<I...>) const {
        (std::get<I>(dimensions_).prefetch(touchpoints_, touchpoint), ...);
    }

    template <std::size_t... I>
    constexpr group_ids translated(grouped_tally const& other, group_ids const& ids,
                                   std::index_sequence<I...>) {
        return {std::get<I>(dimensions_)
                    .number(std::get<I>(other.dimensions_).at(ids[I]), room_for_ids{this})...,
                ids.back()};
    }

    template <std::size_t... I>
    constexpr key_type key(group_ids const& ids, std::index_sequence<I...>) const {
        return key_type{std::get<I>(dimensions_).at(ids[I])...};
    }
    template <std::size_t... I>
    constexpr key_tuple keys(group_ids const& ids, std::index_sequence<I...>) const {
        return key_tuple{std::get<I>(dimensions_).at(ids[I])...};
    }

    Conversions conversions_;
    Touchpoints touchpoints_;
    std::tuple<Dimensions...> dimensions_;
    std::conditional_t<places_are_ids, groups_of_ids, interner<group_ids>> groups_;
    std::array<std::uint16_t, places_are_ids ? 0 : outside>
        table_{};  // 1 + the number of a group, 0 if not kept here
    buffer<cells_type> cells_;
};

}  // namespace attribution::detail
