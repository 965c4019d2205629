// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// The workload that all models are measured on: n touchpoints of n / 10 customers with Zipf-like
/// counts, 12 channels, two years of seconds; n / 10 conversions with a value.
namespace workload {

struct touch {
    std::uint32_t customer;
    std::int64_t at;
    std::uint8_t channel;
};

struct sale {
    std::uint32_t customer;
    std::int64_t at;
    double value;
    std::int64_t cents;
};

inline constexpr std::int64_t day = 86'400;
inline constexpr std::int64_t two_years = 730 * day;
inline constexpr std::size_t channels = 12;

/// SplitMix64 (Steele, Lea & Flood, 2014): the same numbers with every standard library.
class random_source {
  public:
    explicit random_source(std::uint64_t seed) : state_{seed} {}

    std::uint64_t operator()() {
        auto z = state_ += 0x9e37'79b9'7f4a'7c15u;
        z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9u;
        z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11ebu;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t bound) { return (*this)() % bound; }

  private:
    std::uint64_t state_;
};

struct data {
    std::vector<touch> touches;
    std::vector<sale> sales;
};

enum class order { sorted, shuffled };

inline data make(std::size_t n, order how, std::uint64_t seed = 7) {
    random_source random{seed};
    auto const customers = std::max<std::uint64_t>(n / 10, 1);
    // The smaller of two uniform numbers makes low-numbered customers busier.
    auto const customer = [&] {
        return static_cast<std::uint32_t>(
            std::min(random.below(customers), random.below(customers)));
    };
    auto const time = [&] { return static_cast<std::int64_t>(random.below(two_years)); };
    data result;
    for (std::size_t i = 0; i < n; ++i)
        result.touches.push_back(
            {customer(), time(), static_cast<std::uint8_t>(random.below(channels))});
    for (std::size_t i = 0; i < n / 10; ++i) {
        auto const cents = static_cast<std::int64_t>(100 + random.below(100'000));
        result.sales.push_back({customer(), time(), static_cast<double>(cents) / 100, cents});
    }
    if (how == order::sorted) {
        auto const by_customer_and_time = [](auto const& a, auto const& b) {
            return a.customer != b.customer ? a.customer < b.customer : a.at < b.at;
        };
        std::stable_sort(result.touches.begin(), result.touches.end(), by_customer_and_time);
        std::stable_sort(result.sales.begin(), result.sales.end(), by_customer_and_time);
    }
    return result;
}

/// Made once per size and order.
inline data const& shared(std::size_t n, order how) {
    static std::size_t size = 0;
    static order made = order::sorted;
    static data current;
    if (size != n || made != how) {
        current = make(n, how);
        size = n;
        made = how;
    }
    return current;
}

}  // namespace workload
