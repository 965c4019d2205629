// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/common_key.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace {

using attribution::detail::common_key_t;
using attribution::detail::exactly_as;

static_assert(std::same_as<common_key_t<int, int>, int>);
static_assert(std::same_as<common_key_t<std::int32_t, std::int64_t>, std::int64_t>);
static_assert(std::same_as<common_key_t<std::int32_t, std::uint32_t>, std::int64_t>);
static_assert(std::same_as<common_key_t<std::uint16_t, std::int32_t>, std::int32_t>);
static_assert(std::same_as<common_key_t<std::uint32_t, std::uint64_t>, std::uint64_t>);
static_assert(std::same_as<common_key_t<std::int32_t, double>, double>);
static_assert(std::same_as<common_key_t<std::int32_t, float>, double>);
static_assert(std::same_as<common_key_t<float, double>, double>);
static_assert(std::same_as<common_key_t<std::string, char const*>, std::string_view>);
static_assert(std::same_as<common_key_t<std::string, std::string>, std::string_view>);
static_assert(std::same_as<common_key_t<char const*, char const*>, std::string_view>);
static_assert(std::same_as<common_key_t<date::sys_days, date::sys_seconds>, date::sys_seconds>);

constexpr bool test() {
    return exactly_as<std::int32_t>(std::int64_t{7}) == 7 &&
           exactly_as<std::int32_t>(std::int64_t{7} + (std::int64_t{1} << 32)) == std::nullopt &&
           exactly_as<std::int32_t>(std::uint32_t{4'294'967'295}) == std::nullopt &&
           exactly_as<std::uint32_t>(-1) == std::nullopt && exactly_as<std::int32_t>(7.0) == 7 &&
           exactly_as<std::int32_t>(7.5) == std::nullopt &&
           exactly_as<std::int32_t>(1e300) == std::nullopt &&
           exactly_as<std::int32_t>(-1e300) == std::nullopt && exactly_as<double>(7) == 7.0 &&
           exactly_as<std::int32_t>(0x1p31F) == std::nullopt &&
           exactly_as<std::int32_t>(-0x1p31F) == INT32_MIN &&
           exactly_as<std::int32_t>(std::uint32_t{7}) == 7 && exactly_as<double>(0.0F) == 0.0 &&
           exactly_as<int>(std::optional<long>{}) == std::nullopt &&
           exactly_as<int>(std::optional<long>{7}) == 7;
}
static_assert(test());

}  // namespace

TEST_CASE("the id of another type that is equal, if there is one") {
    CHECK(test());
    CHECK(exactly_as<std::int32_t>(2147483647.0) == INT32_MAX);
    CHECK(exactly_as<std::int32_t>(-2147483648.0) == INT32_MIN);
    CHECK(exactly_as<std::string>("ann") == "ann");
    CHECK(exactly_as<std::string>(std::string_view{"ann"}) == "ann");
    CHECK(exactly_as<std::string>(static_cast<char const*>(nullptr)) == std::nullopt);
    CHECK(exactly_as<double>(std::numeric_limits<double>::quiet_NaN()) == std::nullopt);
    using maybe = std::optional<std::string>;
    CHECK(exactly_as<maybe>("ann") == std::optional{maybe{"ann"}});
    CHECK(exactly_as<maybe>(maybe{}) == std::nullopt);
    CHECK(exactly_as<std::optional<int>>(7.0) == std::optional{std::optional{7}});
    CHECK(exactly_as<std::optional<int>>(7.5) == std::nullopt);
    CHECK(exactly_as<date::sys_days>(date::sys_seconds{std::chrono::hours{48}}) ==
          date::sys_days{date::days{2}});
    CHECK(exactly_as<date::sys_days>(date::sys_seconds{std::chrono::hours{47}}) == std::nullopt);
    for (auto const beyond : {date::sys_seconds::min(), date::sys_seconds::max()})
        CHECK(exactly_as<date::sys_days>(beyond) == std::nullopt);
}
