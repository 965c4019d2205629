// SPDX-License-Identifier: BSL-1.0
// attribution_growth TOUCHPOINTS: does everything once with so many touchpoints, so that callgrind
// can count its instructions; prints names and the most bytes of heap in use. Meant for growth.py.
#include "heap.hpp"
#include "workload.hpp"

#include <attribution/attribution.hpp>

#include <valgrind/callgrind.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

namespace att = attribution;
using workload::sale, workload::touch;

auto touches(std::vector<touch> const& log) {
    return att::touchpoints(log, &touch::customer, &touch::at);
}
auto sales(std::vector<sale> const& book) {
    return att::conversions(book, &sale::customer, &sale::at, &sale::cents);
}

auto const window = att::lookback(workload::lookback);
auto const by_channel = att::by(&touch::channel);
auto const by_customer = att::by(&touch::customer);
att::configuration const how{.model = "linear", .policy = "90 days"};

template <class Run>
void measure(char const* name, Run run) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    heap::watch const memory;
    [[maybe_unused]] auto const result = run();
    auto const peak = memory.peak();
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
    std::printf("%s %lld\n", name, static_cast<long long>(peak));
}

void measure_batch(std::size_t size) {
    auto const& in_order = workload::get({size, workload::order::sorted});
    auto const& shuffled = workload::get({size, workload::order::shuffled});
    auto const orders = sales(shuffled.sale_rows());
    auto const clicks = touches(shuffled.touch_rows());

    measure("sorted", [sold = sales(in_order.sale_rows()), seen = touches(in_order.touch_rows())] {
        return att::attribute(att::sorted(sold), att::sorted(seen), att::linear, window,
                              by_channel);
    });
    measure("any_order",
            [&] { return att::attribute(orders, clicks, att::linear, window, by_channel); });
    measure("time_decay", [&] {
        return att::attribute(orders, clicks, att::time_decay(workload::half_life), window,
                              by_channel);
    });
    measure("by_customer",
            [&] { return att::attribute(orders, clicks, att::linear, window, by_customer); });
    auto const journeys = att::join(orders, clicks);
    measure("ledger", [&] { return att::attribute(journeys, att::linear, window); });
    measure("compare", [&] {
        return att::attribute(
            journeys,
            att::models(att::first_touch, att::linear, att::time_decay(workload::half_life)),
            window, by_channel);
    });
    measure("explain", [&] { return att::explain(journeys, att::linear, window); });
    measure("markov", [&] { return att::fit(journeys, att::markov(&touch::channel), window); });
    measure("shapley", [&] { return att::fit(journeys, att::shapley(&touch::channel), window); });

    auto tally = by_customer.bind(journeys.conversions(), journeys.touchpoints());
    auto const empty = tally;
    att::attribute(journeys, att::linear, window, tally);
    measure("merge", [&] {
        auto merged = empty;
        att::merge_bytes(merged, att::to_bytes(tally, how), how);
        return merged;
    });
}

struct live_touch : touch {
    std::int64_t id;
};
struct live_sale : sale {
    std::int64_t id;
};

template <class Live, class Row>
std::vector<Live> by_time(std::vector<Row> const& rows) {
    std::vector<Live> records;
    for (auto const& row : rows)
        records.push_back({row, static_cast<std::int64_t>(records.size())});
    std::stable_sort(records.begin(), records.end(),
                     [](Live const& a, Live const& b) { return a.at < b.at; });
    return records;
}

void measure_live(std::size_t size) {
    auto const& data = workload::get({size, workload::order::shuffled});
    auto const seen = by_time<live_touch>(data.touch_rows());
    auto const sold = by_time<live_sale>(data.sale_rows());
    auto const make = [] {
        return att::live(att::conversion_stream<live_sale>(&live_sale::customer, &live_sale::at,
                                                           &live_sale::id, &live_sale::cents),
                         att::touchpoint_stream<live_touch>(&live_touch::customer, &live_touch::at,
                                                            &live_touch::id),
                         att::linear, window, att::allowed_lateness(workload::day));
    };
    auto const follow = [&] {
        auto desk = make();
        auto const ignore = [](auto const&) {};
        auto next = seen.begin();
        for (auto const& one : sold) {
            for (; next != seen.end() && next->at <= one.at; ++next)
                (void)desk.touch(*next);
            (void)desk.convert(one);
            desk.advance(one.at, ignore);
        }
        return desk;
    };
    measure("live", follow);
    auto const desk = follow();
    measure("snapshot", [&] {
        auto const touch_form =
            att::members<live_touch>(&live_touch::customer, &live_touch::at, &live_touch::id);
        auto const sale_form = att::members<live_sale>(&live_sale::customer, &live_sale::at,
                                                       &live_sale::id, &live_sale::cents);
        auto other = make();
        other.restore(desk.snapshot(how, touch_form, sale_form), how, touch_form, sale_form);
        return other;
    });
}

/// One customer with many touches and sales in reach: what one more touch costs must not depend on
/// how many there are.
void measure_one_customer(std::size_t size) {
    auto const last = static_cast<std::int64_t>(size / 5 * 4);  // a little less than a power of 2
    auto const make = [&](std::int64_t reach) {
        return att::live(att::conversion_stream<live_sale>(&live_sale::customer, &live_sale::at,
                                                           &live_sale::id, &live_sale::cents),
                         att::touchpoint_stream<live_touch>(&live_touch::customer, &live_touch::at,
                                                            &live_touch::id),
                         att::last_touch, att::lookback(reach));
    };
    auto const ignore = [](auto const&) {};
    live_touch touched{};
    live_sale sold{};
    auto const next = [](auto& record, std::int64_t at) -> auto& {
        record.at = at;
        record.id = at;
        return record;
    };
    auto busy = make(10 * last);
    measure("items", [&] {  // of one order
        for (sold.id = 0; sold.id < last; ++sold.id)
            (void)busy.convert(sold);
        busy.advance(1, ignore);
        return busy.counts();
    });
    measure("after_sales", [&] {
        for (std::int64_t at = 1; at <= last; ++at)
            (void)busy.touch(next(touched, at));
        return busy.counts();
    });
    auto sliding = make(last / 4);
    measure("sliding", [&] {  // a touch comes and a touch goes
        for (std::int64_t at = 1; at <= last; ++at) {
            (void)sliding.touch(next(touched, at));
            sliding.advance(at, ignore);
        }
        return sliding.counts();
    });
    auto knowing = att::live(
        att::conversion_stream<live_sale>(&live_sale::customer, &live_sale::at, &live_sale::id,
                                          &live_sale::cents),
        att::touchpoint_stream<live_touch>(&live_touch::customer, &live_touch::at, &live_touch::id),
        att::last_touch, att::lookback(last / 4), att::deduplicate_conversions());
    measure("known_ids", [&] {
        for (std::int64_t at = 1; at <= last; ++at) {
            (void)knowing.convert(next(sold, at));
            knowing.advance(at, ignore);
        }
        return knowing.counts();
    });
}

}  // namespace

int main(int argc, char** argv) {
    auto const size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 0;
    if (size < 100) {
        std::fputs("usage: attribution_growth TOUCHPOINTS\n", stderr);
        return 2;
    }
    measure_batch(size);
    measure_live(size);
    measure_one_customer(size);
}
