// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit.hpp>
#include <attribution/detail/interner.hpp>
#include <attribution/detail/numbering.hpp>
#include <attribution/detail/prefetch.hpp>
#include <attribution/detail/project.hpp>
#include <attribution/ledger.hpp>
#include <attribution/tally.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// One line of a report: a group and what it has earned.
///
/// `key` is what the group's projections give; a tuple for several. A projection of touchpoints
/// gives a std::optional, empty in the lines of unattributed value.
template <class Key, amount Amount>
struct report_row : cell<Amount> {
    using key_type = Key;
    using amount_type = Amount;

    Key key;
    bool attributed;

    constexpr report_row(Key k, bool earned, std::array<cell<Amount>, 1> const& cells)
        : cell<Amount>(cells[0]), key(std::move(k)), attributed{earned} {}

    [[nodiscard]] constexpr cell<Amount> const& operator[](std::size_t) const { return *this; }
};

/// One line of a comparison: a group and what it has earned by each model, in the order in which
/// the models were given.
template <class Key, amount Amount, std::size_t Models>
struct comparison_row {
    using key_type = Key;
    using amount_type = Amount;

    Key key;
    bool attributed;
    std::array<cell<Amount>, Models> models;

    constexpr comparison_row(Key k, bool earned, std::array<cell<Amount>, Models> const& cells)
        : key(std::move(k)), attributed{earned}, models{cells} {}

    [[nodiscard]] constexpr cell<Amount> const& operator[](std::size_t model) const {
        return models[model];
    }
};

/// A table of groups that adds up: the attributed groups by key, ascending, then the unattributed
/// value.
///
/// Without a projection of conversions among the groups' projections there is exactly one
/// unattributed row, also when it is 0; otherwise one per group of conversions that has any.
template <class Row>
class report {
  public:
    using row_type = Row;
    using amount_type = typename Row::amount_type;

    constexpr explicit report(std::vector<Row> rows) : rows_{std::move(rows)} {}

    [[nodiscard]] constexpr auto begin() const { return rows_.begin(); }
    [[nodiscard]] constexpr auto end() const { return rows_.end(); }
    [[nodiscard]] constexpr std::size_t size() const { return rows_.size(); }
    [[nodiscard]] constexpr Row const& operator[](std::size_t i) const { return rows_[i]; }

    /// All value: attributed and unattributed, by the model of that number.
    [[nodiscard]] constexpr amount_type total(std::size_t model = 0) const {
        return sum(model, [](Row const&) { return true; });
    }
    [[nodiscard]] constexpr amount_type unattributed(std::size_t model = 0) const {
        return sum(model, [](Row const& row) { return !row.attributed; });
    }

    /// The same rows, by amount descending (of the model of that number), equal amounts by key; the
    /// unattributed ones stay last.
    [[nodiscard]] constexpr report largest_first(std::size_t model = 0) const {
        auto sorted = rows_;
        std::sort(sorted.begin(), sorted.end(), [&](Row const& a, Row const& b) {
            if (a.attributed != b.attributed)
                return a.attributed;
            if (a[model].amount != b[model].amount)
                return a[model].amount > b[model].amount;
            return a.key < b.key;
        });
        return report{std::move(sorted)};
    }

  private:
    template <class Wanted>
    constexpr amount_type sum(std::size_t model, Wanted wanted) const {
        running_total<amount_type> total;
        for (auto const& row : rows_)
            if (wanted(row))
                total.add(row[model].amount);
        return total.value();
    }

    std::vector<Row> rows_;
};

