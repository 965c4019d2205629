// SPDX-License-Identifier: BSL-1.0
#include <attribution/partial/members.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

using support::touch;

TEST_CASE("a record comes back by its members") {
    auto const form = att::members(&touch::user, &touch::at, &touch::channel);
    att::detail::byte_writer out;
    form.write(out, touch{7, -5, 'z', 9});
    att::detail::byte_reader in{out.bytes()};
    CHECK(form.read(in) == touch{7, -5, 'z', 1});  // usage was left out
    in.finish();
    CHECK(form.name() == "{int32, int64, char}");
}
