// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <krispcall/records.hpp>

#include <attribution/quality/findings.hpp>

namespace krispcall {

/// What is wrong with the records, by rules. Nothing is repaired: equal rows of usage all count.
/// Rows have the numbers that their lines have in their files (blank lines and line breaks inside
/// of fields are not counted).
[[nodiscard]] attribution::findings validate(records const& data);

}  // namespace krispcall