namespace detail {

template <class Projection>
struct touchpoint_dimension {
    [[no_unique_address]] Projection projection;
};
template <class Projection>
struct conversion_dimension {
    [[no_unique_address]] Projection projection;
};

template <class P>
inline constexpr bool says_its_side = false;
template <class P>
inline constexpr bool says_its_side<touchpoint_dimension<P>> = true;
template <class P>
inline constexpr bool says_its_side<conversion_dimension<P>> = true;

/// What a group's key keeps of a projected value.
template <class T>
using group_value = std::conditional_t<std::is_convertible_v<std::remove_cvref_t<T>, char const*>,
                                       std::string, std::remove_cvref_t<T>>;

template <class Touchpoint, class Conversion, class P>
constexpr auto dimension_of(P projection) {
    if constexpr (says_its_side<P>) {
        return projection;
    } else if constexpr (std::invocable<P const&, Touchpoint> ||
                         std::invocable<P const&, Touchpoint, Conversion>) {
        return touchpoint_dimension<P>{std::move(projection)};
    } else {
        static_assert(
            std::invocable<P const&, Conversion>,
            "attribution: by() needs projections of a touchpoint, of a conversion, or of a "
            "touchpoint and a conversion");
        return conversion_dimension<P>{std::move(projection)};
    }
}

template <class Conversion, class P>
constexpr auto conversion_dimension_of(P projection) {
    if constexpr (says_its_side<P>) {
        return projection;
    } else {
        static_assert(std::invocable<P const&, Conversion>,
                      "attribution: here by() needs projections of conversions only");
        return conversion_dimension<P>{std::move(projection)};
    }
}

/// One projection of a grouping, bound to records: reads a credit's value and numbers it.
template <class Dimension, class Conversions, class Touchpoints>
class bound_dimension;

template <class P, class Conversions, class Touchpoints>
class bound_dimension<touchpoint_dimension<P>, Conversions, Touchpoints> {
    static constexpr bool of_both = !std::invocable<P const&, typename Touchpoints::reference>;

    static constexpr decltype(auto) project(P const& p, Conversions const& c, Touchpoints const& t,
                                            std::size_t conversion, std::size_t touchpoint) {
        if constexpr (of_both)
            return detail::project(p, t[touchpoint], c[conversion]);
        else
            return detail::project(p, t[touchpoint]);
    }

  public:
    static constexpr bool of_conversions = false;
    static constexpr bool of_touchpoints = !of_both;
    using value =
        group_value<decltype(project(std::declval<P const&>(), std::declval<Conversions const&>(),
                                     std::declval<Touchpoints const&>(), 0, 0))>;
    using key = std::optional<value>;

    constexpr explicit bound_dimension(touchpoint_dimension<P> d)
        : projection_(std::move(d.projection)) {}

    constexpr std::size_t number(Conversions const& c, Touchpoints const& t, std::size_t conversion,
                                 std::size_t touchpoint) {
        if (touchpoint == no_row)
            return no_row;
        decltype(auto) seen = project(projection_, c, t, conversion, touchpoint);
        return values_(seen);
    }
    constexpr std::size_t number(key const& known) { return known ? values_(*known) : no_row; }
    constexpr void prefetch(Touchpoints const& t, std::size_t touchpoint) const {
        if constexpr (!of_both)
            detail::prefetch(projection_, t[touchpoint]);
    }
    constexpr key at(std::size_t id) const { return id == no_row ? key{} : key{values_[id]}; }

  private:
    [[no_unique_address]] P projection_;
    numbering<value, std::conditional_t<std::same_as<value, std::string>, std::string_view, value>>
        values_;
};

template <class P, class Conversions, class Touchpoints>
class bound_dimension<conversion_dimension<P>, Conversions, Touchpoints> {
  public:
    static constexpr bool of_conversions = true;
    static constexpr bool of_touchpoints = false;
    using value = group_value<std::invoke_result_t<P const&, typename Conversions::reference>>;
    using key = value;

    constexpr explicit bound_dimension(conversion_dimension<P> d)
        : projection_(std::move(d.projection)) {}

    constexpr std::size_t number(Conversions const& c, Touchpoints const&, std::size_t conversion,
                                 std::size_t) {
        decltype(auto) seen = detail::project(projection_, c[conversion]);
        return values_(seen);
    }
    constexpr std::size_t number(key const& known) { return values_(known); }
    constexpr void prefetch(Touchpoints const&, std::size_t) const {}
    constexpr key at(std::size_t id) const { return values_[id]; }

