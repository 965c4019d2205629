// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/quality/rule.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace attribution::inline v0_1 {

namespace detail {

template <class Predicate>
struct must_check {
    [[no_unique_address]] Predicate holds;

    template <class Rows>
    constexpr void operator()(Rows const& rows, offences& found) const {
        detail::for_each_value(rows, holds, [&](std::size_t row, bool good) {
            if (!good)
                found.row(row);
        });
    }
};

}  // namespace detail

/// A rule of your own about each single record: `must("positive(cents)", [](order const& o)
/// {...})`.
///
/// `holds` is a predicate of a record (or a pointer to a bool member): true for a good one.
template <class Predicate>
[[nodiscard]] auto must(std::string name, Predicate holds, std::string text = "breaks the rule") {
    return basic_rule{std::move(name), severity::error, std::move(text),
                      detail::must_check<Predicate>{std::move(holds)}};
}

}  // namespace attribution
