// SPDX-License-Identifier: BSL-1.0
#include <support/restated.hpp>

#include <support/program.hpp>
#include <support/report_tables.hpp>
#include <support/unicode.hpp>

#include <attribution/report/difference.hpp>

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <numeric>
#include <stdexcept>
#include <tuple>

namespace att = attribution;

namespace examples {

namespace {

constexpr auto learned_anew = att::move_reasons;
constexpr std::string_view table_name = "restated_by_channel";

/// In 10^-most_decimals: 1040.0 in files; with two decimals at least where people look, and among
/// words 1,040.00.
std::string file_text(wide_integer amount) {
    return format_decimal(amount, most_decimals, decimal_style::shortest);
}
std::string table_cell(wide_integer amount) {
    auto text = file_text(amount);
    auto const decimals = text.size() - 1 - text.find('.');
    return decimals < 2 ? text + '0' : text;
}
std::string shown_amount(wide_integer amount) {
    return cell_text(column_kind::amount, table_cell(amount));
}

/// Gives the rows of both that have equal keys each other, the first of one key those of the other;
/// `key_of` says nothing of rows that are not to be compared by it. With `alone`, only rows whose key
/// no other row of their run has.
template <class Record, class KeyOf>
void pair_up(std::vector<Record> const& before, std::vector<Record> const& after,
             std::vector<std::size_t>& now, std::vector<std::size_t>& then, KeyOf key_of,
             bool alone) {
    using key = typename std::invoke_result_t<KeyOf, Record const&>::value_type;
    using entry = std::pair<key, std::size_t>;
    auto const sorted = [&](std::vector<Record> const& records,
                            std::vector<std::size_t> const& paired) {
        std::vector<entry> all;
        for (std::size_t row = 0; row < records.size(); ++row)
            if (alone || paired[row] == att::no_row)
                if (auto own = key_of(records[row]))
                    all.emplace_back(std::move(*own), row);
        std::ranges::sort(all);
        return all;
    };
    auto const old = sorted(before, now);
    auto const fresh = sorted(after, then);
    auto const end_of = [](auto const& entries, auto from) {
        return std::find_if(from, entries.end(),
                            [&](entry const& one) { return one.first != from->first; });
    };
    auto a = old.begin();
    auto b = fresh.begin();
    while (a != old.end() && b != fresh.end())
        if (a->first < b->first) {
            ++a;
        } else if (b->first < a->first) {
            ++b;
        } else {
            auto const a_end = end_of(old, a);
            auto const b_end = end_of(fresh, b);
            bool const fits =
                !alone || (a_end - a == 1 && b_end - b == 1 && now[a->second] == att::no_row &&
                           then[b->second] == att::no_row);
            for (; fits && a != a_end && b != b_end; ++a, ++b) {
                now[a->second] = b->second;
                then[b->second] = a->second;
            }
            a = a_end;
            b = b_end;
        }
}

/// Which rows of two runs are the same records, found by one description after the other.
template <class Record>
class record_pairs {
  public:
    record_pairs(std::vector<Record>& before, std::vector<Record>& after)
        : before_{before}, after_{after}, now_(before.size(), att::no_row),
          then_(after.size(), att::no_row) {}

    template <class KeyOf>
    void find(KeyOf key_of, bool alone = false) {
        pair_up(before_, after_, now_, then_, key_of, alone);
    }
    /// Gives them numbers that are the same for the same records. Returns the row after of each one
    /// before.
    std::vector<std::size_t> number() {
        for (std::size_t row = 0; row < before_.size(); ++row)
            before_[row].number = row;
        for (std::size_t row = 0; row < after_.size(); ++row)
            after_[row].number = then_[row] == att::no_row ? before_.size() + row : then_[row];
        return std::move(now_);
    }

