// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rows dealt out to files by the hash of their customer, from wherever they are.
namespace cluster {

/// part-00000.rows, part-00001.rows, ...: each with an end of its own, and all complete or none.
///
/// Complexity: holds a buffer for each file.
class dealer {
  public:
    dealer(std::filesystem::path const& directory, std::size_t parts);

    void deal(std::string_view line, std::string_view customer);
    /// How many rows there were.
    std::uint64_t commit();

  private:
    examples::output_directory out_;
    std::vector<examples::output_file*> files_;
    std::vector<std::size_t> rows_;
};

/// Of a file, the lines that begin in it, in bytes. Ranges that lie side by side share every line
/// out once, wherever they are cut.
struct byte_range {
    std::uint64_t from = 0;
    std::uint64_t to = std::numeric_limits<std::uint64_t>::max();
};

/// Deals the rows of an input. The end row must be the last, and right.
///
/// Errors: examples::input_error, naming input, line and column.
void deal_rows(std::istream& in, std::string_view name, dealer& to);

/// Deals the rows of a part of a file; what its end row says, if that is in this part. Lines are
/// numbered from the begin of the part.
///
/// Errors: as above.
std::optional<std::uint64_t> deal_rows(std::filesystem::path const& file, byte_range range,
                                       dealer& to);

/// Which columns a table has: of several names between commas, the first that is there.
struct table_columns {
    std::string customer = "customer";
    std::string time = "time";
    std::string channel = "channel";
    std::string segment = "segment";  // empty: there is none
    std::string amount = "amount";
};

/// Deals the rows of CSV files with a header. A row's number is that of its line, from `first_row`
/// on. Times are those of ISO 8601 in whole seconds, or seconds since 1970; units of amounts are
/// 10^-9. Customers are missing where examples::usual_words_for_nothing() say so.
///
/// Errors: examples::input_error, naming file, line and column.
void deal_touchpoints(std::filesystem::path const& file, table_columns const& columns,
                      std::uint64_t first_row, dealer& to);
void deal_conversions(std::filesystem::path const& file, table_columns const& columns,
                      std::uint64_t first_row, dealer& to);

}  // namespace cluster
