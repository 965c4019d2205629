// SPDX-License-Identifier: BSL-1.0
// The same records one by one, in the order of time, credited as they come.
#include "ours.hpp"

#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/stream/live.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>

namespace harness {

namespace {

struct live_touch : touch {
    std::int64_t id;
};
struct live_sale : sale {
    std::int64_t id;
};

/// Touchpoints and conversions in the order of time.
struct stream {
    std::vector<live_touch> touches;
    std::vector<live_sale> sales;
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

stream const& stream_of(workload::data const& data) {
    static std::map<workload::plan, stream> known;
    auto& one = known[data.made_by()];
    if (one.touches.empty())
        one = {by_time<live_touch>(data.touch_rows()), by_time<live_sale>(data.sale_rows())};
    return one;
}

template <class Model>
std::vector<amounts> follow(stream const& records, Model const& ours) {
    auto desk = att::live(
        att::conversion_stream<live_sale>(&live_sale::customer, &live_sale::at, &live_sale::id,
                                          &live_sale::value),
        att::touchpoint_stream<live_touch>(&live_touch::customer, &live_touch::at, &live_touch::id),
        ours, att::lookback(workload::lookback), att::at_once);
    auto sums = desk.bind(att::by(&live_touch::channel));
    auto next = records.touches.begin();
    for (auto const& sold : records.sales) {
        // A touchpoint in the second of the conversion may still earn it.
        for (; next != records.touches.end() && next->at <= sold.at; ++next)
            desk.touch(*next);
        desk.convert(sold, sums);
    }
    for (; next != records.touches.end(); ++next)
        desk.touch(*next);
    return by_channel(sums.finish());
}

}  // namespace

void add_live(std::size_t touches) {
    workload::plan const plan{touches, order::shuffled};
    for_each_model([&](model which, auto const& ours) {
        add({"live", reference::name_of(which), plan}, {which},
            [ours](workload::data const& data) { return follow(stream_of(data), ours); });
    });
}

}  // namespace harness
