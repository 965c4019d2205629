// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The type of a projected touchpoint of a path.
template <class Projection, class Path>
using projected_value = std::remove_cvref_t<
    std::invoke_result_t<Projection const&, decltype(std::declval<Path const&>()[0].touchpoint())>>;

/// The projected value of one step in the form in which it is compared: text given by its address
/// by its characters, a null pointer to text as an empty optional.
template <class Step, class Projection>
constexpr decltype(auto) compared_value(Step const& one, Projection const& projection) {
    using value = std::remove_cvref_t<decltype(project(projection, one.touchpoint()))>;
    if constexpr (is_text_pointer<std::decay_t<value>> || is_optional_text_pointer<value>) {
        return as_compared(project(projection, one.touchpoint()));
    } else {
        refuse_text_address<value>();
        return project(projection, one.touchpoint());
    }
}

/// The conversion of a path, in the words of an error. Some learned paths have no conversion.
inline std::string of_conversion(std::size_t row) {
    return row == static_cast<std::size_t>(-1) ? " of a customer who never converted"
                                               : " of conversion row " + std::to_string(row);
}

/// Values that do not equal themselves cannot be ordered or found.
///
/// Errors:     std::domain_error if there is such a value; the message names the selector.
template <class Path, class Projection>
constexpr void refuse_nans(Path const& steps, Projection const& projection, char const* selector) {
    if constexpr (holds_floating<projected_value<Projection, Path>>)
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (!equals_itself(project(projection, steps[i].touchpoint())))
                throw std::domain_error{
                    std::string{selector} + ": the value of touchpoint row " +
                    std::to_string(steps[i].row()) + of_conversion(steps.about().row()) +
                    " is not a number; name a value for such records in the projection"};
}

enum class occurrence { first, last };

/// Fills `chosen` with the steps, ascending, that are the first or the last occurrence of their
/// projected value, none of which is a NaN. O(n log n) comparisons.
template <class Path, class Projection>
constexpr void one_of_each(Path const& steps, Projection const& projection, occurrence wanted,
                           std::vector<std::size_t>& chosen) {
    auto const value = [&](std::size_t i) -> decltype(auto) {
        return compared_value(steps[i], projection);
    };
    chosen.clear();
    for (std::size_t i = 0; i < steps.size(); ++i)
        chosen.push_back(i);
    std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
        if (value(a) < value(b))
            return true;
        if (value(b) < value(a))
            return false;
        return wanted == occurrence::first ? a < b : a > b;
    });
    chosen.erase(std::unique(chosen.begin(), chosen.end(),
                             [&](std::size_t a, std::size_t b) { return value(a) == value(b); }),
                 chosen.end());
    std::sort(chosen.begin(), chosen.end());
}

}  // namespace attribution::detail
