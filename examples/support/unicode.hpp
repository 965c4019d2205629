// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text of the data, made fit for where it is shown.
namespace examples {

/// Valid UTF-8: every byte that begins no valid sequence, and NUL, becomes U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// Text that fits on a label: one line of valid UTF-8 without control characters, and at most
/// `most` characters, the last a "…" if there were more.
[[nodiscard]] std::string label_text(std::string_view text, std::size_t most = 40);

/// The text with its first letter, if it is one of ASCII, in upper case.
[[nodiscard]] std::string capital(std::string text);

}  // namespace examples
