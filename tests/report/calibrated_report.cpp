// SPDX-License-Identifier: BSL-1.0
#include <attribution/report/calibrated_report.hpp>

#include <doctest/doctest.h>

#include <optional>

namespace att = attribution;

TEST_CASE("a calibrated report adds up and says how it was made") {
    using row = att::calibrated_row<std::optional<char>, long>;
    using source = att::calibration_source;
    att::calibrated_report<row> const table{{{'a', source::measured, 60, 40, 80, 10.0, 90},
                                             {std::nullopt, source::anyway, 30, 10, 50, 10.0, 0},
                                             {std::nullopt, source::unattributed, 5, 5, 5, 0, 5}},
                                            0.5,
                                            true};
    CHECK(table.total() == 95);
    CHECK(table.factor() == 0.5);
    CHECK(table.cut());
    CHECK(table.size() == 3);
}

TEST_CASE("sources have names") {
    CHECK(to_string(att::calibration_source::measured) == "measured");
    CHECK(to_string(att::calibration_source::scaled) == "scaled");
    CHECK(to_string(att::calibration_source::anyway) == "anyway");
    CHECK(to_string(att::calibration_source::unattributed) == "unattributed");
    CHECK(to_string(static_cast<att::calibration_source>(4)) == "unknown");
}
