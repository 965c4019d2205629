// SPDX-License-Identifier: BSL-1.0
#include <attribution/quality/known.hpp>

#include "quality/found_by.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using quality_support::rows, quality_support::rows_found_by;

namespace {

struct touch {
    std::optional<std::string> contact;
    int usage;
};

}  // namespace

TEST_CASE("known: orphans, but not missing references") {
    std::vector<touch> const log{{"ann", 7}, {"bob", 8}, {std::nullopt, 9}, {"", 7}};
    CHECK(
        rows_found_by(att::known("contact", &touch::contact, std::vector<std::string>{"ann", "x"}),
                      log) == rows{1, 3});
    CHECK(rows_found_by(att::known("contact", &touch::contact, std::array{"bob", ""}), log) ==
          rows{0});
    CHECK(rows_found_by(att::known("usage", &touch::usage, std::array{7L, 9L}), log) == rows{1});
    // Keys of records; a missing key is no key.
    CHECK(rows_found_by(att::known("contact", &touch::contact, log, &touch::contact), log).empty());
    std::vector<touch> const nobody{{std::nullopt, 0}};
    CHECK(rows_found_by(att::known("contact", &touch::contact, nobody, &touch::contact), log) ==
          rows{0, 1, 3});

    // The rule owns its keys.
    auto keys = std::vector<std::string>{"ann", "bob", ""};
    auto const rule = att::known("contact", &touch::contact, keys);
    keys.clear();
    CHECK(rows_found_by(rule, log).empty());
}

TEST_CASE("known: references of another type than the keys are compared as the values they are") {
    auto const self = std::identity{};
    std::vector<std::int32_t> const keys{7, -1};
    std::vector<std::int64_t> const wide{7, 7 + (std::int64_t{1} << 32), -1, 4'294'967'295};
    CHECK(rows_found_by(att::known("id", self, keys), wide) == rows{1, 3});
    std::vector<std::uint32_t> const natural{7, 4'294'967'295};
    CHECK(rows_found_by(att::known("id", self, keys), natural) == rows{1});
    std::vector<double> const real{7, 7.5, 1e300};
    CHECK(rows_found_by(att::known("id", self, keys), real) == rows{1, 2});
}
