// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/amounts.hpp>
#include <support/attribution_report.hpp>
#include <support/findings_output.hpp>
#include <support/instant.hpp>
#include <support/intervals.hpp>
#include <support/money_text.hpp>
#include <support/output.hpp>
#include <support/path_book.hpp>
#include <support/report_model.hpp>
#include <support/report_text.hpp>
#include <support/table_rows.hpp>

#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>
#include <attribution/report/explain.hpp>
#include <attribution/report/with_intervals.hpp>

#include <fmt/format.h>
#include <range/v3/view/filter.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace examples {

/// How amounts by channel become cents.
enum class cent_rounding {
    together,  ///< they add up to the rounded total: largest remainder, ties by name
    each,      ///< every channel by itself, half away from zero; the sum may be a cent or two off
};

/// Touchpoints of one kind, and what a report says of them; see kind_of.
template <class Record, class Touchpoints, class Key, class Channel, class Step>
struct touchpoint_kind {
    using touchpoint = Record;

    std::string name;
    std::vector<Record> const* all;
    Touchpoints touchpoints;
    Key key;
    Channel channel;
    Step step;

    /// The columns of audit.csv: the line of the record in its file, who, key, channel and time.
    [[nodiscard]] std::vector<record_column<Record>>
    audit(std::vector<std::string> const& titles) const {
        auto const line = [this](Record const& one) {
            return fmt::to_string(&one - all->data() + 2);
        };
        auto const who = [this](Record const& one) { return step(one).who; };
        auto const at = [this](Record const& one) { return step(one).at; };
        return {{titles.at(0), column_kind::integer, line},
                {titles.at(1), column_kind::text, who},
                {titles.at(2), column_kind::text, key},
                {titles.at(3), column_kind::text, channel},
                {titles.at(4), column_kind::time, at}};
    }
};

/// Those of `all` records that `which` says, by projections to their key, their time and their channel.
///
/// Shape:  `step` tells what one of a path was, without units. `name` is that of a section of the text, which
///         says what all records are called (`all`: calls and messages), who earned what no channel did
///         (`nobody`: No Usage) and `why` (no usage that counts).
/// Edges:  borrows the records.
template <class Record, class Which, class Key, class Time, class Channel, class Step>
[[nodiscard]] auto kind_of(std::string name, std::vector<Record> const& all, Which which, Key key,
                           Time time, Channel channel, Step step) {
    auto touchpoints = attribution::touchpoints(all | ranges::views::filter(which), key, time);
    return touchpoint_kind<Record, decltype(touchpoints), Key, Channel, Step>{
        std::move(name), &all, std::move(touchpoints), key, channel, step};
}
/// All records are touchpoints.
inline constexpr auto every_record = [](auto const&) { return true; };

/// What every model gave every channel, in cents.
class cents_by_model {
  public:
    cents_by_model(report_model& report, cent_rounding how) : report_{&report}, how_{how} {}

    /// The lines of a model.
    void add(std::vector<credited_line> lines);
    /// Those of the latest, by name.
    void write(csv_writer file, std::string const& amount_title) const;
    /// Tells the report how the models compare, by channels in byte order.
    void compare() const;

  private:
    struct line {
        std::string name;
        bool attributed;
        std::int64_t cents;
    };

    report_model* report_;
    cent_rounding how_;
    std::vector<std::vector<line>> tables_;  // one for each model
};

