// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/csv.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace examples {

/// Sees that tables are sorted by their keys, all in one order: as bytes, as `LC_ALL=C sort` and
/// databases sort texts, or as whole numbers, as databases sort those. Which one, the rows say.
///
/// Edges:      rows without a key may stand anywhere but between rows of one key.
/// Complexity: holds one key.
class key_order {
  public:
    /// `otherwise` says what to do instead of sorting, for messages.
    explicit key_order(std::string otherwise) : otherwise_{std::move(otherwise)} {}

    /// The rows that follow are of another table.
    void begin_table() { begun_ = interrupted_ = false; }

    /// The key of the next row.
    ///
    /// Errors: input_error, if no order is left in which it comes after those before it.
    void add(csv_field const& key) {
        auto const bytes = bytes_ && (!begun_ || previous_ <= key.text);
        auto const numbers =
            numbers_ && is_number(key.text) && (!begun_ || !smaller(key.text, previous_));
        if (!bytes && !numbers)
            refuse(key, bytes_ && numbers_ ? "by this column"
                        : bytes_           ? "by this column, byte by byte as those before"
                                           : "by this column, as whole numbers as those before");
        if (interrupted_ && previous_ == key.text)
            refuse(key, "so that rows without a key are not between those of one");
        bytes_ = bytes;
        numbers_ = numbers;
        begun_ = true;
        interrupted_ = false;
        previous_ = key.text;
    }
    /// The next row has no key.
    void add_missing() { interrupted_ = begun_; }

    /// Do the rows of `a` come before those of `b`?
    [[nodiscard]] bool before(std::string_view a, std::string_view b) const {
        return bytes_ ? a < b : smaller(a, b);
    }

  private:
    /// Numbers are compared as they are written: without zeros or signs in front of them.
    static bool is_number(std::string_view text) {
        return !text.empty() && (text.front() != '0' || text.size() == 1) &&
               std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    }
    static bool smaller(std::string_view a, std::string_view b) {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }

    [[noreturn]] void refuse(csv_field const& key, std::string_view how) const {
        throw input_error{
            key.where, fmt::format("{} comes after {}: sort the rows {} (LC_ALL=C sort, or ORDER "
                                   "BY), or {}",
                                   in_quotes(key.text), in_quotes(previous_), how, otherwise_)};
    }

    std::string otherwise_, previous_;
    bool bytes_ = true, numbers_ = true;
    bool begun_ = false, interrupted_ = false;
};

}  // namespace examples
