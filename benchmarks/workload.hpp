// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Task T, the workload that everything is measured on: n touchpoints of n / 10 customers, 12
/// channels, two years of seconds; n / 10 conversions with a value; credit per channel within 90
/// days before the conversion, both ends included.
///
/// The same numbers with every compiler and standard library: SplitMix64 and integers only. The
/// times of one customer's touchpoints are distinct, and so are those of its conversions, so that
/// no contender needs a rule for ties and all must agree.
namespace workload {

inline constexpr std::int64_t day = 86'400;
inline constexpr std::int64_t two_years = 730 * day;
inline constexpr std::int64_t lookback = 90 * day;
inline constexpr std::int64_t half_life = 7 * day;
inline constexpr std::size_t channels = 12;

enum class order { sorted, shuffled };

/// How touchpoints and conversions spread over the customers.
///
/// `ordinary`: Zipf-like, the customer of rank r draws in proportion to r^(-1/2).
/// `skewed`:   one customer has a third of all touchpoints and conversions, the others draw in
///             proportion to 1 / r.
enum class spread { ordinary, skewed };

struct plan {
    std::size_t touches;
    order how = order::sorted;
    spread over = spread::ordinary;

    auto operator<=>(plan const&) const = default;
};

struct touch {
    std::uint32_t customer;
    std::uint8_t channel;
    std::int64_t at;
};
struct sale {
    std::uint32_t customer;
    std::int64_t at;
    double value;
    std::int64_t cents;
};

/// The same with keys of 20 characters.
struct named_touch {
    std::string customer;
    std::int64_t at;
    std::uint8_t channel;
};
struct named_sale {
    std::string customer;
    std::int64_t at;
    double value;
};

struct touch_columns {
    std::vector<std::uint32_t> customer;
    std::vector<std::int64_t> at;
    std::vector<std::uint8_t> channel;
};
struct sale_columns {
    std::vector<std::uint32_t> customer;
    std::vector<std::int64_t> at;
    std::vector<double> value;
    std::vector<std::int64_t> cents;
};

/// One workload in columns; rows are made from them when somebody first asks.
class data {
  public:
    explicit data(plan const& wanted);

    touch_columns touches;
    sale_columns sales;

    std::vector<touch> const& touch_rows() const;
    std::vector<sale> const& sale_rows() const;
    std::vector<named_touch> const& named_touches() const;
    std::vector<named_sale> const& named_sales() const;

    plan const& made_by() const { return plan_; }

  private:
    plan plan_;
    mutable std::optional<std::vector<touch>> touch_rows_;
    mutable std::optional<std::vector<sale>> sale_rows_;
    mutable std::optional<std::vector<named_touch>> named_touches_;
    mutable std::optional<std::vector<named_sale>> named_sales_;
};

/// Made once per plan and kept until the end of the program.
data const& get(plan const& wanted);

}  // namespace workload
