// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/owned_range.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Where the amount of a row of a calibrated report comes from.
enum class calibration_source {
    measured,  // the channel has an experiment: its result and the model's, by their precision
    scaled,    // it has none: the model's amount, scaled as those of channels with experiments were
    anyway,    // would have happened without any of these channels
    unattributed  // no touchpoint at all, as before
};

[[nodiscard]] constexpr std::string_view to_string(calibration_source source) {
    switch (source) {
    case calibration_source::measured:
        return "measured";
    case calibration_source::scaled:
        return "scaled";
    case calibration_source::anyway:
        return "anyway";
    case calibration_source::unattributed:
        return "unattributed";
    }
    return "unknown";
}

/// One line of a calibrated report. `low` and `high` are the ends of the 95 % interval, cut off at 0
/// and at all attributed value.
template <class Key, amount Amount>
struct calibrated_row {
    using key_type = Key;
    using amount_type = Amount;

    Key key;  // empty in the last two rows
    calibration_source source;
    Amount amount;
    Amount low;
    Amount high;
    double standard_error;
    Amount by_model;  // what the model alone says
};

/// Channels by what they caused, in the order of the report they were calibrated from; then what
/// would have happened anyway, then the unattributed value. Made by `calibrated`.
template <class Row>
class calibrated_report : public detail::owned_range<Row> {
  public:
    using row_type = Row;
    using amount_type = typename Row::amount_type;

    calibrated_report(std::vector<Row> rows, double factor, bool cut)
        : detail::owned_range<Row>{std::move(rows)}, factor_{factor}, cut_{cut} {}

    /// All value; that of the report, exactly for integers and money.
    [[nodiscard]] amount_type total() const {
        running_total<amount_type> all;
        for (auto const& row : *this)
            all.add(row.amount);
        return all.value();
    }

    /// By how much channels without an experiment were scaled: below 1, the model credits more than
    /// experiments find.
    [[nodiscard]] double factor() const { return factor_; }

    /// Did the channels together have more than all attributed value, so that all of them were cut in
    /// proportion, and nothing is left that would have happened anyway? Then look at the experiments:
    /// their unit, period or customers may not be those of the report.
    [[nodiscard]] bool cut() const { return cut_; }

  private:
    double factor_;
    bool cut_;
};

}  // namespace attribution
