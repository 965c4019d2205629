// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/allocate.hpp>
#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/amount/units_of.hpp>
#include <attribution/engine/report/calibrating.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/report/calibrated_report.hpp>
#include <attribution/report/lift.hpp>
#include <attribution/report/report.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How much a model is believed beside experiments.
struct calibration {
    /// How far the model's amount for a channel may be off, as a part of it: the standard deviation of
    /// its error, beside that of sampling. 0: the model is right, and experiments are ignored as far as
    /// sampling allows; large: experiments are all that counts.
    double model_error = 0.5;
};

struct calibrated_fn {
    /// Bends what a model credits to channels towards what experiments measured, and says what would
    /// have happened anyway.
    ///
    /// Arguments:  a report by one projection of touchpoints, as `by(&touch::channel)` gives it, best
    ///             `with_intervals`; a range of `lift`s; `calibration{...}`, if the default is not
    ///             right.
    /// Definition: let m be the model's amount for a channel and s its standard error: `share_error`
    ///             times the total, or 0 without intervals. Its variance is v = s^2 + (model_error
    ///             m)^2.
    ///             With an experiment l +- e: c = (m / v + l / e^2) / (1 / v + 1 / e^2), of variance
    ///             1 / (1 / v + 1 / e^2), and at least 0. Several experiments of a channel count as one,
    ///             by the same weights. A channel to which the model gives 0 has what was measured.
    ///             Without: c = f m, where f is the sum of c over the sum of m of all channels with
    ///             experiments (1 if there are none, or these m are 0). Its variance is f^2 v, plus m^2
    ///             times that of f.
    ///             Anyway: all attributed value less the sum of c. If that is negative, all c are cut in
    ///             proportion, and `cut()` says so.
    /// Shape:      the rows of the report, then `anyway`, then `unattributed`. Amounts are made of c by
    ///             `allocate`, so they add up to the total of the report, exactly for integers and
    ///             money; `low` and `high` are c -+ 1.96 standard errors, within 0 and all attributed
    ///             value.
    /// Edges:      an experiment that measured less than 0 takes a channel down to 0, no further. With
    ///             no experiment at all the amounts are the model's.
    /// Errors:     std::invalid_argument if a lift is of a channel that the report does not have, is
    ///             not finite or has no standard error above 0, or if `model_error` is negative or not
    ///             finite; std::domain_error, naming the row, if a channel has a negative amount or the
    ///             attributed value is too large for this.
    /// Complexity: O(channels * lifts).
    /// Source:     the combination by precision is the posterior mean of normal distributions: Gelman
    ///             and others, 2013, "Bayesian data analysis", 2.5; for models beside experiments, Jin,
    ///             Wang, Sun, Chan, Koehler, 2017, "Bayesian methods for media mix modeling with
    ///             carryover and shape effects", take priors from experiments in the same way. The
    ///             common factor for channels without experiments is ours.
    /// Example:    examples/recipes/calibrate.cpp
    template <class Row, class Lifts>
    [[nodiscard]] auto operator()(report<Row> const& table, Lifts const& lifts,
                                  calibration how = {}) const {
        using amount_type = typename Row::amount_type;
        using key_type = typename Row::key_type;
        static_assert(
            requires(Row const& row) { row.amount; } && detail::may_be_empty<key_type> &&
                !detail::has_currency<Row>,
            "attribution: calibrated() takes a report of one model, by one projection of "
            "touchpoints");
        if (!(how.model_error >= 0) || !detail::is_finite(how.model_error))
            throw std::invalid_argument{
                "calibrated: the error of the model must be finite and at least 0"};

        std::vector<Row> channels;
        running_total<amount_type> attributed;
        running_total<amount_type> unattributed;
        for (auto const& row : table) {
            if (!row.attributed) {
                unattributed.add(row.amount);
                continue;
            }
            if (amount_type{} > row.amount)
                throw std::domain_error{"calibrated: row " + std::to_string(channels.size()) +
                                        " of the report has a negative amount, which no experiment "
                                        "can share; calibrate sales before refunds are taken back"};
            attributed.add(row.amount);
            channels.push_back(row);
        }
        auto const whole = attributed.value();
        std::size_t number = 0;
        auto const measured = by_channel(channels, lifts, number);
        auto const result = detail::calibrate(by_model(channels, number_of(table.total())),
                                              number_of(whole), how.model_error, measured);

        using row_type = calibrated_row<key_type, amount_type>;
        auto const amounts = number == 0 ? amounts_of(channels) : parts_of(whole, result);
        std::vector<row_type> rows;
        for (std::size_t i = 0; i < channels.size(); ++i)
            rows.push_back(row<row_type>(
                channels[i].key,
                measured[i].any() ? calibration_source::measured : calibration_source::scaled,
                result.channels[i], amounts[i], channels[i].amount, whole));
        rows.push_back(row<row_type>(key_type{}, calibration_source::anyway, result.anyway,
                                     amounts.back(), amount_type{}, whole));
        auto const rest = unattributed.value();
        rows.push_back({key_type{}, calibration_source::unattributed, rest, rest, rest, 0, rest});
        return calibrated_report<row_type>{std::move(rows), result.factor, result.cut};
    }

