// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace attribution::inline v0_1 {

/// What became of a touchpoint. A later value, up to `credited`, is closer to credit.
enum class outcome : unsigned char {
    missing_key,    ///< its key is empty
    no_such_key,    ///< no conversion has its key
    after_window,   ///< it came too late for every conversion of its key
    before_window,  ///< it came too early
    duplicate_id,   ///< an earlier row has its id
    expired,        ///< it was older than the lifetime that it carries
    refused,        ///< it lay in the window, but a part of the policy refused it
    used_up,        ///< earlier conversions took all that it may be credited with
    zero_weight,    ///< it was eligible, but the model gave it no weight
    lost_tie,       ///< likewise, but another touchpoint at the same instant earned credit
    credited,
    not_counted,  ///< of a conversion: `counted` left it out
};

/// The outcome in words.
[[nodiscard]] constexpr std::string_view to_string(outcome what) noexcept {
    switch (what) {
    case outcome::missing_key:
        return "unusable record: its key is missing";
    case outcome::no_such_key:
        return "no conversion has its key";
    case outcome::after_window:
        return "after the window";
    case outcome::before_window:
        return "before the window";
    case outcome::duplicate_id:
        return "duplicate id";
    case outcome::expired:
        return "expired";
    case outcome::refused:
        return "refused";
    case outcome::used_up:
        return "used up by earlier conversions";
    case outcome::zero_weight:
        return "the model gave it no weight";
    case outcome::lost_tie:
        return "lost a tie at the same instant";
    case outcome::credited:
        return "credited";
    case outcome::not_counted:
        return "not counted";
    }
    return "unknown";
}

}  // namespace attribution
