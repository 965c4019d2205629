// SPDX-License-Identifier: BSL-1.0
// Intervals are the same bytes in any order of records, partition of customers and number of threads,
// from ledgers, and by way of bytes; and what they are intervals of is what `by` says.
#include "support/world.hpp"

#include <attribution/attribute.hpp>
#include <attribution/parallel.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/with_intervals.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

using namespace support;

namespace {

constexpr auto groups = att::by(&touch::channel, &sale::region);
constexpr att::bootstrap few{.replicates = 9, .seed = 7, .confidence = 0.8};

/// Values whose sums, even doubled a few times, fit; doubles that no sum holds exactly.
double tenth(sale const& s) {
    return static_cast<double>(s.value % 1'000'003) / 10;
}
cents small(sale const& s) {
    return s.value % 1'000'003;
}

bool same(auto const& a, auto const& b) {
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!(a[i].key == b[i].key && a[i].attributed == b[i].attributed && a[i][0] == b[i][0]))
            return false;
    return true;
}

template <class Value>
void check(random_numbers& random, Value value) {
    world const w{random, true};
    auto const m = some_model(random);
    auto const sink = att::with_intervals(groups, few);
    auto const of = [&](std::vector<sale> const& book) {
        return att::conversions(book, &sale::user, &sale::at, value);
    };
    auto const expected = att::attribute(of(w.book), touches(w.log), m, att::always, sink);

    auto const ledger = att::attribute(of(w.book), touches(w.log), m);
    holds(same(ledger | sink, expected));
    auto const plain = ledger | groups;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        holds(plain[i].amount == expected[i].amount);
        holds(plain[i].conversions == expected[i].conversions);
        holds(expected[i].low <= expected[i].high);
        holds(expected[i].share_low <= expected[i].share_high);
    }
    holds(plain.size() == expected.size());

    auto moved = w;
    random.shuffle(moved.log);
    random.shuffle(moved.book);
    holds(same(att::attribute(of(moved.book), touches(moved.log), m, att::always, sink), expected));

    std::vector<sale> here;
    std::vector<sale> there;
    for (auto const& one : moved.book)
        (one.user == 0 ? here : there).push_back(one);
    auto const tally_of = [&](std::vector<sale> const& book) {
        auto const part = att::attribute(of(book), touches(w.log), m);
        auto tally = sink.bind(part.conversions(), part.touchpoints());
        for (auto const& earned : part)
            tally(earned);
        return tally;
    };
    auto merged = tally_of(there);
    att::configuration const how{};
    att::merge_bytes(merged, att::to_bytes(tally_of(here), how), how);
    holds(same(merged.finish(), expected));

    if (random.chance(16))  // threads cost more than all the rest
        holds(same(att::attribute(att::parallel{1 + random.below(3)}, of(w.book), touches(w.log), m,
                                  att::always, sink),
                   expected));
}

}  // namespace

TEST_CASE("intervals do not depend on order, partition or threads") {
    for_all_worlds([](random_numbers& random) {
        if (random.chance(2))
            check(random, small);
        else
            check(random, tenth);
    });
}