  private:
    [[no_unique_address]] P projection_;
    numbering<value, std::conditional_t<std::same_as<value, std::string>, std::string_view, value>>
        values_;
};

/// Adds up credits by group, for several models side by side. A commutative monoid.
///
/// Errors:     whatever is thrown while a credit is added or a tally is merged, by a projection or
///             for want of memory: the tally is as before.
template <class Conversions, class Touchpoints, std::size_t Models, class... Dimensions>
class grouped_tally {
  public:
    using amount_type = typename Conversions::value_type;
    using key_tuple = std::tuple<typename Dimensions::key...>;
    using key_type = std::conditional_t<sizeof...(Dimensions) == 1,
                                        std::tuple_element_t<0, key_tuple>, key_tuple>;
    using row_type =
        std::conditional_t<Models == 1, report_row<key_type, amount_type>,
                           comparison_row<key_type, amount_type, (Models > 1 ? Models : 2)>>;

    constexpr grouped_tally(Conversions c, Touchpoints t, Dimensions... dimensions)
        : conversions_{std::move(c)}, touchpoints_{std::move(t)}, dimensions_{
                                                                      std::move(dimensions)...} {
        if constexpr (always_unattributed)
            (void)group(unattributed_group());
    }

    /// Adds a credit that the model of that number gave.
    constexpr void operator()(credit<amount_type> const& earned, std::size_t model = 0) {
        add(place_of(earned.conversion, earned.touchpoint), portion{earned.amount, earned.share},
            model);
    }

    using portion = typename tally<amount_type>::portion;

    /// Does the group of a credit depend on its touchpoint alone?
    static constexpr bool by_touchpoint = (Dimensions::of_touchpoints && ...);

    /// Where the credits of a conversion and a touchpoint, or `no_row`, are added up.
    constexpr std::size_t place_of(std::size_t conversion, std::size_t touchpoint) {
        return group(std::apply(
            [&](auto&... dimension) {
                return group_ids{
                    dimension.number(conversions_, touchpoints_, conversion, touchpoint)...,
                    touchpoint != no_row ? std::size_t{1} : std::size_t{0}};
            },
            dimensions_));
    }

    /// Says that the place of a touchpoint's credits will be asked for soon.
    constexpr void prefetch(std::size_t touchpoint) const {
        std::apply(
            [&](auto const&... dimension) { (dimension.prefetch(touchpoints_, touchpoint), ...); },
            dimensions_);
    }

    /// Adds an amount and a share made ready, or many of them added up, at their place.
    constexpr void add(std::size_t place, portion const& one, std::size_t model) {
        cells_[place][model].add(one);
    }
    constexpr void add(std::size_t place, portion_sum const& sum, std::size_t model) {
        cells_[place][model].add(sum);
    }

    /// Adds what another tally of the same grouping, over the same or other records, has added up.
    constexpr void merge(grouped_tally const& other) {
        std::vector<std::size_t> places;
        places.reserve(other.cells_.size());
        for (std::size_t i = 0, groups = other.cells_.size(); i < groups; ++i)
            places.push_back(group(
                translated(other, other.groups_[i], std::index_sequence_for<Dimensions...>{})));
        for (std::size_t i = 0; i < places.size(); ++i)
            merge_cells(places[i], other.cells_[i]);
    }

    using cells_type = std::array<tally<amount_type>, Models>;

    /// Calls `visit(key values as a tuple, attributed, tallies by model)` for every group.
    template <class Visit>
    constexpr void for_each_group(Visit visit) const {
        for (std::size_t i = 0; i < cells_.size(); ++i)
            if (is_row(i))
                visit(keys(groups_[i], std::index_sequence_for<Dimensions...>{}),
                      groups_[i].back() != 0, cells_[i]);
    }

    /// Does some tally of this grouping have such a group? It has credits, and values of
    /// touchpoints just where these credits have touchpoints.
    static constexpr bool has_group(key_tuple const& key, bool attributed,
                                    cells_type const& cells) {
        bool const keyed = std::apply(
            [&](auto const&... value) { return (fits<Dimensions>(value, attributed) && ...); },
            key);
        return keyed && ((always_unattributed && !attributed) || any_credits(cells));
    }

    /// Without a dimension of conversions the unattributed group is there, also if it has nothing.
    static constexpr bool always_unattributed = (!Dimensions::of_conversions && ...);

