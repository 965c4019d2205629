// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace examples {

struct process_result {
    bool found;  // false: there is no such program
    int status;  // exit status; 128 + n if signal n ended it
    std::string output = {};
    std::string errors = {};
};

/// Runs a program of the PATH to its end, without a shell: it reads `input` and what it writes is
/// kept, so that neither waits for the other. Temporary files carry both.
///
/// Errors: std::system_error if no temporary file can be made or the program cannot be started for
///         another reason than that it does not exist.
[[nodiscard]] process_result run_filter(std::vector<std::string> const& command,
                                        std::string_view input);

}  // namespace examples
