// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/memory/owned_range.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Value does not reconcile: something was lost, invented or counted twice.
class reconciliation_error : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// The proof of one group: value_in == credited + unattributed. What was refunded is in none of them.
template <class Key, amount Amount>
struct reconciliation_row {
    Key key;
    std::size_t conversions;
    Amount value_in;  // less what was taken back
    Amount credited;
    Amount unattributed;
    Amount difference;  // value_in - credited - unattributed: zero, except for rounding of floats;
                        // saturated if the type cannot hold it
};

/// The proof that a ledger holds exactly the value that went in: in total, and per group of
/// conversions. Made by `reconcile`.
template <class Row>
class reconciliation : public detail::owned_range<Row> {
  public:
    reconciliation(std::vector<Row> rows, std::vector<std::string> problems)
        : detail::owned_range<Row>{std::move(rows)}, problems_{std::move(problems)} {}

    /// What does not reconcile, in words: at most one line per conversion. Empty if everything
    /// does.
    [[nodiscard]] std::vector<std::string> const& problems() const& noexcept { return problems_; }
    [[nodiscard]] std::vector<std::string> problems() const&& { return problems_; }
    [[nodiscard]] bool reconciles() const noexcept { return problems_.empty(); }

    /// Errors: reconciliation_error, with the first problem and how many there are.
    void check() const {
        if (!problems_.empty())
            throw reconciliation_error{"reconcile: " + problems_.front() + " (" +
                                       std::to_string(problems_.size()) + " in all)"};
    }

  private:
    std::vector<std::string> problems_;
};

}  // namespace attribution
