// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <goodpulse/records.hpp>

#include <support/calendar_period.hpp>
#include <support/exact.hpp>
#include <support/quantile_bands.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

/// Who bought, how often, how lately and for how much.
namespace goodpulse {

/// What a report assumes; what is empty is taken from the data.
struct assumptions {
    std::optional<date::sys_days> analysis_date = {};  // the day of the last delivered purchase
    std::vector<std::int64_t> lifecycle_days = {};     // terciles of recency
    std::vector<std::int64_t> value_cents = {};        // the first and the last quintile of revenue
    std::vector<std::int64_t> recency_days = {90, 180};
    bool joined_to_reviews = false;  // an order counts once for each of its reviews, as published
    bool intervals = false;          // also say how sure the revenue of a channel is
};

/// A delivered order of somebody known, the first row of its id.
struct purchase {
    std::size_t row;                    // among the orders
    std::int64_t cents = 0;             // what counts
    std::int64_t paid = 0, joined = 0;  // once, and once for each review
    std::size_t payments = 0, reviews = 0;
    std::optional<std::int64_t> delivery_days = {};  // calendar days, at least 0
    std::optional<examples::exact_number> score = {};
};

struct buyer {
    std::string person;
    std::vector<std::size_t> purchases = {};  // in the order of their rows
    std::int64_t cents = 0;
    examples::instant first = {}, last = {};
    std::int64_t recency = 0;  // calendar days before the analysis date
    examples::exact_mean delivery_days = {}, score = {};
    bool paid_all = true;  // no order without payment
    std::string lifecycle = {}, bucket = {}, frequency = {}, value = {};

    [[nodiscard]] std::string segment() const {
        return lifecycle + " | " + value + " | " + frequency;
    }
};

struct shop {
    std::vector<purchase> purchases = {};  // by row
    std::vector<buyer> buyers = {};        // by person
    date::sys_days analysis_date = {};
    std::vector<std::int64_t> lifecycle_days = {}, value_cents = {};
};

/// Recency would be negative.
struct early_analysis_date : std::invalid_argument {
    using std::invalid_argument::invalid_argument;
};

/// Errors: early_analysis_date if it is before the last purchase.
[[nodiscard]] shop open_shop(records const& data, assumptions const& assumed);

/// Periods in which each buyer bought.
[[nodiscard]] std::vector<std::vector<examples::calendar_period>>
activity(records const& data, shop const& all, examples::period_length length);

}  // namespace goodpulse
