// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/join.hpp>
#include <attribution/records/columns.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/present.hpp>
#include <attribution/records/touchpoints.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What Python's columns are to the library. None of them is copied: `owner` keeps their arrays alive.
namespace from_python {

using instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

/// What numpy calls NaT.
inline constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();

[[nodiscard]] inline instant instant_of(std::int64_t nanoseconds) {
    return instant{std::chrono::nanoseconds{nanoseconds}};
}

/// Ids as they are, or the numbers that pandas gave to texts, where -1 means that it is missing.
struct key_column {
    std::span<std::int64_t const> numbers;
    bool numbered = false;
};

struct touchpoint_table {
    std::shared_ptr<void> owner;
    key_column keys;
    std::span<std::int64_t const> times;
    std::span<std::int64_t const> channels;
    std::span<double const> usage;
    std::vector<std::string> channel_names;  // by number, ascending
    bool has_channels = false;
    bool has_usage = false;
};

template <class Amount>
struct conversion_table {
    std::shared_ptr<void> owner;
    key_column keys;
    std::span<std::int64_t const> times;
    std::span<Amount const> values;
    std::span<std::int64_t const> leads;
    std::span<std::int64_t const> opportunities;
    bool has_leads = false;
    bool has_opportunities = false;
};

// The cells of a row, by position.
inline constexpr std::size_t key = 0, time = 1, channel = 2, usage = 3;
inline constexpr std::size_t value = 2, lead = 3, opportunity = 4;

/// Is this id the one that stands for none?
struct missing_number {
    bool numbered;
    bool operator()(std::int64_t number) const { return numbered && number < 0; }
};

template <std::size_t I>
struct instant_in {
    auto operator()(auto const& row) const { return instant_of(row.template get<I>()); }
};
/// An instant that not every row has.
template <std::size_t I>
struct optional_instant_in {
    std::optional<instant> operator()(auto const& row) const {
        auto const cell = row.template get<I>();
        return cell == no_time ? std::nullopt : std::optional{instant_of(cell)};
    }
};

[[nodiscard]] inline auto records_of(touchpoint_table const& table) {
    return attribution::touchpoints(
        attribution::columns(table.keys.numbers, table.times, table.channels, table.usage),
        attribution::present(attribution::column<key>, missing_number{table.keys.numbered}),
        instant_in<time>{});
}
template <class Amount>
[[nodiscard]] auto records_of(conversion_table<Amount> const& table) {
    return attribution::conversions(
        attribution::columns(table.keys.numbers, table.times, table.values, table.leads,
                             table.opportunities),
        attribution::present(attribution::column<key>, missing_number{table.keys.numbered}),
        instant_in<time>{}, attribution::column<value>);
}

}  // namespace from_python
