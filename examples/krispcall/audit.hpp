// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <string>

namespace krispcall {

/// What became of every record: which counted, and why the others did not. For the terminal.
[[nodiscard]] std::string audit_text(records const &data);

}  // namespace krispcall
