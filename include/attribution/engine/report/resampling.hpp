// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/engine/values/stable_number.hpp>
#include <attribution/numeric/double_pair.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/sample_source.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Calls `visit(bucket)` for each of the buckets that a random word draws, 10 bits each.
template <class Visit, std::size_t... I>
void for_each_draw_of(std::uint64_t word, Visit& visit, std::index_sequence<I...>) {
    static_assert(customer_bucket::count == 1024, "a bucket is drawn by 10 bits");
    (visit(static_cast<std::size_t>(word >> (10 * I) & (customer_bucket::count - 1))), ...);
}

/// Draws as many buckets as there are, with replacement, and calls `visit(bucket)` for each. Replicates of
/// one seed and number are the same in every program.
template <class Visit>
void for_each_draw(std::uint64_t seed, std::size_t replicate, Visit visit) {
    constexpr std::size_t draws_of_each = 6;
    sample_source source{scattered(scattered(seed) + replicate)};
    for (std::size_t i = 0; i < customer_bucket::count / draws_of_each; ++i)
        detail::for_each_draw_of(source.next(), visit, std::make_index_sequence<draws_of_each>{});
    detail::for_each_draw_of(source.next(), visit,
                             std::make_index_sequence<customer_bucket::count % draws_of_each>{});
}

inline bucket_draws drawn_buckets(std::uint64_t seed, std::size_t replicate) {
    bucket_draws drawn{};
    detail::for_each_draw(seed, replicate, [&](std::size_t bucket) { ++drawn[bucket]; });
    return drawn;
}

/// How often each bucket counts in some replicates, as numbers to multiply sums by.
template <class Number, std::size_t Replicates>
using some_draws = std::vector<
    std::array<std::conditional_t<std::floating_point<Number>, double, std::uint16_t>, Replicates>>;

/// The sums of one group in the buckets that have any, ascending by bucket.
template <class Number>
class bucket_sums {
  public:
    void add(std::uint32_t bucket, Number const& sum) { sums_.emplace_back(bucket, sum); }

    /// The sums of some replicates, each as if it were alone: the order of additions is always the same.
    template <std::size_t Replicates>
    [[nodiscard]] std::array<Number, Replicates>
    of(some_draws<Number, Replicates> const& drawn) const {
        if constexpr (std::same_as<Number, double> && Replicates % 2 == 0)
            return in_pairs(drawn.data(), std::make_index_sequence<Replicates / 2>{});
        else
            return of(drawn.data(), std::make_index_sequence<Replicates>{});
    }

  private:
    template <class Often, std::size_t... Replicate>
    [[nodiscard]] std::array<Number, sizeof...(Replicate)>
    of(Often const* drawn, std::index_sequence<Replicate...>) const {
        std::array<Number, sizeof...(Replicate)> all{};
        for (auto const& [bucket, sum] :
             sums_)  // no loop inside, which would cost more than its work
            ((all[Replicate] += times(drawn[bucket][Replicate], sum)), ...);
        return all;
    }

    template <class Often, std::size_t... Pair>
    [[nodiscard]] std::array<double, 2 * sizeof...(Pair)>
    in_pairs(Often const* drawn, std::index_sequence<Pair...>) const {
        std::array<double_pair, sizeof...(Pair)> all{};
        for (auto const& [bucket, sum] : sums_) {
            double_pair const own{sum};
            (all[Pair].add_products(drawn[bucket].data() + 2 * Pair, own), ...);
        }
        std::array<double, 2 * sizeof...(Pair)> apart{};
        for (std::size_t i = 0; i < apart.size(); ++i)
            apart[i] = all[i / 2][i % 2];
        return apart;
    }

    static int128 times(std::uint16_t often, int128 const& sum) { return int128{often} * sum; }
    static double times(double often, double sum) { return detail::product(often, sum); }

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
