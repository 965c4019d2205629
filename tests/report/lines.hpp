// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <array>
#include <optional>
#include <string>
#include <tuple>

/// A small book of sales, and reports as text.
namespace support {

inline constexpr std::array<touch, 5> visits{touch{1, 1, 'b'}, touch{1, 2, 'a'}, touch{1, 3, 'b'},
                                             touch{2, 1, 'c'}, touch{2, 2, 'a'}};
inline constexpr std::array<sale, 4> book{sale{1, 9, 300, 'y'}, sale{2, 9, -80, 'x'},
                                          sale{3, 9, 7, 'x'}, sale{1, 2, 50, 'x'}};

/// The rows as text, so that a failure shows them.
inline std::string text(char c) {
    return std::string(1, c);
}
inline std::string text(int number) {
    return std::to_string(number);
}
inline std::string text(std::string const& s) {
    return s;
}
template <class T>
std::string text(std::optional<T> const& value) {
    return value ? text(*value) : "-";
}
template <class... T>
std::string text(std::tuple<T...> const& key) {
    return std::apply([](auto const&... part) { return (text(part) + ...); }, key);
}
std::string text(auto const& report) {
    std::string lines;
    for (auto const& row : report)
        lines += text(row.key) + (row.attributed ? "=" : "?") + std::to_string(row.amount) + ' ';
    return lines;
}

/// The lines of that grouping of the book's credits, by the linear model.
std::string grouped(auto const&... projections) {
    auto const ledger = att::attribute(sales(book), touches(visits), att::linear);
    auto const report = ledger | att::by(projections...);
    CHECK(report.total() == 277);
    CHECK(report.unattributed() == 7);
    return text(report);
}

}  // namespace support
