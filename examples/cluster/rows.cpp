// SPDX-License-Identifier: BSL-1.0
#include <cluster/rows.hpp>

#include <support/csv.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <system_error>

namespace cluster {

namespace {

constexpr std::string_view missing = "\\N";

std::string escaped(std::string_view text) {
    std::string plain;
    for (char const c : text)
        switch (c) {
        case '\t':
            plain += "\\t";
            break;
        case '\n':
            plain += "\\n";
            break;
        case '\r':
            plain += "\\r";
            break;
        case '\\':
            plain += "\\\\";
            break;
        default:
            plain += c;
        }
    return plain;
}

/// The text, or nothing if it has an unknown escape.
std::optional<std::string> unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            plain += text[i];
            continue;
        }
        constexpr std::string_view letters = "tnr\\bf0'";
        constexpr std::string_view meanings{"\t\n\r\\\b\f\0'", 8};
        auto const which = ++i < text.size() ? letters.find(text[i]) : letters.npos;
        if (which == letters.npos)
            return std::nullopt;
        plain += meanings[which];
    }
    return plain;
}

/// Takes one line apart, column by column.
class line_reader {
  public:
    line_reader(std::string_view line, std::string_view name, std::size_t number)
        : left_{line}, where_{name, number} {}

    std::string_view field(std::string_view column) {
        where_.column = column;
        if (ended_)
            refuse("is missing: the row has too few columns");
        auto const tab = left_.find('\t');
        auto const text = left_.substr(0, tab);
        ended_ = tab == left_.npos;
        left_.remove_prefix(ended_ ? left_.size() : tab + 1);
        return text;
    }
    std::string text(std::string_view column) {
        auto const raw = field(column);
        auto plain = unescaped(raw);
        if (!plain)
            refuse(fmt::format("{} has a backslash before something else than t, n, r or \\",
                               examples::in_quotes(raw)));
        return *plain;
    }
    std::optional<std::string> customer() {
        auto rest = left_;
        if (rest.substr(0, rest.find('\t')) == missing) {
            (void)field("customer");
            return std::nullopt;
        }
        return text("customer");
    }
    template <class Number>
    Number number(std::string_view column) {
        auto const raw = field(column);
        Number value{};
        auto const [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
        if (error == std::errc::result_out_of_range)
            refuse(fmt::format("{} is too large", examples::in_quotes(raw)));
        if (error != std::errc{} || end != raw.data() + raw.size())
            refuse(fmt::format("{} is not a whole number", examples::in_quotes(raw)));
        return value;
    }
    date::sys_seconds time() {
        return date::sys_seconds{std::chrono::seconds{number<std::int64_t>("time")}};
    }
    /// Engines whose rows all have the same columns leave the last ones empty, or missing.
    void finish() {
        while (!ended_)
            if (auto const more = field({}); !more.empty() && more != missing)
                refuse("the row has too many columns");
    }
    [[noreturn]] void refuse(std::string_view what) const {
        throw examples::input_error{where_, what};
    }

  private:
    std::string_view left_;
    bool ended_ = false;
    examples::position where_;
};

}  // namespace

std::string customer_text(std::optional<std::string> const& customer) {
    return customer ? escaped(*customer) : std::string{missing};
}

std::string line_of(touch_row const& touch) {
    return fmt::format("touch\t{}\t{}\t{}\t{}", customer_text(touch.customer),
                       touch.at.time_since_epoch().count(), touch.row, escaped(touch.channel));
}

std::string line_of(sale_row const& sale) {
    return fmt::format("sale\t{}\t{}\t{}\t{}\t{}", customer_text(sale.customer),
                       sale.at.time_since_epoch().count(), sale.row, escaped(sale.segment),
                       sale.units);
}

std::string end_line(std::size_t rows) {
    return fmt::format("end\t{}", rows);
}

std::optional<std::uint64_t> rows_in_end(std::string_view line, std::string_view name,
                                         std::size_t number) {
    if (!line.starts_with("end\t"))
        return std::nullopt;
    line_reader end{line, name, number};
    (void)end.field("kind");
    auto const rows = end.number<std::uint64_t>("rows");
    end.finish();
    return rows;
}

std::string customer_of(std::string_view line) {
    line_reader in{line, {}, 0};
    (void)in.field("kind");
    return in.customer().value_or("");
}

void add_line(partition& to, std::string_view line, std::string_view name, std::size_t number) {
    line_reader in{line, name, number};
    auto const kind = in.field("kind");
    if (kind == "touch") {
        auto customer = in.customer();
        auto const at = in.time();
        auto const row = in.number<std::uint64_t>("row");
        to.touches.push_back({std::move(customer), at, row, in.text("channel")});
    } else if (kind == "sale") {
        auto customer = in.customer();
        auto const at = in.time();
        auto const row = in.number<std::uint64_t>("row");
        auto segment = in.text("segment");
        to.sales.push_back(
            {std::move(customer), at, row, std::move(segment), in.number<std::int64_t>("amount")});
    } else {
        in.refuse(fmt::format("{} is no kind of row, write touch, sale or end",
                              examples::in_quotes(kind)));
    }
    in.finish();
}

void put_in_order(partition& all, std::string_view name) {
    auto const sort = [&](auto& rows, std::string_view what) {
        std::ranges::sort(rows, {}, [](auto const& one) { return one.row; });
        auto const twice = std::ranges::adjacent_find(
            rows, [](auto const& a, auto const& b) { return a.row == b.row; });
        if (twice != rows.end())
            throw examples::input_error{{name},
                                        fmt::format("two {} have the row number {}; was a part "
                                                    "sent twice?",
                                                    what, twice->row)};
    };
    sort(all.touches, "touches");
    sort(all.sales, "sales");
}

void for_each_row(std::istream& in, std::string_view name,
                  std::function<void(std::string_view line, std::size_t number)> const& row) {
    std::optional<std::uint64_t> expected;
    std::string line;
    std::size_t number = 0;
    std::uint64_t rows = 0;
    while (std::getline(in, line)) {
        examples::position const where{name, ++number};
        if (in.eof())
            throw examples::input_error{where, "the input ends in the middle of a line"};
        auto const end = rows_in_end(line, name, number);
        if (!end) {
            row(line, number);
            ++rows;
        } else if (expected) {
            throw examples::input_error{where, "this is the second end row"};
        } else {
            expected = end;
        }
    }
    if (!expected)
        throw examples::input_error{{name, number},
                                    "the input ends without an end row: it was cut off"};
    if (*expected != rows)
        throw examples::input_error{
            {name, number},
            fmt::format("there are {} rows, the end row says {}: some got lost, or came twice",
                        rows, *expected)};
}

partition read_rows(std::istream& in, std::string_view name) {
    partition all;
    for_each_row(in, name, [&](std::string_view line, std::size_t number) {
        add_line(all, line, name, number);
    });
    put_in_order(all, name);
    return all;
}

partition read_rows(std::span<std::filesystem::path const> files) {
    partition all;
    for (auto const& file : files) {
        auto in = opened(file);
        for_each_row(in, file.native(), [&](std::string_view line, std::size_t number) {
            add_line(all, line, file.native(), number);
        });
    }
    auto const name = files.size() == 1 ? files.front().native()
                                        : fmt::format("{} and {} others", files.front().native(),
                                                      files.size() - 1);
    put_in_order(all, name);
    return all;
}

std::ifstream opened(std::filesystem::path const& file) {
    auto in = std::ifstream{file, std::ios::binary};
    if (!in || std::filesystem::is_directory(file))
        throw examples::input_error{{file.native()}, "cannot be opened"};
    return in;
}

}  // namespace cluster
