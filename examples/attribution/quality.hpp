// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "rules.hpp"

#include <support/names.hpp>

#include <attribution/quality/findings.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace own_files {

/// What is wrong with the records, by rules. Nothing is repaired. Rows of touchpoints are lines of
/// audit.csv, those of refunds lines of refunds.csv, those of conversions count from 2, as lines of a file with
/// a header.
[[nodiscard]] attribution::findings validate(records const& data, settings const& asked,
                                             journeys_type const& journeys,
                                             policy_type const& policy);

/// Whether any conversion has the key of a touchpoint.
class meeting {
  public:
    /// Records of some keys: all that have them.
    void add(records const& part);
    /// Nothing, if they meet or there is nothing that could.
    [[nodiscard]] attribution::findings found() const;

  private:
    bool touchpoints_ = false, met_ = false;
    std::size_t conversions_ = 0;
};

/// The same of records that come part by part, by the rules that look at one key or at names only: ids
/// are compared with those of the same key.
class part_validation {
  public:
    /// `asked` lives as long as it.
    part_validation(settings const& asked, examples::name_counts const& channels,
                    examples::name_counts const& segments)
        : asked_{asked}, channels_{examples::usual_spellings(channels)},
          segments_{examples::usual_spellings(segments)} {}

    void add(records const& part, journeys_type const& journeys, policy_type const& policy);
    /// `known` says what all the parts were read from.
    [[nodiscard]] attribution::findings all(records const& known) const;

  private:
    settings const& asked_;
    std::vector<std::string> channels_, segments_;
    std::size_t touchpoints_ = 0, conversions_ = 0, refunds_ = 0;
    meeting keys_;
    attribution::findings found_;
};

/// The rules of `validate` that part_validation does not have, for people.
[[nodiscard]] std::string rules_for_all_rows();

}  // namespace own_files
