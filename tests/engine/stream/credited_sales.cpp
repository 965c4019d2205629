// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/credited_sales.hpp>

#include "stream/support.hpp"

#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

using namespace support;

namespace {

using credited = att::detail::credited_sales<live_sale>;

struct place {
    std::size_t number;
    [[nodiscard]] std::size_t row() const { return number; }
};
std::size_t all_of(credited const& before, std::size_t row) {
    return before.count(place{row}, [](live_sale const&) { return true; });
}
credited some() {
    credited before;
    for (auto const& places : {std::vector<std::size_t>{0, 2}, {2}, {}}) {
        before.make_room();
        before.add({std::make_shared<live_sale const>(buy(1, 5, 7)), places});
    }
    return before;
}
std::string bytes_of(credited const& before) {
    att::detail::byte_writer out;
    before.write(out, sale_members);
    return out.take();
}

}  // namespace

TEST_CASE("places move when touchpoints are forgotten") {
    auto before = some();
    CHECK(all_of(before, 0) == 1);
    CHECK(all_of(before, 1) == 0);
    CHECK(all_of(before, 2) == 2);
    CHECK(before.count(place{2}, [](live_sale const& s) { return s.id == 8; }) == 0);
    before.forget(1);
    CHECK(all_of(before, 0) == 0);
    CHECK(all_of(before, 1) == 2);
    before.forget(2);
    CHECK(bytes_of(before) == bytes_of(credited{}));
}

TEST_CASE("as bytes and back, and refused if places are wrong") {
    auto const bytes = bytes_of(some());
    att::detail::byte_reader in{bytes};
    CHECK(bytes_of(credited::read(in, sale_members, 3)) == bytes);
    in.finish();
    att::detail::byte_reader fewer{bytes};
    CHECK_THROWS_AS((void)credited::read(fewer, sale_members, 2), att::partial_error);
    for (auto const& places : {std::vector<std::size_t>{2, 1}, {1, 1}}) {
        credited wrong;
        wrong.make_room();
        wrong.add({std::make_shared<live_sale const>(buy(1, 5, 7)), places});
        auto const written = bytes_of(wrong);
        att::detail::byte_reader reader{written};
        CHECK_THROWS_AS((void)credited::read(reader, sale_members, 3), att::partial_error);
    }
    att::detail::byte_writer out;
    out.count(1);
    sale_members.write(out, buy(1, 5, 7));
    out.count(0);  // touchpoints
    att::detail::byte_reader of_nobody{out.bytes()};
    CHECK_THROWS_AS((void)credited::read(of_nobody, sale_members, 3), att::partial_error);
}
