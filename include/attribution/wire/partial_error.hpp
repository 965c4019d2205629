// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>

namespace attribution {

/// Why bytes were refused.
enum class partial_fault {
    not_a_partial,       // something else, or changed on the way as text
    other_version,       // written by another version of the format
    truncated,           // ends early
    corrupt,             // was changed, or says what cannot be
    other_configuration  // a sound partial of something else
};

/// Serialised results that cannot be used; they are refused whole.
class partial_error : public std::runtime_error {
  public:
    partial_error(partial_fault fault, std::string const& what)
        : std::runtime_error{"partial: " + what}, fault_{fault} {}

    [[nodiscard]] partial_fault fault() const { return fault_; }

  private:
    partial_fault fault_;
};

}  // namespace attribution
