// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>

namespace attribution::inline v0_1 {

/// Why nothing can be learned.
enum class fit_failure {
    no_path,             // no row, or none with a touchpoint in it
    no_converting_path,  // nobody converted: there is nothing to explain
    no_null_path,        // everybody converted, but the question needs paths that did not
    no_credit,           // the channels' effects add up to 0
    too_many_players,    // an exact answer would take too long
    not_solvable,        // a cycle that nearly nobody leaves
    not_settled,         // a search that came to no end
};

/// Nothing can be learned, because the data holds no answer.
class fit_error : public std::runtime_error {
  public:
    fit_error(fit_failure reason, std::string const& text)
        : std::runtime_error{text}, reason_{reason} {}

    [[nodiscard]] fit_failure reason() const noexcept { return reason_; }

  private:
    fit_failure reason_;
};

}  // namespace attribution
