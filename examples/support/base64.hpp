// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace examples {

/// Bytes as one line of text, with padding.
///
/// Source: RFC 4648, section 4; OpenSSL's libcrypto.
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes, or nothing if the text is no base64: no white space and nothing else before, between or
/// after the digits.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

}  // namespace examples
