// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/optional_value.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace detail = attribution::detail;

static_assert(detail::may_be_empty<std::optional<int>>);
static_assert(!detail::may_be_empty<int>);
static_assert(!detail::may_be_empty<int*>);
static_assert(std::same_as<detail::value_type_in<std::optional<std::string>>, std::string>);
static_assert(std::same_as<detail::value_type_in<int>, int>);
static_assert(std::same_as<detail::probe_for<char const*>, std::string_view>);
static_assert(std::same_as<detail::stored_for<std::string_view>, std::string>);
static_assert(std::same_as<detail::stored_for<int>, int>);
static_assert(detail::has_value(1) && !detail::has_value(std::optional<int>{}));
static_assert(detail::value_in(std::optional<int>{3}) == 3);
// There is no text at nullptr.
static_assert(!detail::reads_as_text<std::nullptr_t> &&
              std::same_as<detail::comparable<std::nullptr_t>, std::nullptr_t> &&
              std::same_as<detail::comparable<char const*>, std::string_view>);
// Null pointers are missing, whoever owns what they point to.
static_assert(detail::may_be_null<char const*> && detail::may_be_null<std::unique_ptr<int>>);
static_assert(!detail::may_be_null<int> && !detail::may_be_null<std::string>);
static_assert(detail::has_value("text") && !detail::has_value(static_cast<char const*>(nullptr)));
static_assert(detail::has_value(std::optional<char const*>{"text"}) &&
              !detail::has_value(std::optional<char const*>{nullptr}));

TEST_CASE("optional_value: an optional pointer that points to nothing is no value") {
    for (char const* const each : {"text", static_cast<char const*>(nullptr)}) {
        CHECK(detail::has_value(std::optional{each}) == (each != nullptr));
        CHECK_FALSE(detail::has_value(std::optional<char const*>{}));
    }
}

TEST_CASE("optional_value: gives references, no copies") {
    std::optional<std::string> const text{"x"};
    CHECK(&detail::value_in(text) == &*text);
    std::string const plain;
    CHECK(&detail::value_in(plain) == &plain);
}
