// SPDX-License-Identifier: BSL-1.0
// A stream's intervals are those of the batch: the records of a desk come and go under the same rows.
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/with_intervals.hpp>
#include <attribution/stream/live.hpp>

#include <doctest/doctest.h>

#include <cstddef>

using namespace support;

TEST_CASE("intervals of a stream are those of the batch") {
    for_all_worlds([](random_numbers& random) {
        world w{random, true};
        for (auto& one : w.book)
            one.value %= 1'000'003;
        auto const sink = att::with_intervals(att::by(&touch::channel),
                                              {.replicates = 9, .seed = 7, .confidence = 0.8});
        auto const expected =
            att::attribute(sales(w.book), touches(w.log), att::linear, att::lookback(10), sink);

        auto const id = [](auto const& one) { return one.at; };
        auto desk =
            att::live(att::conversion_stream<sale>(&sale::user, &sale::at, id, &sale::value),
                      att::touchpoint_stream<touch>(&touch::user, &touch::at, id), att::linear,
                      att::lookback(10));
        auto sums = desk.bind(sink);
        for (auto const& one : w.log)
            holds(desk.touch(one) == att::arrival::accepted);
        for (auto const& one : w.book)
            holds(desk.convert(one) == att::arrival::accepted);
        desk.finish(sums);
        auto const table = sums.finish();
        holds(table.size() == expected.size());
        for (std::size_t i = 0; i < table.size(); ++i)
            holds(table[i].key == expected[i].key && table[i][0] == expected[i][0]);
    });
}
