// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>

#include <cstddef>
#include <vector>

namespace attribution::inline v0_1 {

/// What refunds took back. Made by `take_back`.
template <amount Amount>
struct taken_credits {
    using credit_type = credit<Amount>;

    /// What the refunds took back, in the order in which they happened. Each credit names the rows
    /// that the sale's own credit names; `refund[i]` is the row of the refund that made
    /// `credits[i]`.
    std::vector<credit_type> credits;
    std::vector<std::size_t> refund;

    /// Rows of refunds whose sale was not found: nothing was taken back. Let them stand alone as
    /// conversions of negative value, or correct the data.
    std::vector<std::size_t> unmatched;

    /// Rows of refunds of more than was left of their sale: the excess is an unattributed credit.
    std::vector<std::size_t> excessive;
};

/// The same for sales in a ledger.
template <class Ledger>
struct taken_back : taken_credits<typename Ledger::amount_type> {
    /// The credits of the sales, each sale's followed by what its refunds took back: net per
    /// touchpoint.
    Ledger net;
};

}  // namespace attribution
