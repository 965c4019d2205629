// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/required.hpp>

#include "quality/found_by.hpp"

#include <attribution/quality/fan_out.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/unique.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace att = attribution;
using quality_support::rows, quality_support::rows_found_by;

namespace {

struct touch {
    std::optional<std::string> contact;
    int usage;
};

}  // namespace

TEST_CASE("required: empty optionals, empty texts, your own predicate") {
    std::vector<touch> const log{{"a", 0}, {std::nullopt, 1}, {"", 2}, {"null", 3}, {" ", 0}};
    CHECK(rows_found_by(att::required("contact", &touch::contact), log) == rows{1, 2});
    auto const exported_as_null = [](std::optional<std::string> const& text) {
        return !text || text->empty() || *text == "null";
    };
    CHECK(rows_found_by(att::required("contact", &touch::contact, exported_as_null), log) ==
          rows{1, 2, 3});
    CHECK(rows_found_by(att::required("usage", &touch::usage, [](int s) { return s == 0; }), log) ==
          rows{0, 4});
    std::vector<std::string_view> const texts{"", "x"};
    CHECK(rows_found_by(att::required("text", std::identity{}), texts) == rows{0});
}

TEST_CASE("a missing id breaks no rule about ids, whatever says that it is missing") {
    auto const self = std::identity{};
    auto const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> const numbers{nan, 1, nan, 1, 0.0, -0.0};
    CHECK(rows_found_by(att::unique("id", self), numbers) == rows{3, 5});
    CHECK(rows_found_by(att::fan_out("id", self), numbers) == rows{1, 3, 4, 5});
    CHECK(rows_found_by(att::required("id", self), numbers) == rows{0, 2});
    CHECK(rows_found_by(att::known("id", self, std::vector<double>{nan, 0}), numbers) ==
          rows{1, 3});
    std::vector<char const*> const texts{nullptr, "a", nullptr, "a", ""};
    CHECK(rows_found_by(att::unique("id", self), texts) == rows{3});
    CHECK(rows_found_by(att::required("id", self), texts) == rows{0, 2, 4});
    CHECK(rows_found_by(att::known("id", self, texts), texts).empty());
    using pair = std::pair<std::optional<int>, int>;
    std::vector<pair> const pairs{{{}, 1}, {{}, 1}, {2, 1}, {2, 1}};
    CHECK(rows_found_by(att::unique("id", self), pairs) == rows{3});
}
