// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/members.hpp>

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

TEST_CASE("members of a base are written with the record's own") {
    struct numbered : touch {
        int id = 0;
    };
    auto const form = att::members<numbered>(&numbered::user, &numbered::id);
    att::detail::byte_writer out;
    numbered record;
    record.user = 7;
    record.at = 5;
    record.id = -3;
    form.write(out, record);
    att::detail::byte_reader in{out.bytes()};
    auto const copy = form.read(in);
    CHECK(copy.user == 7);
    CHECK(copy.id == -3);
    CHECK(copy.at == touch{}.at);  // was left out
    in.finish();
}
