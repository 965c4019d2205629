// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/config.hpp>

#include <array>
#include <cstddef>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Conversions that are found first and credited later, a block of them at a time: two short loops
/// instead of one long one, and what is prefetched in the first has arrived in the second.
template <class Found, class Credit>
class credit_later {
  public:
    constexpr explicit credit_later(Credit credit_one) : credit_(std::move(credit_one)) {}
    credit_later(credit_later const&) = delete;  // it knows where its own end is

    constexpr void add(Found const& found) {
        *next_++ = found;
        if (next_ == found_.data() + most)
            credit_all();
    }

    /// Credits those that wait. After an error none do.
    ATTRIBUTION_OUT_OF_LINE constexpr void credit_all() {
        auto const* const last = std::exchange(next_, found_.data());
        for (auto const* found = found_.data(); found != last; ++found)
            credit_(*found);
    }

  private:
    static constexpr std::size_t most = 64;

    Credit credit_;
    std::array<Found, most> found_{};
    Found* next_ = found_.data();
};

/// Calls `find(add)`, which calls `add(found)` for one conversion after another, and
/// `credit_one(found)` for each of them, in their order.
///
/// Errors:     the one that comes first in that order. What was found before it has been credited.
template <class Found, class Find, class Credit>
constexpr void find_and_credit(Find find, Credit credit_one) {
    credit_later<Found, Credit> later{std::move(credit_one)};
    try {
        find([&](Found const& found) { later.add(found); });
    } catch (...) {
        later.credit_all();
        throw;
    }
    later.credit_all();
}

}  // namespace attribution::detail
