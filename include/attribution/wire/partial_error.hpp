// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>

namespace attribution {

/// Why bytes were refused.
enum class partial_failure {
    not_a_partial,       // something else, or changed on the way as text
    other_version,       // written by another version of the format
    truncated,           // ends early
    corrupt,             // was changed, or says what cannot be
    other_configuration  // a sound partial of something else
};

/// Serialised results that cannot be used; they are refused whole.
class partial_error : public std::runtime_error {
  public:
    partial_error(partial_failure reason, std::string const& text)
        : std::runtime_error{"partial: " + text}, reason_{reason} {}

    [[nodiscard]] partial_failure reason() const { return reason_; }

  private:
    partial_failure reason_;
};

}  // namespace attribution