    /// Adds what some tally of the same grouping has added up: a range of (key values as a tuple,
    /// attributed, tallies by model).
    template <class Groups>
    constexpr void merge_groups(Groups const& groups) {
        std::vector<std::size_t> places;
        for (auto const& [key, attributed, added] : groups)
            places.push_back(place_of_group(key, attributed));
        std::size_t next = 0;
        for (auto const& [key, attributed, added] : groups)
            merge_cells(places[next++], added);
    }

    [[nodiscard]] constexpr report<row_type> finish() const {
        std::vector<row_type> rows;
        rows.reserve(cells_.size());
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            if (!is_row(i))
                continue;
            std::array<cell<amount_type>, Models> cells{};
            for (std::size_t model = 0; model < Models; ++model)
                cells[model] = cells_[i][model].finish();
            rows.push_back(row_type{key(groups_[i], std::index_sequence_for<Dimensions...>{}),
                                    groups_[i].back() != 0, cells});
        }
        std::sort(rows.begin(), rows.end(), [](row_type const& a, row_type const& b) {
            return a.attributed != b.attributed ? a.attributed : a.key < b.key;
        });
        return report<row_type>{std::move(rows)};
    }

  private:
    using group_ids = std::array<std::size_t, sizeof...(Dimensions) + 1>;

    static constexpr group_ids unattributed_group() {
        group_ids ids{};
        for (auto& id : ids)
            id = no_row;
        ids.back() = 0;
        return ids;
    }

    // The first few values of each dimension find their group in a table.
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

    constexpr std::size_t group(group_ids const& ids) {
        auto const place = place_in_table(ids);
        if (std::is_constant_evaluated() || place == outside)
            return numbered_group(ids);
        if (table_.empty())
            table_.assign(outside, 0);
        if (table_[place] != 0)
            return std::size_t{table_[place]} - 1;
        auto const number = numbered_group(ids);
        if (number < 0xffff)
            table_[place] = static_cast<std::uint16_t>(number + 1);
        return number;
    }

    constexpr std::size_t numbered_group(group_ids const& ids) {
        auto const place = groups_(ids);
        while (cells_.size() <= place)  // more than one, if there was no memory before
            cells_.push_back({});
        return place;
    }

    /// A group whose place was asked for, but to which nothing came because something was thrown,
    /// is none.
    constexpr bool is_row(std::size_t i) const {
        return (always_unattributed && i == 0) || any_credits(cells_[i]);
    }

    static constexpr bool any_credits(cells_type const& cells) {
        return std::any_of(cells.begin(), cells.end(),
                           [](auto const& one) { return !one.empty(); });
    }

    template <class Dimension>
    static constexpr bool fits(typename Dimension::key const& value, bool attributed) {
        if constexpr (Dimension::of_conversions)
            return true;
        else
            return value.has_value() == attributed;
    }

    constexpr std::size_t place_of_group(key_tuple const& key, bool attributed) {
        return group(std::apply(
            [&](auto&... dimension) {
                return std::apply(
                    [&](auto const&... value) {
                        return group_ids{dimension.number(value)..., std::size_t{attributed}};
                    },
                    key);
            },
            dimensions_));
    }

    constexpr void merge_cells(std::size_t place, cells_type const& added) {
        for (std::size_t model = 0; model < Models; ++model)
            cells_[place][model].merge(added[model]);
    }

