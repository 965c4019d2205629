// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>

namespace attribution::inline v0_1 {

/// Why bytes were refused.
enum class partial_failure {
    not_a_partial,        // something else, or changed by being sent as text
    other_version,        // written by another version of the format
    truncated,            // ends early
    corrupt,              // was changed, or says something impossible
    other_configuration,  // valid, but of another configuration
    already_merged        // a part with its name was merged before
};

/// Serialised results that cannot be used. They are refused as a whole.
class partial_error : public std::runtime_error {
  public:
    partial_error(partial_failure reason, std::string const& text)
        : std::runtime_error{"partial: " + text}, reason_{reason} {}

    [[nodiscard]] partial_failure reason() const noexcept { return reason_; }

  private:
    partial_failure reason_;
};

}  // namespace attribution