/// Attributions of the same conversions by models that credit touchpoints of different kinds, such as
/// connects and calls: computed, told to the report and written, model by model. Where all models share
/// one join, models_side_by_side does it.
///
/// Shape:  a table of totals for each model; audit.csv, kind by kind; reconciliation.csv by conversion;
///         pairs and what is unattributed in the database. The section [tables] of the text has the names
///         of the columns: of a `conversion`, which are its key, its value and its time; of a
///         `touchpoint` in pairs, its kind, channel, person and time; of `audit`, see touchpoint_kind; and of
///         what was `credited`. It says of paths without steps that `nothing` earned them.
/// Edges:  conversions are records whose value is positive; the others earn nothing, and the audit says
///         so. Borrows the report and the records, which live longer.
/// Errors: output_error; attribution::reconciliation_error if an amount was lost, invented or counted
///         twice.
template <class Records, class Key, class Time, class Value>
class models_apart {
  public:
    /// `key`, `time` and `value` are projections of records.
    models_apart(report_model& report, report_text text, output_directory& out,
                 Records const& records, Key key, Time time, Value value, cent_rounding how,
                 bool intervals)
        : report_{&report}, out_{&out}, text_{std::move(text)}, records_{&records}, key_{key},
          time_{time}, worth_{value}, conversions_{of_value(records, key, time, worth_)},
          intervals_{intervals}, cents_{report, how}, paths_{report, conversions_.size()},
          proof_{out, "reconciliation.csv"} {
        auto const& words = report.words;
        auto const titles = text_.all("tables", "conversion");
        columns_ = {{titles.at(0), column_kind::text, key},
                    {titles.at(1), column_kind::amount,
                     [of = worth_, decimals = report.unit_decimals](record const& one) {
                         return format_decimal(units(of(one), decimals), decimals);
                     }},
                    {titles.at(2), column_kind::time, time}};
        proof_.row("table", words.conversion, "value_in", "credited", "unattributed", "difference");
        report.pairs.name = words.conversion + "_touchpoints";
        append_columns(report.pairs.columns, columns_);
        auto const steps = text_.all("tables", "touchpoint");
        for (std::size_t i = 0; i < steps.size(); ++i)
            report.pairs.columns.push_back(
                {steps[i], i + 1 < steps.size() ? column_kind::text : column_kind::time});
        report.unattributed = {
            "unattributed_" + words.conversions,
            {{titles[0]}, {"model"}, {titles[1], column_kind::amount}, {"reason"}},
            {}};
    }

    /// A model of the report: what it gives to touchpoints of a kind, in all, in a file, and to the steps
    /// of every path.
    template <class Kind, class Model, class Policy>
    void add(std::string const& file, model_description shown, Kind const& kind, Model const& model,
             Policy const& policy) {
        auto const credits = attribution::attribute(
            attribution::join(conversions_, kind.touchpoints), model, policy);
        auto const channels = attribution::by(kind.channel);
        auto const number = report_->models.size();
        auto const decimals = report_->unit_decimals;
        auto const nobody = text_.one(kind.name, "nobody");
        auto const why = text_.one(kind.name, "why");
        std::vector<credited_line> lines;
        for (auto const& row : credits | channels)
            if (row.credits > 0)
                lines.push_back({number, "", row.key.value_or(nobody), row.attributed,
                                 units(row.amount, decimals)});
        cents_.add(std::move(lines));
        cents_.write(files_(file), text_.one("tables", "credited"));
        if (intervals_)
            add_interval_lines(interval_lines_, number,
                               credits | attribution::with_intervals(channels), decimals);
        report_->proof.push_back(proof_of(shown.title, credits, [&](auto const& one) {
            return format_decimal(units(one, decimals), decimals, decimal_style::grouped);
        }));
        write_proof(proof_, {file}, credits,
                    attribution::by([this](record const& one) { return name_of(one); }), decimals);
        paths_.add(
            credits, number, kinds_.try_emplace(kind.name, kinds_.size()).first->second,
            [&](auto const& touch) {
                path_book::step step{kind.step(touch)};
                auto const& one = step.shown;
                step.cells = cells(one.kind, one.channel,
                                   one.who.empty() ? std::nullopt : std::optional{one.who},
                                   time_text(one.at));
                return step;
            },
            [&](record const& one) {
                return cells(name_of(one), shown.name, columns_[1].text(one), why);
            });
        report_->models.push_back(std::move(shown));
    }

