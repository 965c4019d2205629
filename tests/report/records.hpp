// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/join.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <array>

/// Records of the worked examples of reports: constexpr, and counted in cents.
namespace report_records {

struct visit {
    int user;
    int at;
    char channel;
};
struct order {
    int user;
    int at;
    long long cents;
};

constexpr auto sold(auto const& orders) {
    return attribution::conversions(orders, &order::user, &order::at, &order::cents);
}
constexpr auto seen(auto const& visits) {
    return attribution::touchpoints(visits, &visit::user, &visit::at);
}

/// User 1: A A B, for 10. User 2: A B, for 20. User 3: B, once for 5 and once for 6. User 4:
/// nothing, for 3.
inline constexpr std::array<visit, 6> few_visits{
    {{1, 1, 'A'}, {1, 4, 'A'}, {1, 7, 'B'}, {2, 2, 'A'}, {2, 8, 'B'}, {3, 9, 'B'}}};
inline constexpr std::array<order, 5> few_orders{
    {{1, 9, 10}, {2, 9, 20}, {3, 9, 5}, {3, 10, 6}, {4, 9, 3}}};

constexpr auto few_paths() {
    return attribution::join(sold(few_orders), seen(few_visits));
}

}  // namespace report_records
