// SPDX-License-Identifier: BSL-1.0
#include <support/earlier_run.hpp>

#include <support/parse.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace examples {

namespace {

namespace fs = std::filesystem;

/// By which file a run is known.
std::pair<std::string_view, std::string_view> constexpr marks[] = {
    {"conversion_touchpoints.csv", "attribution"},
    {"opportunity_touchpoints.csv", "pipeline"},
    {"chosen_attribution.csv", "krispcall"},
    {"cohorts_by_month.csv", "goodpulse"},
    {"cs_monthly.csv", "customer_success"}};

/// Files of results are UTF-8, and what their cells say is meant.
reading plainly() {
    return {.nothing = {}, .as = encoding::utf_8};
}

/// Texts as one that no other texts give.
void append_text(std::string& to, std::string_view text) {
    to += fmt::format("{}:", text.size());
    to += text;
}

std::string joined(std::span<std::string const> cells) {
    std::string all;
    for (auto const& cell : cells)
        append_text(all, cell);
    return all;
}

std::optional<std::size_t> place_of(std::vector<std::string> const& header,
                                    std::string const& name) {
    auto const found = std::ranges::find(header, name);
    return found == header.end() ? std::nullopt
                                 : std::optional{static_cast<std::size_t>(found - header.begin())};
}

/// One or more conversions that say the same.
struct found_conversion {
    std::vector<std::string> cells;
    std::string file;
    std::size_t line = 0;
    std::string touchpoint = {};  // the first, with the key
    std::size_t seen = 0;         // rows of it
};

}  // namespace

earlier_run::earlier_run(fs::path directory, run_layout layout)
    : directory_{std::move(directory)}, layout_{std::move(layout)} {
    check_directory();
    read_models();
}

std::string earlier_run::shown(std::string const& file) const {
    return (directory_ / file).string();
}

std::string earlier_run::remedy() const {
    return fmt::format("compare with another run, or make this one anew with {} --out {}",
                       layout_.program, directory_.string());
}

void earlier_run::refuse(std::string const& file, std::string const& what) const {
    throw input_error{{shown(file)}, fmt::format("{}; {}", what, remedy())};
}

void earlier_run::check_directory() const {
    auto const shown_directory = directory_.string();
    auto ignored = std::error_code{};
    if (!fs::is_directory(directory_, ignored))
        throw input_error{
            {shown_directory},
            fmt::format("is {}; --against needs the directory that an earlier run of "
                        "{} had as --out",
                        fs::exists(directory_, ignored) ? "no directory" : "not there",
                        layout_.program)};
    auto const there = [&](std::string_view file) {
        return fs::exists(directory_ / file, ignored);
    };
    for (auto const& file : {layout_.pairs, std::string{"unattributed.csv"},
                             std::string{"audit.csv"}, std::string{"reconciliation.csv"}}) {
        if (there(file))
            continue;
        std::string other;
        for (auto const& [mark, program] : marks)
            if (program != layout_.program && there(mark))
                other = fmt::format(", it looks like one of {}", program);
        throw input_error{{shown_directory},
                          fmt::format("has no {}{}; --against needs the directory that an earlier "
                                      "run of {} had as --out",
                                      file, other, layout_.program)};
    }
}

/// What is wrong with a file says what to do about it, too.
void earlier_run::with_remedy(std::function<void()> const& action) const {
    try {
        action();
    } catch (input_error const& error) {
        if (std::string_view{error.what()}.ends_with(remedy()))
            throw;
        throw input_error{error, remedy()};
    }
}

void earlier_run::read(std::string const& file, visit_header const& header,
                       std::function<void(csv_row const&)> const& visit) const {
    with_remedy([&] {
        auto how = plainly();
        std::vector<std::string> names;
        csv_reader rows{directory_ / file, shown(file),
                        [&](std::vector<std::string> const& all) { return names = all; }, how};
        header(names);
        for (auto const row : rows)
            visit(row);
    });
}

std::vector<std::string> earlier_run::header_of(std::string const& file) const {
    std::vector<std::string> header;
    with_remedy([&] {
        auto how = plainly();
        csv_reader const rows{directory_ / file, shown(file),
                              [&](std::vector<std::string> const& names) { return header = names; },
                              how};
    });
    return header;
}

bool earlier_run::has(std::string const& file, std::string const& column) const {
    return place_of(header_of(file), column).has_value();
}

