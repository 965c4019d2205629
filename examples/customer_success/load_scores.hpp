// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/money_text.hpp>
#include <support/quantile_bands.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a deal weighs in the portfolio of its specialist.
namespace customer_success {

/// An expected count of emails and activities, in millionths: fine enough, and the same on every machine.
using expected_work = std::int64_t;
[[nodiscard]] inline expected_work millionths(double count) {
    return std::llround(count * 1'000'000);
}
[[nodiscard]] inline std::string work_text(expected_work work) {
    return examples::format_decimal(work, 6);
}

/// 0.7 times the band of the expected work, 1 to 5, and 0.3 times the family: exactly, in tenths.
///
/// Edges: the family score is the number of applicants and has no bound, so that a family of ten weighs
///        more than the largest band.
struct deal_score {
    std::int64_t interactions = 0;  // the band
    std::int64_t family = 0;

    [[nodiscard]] std::int64_t total() const { return interactions + family; }
    [[nodiscard]] std::int64_t tenths() const { return 7 * interactions + 3 * family; }
};
[[nodiscard]] inline std::string tenths_text(std::int64_t tenths) {
    return examples::format_decimal(tenths, 1);
}

/// Scores deals by the quintiles of expected work.
class deal_scorer {
  public:
    /// Without any expected work, all deals are in the first band.
    explicit deal_scorer(std::vector<expected_work> all)
        : bands_{all.empty() ? examples::quantile_bands<expected_work>{{}, side}
                             : examples::equal_bands(std::move(all), 5, side)} {}

    [[nodiscard]] deal_score operator()(expected_work work, std::int64_t applicants) const {
        return {static_cast<std::int64_t>(bands_(work)) + 1, applicants};
    }
    [[nodiscard]] std::vector<expected_work> const& borders() const { return bands_.borders(); }

  private:
    static constexpr auto side = examples::on_border::below;
    examples::quantile_bands<expected_work> bands_;
};

/// How unequal loads are: standard deviation by mean, of all there are.
///
/// Edges: nothing if there are none, or all are 0.
[[nodiscard]] inline std::optional<double>
coefficient_of_variation(std::vector<std::int64_t> const& loads) {
    double sum = 0, squares = 0;
    for (auto const load : loads)
        sum += static_cast<double>(load);
    auto const mean = sum / static_cast<double>(loads.size());
    for (auto const load : loads)
        squares += (static_cast<double>(load) - mean) * (static_cast<double>(load) - mean);
    if (!(mean > 0))
        return std::nullopt;
    return std::sqrt(squares / static_cast<double>(loads.size())) / mean;
}

}  // namespace customer_success
