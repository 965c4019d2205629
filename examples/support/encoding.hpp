// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Texts of other encodings as UTF-8, which is all that the programs work with and write.
namespace examples {

enum class encoding { automatic, utf_8, windows_1252, utf_16_little, utf_16_big };

/// Windows-1252
[[nodiscard]] std::string_view encoding_name(encoding which);

/// What a file is by its first bytes.
struct first_bytes {
    encoding is = encoding::automatic;  // as its byte order mark says; automatic: it has none
    std::string_view mark = {};         // the byte order mark
    std::string_view no_text = {};      // what else it is, if it is no text: "a ZIP archive ..."
};
[[nodiscard]] first_bytes look_at(std::string_view begin);

/// UTF-8 of Windows-1252, which has ISO 8859-1 (Latin-1) in it. Nothing if it has one of the five
/// bytes that stand for no character there.
[[nodiscard]] std::optional<std::string> from_windows_1252(std::string_view text);

/// UTF-8 of UTF-16, block by block.
class utf_16_reader {
  public:
    explicit utf_16_reader(encoding order) : big_{order == encoding::utf_16_big} {}

    /// Appends to `text`. False if half of a surrogate pair is missing: what was before it is there.
    [[nodiscard]] bool append(std::string& text, std::string_view block);
    /// Does the input end inside of a character?
    [[nodiscard]] bool unfinished() const { return half_ || high_ != 0; }

  private:
    bool big_;
    std::optional<unsigned char> half_ = {};  // the first byte of a code unit
    char32_t high_ = 0;                       // the first unit of a surrogate pair
};

}  // namespace examples