  private:
    std::vector<Record>&before_, &after_;
    std::vector<std::size_t> now_, then_;
};

/// Ids count if both runs have some.
template <class Record>
bool use_ids(std::vector<Record>& before, std::vector<Record>& after) {
    auto const has_id = [](Record const& one) { return !one.id.empty(); };
    if (std::ranges::any_of(before, has_id) && std::ranges::any_of(after, has_id))
        return true;
    for (auto* const records : {&before, &after})
        for (auto& one : *records)
            one.id = {};
    return false;
}

auto touchpoints_of(compared_records const& records) {
    return att::touchpoints(records.touchpoints, &compared_touchpoint::customer,
                            &compared_touchpoint::at);
}
auto conversions_of(compared_records const& records) {
    return att::conversions(records.conversions, &compared_conversion::customer,
                            &compared_conversion::at, &compared_conversion::value);
}
using compared_ledger =
    att::ledger<decltype(conversions_of({})), decltype(touchpoints_of({})), exact_amount>;

/// Channels by name; what nobody earned has none, and comes first here.
using by_channel = std::map<std::optional<std::string>, restated_channel>;

restated_channel& line_of(by_channel& lines, std::optional<std::string> const& channel) {
    auto& line = lines[channel];
    line.channel = channel;
    return line;
}

std::optional<std::string> text_of(std::optional<std::string_view> const& channel) {
    return channel ? std::optional{std::string{*channel}} : std::nullopt;
}

/// What credits give each channel, in 10^-most_decimals.
std::map<std::optional<std::string_view>, wide_integer> sums_of(compared_ledger const& credits,
                                                                std::int64_t unit) {
    std::map<std::optional<std::string_view>, wide_integer> sums;
    for (auto const& one : credits)
        sums[one.attributed() ? std::optional{credits.touchpoint(one).channel} : std::nullopt] +=
            wide_integer{one.amount.units()} * unit;
    return sums;
}

void check(restated_channel const& line) {
    auto sum = line.was;
    for (auto const& part : line.parts)
        sum += part.amount;
    if (sum != line.is)
        throw std::logic_error{fmt::format(
            "restatement: {} had {} and has {}, but the reasons lead to {}; please report this",
            line.channel.value_or("what nobody earned"), file_text(line.was), file_text(line.is),
            file_text(sum))};
}

/// The restatement of one model as people see it.
struct shown_restatement {
    restated_channel all;              // channels together
    std::size_t moved = 0;             // channels that have another amount
    std::vector<std::size_t> reasons;  // why
    std::array<std::pair<wide_integer, wide_integer>, restated_reasons> gained_and_lost = {};
};

shown_restatement shown(restated_model const& model) {
    shown_restatement sums;
    for (auto const& line : model.channels) {
        sums.all.was += line.was;
        sums.all.is += line.is;
        sums.moved += line.was != line.is ? 1 : 0;
        for (std::size_t why = 0; why < restated_reasons; ++why) {
            auto const amount = line.parts[why].amount;
            sums.all.parts[why].amount += amount;
            auto& [gained, lost] = sums.gained_and_lost[why];
            (amount < 0 ? lost : gained) += amount;
        }
    }
    for (std::size_t why = 0; why < restated_reasons; ++why)
        if (sums.gained_and_lost[why] != std::pair{wide_integer{0}, wide_integer{0}})
            sums.reasons.push_back(why);
    return sums;
}

std::string names_of(std::vector<std::size_t> const& reasons) {
    std::vector<std::string_view> names;
    for (auto const why : reasons)
        names.push_back(restated_reason(why));
    return fmt::format("{}", fmt::join(names, ", "));
}

/// What moved, in sentences.
std::vector<std::string> sentences_of(report_model const& report, run_comparison const& compared,
                                      restated_model const& chosen, models_of_both const& models,
                                      std::string const& directory) {
    auto const& words = report.words;
    auto const sums = shown(chosen);
    std::vector<std::string> moved;
    for (auto const& one : compared.models())
        if (!shown(one).reasons.empty())
            moved.push_back(report.models[one.model].title);
    auto const& title = report.models[chosen.model].title;
    std::vector<std::string> said;
    if (moved.empty()) {
        said.push_back(fmt::format("Nothing moved: by every model, every {} has what it had in {}.",
                                   words.channel, directory));
    } else if (sums.reasons.empty()) {
        said.push_back(fmt::format("By {}, every {} has what it had in {}; not so by {}: see "
                                   "restatement.csv.",
                                   title, words.channel, directory, fmt::join(moved, ", ")));
    } else {
        said.push_back(fmt::format(
            "By {}, the total was {} in {} and is {}; {} of {} lines have another amount.", title,
            shown_amount(sums.all.was), directory, shown_amount(sums.all.is),
            count_text(sums.moved), count_text(chosen.channels.size())));
        said.push_back(fmt::format("Reasons: {}; restatement.csv has them for every model.",
                                   names_of(sums.reasons)));
    }
    std::vector<std::string> without_ids;
    if (!compared.touchpoints_have_ids())
        without_ids.push_back(words.touchpoints);
    if (!compared.conversions_have_ids())
        without_ids.push_back(words.conversions);
    if (!moved.empty() && !without_ids.empty())
        said.push_back(fmt::format("Without ids in both runs, {} are compared by what they say: "
                                   "one whose time was corrected is gone, and another one came.",
                                   fmt::join(without_ids, " and ")));
    if (!models.fresh.empty())
        said.push_back(fmt::format("Not compared, because that run does not have it: {}.",
                                   fmt::join(models.fresh, ", ")));
    if (!models.gone.empty())
        said.push_back(fmt::format("That run also has {}.", fmt::join(models.gone, ", ")));
    return said;
}

std::string name_of(restated_channel const& line) {
    return line.channel.value_or("(unattributed)");
}

std::string column_of(std::size_t reason) {
    std::string name{restated_reason(reason)};
    std::ranges::replace(name, ' ', '_');
    return name;
}

report_table all_rows(report_model const& report, run_comparison const& compared) {
    using kind = column_kind;
    report_table table{.name = "restatement",
                       .title = "What moved, by model, channel and reason",
                       .columns = {{"model"},
                                   {report.words.channel},
                                   {"reason"},
                                   {"amount", kind::amount},
                                   {"conversions", kind::integer}},
                       .on_page = false};
    for (auto const& model : compared.models())
        for (auto const& line : model.channels)
            for (std::size_t why = 0; why < restated_reasons; ++why)
                if (auto const& part = line.parts[why]; part.amount != 0)
                    table.rows.push_back({report.models[model.model].name, name_of(line),
                                          std::string{restated_reason(why)}, file_text(part.amount),
                                          part.conversions == 0 ? std::nullopt
                                                                : std::optional{fmt::format(
                                                                      "{}", part.conversions)}});
    return table;
}

report_table bridge(report_model const& report, restated_model const& model,
                    std::string const& section, std::string const& note) {
    using kind = column_kind;
    report_table table{.name = std::string{table_name},
                       .title = fmt::format("{} then and now, {}", capital(report.words.amount),
                                            report.models[model.model].title),
                       .note = note,
                       .section = section,
                       .columns = {{report.words.channel}, {"was", kind::amount}}};
    for (std::size_t why = 0; why < restated_reasons; ++why)
        table.columns.push_back(
            {column_of(why), kind::amount, std::string{restated_reason(why)}, true});
    table.columns.push_back({"is_now", kind::amount, "is"});
    auto const row_of = [](std::string name, restated_channel const& line,
                           std::vector<std::size_t> const& reasons) {
        std::vector<std::optional<std::string>> row{std::move(name), table_cell(line.was)};
        for (std::size_t why = 0; why < restated_reasons; ++why)
            row.push_back(line.parts[why].amount != 0 || std::ranges::count(reasons, why) > 0
                              ? std::optional{table_cell(line.parts[why].amount)}
                              : std::nullopt);
        row.emplace_back(table_cell(line.is));
        return row;
    };
    for (auto const& line : model.channels)
        table.rows.push_back(row_of(name_of(line), line, {}));
    auto const sums = shown(model);
    table.total = row_of("total", sums.all, sums.reasons);
    return table;
}

void add_key_figures(report_model& report, restated_model const& model,
                     std::string const& section) {
    auto const sums = shown(model);
    report.key_figures.push_back({fmt::format("Total, {}", report.models[model.model].title),
                                  shown_amount(sums.all.is),
                                  fmt::format("it was {}", shown_amount(sums.all.was)), section});
    for (auto const why : sums.reasons) {
        auto const& [gained, lost] = sums.gained_and_lost[why];
        report.key_figures.push_back(
            {capital(std::string{restated_reason(why)}), shown_amount(gained + lost),
             fmt::format("{} gained, {} lost", shown_amount(gained), shown_amount(-lost)),
             section});
    }
}

}  // namespace

std::string_view restated_reason(std::size_t number) {
    return number == learned_anew ? "model learned anew"
                                  : to_string(static_cast<att::move_reason>(number));
}

run_comparison::run_comparison(compared_records before, compared_records after)
    : before_{std::move(before)}, after_{std::move(after)} {
    using touch = compared_touchpoint;
    using sale = compared_conversion;
    touchpoint_ids_ = use_ids(before_.touchpoints, after_.touchpoints);
    conversion_ids_ = use_ids(before_.conversions, after_.conversions);
    record_pairs<touch> touches{before_.touchpoints, after_.touchpoints};
    touches.find([](touch const& one) {
        return std::optional{
            std::tuple{one.at, one.id, one.person, one.customer, one.channel, one.kind}};
    });
    touches.find([](touch const& one) {
        return std::optional{one.id.empty() ? std::tuple{one.id, one.at, one.person, one.channel}
                                            : std::tuple{one.id, instant{}, one.id, one.id}};
    });
    // At one time nobody is twice, as a rule: the channel is called otherwise, or the person is known.
    using alone = std::optional<std::pair<instant, std::string_view>>;
    touches.find(
        [](touch const& one) {
            return one.id.empty() ? alone{{one.at, one.person}} : std::nullopt;
        },
        true);
    touches.find(
        [](touch const& one) {
            return one.id.empty() ? alone{{one.at, one.channel}} : std::nullopt;
        },
        true);
    now_ = touches.number();

    record_pairs<sale> sales{before_.conversions, after_.conversions};
    sales.find([](sale const& one) {
        return std::optional{std::tuple{one.at, one.id, one.customer, one.value.units()}};
    });
    sales.find([](sale const& one) {
        return std::optional{one.id.empty()
                                 ? std::tuple{one.id, one.at, one.customer}
                                 : std::tuple{one.id, instant{}, decltype(one.customer){}}};
    });
    sales.number();
    mark_changed();
}

/// attribution::difference sees times and channels. What else rules look at it sees as a time that is
/// another.
void run_comparison::mark_changed() {
    for (std::size_t row = 0; row < now_.size(); ++row) {
        if (now_[row] == att::no_row)
            continue;
        auto& old = before_.touchpoints[row];
        auto const& fresh = after_.touchpoints[now_[row]];
        if ((old.kind != fresh.kind || old.trait != fresh.trait) && old.at == fresh.at)
            old.at -= std::chrono::microseconds{1};
    }
}

void run_comparison::add_model(std::size_t model, earlier_run::published const& published,
                               credited const& between, credited const& after, int decimals) {
    auto const ledger_of = [](compared_records const& records, credited const& of) {
        return compared_ledger{conversions_of(records),
                               touchpoints_of(records),
                               {of.credits.begin(), of.credits.end()},
                               of.changes};
    };
    auto const then = ledger_of(before_, between);
    auto const now = ledger_of(after_, after);
    auto const unit = units_of_one(most_decimals - decimals);
    by_channel lines;
    for (auto const& [channel, amount] : published.amounts) {
        auto& line = line_of(lines, channel);
        line.was = amount;
        line.parts[static_cast<std::size_t>(att::move_reason::changed_rules)].amount -= amount;
    }
    for (auto const& [channel, amount] : sums_of(then, unit))
        line_of(lines, text_of(channel))
            .parts[static_cast<std::size_t>(att::move_reason::changed_rules)]
            .amount += amount;
    for (auto const& [channel, amount] : sums_of(now, unit))
        line_of(lines, text_of(channel)).is = amount;
    for (auto const& row :
         att::difference(then, now, &compared_conversion::number, &compared_touchpoint::number,
                         &compared_touchpoint::channel)) {
        // The same rules for both: what is left has been learned.
        auto const why = row.reason == att::move_reason::changed_rules
                             ? learned_anew
                             : static_cast<std::size_t>(row.reason);
        auto& part = line_of(lines, row.key ? std::optional{std::string{*row.key}} : std::nullopt)
                         .parts[why];
        part.amount += wide_integer{row.amount.units()} * unit;
        part.conversions += row.conversions;
    }
    auto& result = models_.emplace_back(restated_model{model, {}});
    for (auto& [channel, line] : lines) {
        check(line);
        if (channel || line.was != 0 || line.is != 0)
            result.channels.push_back(std::move(line));
    }
    std::ranges::stable_sort(result.channels, [](auto const& a, auto const& b) {
        return std::pair{!a.channel, -a.is} < std::pair{!b.channel, -b.is};
    });
}

models_of_both models_in_both(report_model const& report, earlier_run const& earlier) {
    models_of_both found;
    for (std::size_t i = 0; i < report.models.size(); ++i) {
        auto const& name = report.models[i].name;
        auto const there =
            std::ranges::find(earlier.models(), name, &earlier_run::published::model);
        if (there != earlier.models().end())
            found.both.emplace_back(i, *there);
        else if (earlier.models().empty())  // no conversions: nobody had anything
            found.both.emplace_back(i, earlier_run::published{name, {}});
        else
            found.fresh.push_back(report.models[i].title);
    }
    for (auto const& one : earlier.models())
        if (std::ranges::find(report.models, one.model, &model_description::name) ==
            report.models.end())
            found.gone.push_back(one.model);
    if (found.both.empty())
        throw CLI::ValidationError{
            "--against", fmt::format("{} has the models {}, this run has none of them: ask for one",
                                     earlier.directory().string(), fmt::join(found.gone, ", "))};
    return found;
}

void describe_restatement(report_model& report, run_comparison const& compared,
                          models_of_both const& models, earlier_run const& earlier) {
    auto const& all = compared.models();
    auto chosen = std::ranges::find(all, report.chosen, &restated_model::model);
    if (chosen == all.end())
        chosen = all.begin();
    auto const directory = earlier.directory().string();
    auto const name = std::filesystem::absolute(earlier.directory() / "").lexically_normal();
    auto const section =
        fmt::format("What changed since {}", name.parent_path().filename().string());
    report.changes = sentences_of(report, compared, *chosen, models, directory);
    auto const note = fmt::format("{}", fmt::join(report.changes, " "));
    if (report.sections.empty())
        report.sections.emplace_back();  // the attribution's own comes first
    report.sections.push_back(section);
    report.tables.push_back(all_rows(report, compared));
    report.tables.push_back(bridge(report, *chosen, section, note));
    add_key_figures(report, *chosen, section);
    report.options.emplace_back("against", directory);
}

std::string restatement_text(report_model const& report) {
    auto const found = std::ranges::find(report.tables, table_name, &report_table::name);
    return found == report.tables.end()
               ? std::string{}
               : fmt::format("{}\n\n{}\n", found->note, table_text(*found));
}

}  // namespace examples
