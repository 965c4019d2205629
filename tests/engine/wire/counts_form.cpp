// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/counts_form.hpp>

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

TEST_CASE("evidence is read as it was written") {
    att::detail::evidence<std::int64_t> seen;
    seen.rows = 1;
    seen.conversions = 2;
    seen.nulls = 3;
    seen.value.add(-4);
    seen.pathless_conversions = 5;
    seen.pathless_value.add(6);
    seen.pathless_customers = 7;
    seen.touchpoints.add({8, false});
    auto const copy = again(seen);
    CHECK(copy.rows == 1);
    CHECK(copy.paths() == 5);
    CHECK(copy.value.value() == -4);
    CHECK(copy.pathless_conversions == 5);
    CHECK(copy.pathless_value.value() == 6);
    CHECK(copy.pathless_customers == 7);
    CHECK(copy.touchpoints.text() == "8");
    CHECK(!copy.window_ends.known);
}

TEST_CASE("counts say of what types they are") {
    using att::detail::form_name;
    CHECK(form_name<att::detail::markov_parts<char, std::int64_t>>() ==
          "transitions between " + form_name<char>() + ", evidence of " +
              form_name<std::int64_t>());
    CHECK(form_name<att::detail::shapley_parts<char, double>>() ==
          "coalitions of " + form_name<char>() + ", evidence of " + form_name<double>());
}
