// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "harness.hpp"

#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/records/columns.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/sorted.hpp>
#include <attribution/records/touchpoints.hpp>

#include <cstddef>
#include <vector>

namespace harness {

namespace att = attribution;

using workload::named_sale, workload::named_touch, workload::sale, workload::touch;

// How the workload is told to the library.

struct in_columns {
    static constexpr auto channel = att::column<2>;
    static auto touches(workload::data const& data) {
        auto const& from = data.touches;
        return att::touchpoints(att::columns(from.customer, from.at, from.channel), att::column<0>,
                                att::column<1>);
    }
    static auto sales(workload::data const& data) {
        auto const& from = data.sales;
        return att::conversions(att::columns(from.customer, from.at, from.value), att::column<0>,
                                att::column<1>, att::column<2>);
    }
};

struct in_rows {
    static constexpr auto channel = &touch::channel;
    static auto touches(workload::data const& data) {
        return att::touchpoints(data.touch_rows(), &touch::customer, &touch::at);
    }
    static auto sales(workload::data const& data) {
        return att::conversions(data.sale_rows(), &sale::customer, &sale::at, &sale::value);
    }
};

struct with_names {
    static constexpr auto channel = &named_touch::channel;
    static auto touches(workload::data const& data) {
        return att::touchpoints(data.named_touches(), &named_touch::customer, &named_touch::at);
    }
    static auto sales(workload::data const& data) {
        return att::conversions(data.named_sales(), &named_sale::customer, &named_sale::at,
                                &named_sale::value);
    }
};

/// The same with the promise that it is in order.
template <class Records>
struct in_order : Records {
    static auto touches(workload::data const& data) { return att::sorted(Records::touches(data)); }
    static auto sales(workload::data const& data) { return att::sorted(Records::sales(data)); }
};

/// Calls `use(model, att_model)` with each of the five.
template <class Use>
void for_each_model(Use use) {
    use(model::first, att::first_touch);
    use(model::last, att::last_touch);
    use(model::linear, att::linear);
    use(model::position, att::position_based());
    use(model::time_decay, att::time_decay(workload::half_life));
}

/// A report by channel, as the reference has it; amounts in `unit`.
template <class Report>
std::vector<amounts> by_channel(Report const& report, double unit = 1) {
    amounts result{};
    for (auto const& row : report)
        result[row.key.value_or(workload::channels)] = static_cast<double>(row.amount) * unit;
    return {result};
}

template <std::size_t Models, class Table>
std::vector<amounts> each_by_channel(Table const& table) {
    std::vector<amounts> results(Models);
    for (auto const& row : table)
        for (std::size_t i = 0; i < Models; ++i)
            results[i][row.key.value_or(workload::channels)] = row[i].amount;
    return results;
}

}  // namespace harness
