// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>

#include <cstddef>
#include <vector>

namespace attribution {

/// What refunds took back. Made by `take_back`.
template <amount Amount>
struct taken_credits {
    using credit_type = credit<Amount>;

    /// What the refunds took back, in the order in which they happened; rows are those of what the
    /// sale gave. `refund[i]` is the refund's row of `credits[i]`.
    std::vector<credit_type> credits;
    std::vector<std::size_t> refund;

    /// Refunds of a sale that is not there, by row: nothing was taken back. Let them stand alone as
    /// conversions of negative value, or mend the data.
    std::vector<std::size_t> unmatched;

    /// Refunds of more than what their sale had left, by row: the excess is an unattributed credit.
    std::vector<std::size_t> excessive;
};

/// The same for the sales of a ledger.
template <class Ledger>
struct taken_back : taken_credits<typename Ledger::amount_type> {
    /// The sales' credits and, after each sale's, what its refunds took back: net per touchpoint.
    Ledger net;
};

}  // namespace attribution
