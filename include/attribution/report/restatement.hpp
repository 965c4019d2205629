// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/memory/owned_range.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Why value is somewhere else than it was. Of several reasons for one conversion the first of these
/// holds, see `difference`.
enum class move_reason {
    new_conversion,      // it came, or another one of its customer
    removed_conversion,  // it is gone, or another one of its customer
    corrected_value,     // of the conversion
    refund,              // or less of one
    merged_identity,     // the customer has records that were another's, or the other way round
    late_touchpoint,     // the customer has one that was not there
    removed_touchpoint,  // the customer had one that is gone
    changed_record,      // a time is another, or the touchpoint belongs to another group
    changed_rules        // the same records: the model or the policy is another
};

inline constexpr std::size_t move_reasons = 9;

[[nodiscard]] constexpr std::string_view to_string(move_reason why) noexcept {
    switch (why) {
    case move_reason::new_conversion:
        return "new conversion";
    case move_reason::removed_conversion:
        return "removed conversion";
    case move_reason::corrected_value:
        return "corrected value";
    case move_reason::refund:
        return "refund";
    case move_reason::merged_identity:
        return "merged identity";
    case move_reason::late_touchpoint:
        return "late touchpoint";
    case move_reason::removed_touchpoint:
        return "removed touchpoint";
    case move_reason::changed_record:
        return "changed record";
    case move_reason::changed_rules:
        return "changed model or policy";
    }
    return "unknown";
}

/// What one group gained or lost for one reason.
template <class Key, amount Amount>
struct restatement_row {
    std::optional<Key> key;  // empty: unattributed
    move_reason reason;
    Amount amount;            // gained; below 0: lost
    std::size_t conversions;  // that moved something
};

/// What moved between two ledgers, and why: by group, ascending, unattributed value last, then by
/// reason. Made by `difference`. The rows of a group add up to what it has now less what it had.
template <class Row>
class restatement : public detail::owned_range<Row> {
  public:
    using amount_type = decltype(Row::amount);

    explicit restatement(std::vector<Row> rows) : detail::owned_range<Row>{std::move(rows)} {}

    /// What all groups together gained, for one reason or for all.
    ///
    /// Errors:     std::overflow_error if it does not fit.
    [[nodiscard]] amount_type total() const {
        return sum([](Row const&) { return true; });
    }
    [[nodiscard]] amount_type total(move_reason why) const {
        return sum([why](Row const& row) { return row.reason == why; });
    }

  private:
    template <class Wanted>
    [[nodiscard]] amount_type sum(Wanted wanted) const {
        running_total<amount_type> all;
        for (auto const& row : *this)
            if (wanted(row))
                all.add(row.amount);
        return all.value();
    }
};

}  // namespace attribution