  private:
    template <amount Amount>
    static double number_of(Amount const& value) {
        if constexpr (std::floating_point<Amount>)
            return static_cast<double>(value);
        else
            return static_cast<double>(detail::units_of<Amount>::count(value));
    }

    template <class Row>
    static std::vector<detail::uncertain> by_model(std::vector<Row> const& channels, double total) {
        std::vector<detail::uncertain> amounts;
        for (auto const& row : channels) {
            double error = 0;
            if constexpr (requires { row.share_error; })
                error = detail::product(row.share_error, total);
            amounts.push_back({number_of(row.amount), detail::product(error, error)});
        }
        return amounts;
    }

    template <class Row, class Lifts>
    static std::vector<detail::combined_lift> by_channel(std::vector<Row> const& channels,
                                                         Lifts const& lifts, std::size_t& number) {
        std::vector<detail::combined_lift> found(channels.size());
        for (auto const& one : lifts) {
            std::size_t place = 0;
            while (place < channels.size() && !(*channels[place].key == one.channel))
                ++place;
            if (place == channels.size())
                throw std::invalid_argument{"calibrated: lift " + std::to_string(number) +
                                            " is of a channel that has no credit in the report; "
                                            "compare how the two write its name"};
            found[place].add(number, one.incremental, one.standard_error);
            ++number;
        }
        return found;
    }

    /// The model's amounts as they are, which doubles may not hold, and nothing else.
    template <class Row>
    static auto amounts_of(std::vector<Row> const& channels) {
        std::vector<typename Row::amount_type> amounts;
        for (auto const& row : channels)
            amounts.push_back(row.amount);
        amounts.push_back({});
        return amounts;
    }

    template <amount Amount>
    static std::vector<Amount> parts_of(Amount const& whole,
                                        detail::calibration_result const& result) {
        std::vector<double> quotas;
        quotas.reserve(result.channels.size() + 1);
        for (auto const& one : result.channels)
            quotas.push_back(one.value);
        quotas.push_back(result.anyway.value);
        if (whole == Amount{})
            return std::vector<Amount>(quotas.size(), Amount{});
        return allocate(whole, std::span<double const>{quotas});
    }

    template <class Row, class Key, amount Amount>
    static Row row(Key const& key, calibration_source source, detail::uncertain const& estimate,
                   Amount const& part, Amount const& by_model, Amount const& whole) {
        constexpr double normal = 1.959963984540054;  // 97.5 % of it lie below
        auto const error = std::sqrt(estimate.variance);
        auto const off = detail::product(normal, error);
        return {key,
                source,
                part,
                within(estimate.value - off, whole),
                within(estimate.value + off, whole),
                error,
                by_model};
    }

    /// The nearest amount from 0 to the whole.
    template <amount Amount>
    static Amount within(double value, Amount const& whole) {
        using units = detail::units_of<Amount>;
        if (!(value > 0))
            return Amount{};
        if (value >= number_of(whole))
            return whole;
        if constexpr (std::floating_point<Amount>)
            return static_cast<Amount>(value);
        else
            return units::make(static_cast<typename units::type>(value + 0.5));
    }
};

/// What channels caused, by a model and experiments together. The arguments are those of
/// `calibrated_fn`.
inline constexpr calibrated_fn calibrated{};

}  // namespace attribution
