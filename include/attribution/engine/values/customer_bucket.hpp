// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/stable_number.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1::detail {

/// The number of a bucket of customers. A type of its own, so that the bytes of a tally by bucket are
/// not taken for those of a tally by a number in the records.
struct customer_bucket {
    /// A power of two, so that a bucket is some bits of a hash. The width of an interval is off by a
    /// factor of about 1 +- 1 / sqrt(2 * 1024), or 2 %, as with any 1,024 independent observations.
    static constexpr std::uint32_t count = 1024;

    std::uint32_t number = 0;

    static constexpr auto members() { return std::tuple{&customer_bucket::number}; }
    template <class NameOf>
    static std::string kind(NameOf) {
        return "bucket of customers, of " + std::to_string(count);
    }

    friend constexpr auto operator<=>(customer_bucket const&, customer_bucket const&) = default;
};

/// How often each bucket counts in one replicate.
using bucket_draws = std::array<std::uint16_t, customer_bucket::count>;

/// The bucket of a record's customer: some bits of a hash of the key, the same on every machine.
/// Records without a customer are in a bucket by their time, so that they are many customers, and not
/// a single large one.
template <class Records>
constexpr std::uint32_t bucket_of_customer(Records const& records, std::size_t row) {
    using key_type = value_type_in<typename Records::key_type>;
    using time_type = typename Records::time_type;
    static_assert(has_stable_number<key_type>,
                  "attribution: customers are drawn by their keys: text, whole numbers, times that "
                  "count whole units, or pairs, tuples or arrays of these; use such a key");
    constexpr std::uint64_t without_customer = 0x6e6f'6f6e'6521;
    std::uint64_t number = without_customer;
    decltype(auto) key = records.key(row);
    if (!detail::is_missing(key)) {
        number = detail::stable_number(detail::value_in(key));
    } else if constexpr (has_stable_number<time_type>) {
        number = detail::scattered(without_customer + detail::stable_number(records.time(row)));
    }
    return static_cast<std::uint32_t>(number % customer_bucket::count);
}

/// The same row of these records is another record later: those of a stream.
template <class Conversions>
concept rows_change = requires {
    requires Conversions::rows_change;
};

/// The buckets of the conversions' customers. Neighbouring credits are mostly of one conversion, so
/// the last answer is kept, unless the row says nothing about the record.
template <class Conversions>
class customer_buckets {
  public:
    constexpr explicit customer_buckets(Conversions c) : conversions_{std::move(c)} {}

    constexpr std::uint32_t operator()(std::size_t row) {
        if (rows_change<Conversions> || row != last_row_ || !known_) {
            last_bucket_ = detail::bucket_of_customer(conversions_, row);
            last_row_ = row;
            known_ = true;
        }
        return last_bucket_;
    }

  private:
    Conversions conversions_;
    std::size_t last_row_ = 0;
    std::uint32_t last_bucket_ = 0;
    bool known_ = false;
};

}  // namespace attribution::detail
