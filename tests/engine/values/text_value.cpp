// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/text_value.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

using namespace attribution::detail;
using support::require;

namespace {

static_assert(is_text_pointer<char const*> && is_text_pointer<char*>);
static_assert(!is_text_pointer<std::string> && !is_text_pointer<int const*> &&
              !is_text_pointer<char[3]> && !is_text_pointer<std::nullptr_t>);
static_assert(is_optional_text_pointer<std::optional<char const*>>);
static_assert(!is_optional_text_pointer<std::optional<std::string_view>> &&
              !is_optional_text_pointer<char const*>);

// Only char const* alone is read as text.
static_assert(holds_text_address<char const*> && holds_text_address<std::pair<int, char*>> &&
              holds_text_address<std::optional<char const*>> &&
              holds_text_address<std::array<std::tuple<char8_t const*>, 2>>);
static_assert(holds_text_address<signed char const*> && holds_text_address<unsigned char*> &&
              holds_text_address<char8_t const*> && holds_text_address<char16_t const*> &&
              holds_text_address<char32_t const*> && holds_text_address<wchar_t*>);
static_assert(!holds_text_address<int const*> && !holds_text_address<void*> &&
              !holds_text_address<std::u8string_view> && !holds_text_address<std::string>);

constexpr bool test() {
    char const* nothing = nullptr;
    require(text_at("text") == std::string_view{"text"} && !text_at(nothing));
    // by its characters, at whatever address; no text is less than any
    char const text[] = "text";
    require(as_compared(&text[0]) == as_compared("text") && as_compared(nothing) < as_compared(""));
    require(as_compared(text) == as_compared("text"));
    using maybe = std::optional<char const*>;
    require(as_compared(maybe{text}) == as_compared(maybe{"text"}));
    require(as_compared(maybe{}) == as_compared(maybe{nothing}));
    int const seven = 7;
    require(&as_compared(seven) == &seven);
    return true;
}
static_assert(test());

}  // namespace

TEST_CASE("text is compared by its characters, if there are any") {
    CHECK(test());
    std::string const text{"text"};
    CHECK(&as_compared(text) == &text);
}

TEST_CASE("a configuration needs a text where it says one") {
    char const* nothing = nullptr;
    CHECK_THROWS_WITH_AS((void)without_null(nothing, "named: the name"),
                         "named: the name is a null pointer, not a text", std::invalid_argument);
    int* no_number = nullptr;
    CHECK(without_null(no_number, "it") == nullptr);
    CHECK(std::string_view{without_null("text", "it")} == "text");
    CHECK(without_null(nullptr, "it") == nullptr);
}
