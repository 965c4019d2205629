// SPDX-License-Identifier: BSL-1.0
#include <cluster/deal.hpp>

#include <cluster/rows.hpp>

#include <support/amounts.hpp>
#include <support/csv.hpp>
#include <support/parse.hpp>
#include <support/reading.hpp>

#include <attribution/wire/partition_of.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <istream>
#include <numeric>
#include <vector>

namespace cluster {

namespace {

/// Deals lines while the next one begins before `to`; `at` is where the first begins.
struct dealt_lines {
    std::uint64_t rows = 0;
    std::size_t lines = 0;
    std::optional<std::uint64_t> end = {};
};
dealt_lines deal_lines(std::istream& in, std::string_view name, std::uint64_t at, std::uint64_t to,
                       dealer& into) {
    dealt_lines seen;
    partition checked;
    std::string line;
    while (at < to && std::getline(in, line)) {
        at += line.size() + 1;
        examples::position const where{name, ++seen.lines};
        if (in.eof())
            throw examples::input_error{where, "the input ends in the middle of a line"};
        if (seen.end)
            throw examples::input_error{where, "there are rows after the end"};
        seen.end = rows_in_end(line, name, seen.lines);
        if (seen.end)
            continue;
        add_line(checked, line, name, seen.lines);
        into.deal(line, customer_of(line));
        checked.touches.clear();
        checked.sales.clear();
        ++seen.rows;
    }
    return seen;
}

date::sys_seconds time_of(examples::csv_field const& field, examples::reading& how) {
    if (examples::detail::all_digits(field.text))
        return examples::unix_seconds(field);
    auto const time = examples::iso_time(field, how);
    auto const seconds = date::floor<std::chrono::seconds>(time);
    if (seconds != time)
        examples::detail::reject(field, "has parts of a second, which rows cannot have");
    return seconds;
}

/// The columns in the order of their names; without any of several names, the first is missing.
examples::csv_reader table(std::filesystem::path const& file, std::vector<std::string> const& names,
                           examples::reading& how) {
    auto const choose = [&](std::vector<std::string> const& header) {
        std::vector<std::string> chosen;
        for (auto const& list : names) {
            auto const words = examples::words_in(list);
            auto const found = std::ranges::find_first_of(words, header);
            chosen.push_back(found == words.end() ? list : *found);
        }
        return chosen;
    };
    return {file, file.native(), choose, how};
}

}  // namespace

dealer::dealer(std::filesystem::path const& directory, std::size_t parts)
    : out_{directory}, rows_(parts, 0) {
    for (std::size_t part = 0; part < parts; ++part)
        files_.push_back(&out_.file(fmt::format("part-{:05}.rows", part)));
}

void dealer::deal(std::string_view line, std::string_view customer) {
    auto const part = attribution::partition_of(customer, files_.size());
    files_[part]->write(line);
    files_[part]->write("\n");
    ++rows_[part];
}

std::uint64_t dealer::commit() {
    for (std::size_t part = 0; part < files_.size(); ++part)
        files_[part]->write(end_line(rows_[part]) + '\n');
    out_.commit();
    return std::accumulate(rows_.begin(), rows_.end(), std::uint64_t{0});
}

void deal_rows(std::istream& in, std::string_view name, dealer& to) {
    auto const seen = deal_lines(in, name, 0, byte_range{}.to, to);
    examples::position const where{name, seen.lines};
    if (!seen.end)
        throw examples::input_error{where, "the input ends without an end row: it was cut off"};
    if (*seen.end != seen.rows)
        throw examples::input_error{
            where, fmt::format("there are {} rows, the end row says {}: some got lost, or came "
                               "twice",
                               seen.rows, *seen.end)};
}

std::optional<std::uint64_t> deal_rows(std::filesystem::path const& file, byte_range range,
                                       dealer& to) {
    auto in = opened(file);
    auto at = range.from;
    if (range.from > 0) {
        // The line that begins here is ours if the byte before ends another one.
        in.seekg(static_cast<std::streamoff>(--at));
        std::string rest;
        if (std::getline(in, rest))
            at += rest.size() + 1;
    }
    auto const name = range.from == 0
                          ? file.native()
                          : fmt::format("{} from byte {} on", file.native(), range.from);
    return deal_lines(in, name, at, range.to, to).end;
}

void deal_touchpoints(std::filesystem::path const& file, table_columns const& columns,
                      std::uint64_t first_row, dealer& to) {
    examples::reading how;
    for (auto const row : table(file, {columns.customer, columns.time, columns.channel}, how)) {
        touch_row const touch{examples::key(row.field(0), how), time_of(row.field(1), how),
                              first_row + row.line(), std::string{row.field(2).text}};
        to.deal(line_of(touch), touch.customer.value_or(""));
    }
}

void deal_conversions(std::filesystem::path const& file, table_columns const& columns,
                      std::uint64_t first_row, dealer& to) {
    examples::reading how;
    auto const segments = !columns.segment.empty();
    std::vector<std::string> names{columns.customer, columns.time, columns.amount};
    if (segments)
        names.push_back(columns.segment);
    for (auto const row : table(file, names, how)) {
        sale_row const sale{examples::key(row.field(0), how), time_of(row.field(1), how),
                            first_row + row.line(),
                            segments ? std::string{row.field(3).text} : std::string{},
                            examples::decimal(row.field(2), examples::most_decimals)};
        to.deal(line_of(sale), sale.customer.value_or(""));
    }
}

}  // namespace cluster
