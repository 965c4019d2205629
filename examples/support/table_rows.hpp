// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// The cells of a row of a report's table: texts as they are, whole numbers in digits, an empty
/// optional as no value.
using table_row = std::vector<std::optional<std::string>>;

namespace detail {

[[nodiscard]] std::optional<std::string>
cell_of(std::convertible_to<std::string_view> auto const& text) {
    return std::string{std::string_view{text}};
}
[[nodiscard]] inline std::optional<std::string> cell_of(std::optional<std::string> const& text) {
    return text;
}
[[nodiscard]] std::optional<std::string> cell_of(std::integral auto number) {
    return fmt::format("{}", number);
}

}  // namespace detail

[[nodiscard]] table_row cells(auto const&... values) {
    return {detail::cell_of(values)...};
}

}  // namespace examples
