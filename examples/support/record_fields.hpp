// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/csv.hpp>
#include <support/earlier_run.hpp>
#include <support/instant.hpp>
#include <support/kept_text.hpp>
#include <support/parse.hpp>
#include <support/reading.hpp>

#include <date/date.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// Tables of records, said once: which column is which member. By that, tables are read, results are
/// written, and what an earlier run wrote is read again.
namespace examples {

/// An amount of a file. Of one that was read, the value comes when all were read and it is known how
/// many decimals fit: see record_reader::settle.
struct file_amount {
    exact_amount value = {};
    bool rounded = false;   // so many decimals do not fit
    kept_text text = {};    // as in the file
    std::size_t place = 0;  // in the book of amounts
};

/// Where the texts of records are. They live as long as it does, also if it is moved.
struct record_texts {
    text_store each;
    name_store names;
};

/// What fields are read by, beside their text.
struct field_rules {
    reading& how;
    record_texts& texts;
    std::function<file_amount(csv_field const&)> amount;
    kept_once& keys;
};

/// What a column holds follows from the type of its member: a text is taken as it is, so is a name, of
/// which there are few; a text that there may be is a key, and may be missing; times are as in ISO 8601,
/// months as 2024-05. A record has its texts itself, in std::strings, or they are kept.
///
/// Errors: input_error.
inline void read_field(csv_field const& field, field_rules const& rules, kept_text& into) {
    into = rules.texts.each.keep(field.text);
}
inline void read_field(csv_field const& field, field_rules const& rules, kept_name& into) {
    into = rules.texts.names.keep(field.text);
}
inline void read_field(csv_field const& field, field_rules const& rules, maybe_text& into) {
    into = missing(field, rules.how) ? maybe_text{} : rules.keys.keep(rules.texts.each, field.text);
}
inline void read_field(csv_field const& field, field_rules const&, std::string& into) {
    into = field.text;
}
inline void read_field(csv_field const& field, field_rules const& rules,
                       std::optional<std::string>& into) {
    into = key(field, rules.how);
}
inline void read_field(csv_field const& field, field_rules const& rules, instant& into) {
    into = iso_time(field, rules.how);
}
inline void read_field(csv_field const& field, field_rules const& rules,
                       std::optional<instant>& into) {
    into = missing(field, rules.how) ? std::nullopt : std::optional{iso_time(field, rules.how)};
}
inline void read_field(csv_field const& field, field_rules const&, date::year_month& into) {
    into = iso_month(field);
}
inline void read_field(csv_field const& field, field_rules const& rules, file_amount& into) {
    into = rules.amount(field);
}

/// What append_text takes.
template <class Value>
concept text_or_time = std::is_convertible_v<Value const&, std::string_view> ||
    std::is_same_v<Value, instant> || requires(Value const& value) {
    value.has_value();
};

/// The same for results. Amounts are written as they were read.
template <text_or_time Value>
[[nodiscard]] Value const& text_of_field(Value const& value) {
    return value;
}
[[nodiscard]] inline std::string text_of_field(date::year_month month) {
    return date::format("%Y-%m", month);
}
[[nodiscard]] inline kept_text text_of_field(file_amount const& amount) {
    return amount.text;
}

template <class Value>
inline constexpr column_kind kind_of_field = column_kind::text;
template <>
inline constexpr column_kind kind_of_field<instant> = column_kind::time;
template <>
inline constexpr column_kind kind_of_field<file_amount> = column_kind::amount;

/// What makes a value of a field, where the type of its member does not say how.
template <class Form>
concept field_form = std::is_invocable_v<Form const&, csv_field const&>;

/// A member that results have a column of, and the file that is read has none.
struct not_in_file_tag {};
inline constexpr not_in_file_tag not_in_file;

/// A column, and the member of a record that it holds.
template <class Record>
class record_field {
  public:
    using row_test = std::function<bool(Record const&)>;

    /// `member` is one of the record or of what it is made of. `in_file` is the name in the file that is read, if it is another than in results; `of_rows` says
    /// which rows are read, by the fields before this one: the column is of others in the rest.
    template <class Value, class Of>
    record_field(std::string column, Value Of::*member, std::string in_file = {},
                 row_test of_rows = {})
        : record_field{column, member, usual(member), in_file.empty() ? column : in_file,
                       std::move(of_rows)} {}
    /// The same of a form of its own.
    template <class Value, class Of, field_form Form>
    record_field(std::string column, Value Of::*member, Form form, row_test of_rows = {})
        : record_field{column, member,
                       [member, form](csv_field const& field, field_rules const&, Record& into) {
                           into.*member = Value{form(field)};
                       },
                       column, std::move(of_rows)} {}
    template <class Value, class Of>
    record_field(std::string column, Value Of::*member, not_in_file_tag)
        : record_field{column, member, usual(member), {}, {}} {}

    [[nodiscard]] std::string const& name() const { return column_.name; }
    /// Empty: see not_in_file.
    [[nodiscard]] std::string const& name_in_file() const { return name_in_file_; }
    /// Errors: input_error.
    void read(csv_field const& field, field_rules const& rules, Record& into) const {
        if (!of_rows_ || of_rows_(into))
            read_(field, rules, into);
    }
    /// The same column of a result. Members that results cannot have are empty there.
    [[nodiscard]] record_column<Record> const& column() const { return column_; }

  private:
    using reader = std::function<void(csv_field const&, field_rules const&, Record&)>;

