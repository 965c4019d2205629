// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/engine/values/stable_number.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/sample_source.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Draws as many buckets as there are, with replacement. Replicates of one seed and number are the
/// same in every program.
inline bucket_draws drawn_buckets(std::uint64_t seed, std::size_t replicate) {
    static_assert(customer_bucket::count == 1024, "a bucket is drawn by 10 bits");
    constexpr int bits = 10;
    constexpr int draws_of_each = 6;
    sample_source source{scattered(scattered(seed) + replicate)};
    bucket_draws drawn{};
    std::uint64_t word = 0;
    int left = 0;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        if (left == 0) {
            word = source.next();
            left = draws_of_each;
        }
        ++drawn[word & (customer_bucket::count - 1)];
        word >>= bits;
        --left;
    }
    return drawn;
}

/// The sums of one group in the buckets that have any, ascending by bucket.
template <class Number>
class bucket_sums {
  public:
    void add(std::uint32_t bucket, Number const& sum) { sums_.emplace_back(bucket, sum); }

    /// The sum of a replicate. The order of additions is always the same.
    [[nodiscard]] Number of(bucket_draws const& drawn) const {
        Number all{};
        for (auto const& [bucket, sum] : sums_)
            all += times(drawn[bucket], sum);
        return all;
    }

  private:
    static int128 times(std::uint16_t often, int128 const& sum) { return int128{often} * sum; }
    static double times(std::uint16_t often, double sum) {
        return detail::product(static_cast<double>(often), sum);
    }

    std::vector<std::pair<std::uint32_t, Number>> sums_;
};

template <class Number>
struct interval_ends {
    Number low;
    Number high;
};

/// The `rank`-th smallest and the `rank`-th largest value, rank >= 1.
template <class Number>
interval_ends<Number> ends_of(std::vector<Number> values, std::size_t rank) {
    auto const at = [&](std::size_t place) {
        auto const found = values.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(values.begin(), found, values.end());
        return *found;
    };
    return {at(rank - 1), at(values.size() - rank)};
}

/// The standard deviation of at least two values.
inline double deviation_of(std::vector<double> const& values) {
    auto const count = static_cast<double>(values.size());
    double sum = 0;
    for (auto const value : values)
        sum += value;
    auto const mean = sum / count;
    double squares = 0;
    for (auto const value : values)
        squares += detail::product(value - mean, value - mean);
    return std::sqrt(squares / (count - 1));
}

}  // namespace attribution::detail