    template <std::size_t... I>
    constexpr group_ids translated(grouped_tally const& other, group_ids const& ids,
                                   std::index_sequence<I...>) {
        return {std::get<I>(dimensions_).number(std::get<I>(other.dimensions_).at(ids[I]))...,
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
    interner<group_ids> groups_;
    std::vector<std::uint16_t> table_;  // 1 + the number of a group, 0 if not kept here
    std::vector<std::array<tally<amount_type>, Models>> cells_;
};

/// Numbers the groups of conversions; every dimension must be of conversions.
template <class Conversions, class... Dimensions>
class conversion_groups {
    static_assert((Dimensions::of_conversions && ...),
                  "attribution: here by() needs projections of conversions only");
    using key_tuple = std::tuple<typename Dimensions::key...>;

  public:
    using key_type = std::conditional_t<sizeof...(Dimensions) == 1,
                                        std::tuple_element_t<0, key_tuple>, key_tuple>;

    constexpr conversion_groups(Conversions c, Dimensions... dimensions)
        : conversions_{std::move(c)}, dimensions_{std::move(dimensions)...} {}

    constexpr std::size_t operator()(std::size_t row) {
        return std::apply(
            [&](auto&... dimension) {
                return groups_({dimension.number(conversions_, conversions_, row, no_row)...});
            },
            dimensions_);
    }

    constexpr key_type key(std::size_t group) const {
        return key(groups_[group], std::index_sequence_for<Dimensions...>{});
    }

  private:
    template <class Ids, std::size_t... I>
    constexpr key_type key(Ids const& ids, std::index_sequence<I...>) const {
        return key_type{std::get<I>(dimensions_).at(ids[I])...};
    }

    Conversions conversions_;
    std::tuple<Dimensions...> dimensions_;
    interner<std::array<std::size_t, sizeof...(Dimensions)>> groups_;
};

}  // namespace detail

/// How credits are grouped; made by `by`.
template <class... Projections>
class grouping {
  public:
    constexpr explicit grouping(Projections... projections)
        : projections_{std::move(projections)...} {}

    /// A tally of `Models` models over these records.
    template <std::size_t Models = 1, class Conversions, class Touchpoints>
    [[nodiscard]] constexpr auto bind(Conversions const& c, Touchpoints const& t) const {
        using touchpoint = typename Touchpoints::reference;
        using conversion = typename Conversions::reference;
        return std::apply(
            [&](auto const&... projection) {
                return make<Models>(c, t,
                                    detail::dimension_of<touchpoint, conversion>(projection)...);
            },
            projections_);
    }

    /// For projections of conversions only: numbers each conversion's group.
    template <class Conversions>
    [[nodiscard]] constexpr auto bind_conversions(Conversions const& c) const {
        using conversion = typename Conversions::reference;
        return std::apply(
            [&](auto const&... projection) {
                return make_groups(c, detail::conversion_dimension_of<conversion>(projection)...);
            },
            projections_);
    }

  private:
    template <class Conversions, class... Dimensions>
    static constexpr auto make_groups(Conversions const& c, Dimensions... d) {
        return detail::conversion_groups<
            Conversions, detail::bound_dimension<Dimensions, Conversions, Conversions>...>{
            c, detail::bound_dimension<Dimensions, Conversions, Conversions>{std::move(d)}...};
    }

    template <std::size_t Models, class Conversions, class Touchpoints, class... Dimensions>
    static constexpr auto make(Conversions const& c, Touchpoints const& t, Dimensions... d) {
        return detail::grouped_tally<
            Conversions, Touchpoints, Models,
            detail::bound_dimension<Dimensions, Conversions, Touchpoints>...>{
            c, t, detail::bound_dimension<Dimensions, Conversions, Touchpoints>{std::move(d)}...};
    }

    std::tuple<Projections...> projections_;
};

/// Groups credits by one or several projections: `ledger | by(&touch::channel, &order::region)`, or
/// as the sink of `attribute`, which then keeps no credits.
///
/// Shape:      each projection is of a touchpoint, of a conversion, or of (touchpoint, conversion);
///             which one is seen from what it can be called with (a touchpoint first). Where both
///             sides are of one type, say `of_conversion(...)` or `of_touchpoint(...)`.
/// Edges:      group values are copied into the report (text literals as std::string), except
///             std::string_view, which must outlive it.
/// Errors:     std::overflow_error if a group's sum does not fit into the amount's type.
/// Complexity: one look-up per credit and projection; O(g log g) for g groups at the end.
template <class... Projections>
    requires(sizeof...(Projections) > 0)
[[nodiscard]] constexpr auto by(Projections... projections) {
    return grouping<Projections...>{std::move(projections)...};
}

template <class Projection>
[[nodiscard]] constexpr auto of_touchpoint(Projection projection) {
    return detail::touchpoint_dimension<Projection>{std::move(projection)};
}
template <class Projection>
[[nodiscard]] constexpr auto of_conversion(Projection projection) {
    return detail::conversion_dimension<Projection>{std::move(projection)};
}

}  // namespace attribution