    template <class Value, class Of>
    record_field(std::string column, Value Of::*member, reader read, std::string in_file,
                 row_test of_rows)
        : name_in_file_{std::move(in_file)}, read_{std::move(read)}, of_rows_{std::move(of_rows)},
          column_{std::move(column), kind_of_field<Value>, text_of(member)} {}

    template <class Value, class Of>
    static reader usual(Value Of::*member) {
        return [member](csv_field const& field, field_rules const& rules, Record& into) {
            read_field(field, rules, into.*member);
        };
    }
    template <class Value, class Of>
    static record_text<Record> text_of(Value Of::*member) {
        if constexpr (requires(Value const& value) { text_of_field(value); })
            return [member](Record const& record) -> decltype(auto) {
                return text_of_field(record.*member);
            };
        else
            return [](Record const&) { return std::optional<std::string>{}; };
    }

    std::string name_in_file_;
    reader read_;
    row_test of_rows_;
    record_column<Record> column_;
};

template <class Record>
using record_fields = std::vector<record_field<Record>>;

template <class Record>
[[nodiscard]] std::vector<record_column<Record>> columns_of(record_fields<Record> const& fields) {
    std::vector<record_column<Record>> columns;
    for (auto const& field : fields)
        columns.push_back(field.column());
    return columns;
}

/// Some of them, in the order of their names.
///
/// Errors: std::out_of_range if there is no such field.
template <class Record>
[[nodiscard]] std::vector<record_column<Record>> columns_of(record_fields<Record> const& fields,
                                                            std::vector<std::string> const& names) {
    std::vector<record_column<Record>> columns;
    for (auto const& name : names) {
        auto const named = std::ranges::find(fields, name, &record_field<Record>::name);
        columns.push_back(fields.at(static_cast<std::size_t>(named - fields.begin())).column());
    }
    return columns;
}

/// Reads the tables of a run one after the other. Their amounts have as many decimals as fit for all
/// of them together: read every table, then settle the amounts.
class record_reader {
  public:
    /// `how` lives as long as the reader, and is told what reading shows; so do `texts`, in which those
    /// of the records are kept.
    record_reader(reading& how, record_texts& texts)
        : rules_{how, texts,
                 [this](csv_field const& field) {
                     return file_amount{.text = rules_.texts.each.keep(field.text),
                                        .place = amounts_.add(field)};
                 },
                 keys_} {}
    /// For records that have their texts themselves.
    explicit record_reader(reading& how) : record_reader{how, own_} {}
    record_reader(record_reader const&) = delete;
    record_reader& operator=(record_reader const&) = delete;

    /// Adds all rows of a CSV file; `blank` is a record before its fields are read.
    ///
    /// Errors: input_error, naming file, line and column.
    template <class Record>
    void read(std::filesystem::path const& file, record_fields<Record> const& fields,
              std::vector<Record>& records, Record const& blank = {}) {
        std::vector<std::string> columns;
        std::vector<record_field<Record> const*> there;
        for (auto const& field : fields)
            if (!field.name_in_file().empty()) {
                columns.push_back(field.name_in_file());
                there.push_back(&field);
            }
        for (auto const row : csv_reader{file, columns, rules_.how}) {
            auto& record = records.emplace_back(blank);
            for (std::size_t i = 0; i < there.size(); ++i)
                there[i]->read(row.field(i), rules_, record);
        }
    }

    /// As many decimals as fit for all amounts that were read.
    ///
    /// Errors: input_error, naming the row with which not even cents do.
    [[nodiscard]] int decimals() const { return amounts_.decimals(); }

    /// Gives amounts their values, with so many decimals.
    template <class Record>
    void settle(std::vector<Record>& records, file_amount Record::*member, int decimals) const {
        for (auto& record : records) {
            auto& one = record.*member;
            std::tie(one.value, one.rounded) = amounts_.amount(one.place, decimals);
        }
    }

  private:
    record_texts own_;
    amount_book amounts_;
    kept_once keys_;
    field_rules rules_;
};

/// The records of an earlier run, from what it wrote of these fields, in units with so many decimals;
/// their texts are kept in `texts`.
///
/// Errors: input_error, if a file is damaged, or its amounts are not those that the run reconciled.
template <class Touchpoint, class Conversion>
void read_earlier(earlier_run const& run, record_texts& texts,
                  record_fields<Touchpoint> const& of_touchpoints,
                  std::vector<Touchpoint>& touchpoints,
                  record_fields<Conversion> const& of_conversions,
                  std::vector<Conversion>& conversions, int decimals) {
    // A missing key was written as nothing, whatever it had been read from.
    reading how{.nothing = {}};
    earlier_amounts amounts{decimals};
    kept_once keys;
    field_rules const rules{how, texts,
                            [&](csv_field const& field) {
                                return file_amount{.value = amounts(field),
                                                   .text = texts.each.keep(field.text)};
                            },
                            keys};
    auto const wanted = [](auto const& fields) {
        std::vector<wanted_column> columns;
        for (auto const& field : fields)
            columns.push_back({field.name()});
        return columns;
    };
    auto const into = [&](auto& records, auto const& fields) {
        return [&](row_fields row) {
            auto& record = records.emplace_back();
            for (std::size_t i = 0; i < fields.size(); ++i)
                fields[i].read(*row[i], rules, record);
        };
    };
    run.touchpoints(wanted(of_touchpoints), into(touchpoints, of_touchpoints));
    run.conversions(wanted(of_conversions), into(conversions, of_conversions));
    run.check_values(amounts.values());
}

}  // namespace examples
