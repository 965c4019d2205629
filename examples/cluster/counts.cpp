// SPDX-License-Identifier: BSL-1.0
#include <cluster/counts.hpp>

#include <cluster/rows.hpp>

#include <support/csv.hpp>

#include <attribution/wire/partition_of.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace cluster {

row_counts count_rows(std::span<std::filesystem::path const> files,
                      std::optional<part_number> part) {
    row_counts counts;
    std::unordered_map<std::string, std::uint64_t> rows_of;
    partition one;
    for (auto const& file : files) {
        auto in = opened(file);
        for_each_row(in, file.native(), [&](std::string_view line, std::size_t number) {
            one.touches.clear();
            one.sales.clear();
            add_line(one, line, file.native(), number);
            auto const touch = !one.touches.empty();
            auto& customer = touch ? one.touches[0].customer : one.sales[0].customer;
            auto const belongs =
                part ? attribution::partition_of(customer.value_or(""), part->parts) : 0;
            if (part && belongs != part->number)
                throw examples::input_error{
                    {file.native(), number, "customer"},
                    fmt::format("{} belongs to part {} of {} by its hash, and this is part {}: "
                                "the parts were made for another number of parts, by another "
                                "program, or one is missing",
                                customer ? examples::in_quotes(*customer) : "a missing customer",
                                belongs, part->parts, part->number)};
            auto const at = touch ? one.touches[0].at : one.sales[0].at;
            counts.latest = std::max(counts.latest.value_or(at), at);
            ++counts.rows;
            if (customer)
                ++rows_of[*std::move(customer)];
            else
                ++counts.without_customer;
        });
    }
    counts.customers = rows_of.size();
    for (auto const& [customer, rows] : rows_of)
        if (rows > counts.largest ||
            (rows == counts.largest && customer < counts.largest_customer)) {
            counts.largest = rows;
            counts.largest_customer = customer;
        }
    return counts;
}

std::string line_of(row_counts const& counts) {
    return fmt::format(
        "{}\t{}\t{}\t{}\t{}\t{}", counts.rows, counts.customers, counts.without_customer,
        counts.latest ? fmt::format("{}", counts.latest->time_since_epoch().count()) : "\\N",
        counts.largest, customer_text(counts.largest_customer));
}

}  // namespace cluster
