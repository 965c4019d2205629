// SPDX-License-Identifier: BSL-1.0
#include <attribution/stream/stream_records.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <concepts>
#include <optional>
#include <string>

using namespace support;

namespace {

struct visit {
    std::string visitor;
    tick at;
    std::optional<int> id;
};

}  // namespace

TEST_CASE("records of a stream are read through projections") {
    using records = att::stream_records<visit, std::string visit::*, tick visit::*,
                                        std::optional<int> visit::*>;
    constexpr records visits{&visit::visitor, &visit::at, &visit::id};
    static_assert(std::same_as<records::key_type, std::string>);
    static_assert(std::same_as<records::time_type, tick>);
    visit const one{"ann", 21, 3};
    CHECK(&visits.key(one) == &one.visitor);
    CHECK(visits.time(one) == 21);
    CHECK(visits.id(one) == 3);
    CHECK_FALSE(visits.id(visit{"bob", 22, std::nullopt}).has_value());
    static_assert(std::same_as<decltype(visits.key(visit{})), std::string>);  // of a temporary
}
