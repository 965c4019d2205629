// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/noted_period_form.hpp>

#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace att = attribution;

namespace {

template <class Value>
Value again(Value const& value) {
    att::detail::byte_writer out;
    att::detail::write(out, value);
    att::detail::byte_reader in{out.bytes()};
    auto result = att::detail::read<Value>(in);
    in.finish();
    return result;
}

}  // namespace

TEST_CASE("a period is read as it was written") {
    att::detail::noted_period period;
    CHECK(!again(period).known);
    period.add({-5, true});
    period.add({7, true});
    CHECK(again(period).text() == period.text());
}

TEST_CASE("a period that ends before it begins is refused") {
    att::detail::byte_writer out;
    out.count(1);
    for (std::int64_t const end : {2, 1}) {
        att::detail::write(out, end);
        att::detail::write(out, false);
    }
    att::detail::byte_reader in{out.bytes()};
    CHECK_THROWS_WITH_AS((void)att::detail::read<att::detail::noted_period>(in),
                         "partial: a period ends before it begins", att::partial_error);
}
