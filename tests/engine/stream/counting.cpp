// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/counting.hpp>

#include "stream/support.hpp"
#include "wire/support.hpp"

#include <attribution/records/cooldown.hpp>
#include <attribution/stream/counted_stream.hpp>
#include <attribution/wire/partial_error.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

using namespace support;

TEST_CASE("what counted, as bytes and back") {
    auto const stream =
        att::counted(sale_stream(), att::cooldown(5), att::once_per(&sale::region, 9));
    using counting = att::detail::counting<std::remove_const_t<decltype(stream)>>;
    CHECK(counting::name(stream).find("cooldown 5") == 0);
    CHECK(counting::name(stream).find(", once per 9") != std::string::npos);

    counting::memory memory;
    memory.note(stream.rules(), buy(1, 3, 0), 3, 0);
    att::detail::byte_writer out;
    counting::write(out, stream, memory);
    std::string const bytes = out.take();
    att::detail::byte_reader in{bytes};
    auto copy = counting::read(in, stream);
    in.finish();
    CHECK(copy.refuses(stream.rules(), buy(1, 8, 1), 8).because != att::detail::none_before);
    counting::forget(stream, copy, tick{13});
    CHECK(copy.empty());

    att::detail::byte_reader wrong{std::string_view{bytes}.substr(0, bytes.size() - 1)};
    CHECK_THROWS_AS((void)counting::read(wrong, stream), att::partial_error);
}

TEST_CASE("before all instants of a clock nothing is forgotten") {
    auto const stream = att::counted(sale_stream(), att::cooldown(5));
    using counting = att::detail::counting<std::remove_const_t<decltype(stream)>>;
    counting::memory memory;
    memory.note(stream.rules(), buy(1, 3, 0), 3, 0);
    double const infinity = std::numeric_limits<double>::infinity();
    counting::forget(stream, memory, -infinity);
    CHECK(!memory.empty());
    counting::forget(stream, memory, infinity);
    CHECK(memory.empty());
}

TEST_CASE("what counted is refused if it is there twice, or not in order") {
    auto const stream = att::counted(sale_stream(), att::once_per(&sale::region));
    using counting = att::detail::counting<std::remove_const_t<decltype(stream)>>;
    auto const is_refused = [&](std::string_view regions) {
        att::detail::byte_writer out;
        out.count(regions.size());
        for (char const region : regions) {
            att::detail::write(out, region);
            att::detail::write(out, tick{3});
        }
        att::detail::byte_reader in{out.bytes()};
        return failure_of([&] { (void)counting::read(in, stream); }) ==
               att::partial_failure::corrupt;
    };
    CHECK(!is_refused("xyz"));
    CHECK(is_refused("yx"));
    CHECK(is_refused("xx"));
}

TEST_CASE("a plain stream keeps nothing") {
    using counting = att::detail::counting<decltype(sale_stream())>;
    static_assert(std::is_empty_v<counting::memory> && std::is_empty_v<counting::verdict>);
    CHECK(counting::memory::empty());
}
