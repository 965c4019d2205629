// SPDX-License-Identifier: BSL-1.0
#include <support/table_rows.hpp>

#include <scratch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using examples::cells;
using examples::table_row;

TEST_CASE("table_rows: texts as they are, numbers in digits, nothing as nothing") {
    auto const name = std::string{"A, B"};
    CHECK(cells(name, "", std::string_view{"x"}, 7, std::int64_t{-8}, std::size_t{9}) ==
          table_row{"A, B", "", "x", "7", "-8", "9"});
    CHECK(cells(std::optional<std::string>{}, std::optional<std::string>{""}) ==
          table_row{std::nullopt, ""});
    CHECK(cells().empty());
}
