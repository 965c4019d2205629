// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/encoding.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

/// What exports of other tools write where there is nothing: databases, spreadsheets, statistics
/// programs, programming languages and web analytics.
[[nodiscard]] inline std::vector<std::string> usual_words_for_nothing() {
    return {"\\N",   "null",    "(null)", "<null>",    "[null]", "nil",  "none",    "undefined",
            "NaN",   "NaT",     "NA",     "<NA>",      "N/A",    "#N/A", "unknown", "(empty)",
            "empty", "(blank)", "(none)", "(not set)", "-",      "--",   "?"};
}

/// How input is read, as the user asked for it, and what reading it has shown so far.
struct reading {
    std::vector<std::string> nothing = usual_words_for_nothing();
    encoding as = encoding::automatic;   // of files without a byte order mark
    std::optional<char> separator = {};  // of the fields; nothing: see csv_reader

    std::size_t files = 0;
    std::vector<std::filesystem::path> paths = {};  // of these files, in the order of reading
    std::vector<std::string> encodings = {};        // "sales.csv is Windows-1252", if not UTF-8
    std::vector<std::string> separators = {};       // "sales.csv has semicolons", if not commas
    std::size_t times = 0;
    std::size_t times_without_zone = 0;                   // taken for UTC
    std::size_t times_cut = 0;                            // to microseconds
    std::string first_without_zone = {}, first_cut = {};  // sales.csv:2
};

/// The text without spaces, tabs and line ends around it, no-break spaces included.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The text trimmed, with the letters of ASCII in lower case: what people do not see as different.
[[nodiscard]] std::string folded(std::string_view text);

/// Is there nothing, or nothing but spaces, or one of the words for nothing, in whatever case?
[[nodiscard]] bool means_nothing(std::string_view text, std::vector<std::string> const& words);

/// The same for many texts, most of which are longer than all of the words.
class nothing_words {
  public:
    /// `words` live longer.
    explicit nothing_words(std::vector<std::string> const& words);

    [[nodiscard]] bool operator()(std::string_view text) const {
        text = trimmed(text);
        return text.size() <= longest_ && means_nothing(text, *words_);
    }

  private:
    std::vector<std::string> const* words_;
    std::size_t longest_ = 0;
};

/// "a, b;;c" between any of the separators, without the spaces around the parts: a, b, nothing and c.
/// Borrows from the list.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view list,
                                                     std::string_view separators);

/// "a, b, c" as a list of a, b and c, without the spaces around them and without empty ones.
[[nodiscard]] std::vector<std::string> words_in(std::string_view list);

}  // namespace examples
