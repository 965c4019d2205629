// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/exact_sum.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/product.hpp>

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace attribution::inline v0_1::detail {

/// An estimate and the square of its standard error.
struct uncertain {
    double value = 0;
    double variance = 0;
};

/// The experiments of one channel, by their precision; in any order the same bits.
class combined_lift {
  public:
    /// Errors: std::invalid_argument, naming the lift, if it is not finite, or certain.
    void add(std::size_t number, double incremental, double standard_error) {
        if (!detail::is_finite(incremental))
            refuse(number, "is not a finite number");
        if (!(standard_error > 0) || !detail::is_finite(standard_error))
            refuse(number, "has a standard error that is not a finite number above 0");
        auto const precision = 1 / detail::product(standard_error, standard_error);
        if (!(precision > 0) || !detail::is_finite(precision) ||
            !detail::is_finite(detail::product(precision, incremental)))
            refuse(number, "has a standard error that is too large or too small to be used");
        precision_.add(precision);
        weighted_.add(detail::product(precision, incremental));
        any_ = true;
    }
    [[nodiscard]] bool any() const { return any_; }
    [[nodiscard]] double precision() const { return precision_.value(); }
    [[nodiscard]] double weighted() const { return weighted_.value(); }

  private:
    [[noreturn]] static void refuse(std::size_t number, char const* what) {
        throw std::invalid_argument{"calibrated: lift " + std::to_string(number) + ' ' + what};
    }

    exact_sum precision_;
    exact_sum weighted_;
    bool any_ = false;
};

/// A model's amount and experiments of the same channel, by their precision, but not below 0.
///
/// `relative_error` is how far the model may be off, as a part of what it says.
inline uncertain combined(uncertain const& by_model, double relative_error,
                          combined_lift const& measured) {
    auto const off = detail::product(relative_error, by_model.value);
    auto const variance = by_model.variance + detail::product(off, off);
    if (!(variance > 0)) {  // of a model that cannot be wrong, or that says 0
        if (relative_error == 0)
            return by_model;
        auto const value = measured.weighted() / measured.precision();
        return {value > 0 ? value : 0, 1 / measured.precision()};
    }
    auto const precision = measured.precision() + 1 / variance;
    auto const value = (measured.weighted() + by_model.value / variance) / precision;
    return {value > 0 ? value : 0, 1 / precision};
}

/// Amounts of channels after calibration, with what would have happened anyway.
struct calibration_result {
    std::vector<uncertain> channels;
    uncertain anyway;
    double factor = 1;
    bool cut = false;
};

/// Calibrates the amounts of channels, at least 0, which are parts of `whole`. See `calibrated`.
inline calibration_result calibrate(std::vector<uncertain> const& by_model, double whole,
                                    double relative_error,
                                    std::vector<combined_lift> const& lifts) {
    calibration_result result;
    double model_sum = 0;     // of channels with experiments
    double measured_sum = 0;  // of the same
    double measured_variance = 0;
    double other_sum = 0;  // of those without
    for (std::size_t i = 0; i < by_model.size(); ++i) {
        result.channels.push_back(lifts[i].any() ? combined(by_model[i], relative_error, lifts[i])
                                                 : by_model[i]);
        if (!lifts[i].any()) {
            other_sum += by_model[i].value;
            continue;
        }
        model_sum += by_model[i].value;
        measured_sum += result.channels[i].value;
        measured_variance += result.channels[i].variance;
    }
    if (model_sum > 0)
        result.factor = measured_sum / model_sum;
    auto const square = [](double x) { return detail::product(x, x); };
    double sum = 0;
    double own_variance = 0;  // of channels without experiments, the factor's apart
    for (std::size_t i = 0; i < by_model.size(); ++i) {
        auto& one = result.channels[i];
        if (!lifts[i].any()) {
            auto const value = by_model[i].value;
            auto const own = detail::product(square(result.factor),
                                             by_model[i].variance +
                                                 square(detail::product(relative_error, value)));
            own_variance += own;
            one.value = detail::product(result.factor, value);
            one.variance =
                own +
                (model_sum > 0 ? detail::product(square(value / model_sum), measured_variance) : 0);
        }
        sum += one.value;
    }
    auto const spread = model_sum > 0 ? 1 + other_sum / model_sum : 1;
    result.anyway = {whole - sum,
                     detail::product(square(spread), measured_variance) + own_variance};
    if (sum > whole) {
        auto const scale = whole / sum;  // above 0, as `whole` is not below it
        for (auto& one : result.channels)
            one = {detail::product(one.value, scale), detail::product(one.variance, square(scale))};
        result.anyway.value = 0;
        // Rounding alone is no reason to complain.
        result.cut = detail::product(sum - whole, 1e9) > whole;
    }
    return result;
}

}  // namespace attribution::detail
