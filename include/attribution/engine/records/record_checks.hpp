// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/records/borrowed_rows.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/text_value.hpp>

#include <type_traits>

/// What is wrong with a range of records or a projection, in words.
namespace attribution::inline v0_1::detail {

template <class Projection, class Range>
using projected =
    std::remove_cvref_t<std::invoke_result_t<Projection const&, record_reference<Range>>>;

template <class Range>
constexpr void check_range() {
    static_assert(
        record_range<Range>,
        "attribution: records must be a forward range (a container, a view, columns(...)); "
        "keep a single-pass stream in a container first");
    static_assert(
        can_borrow<Range>,
        "attribution: records are borrowed, so a temporary container would dangle; give it "
        "a name and pass that");
}

template <class Range, class Key>
constexpr void check_key() {
    static_assert(std::is_invocable_v<Key const&, record_reference<Range>>,
                  "attribution: the second argument must read the key off a record: a pointer to "
                  "member or a callable (no mutable lambda)");
    static_assert(std::is_copy_constructible_v<Key>,
                  "attribution: a projection must be copyable; capture a reference or a "
                  "std::shared_ptr");
    using key = value_type_in<projected<Key, Range>>;
    static_assert(
        !std::is_array_v<key>,
        "attribution: a key cannot be a C array, whose text may end before the array does; "
        "make it a std::string_view in the projection");
    static_assert(join_key<key>,
                  "attribution: a key must be comparable for equality and hashable or ordered");
    static_assert(
        std::is_copy_constructible_v<key>,
        "attribution: a key is kept, so it must be copyable; instead of a std::unique_ptr "
        "return what it points to in the projection");
    if constexpr (!reads_as_text<key>)
        refuse_text_address<key>();
}

template <class Range, class Time>
constexpr void check_time() {
    static_assert(std::is_invocable_v<Time const&, record_reference<Range>>,
                  "attribution: the third argument must read the time off a record: a pointer to "
                  "member or a callable (no mutable lambda)");
    static_assert(instant<projected<Time, Range>>,
                  "attribution: a time must be a std::chrono time point or a number");
}

template <class Range, class Value>
constexpr void check_value() {
    static_assert(
        std::is_invocable_v<Value const&, record_reference<Range>>,
        "attribution: the fourth argument must read the value off a conversion: a pointer "
        "to member or a callable");
    static_assert(
        amount<projected<Value, Range>>,
        "attribution: a value must be an integer (minor units), a floating-point number or "
        "money; parse text first");
}

}  // namespace attribution::detail
