// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/attribution.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace att = attribution;

struct visit {
    int user;
    std::chrono::sys_seconds at;
    std::string channel;
};
struct order {
    int buyer;
    std::chrono::sys_seconds at;
    long cents;
    std::string printed_price;
};

inline std::vector<visit> const visits;
inline std::vector<order> const orders;
inline auto const touches = att::touchpoints(visits, &visit::user, &visit::at);
inline auto const sales = att::conversions(orders, &order::buyer, &order::at, &order::cents);
