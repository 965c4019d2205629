// SPDX-License-Identifier: BSL-1.0
#include <attribution/wire/part_names.hpp>

#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

namespace att = attribution;

TEST_CASE("names of parts are different and in order") {
    att::part_names const names{"tuesday", "monday", "tuesday"};
    CHECK(names.all() == std::set<std::string>{"monday", "tuesday"});
    CHECK(att::part_names{"a"}.all().size() == 1);
    CHECK(names.size() == 2);
    CHECK(names.contains("monday"));
    CHECK_FALSE(names.contains("wednesday"));
    CHECK(names == att::part_names{std::set<std::string>{"monday", "tuesday"}});
    CHECK(att::part_names{}.empty());
    CHECK(att::part_names{""}.contains(""));
}

TEST_CASE("names that nobody writes are refused") {
    auto const read = [](std::vector<std::string> const& names) {
        att::detail::byte_writer out;
        att::detail::write(out, names);
        att::detail::byte_reader in{out.bytes()};
        return att::part_names{att::detail::read_names(in)};
    };
    CHECK(read({"a", "b"}) == att::part_names{"a", "b"});
    CHECK_THROWS_AS((void)read({"b", "a"}), att::partial_error);
    CHECK_THROWS_AS((void)read({"a", "a"}), att::partial_error);
}
