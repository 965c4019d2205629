// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/optional_value.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// Reports whose rows are of several currencies: what adds them up asks here first.
namespace attribution::inline v0_1::detail {

/// Where the key of a row has its currency. Most reports do not know of any.
struct no_currency {};
struct currency_is_key {
    template <class Key>
    static constexpr Key const& in(Key const& key) noexcept {
        return key;  // NOLINT(bugprone-return-const-ref-from-parameter): keys of rows that stay
    }
    template <class Key>
    static constexpr void in(Key const&&) = delete;
};
template <std::size_t Place>
struct currency_in_key {
    template <class Key>
    static constexpr auto const& in(Key const& key) noexcept {
        return std::get<Place>(key);
    }
};

template <class Currency>
concept some_currency = !std::same_as<Currency, no_currency>;

template <class Dimension>
inline constexpr bool is_currency = requires {
    requires Dimension::of_currency;
};

/// Is it what `in_currency` makes?
template <class Projection>
inline constexpr bool projects_currency = false;

template <class... Dimensions>
consteval auto currency_of() {
    constexpr std::size_t number = sizeof...(Dimensions);
    constexpr bool which[] = {is_currency<Dimensions>...};
    constexpr auto place = [&] {
        std::size_t first = 0;
        while (first < number && !which[first])
            ++first;
        return first;
    }();
    static_assert((std::size_t{0} + ... + std::size_t{is_currency<Dimensions>}) <= 1,
                  "attribution: an amount has one currency; name one in_currency() in by()");
    if constexpr (place == number)
        return no_currency{};
    else if constexpr (number == 1)
        return currency_is_key{};
    else
        return currency_in_key<place>{};
}

/// Where the keys of these dimensions have their currency.
template <class... Dimensions>
using currency_place = decltype(currency_of<Dimensions...>());

template <class Row>
concept has_currency = requires(Row const& row) {
    row.currency();
};

template <class Row>
using currency_type = std::remove_cvref_t<decltype(std::declval<Row const&>().currency())>;

/// A callable that takes the currency of such rows.
template <class UnitOf, class Row>
concept unit_of_currency = requires(UnitOf const& unit, Row const& row) {
    unit(row.currency());
};

/// As groups are told apart.
template <class Currency>
constexpr bool same_currency(Currency const& a, Currency const& b) {
    return !detail::comes_before(a, b) && !detail::comes_before(b, a);
}

/// The name of a currency in messages; that of an enumerator is its number.
template <class Currency>
std::string currency_text(Currency const& currency) {
    if constexpr (reads_as_text<Currency>)
        return std::string{std::string_view(currency)};
    else if constexpr (may_be_empty<Currency>)
        return currency.has_value() ? detail::currency_text(*currency) : "(none)";
    else if constexpr (std::same_as<Currency, char>)
        return std::string(1, currency);
    else if constexpr (std::is_enum_v<Currency>)
        return std::to_string(static_cast<std::underlying_type_t<Currency>>(currency));
    else if constexpr (std::is_arithmetic_v<Currency>)
        return std::to_string(currency);
    else if constexpr (requires { std::string_view(currency.data(), currency.size()); })
        return std::string(std::string_view(currency.data(), currency.size()));
    else
        return "{?}";
}

/// Errors:     std::domain_error if the rows have several currencies; `what` would add them up.
template <class Rows>
constexpr void check_one_currency(Rows const& rows, char const* what) {
    for (std::size_t i = 1; i < rows.size(); ++i)
        if (!detail::same_currency(rows[0].currency(), rows[i].currency()))
            throw std::domain_error{
                std::string{what} + " would add currencies: row 0 of the report is in " +
                detail::currency_text(rows[0].currency()) + " and row " + std::to_string(i) +
                " in " + detail::currency_text(rows[i].currency()) +
                "; take totals(), which has each, or convert values before they are attributed"};
}

/// The different currencies of these rows, ascending.
template <class Rows>
constexpr auto currencies_in(Rows const& rows) {
    std::vector<currency_type<typename Rows::row_type>> all;
    for (auto const& row : rows) {
        auto const place =
            std::lower_bound(all.begin(), all.end(), row.currency(), detail::comes_before);
        if (place == all.end() || detail::comes_before(row.currency(), *place))
            all.insert(place, row.currency());
    }
    return all;
}

}  // namespace attribution::detail