void earlier_run::rows(std::string const& file, std::vector<wanted_column> const& columns,
                       std::function<void(row_fields)> const& visit) const {
    auto ignored = std::error_code{};
    if (!fs::exists(directory_ / file, ignored))
        return;
    std::vector<std::optional<std::size_t>> places;
    std::vector<std::optional<csv_field>> fields(columns.size());
    read(
        file,
        [&](std::vector<std::string> const& header) {
            for (auto const& column : columns) {
                places.push_back(place_of(header, column.name));
                if (!places.back() && column.needed)
                    refuse(file, fmt::format("has no column {}", in_quotes(column.name)));
            }
        },
        [&](csv_row const& row) {
            for (std::size_t i = 0; i < places.size(); ++i)
                fields[i] = places[i] ? std::optional{row.field(*places[i])} : std::nullopt;
            visit(fields);
        });
}

void earlier_run::touchpoints(std::vector<wanted_column> const& columns,
                              std::function<void(row_fields)> const& visit) const {
    rows("audit.csv", columns, visit);
}

void earlier_run::read_models() {
    auto const amount_in = [&](csv_field const& field) {
        try {
            return wide_decimal(field, most_decimals);
        } catch (input_error const& error) {
            if (layout_.option.empty())
                throw;
            throw input_error{error, "it takes " + layout_.option};
        }
    };
    std::map<std::string, wide_integer> value_in;
    std::map<std::string, std::size_t> counts;
    std::vector<std::optional<std::size_t>> places;
    std::size_t number = 0;
    read(
        "reconciliation.csv",
        [&](std::vector<std::string> const& header) {
            for (auto const* const name : {"model", "value_in", "unattributed"}) {
                places.push_back(place_of(header, name));
                if (!places.back())
                    refuse("reconciliation.csv", fmt::format("has no column '{}'", name));
            }
            // The number of conversions stands before the values, whatever they are called.
            number = *places[1] == 0 ? 0 : *places[1] - 1;
        },
        [&](csv_row const& row) {
            std::string const model{row.field(*places[0]).text};
            if (models_.empty() || models_.back().model != model)
                models_.push_back({model, {}});
            value_in[model] += amount_in(row.field(*places[1]));
            models_.back().amounts[std::nullopt] += amount_in(row.field(*places[2]));
            counts[model] += static_cast<std::size_t>(count(row.field(number)));
        });
    for (auto& model : models_) {
        auto const file = model.model + "_by_channel.csv";
        auto ignored = std::error_code{};
        if (!fs::exists(directory_ / file, ignored))
            refuse(file, "is not there");
        wide_integer sum = model.amounts[std::nullopt];
        read(
            file,
            [&](std::vector<std::string> const& header) {
                if (header.size() != 2)
                    refuse(file, "has not the two columns of a channel and its amount");
            },
            [&](csv_row const& row) {
                auto const amount = amount_in(row.field(1));
                if (!model.amounts.emplace(std::string{row.field(0).text}, amount).second)
                    refuse(file, fmt::format("has {} twice", in_quotes(row.field(0).text)));
                sum += amount;
            });
        if (sum != value_in[model.model])
            refuse(file, "and what is unattributed do not add up to the value_in of "
                         "reconciliation.csv: one of them was changed, or is of another run");
    }
    for (auto const& model : models_)
        if (counts[model.model] != counts[models_.front().model] ||
            value_in[model.model] != value_in[models_.front().model])
            refuse("reconciliation.csv",
                   fmt::format("has other conversions for {} than for {}", in_quotes(model.model),
                               in_quotes(models_.front().model)));
    if (!models_.empty()) {
        conversions_ = counts[models_.front().model];
        value_in_ = value_in[models_.front().model];
    }
}

