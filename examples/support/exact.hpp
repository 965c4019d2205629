// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/money_text.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

/// Means, shares and correlations of whole numbers as they are, rounded once, when they are written:
/// neither the order of the data nor the machine can change a digit.
namespace examples {

using exact_number = boost::multiprecision::cpp_rational;
using exact_integer = boost::multiprecision::cpp_int;

/// In units of 10^-digits, half away from zero.
///
/// Errors: std::invalid_argument for negative digits, std::overflow_error if it does not fit.
template <signed_amount Integer = std::int64_t>
[[nodiscard]] Integer rounded_units(exact_number const& number, int digits) {
    if (digits < 0)
        throw std::invalid_argument{"rounded_units: the number of digits is negative"};
    exact_integer unit = 1;
    for (int i = 0; i < digits; ++i)
        unit *= 10;
    auto const top = exact_integer{abs(numerator(number)) * unit};
    auto const bottom = exact_integer{denominator(number)};
    auto const units = exact_integer{(2 * top + bottom) / (2 * bottom)};
    if (units >> (8 * sizeof(Integer) - 1) != 0)
        throw std::overflow_error{"rounded_units: the number is too large"};
    auto const magnitude = units.convert_to<Integer>();
    return number < 0 ? -magnitude : magnitude;
}

/// With so many digits after the point, half away from zero.
///
/// Errors: as above; 128 bits are enough for it.
[[nodiscard]] inline std::string rounded_text(exact_number const& number, int digits,
                                              decimal_style style = decimal_style::shortest) {
    return format_decimal(rounded_units<wide_integer>(number, digits), digits, style);
}

/// The shortest decimal that is read back as the nearest double: 4.333333333333333, 14.0.
///
/// Edges: exact while numerator and denominator are below 2^53, as those of counts are.
[[nodiscard]] inline std::string double_text(exact_number const& number) {
    auto const value =
        numerator(number).convert_to<double>() / denominator(number).convert_to<double>();
    auto text = fmt::format("{}", value);
    return text.find_first_of(".e") == text.npos ? text + ".0" : text;
}

/// The mean of fractions.
class exact_mean {
  public:
    void add(std::int64_t numerator, std::int64_t denominator = 1) {
        sums_[denominator] += numerator;
        ++count_;
    }
    void add(exact_number const& number) {
        rest_ += number;
        ++count_;
    }

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] exact_number sum() const {
        auto sum = rest_;
        for (auto const& [denominator, numerator] : sums_)
            sum += exact_number{numerator, denominator};
        return sum;
    }
    /// Nothing of nothing.
    [[nodiscard]] std::optional<exact_number> mean() const {
        return count_ == 0 ? std::nullopt : std::optional<exact_number>{sum() / count_};
    }

  private:
    std::map<std::int64_t, exact_integer> sums_;  // by denominator: few, so that sums are cheap
    exact_number rest_ = 0;
    std::size_t count_ = 0;
};

/// How two numbers go together, from -1 to 1.
///
/// Source: Pearson's product-moment correlation, of the whole population.
class exact_correlation {
  public:
    void add(std::int64_t x, exact_number const& y) {
        ++count_;
        x_ += x;
        xx_ += exact_integer{x} * x;
        y_ += y;
        yy_ += y * y;
        xy_ += x * y;
    }

    /// In units of 10^-digits, half away from zero; nothing if one of the numbers never changes.
    [[nodiscard]] std::optional<std::int64_t> rounded(int digits) const {
        exact_number const n = count_;
        exact_number const together = n * xy_ - x_ * y_;
        exact_number const apart = (n * xx_ - x_ * x_) * (n * yy_ - y_ * y_);
        if (apart == 0)
            return std::nullopt;
        exact_integer half_unit = 2;
        for (int i = 0; i < digits; ++i)
            half_unit *= 10;
        // floor(2 r units), then rounded: the root of a whole number is exact.
        exact_number const square = together * together / apart * half_unit * half_unit;
        auto const halves =
            exact_integer{sqrt(exact_integer{numerator(square) / denominator(square)})};
        auto const units = exact_integer{(halves + 1) / 2}.convert_to<std::int64_t>();
        return together < 0 ? -units : units;
    }

  private:
    std::size_t count_ = 0;
    exact_integer x_ = 0, xx_ = 0;
    exact_number y_ = 0, yy_ = 0, xy_ = 0;
};

}  // namespace examples