    /// The same, and what became of every touchpoint of that kind: its lines of audit.csv, and how many
    /// share which reason.
    template <class Kind, class Model, class Policy>
    auto add_audited(std::string const& file, model_description const& shown, Kind const& kind,
                     Model const& model, Policy const& policy) {
        add(file, shown, kind, model, policy);
        auto const is_worth = [this](auto const&, record const& one) { return worth_(one) > none; };
        auto const journeys = attribution::join(
            attribution::conversions(*records_, key_, time_, worth_), kind.touchpoints);
        auto found =
            attribution::explain(journeys, model,
                                 policy && attribution::named("positive " + report_->words.amount,
                                                              attribution::where(is_worth)));
        record_columns<typename Kind::touchpoint, record> columns{
            .audit = kind.audit(text_.all("tables", "audit")),
            .credited = text_.one("tables", "credited")};
        columns.audit.insert(columns.audit.begin(),
                             {"touchpoint", column_kind::text,
                              [&](auto const&) { return std::string_view{kind.name}; }});
        columns.audit.push_back({"model", column_kind::text,
                                 [&](auto const&) { return std::string_view{shown.title}; }});
        if (report_->reasons.empty()) {
            audit_ = csv_writer{*out_, "audit.csv"};
            write_audit_header(audit_, columns, "");
        }
        write_audit_rows(audit_, journeys, found, columns, earned_in(found),
                         report_->unit_decimals);
        report_->reasons.push_back(reasons_of(text_.one(kind.name, "all") + ", " + shown.title,
                                              found.touchpoint_counts()));
        return found;
    }

    /// Tells the report how the models compare, and the paths. Writes what was found wrong, which the
    /// report knows by now, and returns the names of all files.
    std::vector<std::string> finish() {
        cents_.compare();
        if (intervals_)
            add_intervals(*report_, interval_lines_);
        paths_.finish(
            [&](std::size_t row) {
                return conversion_path{name_of(conversions_[row]),
                                       "",
                                       conversions_.time(row),
                                       units(conversions_.value(row), report_->unit_decimals),
                                       "credited",
                                       {}};
            },
            [&](std::size_t row) {
                table_row about;
                append_cells(about, columns_, conversions_[row]);
                return about;
            });
        for (auto& path : report_->paths)
            if (path.steps.empty())
                path.reason = text_.one("tables", "nothing");
        if (!report_->reasons.empty())
            files_.add("audit.csv");
        write_findings_csv(*out_, files_.add("validation.csv"), report_->found);
        files_.add("reconciliation.csv");
        return files_.names;
    }

    /// What there is to attribute, cut to cents.
    [[nodiscard]] std::string value_text() const {
        std::int64_t sum = 0;
        for (std::size_t row = 0; row < conversions_.size(); ++row)
            sum += units(conversions_.value(row), report_->unit_decimals);
        return cents_text(sum / units_of_one(report_->unit_decimals - 2));
    }

    /// X in = Y credited + Z unattributed, file by file.
    [[nodiscard]] std::string reconciliation_text() const {
        std::string text = fmt::format("Reconciled, {0} by {0}:\n", report_->words.conversion);
        for (std::size_t model = 0; model < report_->proof.size(); ++model)
            text += fmt::format("{}: {} in = {} credited + {} unattributed\n", files_.names[model],
                                report_->proof[model].value_in, report_->proof[model].credited,
                                report_->proof[model].unattributed);
        return text;
    }

  private:
    using record = std::remove_cvref_t<typename Records::const_reference>;

    using amount = std::remove_cvref_t<std::invoke_result_t<Value const&, record const&>>;
    static constexpr amount none{};

    /// The value of a record, if it is positive.
    struct worth {
        Value value;
        amount operator()(record const& one) const {
            return std::max<amount>(std::invoke(value, one), none);
        }
    };
    static auto of_value(Records const& records, Key key, Time time, worth of) {
        auto const is_worth = [of](record const& one) { return of(one) > none; };
        return attribution::conversions(records | ranges::views::filter(is_worth), key, time, of);
    }
    [[nodiscard]] std::string name_of(record const& one) const {
        return columns_.front().text(one).value_or("");
    }
    report_model* report_;
    output_directory* out_;
    report_text text_;
    Records const* records_;
    Key key_;
    Time time_;
    worth worth_;
    decltype(of_value(std::declval<Records const&>(), std::declval<Key>(), std::declval<Time>(),
                      std::declval<worth>())) conversions_;
    std::vector<record_column<record>> columns_;
    bool intervals_;
    cents_by_model cents_;
    std::map<std::string, std::size_t> kinds_;  // in the order in which models were added
    std::vector<interval_line> interval_lines_;
    path_book paths_;
    result_files files_{*out_};
    csv_writer proof_, audit_;
};

}  // namespace examples