void earlier_run::conversions(std::vector<wanted_column> const& columns,
                              std::function<void(row_fields)> const& visit) const {
    std::string const nobody = "unattributed.csv", audit = "audit.csv";
    auto names = header_of(nobody);
    if (names.size() < 2 || names.back() != "reason")
        refuse(nobody, "has not the columns of a conversion and the reason");
    names.pop_back();
    auto const key = place_of(names, layout_.conversion_key);
    if (!key)
        refuse(nobody, fmt::format("has no column {}", in_quotes(layout_.conversion_key)));

    // Those with touchpoints: rows that say the same of a conversion.
    auto const pair_names = header_of(layout_.pairs);
    if (pair_names.size() <= names.size() ||
        !std::equal(names.begin(), names.end(), pair_names.begin()))
        refuse(layout_.pairs,
               "begins with other columns than unattributed.csv: it is of another run");
    std::vector<found_conversion> found;
    std::unordered_map<std::string, std::size_t> places;
    std::unordered_map<std::string, std::size_t> touchpoints;  // and how often audit.csv has them
    std::vector<std::string> cells(pair_names.size());
    auto const ignore_header = [](std::vector<std::string> const&) {};
    read(layout_.pairs, ignore_header, [&](csv_row const& row) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            cells[i] = row.field(i).text;
        auto const own = std::span{cells}.first(names.size());
        std::string touchpoint;
        append_text(touchpoint, cells[*key]);
        touchpoint += joined(std::span{cells}.subspan(names.size()));
        auto const [at, fresh] = places.emplace(joined(own), found.size());
        if (fresh) {
            found.push_back(
                {{own.begin(), own.end()}, shown(layout_.pairs), row.line(), touchpoint, 0});
            touchpoints.emplace(touchpoint, 0);
        }
        auto& one = found[at->second];
        if (one.touchpoint == touchpoint)
            ++one.seen;
    });
    std::vector<std::size_t> audited;
    read(
        audit,
        [&](std::vector<std::string> const& header) {
            std::vector wanted{layout_.touchpoint_key};
            wanted.insert(wanted.end(),
                          pair_names.begin() + static_cast<std::ptrdiff_t>(names.size()),
                          pair_names.end());
            for (auto const& name : wanted)
                if (auto const place = place_of(header, name))
                    audited.push_back(*place);
                else
                    refuse(audit,
                           fmt::format("has no column {}, which {} has: it is of another run",
                                       in_quotes(name), layout_.pairs));
        },
        [&](csv_row const& row) {
            std::string touchpoint;
            for (auto const place : audited)
                append_text(touchpoint, row.field(place).text);
            if (auto const wanted = touchpoints.find(touchpoint); wanted != touchpoints.end())
                ++wanted->second;
        });
    for (auto& one : found) {
        auto const times = touchpoints[one.touchpoint];
        if (times == 0 || one.seen % times != 0)
            throw input_error{{one.file, one.line},
                              fmt::format("the touchpoint is there {} times, but {} times in "
                                          "audit.csv: one of them was changed, or is of another "
                                          "run; {}",
                                          one.seen, times, remedy())};
        one.seen /= times;
    }
    read(nobody, ignore_header, [&](csv_row const& row) {
        auto& one =
            found.emplace_back(found_conversion{{}, shown(nobody), row.line(), {}, std::size_t{1}});
        for (std::size_t i = 0; i < names.size(); ++i)
            one.cells.emplace_back(row.field(i).text);
    });

    std::vector<std::optional<std::size_t>> wanted;
    for (auto const& column : columns) {
        wanted.push_back(place_of(names, column.name));
        if (!wanted.back() && column.needed)
            refuse(nobody, fmt::format("has no column {}", in_quotes(column.name)));
    }
    std::size_t all = 0;
    std::vector<std::optional<csv_field>> fields(columns.size());
    for (auto const& one : found)
        for (std::size_t copy = 0; copy < one.seen; ++copy, ++all) {
            for (std::size_t i = 0; i < wanted.size(); ++i)
                fields[i] = wanted[i]
                                ? std::optional{csv_field{one.cells[*wanted[i]],
                                                          {one.file, one.line, names[*wanted[i]]}}}
                                : std::nullopt;
            with_remedy([&] { visit(fields); });
        }
    if (all != conversions_)
        refuse("reconciliation.csv",
               fmt::format("speaks of {} conversions, but {}, unattributed.csv and audit.csv have "
                           "{}: one of them was changed, or is of another run",
                           conversions_, layout_.pairs, all));
}

void earlier_run::check_values(std::vector<wide_integer> const& values) const {
    for (auto decimals = most_decimals; decimals >= least_decimals; --decimals) {
        auto const unit = wide_integer{units_of_one(most_decimals - decimals)};
        wide_integer sum = 0;
        for (auto const value : values)
            sum += (value + (value < 0 ? -unit : unit) / 2) / unit * unit;
        if (sum == value_in_)
            return;
    }
    refuse("reconciliation.csv",
           fmt::format("has another value_in than the values of {} and unattributed.csv{}",
                       layout_.pairs,
                       layout_.option.empty() ? ", refunds.csv taken off: one of them was changed, "
                                                "or is of another run"
                                              : "; it takes " + layout_.option));
}

exact_amount earlier_amounts::operator()(csv_field const& field) {
    auto const value = wide_decimal(field, most_decimals);
    values_.push_back(value);
    sum_ += value < 0 ? -value : value;
    auto const unit = wide_integer{units_of_one(most_decimals - decimals_)};
    if (sum_ / unit > std::numeric_limits<std::int64_t>::max() / 4 * 3)
        throw input_error{field.where,
                          fmt::format("with this row the amounts of that run add up to more than "
                                      "fits with the {} decimals of this one, look for a misplaced "
                                      "decimal point",
                                      decimals_)};
    return exact_amount{static_cast<std::int64_t>((value + (value < 0 ? -unit : unit) / 2) / unit)};
}

}  // namespace examples
