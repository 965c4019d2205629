// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// Recognises empty text.
struct empty_text {
    template <class T>
    constexpr bool operator()(T const& value) const {
        static_assert(detail::reads_as_text<T>,
                      "attribution: present() knows that an empty text is no id; for other types "
                      "give it a predicate that tells which ids are missing");
        return detail::characters_of(value).empty();
    }
};

/// A projection to an id that may be missing; made by `present`.
template <class Projection, class Missing>
class present_projection {
  public:
    constexpr present_projection(Projection projection, Missing missing)
        : projection_(std::move(projection)), missing_(std::move(missing)) {}

    template <class Record>
        requires std::invocable<Projection const&, Record>
    constexpr auto operator()(Record&& record) const {
        decltype(auto) seen = detail::project(projection_, std::forward<Record>(record));
        using id = detail::value_type_in<std::remove_cvref_t<decltype(seen)>>;
        // Text that stays in a record is viewed; text made on the fly is copied.
        using result = std::conditional_t<detail::reads_as_text<id> &&
                                              (std::is_lvalue_reference_v<decltype(seen)> ||
                                               std::is_trivially_copyable_v<id>),
                                          std::string_view, detail::stored_for<id>>;
        if (detail::is_missing(seen) || std::invoke(missing_, detail::value_in(seen)))
            return std::optional<result>{};
        return std::optional<result>{detail::value_in(seen)};
    }

  private:
    [[no_unique_address]] Projection projection_;
    [[no_unique_address]] Missing missing_;
};

/// Reads an id of which some values mean "missing": an empty text, "(not set)", 0.
///
/// Without it, an empty text is an id like any other: all anonymous visitors become one customer.
///
/// Shape:      `touchpoints(log, present(&touch::user), &touch::at)`. It works wherever a
///             projection to an id is expected: `take_back`, `unique`, `without_duplicates`. In
///             `present(projection, missing)` a predicate recognises the ids that mean "missing";
///             it replaces the test for empty text.
/// Returns:    a projection to a std::optional, empty where the id is missing; text as a
///             std::string_view into the record.
/// Edges:      what is missing already (an empty std::optional, a null pointer, a NaN) stays
///             missing.
/// Complexity: as the projection; no allocation for text in a record.
/// Example:    examples/recipes/anonymous_visitors.cpp
template <class Projection, class Missing = empty_text>
[[nodiscard]] constexpr auto present(Projection projection, Missing missing = {}) {
    return present_projection<Projection, Missing>{std::move(projection), std::move(missing)};
}

}  // namespace attribution
