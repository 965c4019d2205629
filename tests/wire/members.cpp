// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/members.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

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

namespace {

/// Says itself of what it consists.
struct basket {
    std::vector<int> items;
    std::string shop;
    static constexpr auto members() { return std::tuple{&basket::items, &basket::shop}; }
};
struct named_basket : basket {
    static constexpr auto members() { return std::tuple{&named_basket::shop}; }
    static std::string kind(auto const& name_of) {
        return "basket named in " + name_of(std::type_identity<std::string>{});
    }
};
struct purchase {
    int user = 0;
    basket what;
};

}  // namespace

TEST_CASE("a record that says its members is written wherever a value is") {
    auto const form = att::members(&purchase::user, &purchase::what);
    CHECK(form.name() == "{int32, {list of int32, text}}");
    att::detail::byte_writer out;
    form.write(out, {7, {{1, 2}, "x"}});
    att::detail::byte_reader in{out.bytes()};
    auto const copy = form.read(in);
    CHECK(copy.what.items == std::vector{1, 2});
    CHECK(copy.what.shop == "x");
    in.finish();
    CHECK(att::detail::form_name<named_basket>() == "basket named in text");
}
