// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "tables.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace from_python {

struct model_words;
struct policy_words;

/// Whole units, or floating-point numbers, as the column of values has them.
using amounts = std::variant<std::vector<std::int64_t>, std::vector<double>>;

/// A ledger, column by column; a touchpoint of -1 is none.
struct ledger_columns {
    std::vector<std::int64_t> conversion;
    std::vector<std::int64_t> touchpoint;
    amounts amount;
    std::vector<double> share;
};
/// A report; a channel of -1 is none.
struct report_columns {
    std::vector<std::int64_t> channel;
    amounts amount;
    std::vector<double> conversions;
    std::vector<std::int64_t> credits;
};
/// What a channel is worth to a learned model, and its model card.
struct effect_columns {
    std::vector<std::int64_t> channel;
    std::vector<double> conversions;
    std::vector<double> value;
    std::string card;
};
struct learned_words {
    std::shared_ptr<model_words const> model;
    effect_columns effects;
};

/// Conversions and touchpoints, joined once for many questions; of either kind of amount.
class joined_tables {
  public:
    virtual ~joined_tables() = default;

    virtual touchpoint_table const& touchpoints() const = 0;
    virtual ledger_columns attribute(std::shared_ptr<model_words const> model,
                                     std::shared_ptr<policy_words const> policy) const = 0;
    virtual report_columns report(std::shared_ptr<model_words const> model,
                                  std::shared_ptr<policy_words const> policy) const = 0;
    virtual learned_words markov(std::shared_ptr<policy_words const> policy,
                                 std::size_t order) const = 0;
    virtual learned_words shapley(std::shared_ptr<policy_words const> policy) const = 0;
};

[[nodiscard]] std::unique_ptr<joined_tables> join(conversion_table<std::int64_t> conversions,
                                                  touchpoint_table touchpoints);
[[nodiscard]] std::unique_ptr<joined_tables> join(conversion_table<double> conversions,
                                                  touchpoint_table touchpoints);

}  // namespace from_python
