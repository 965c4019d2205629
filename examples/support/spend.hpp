// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/kept_text.hpp>
#include <support/record_fields.hpp>

#include <date/date.h>

namespace examples {

/// What a channel cost in a month: a row of a file of channel, period (a month, as 2024-05) and spend.
/// Several rows of one channel and month add up.
struct expense {
    kept_name channel;
    date::year_month month;
    file_amount amount;
};
[[nodiscard]] inline record_fields<expense> spend_fields() {
    return {
        {"channel", &expense::channel}, {"period", &expense::month}, {"spend", &expense::amount}};
}

}  // namespace examples
