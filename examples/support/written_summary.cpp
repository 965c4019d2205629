// SPDX-License-Identifier: BSL-1.0
#include <support/written_summary.hpp>

#include <support/advice.hpp>
#include <support/intervals.hpp>
#include <support/report_tables.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <utility>
#include <vector>

namespace examples {

namespace {

constexpr std::size_t named_rules = 3;

class document {
  public:
    template <class... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Arguments>(arguments)...);
    }
    void heading(std::string_view title) { add("\n## {}\n\n", title); }
    void end_paragraph() { text_ += "\n\n"; }
    [[nodiscard]] std::string finish() {
        while (text_.find("\n\n\n") != std::string::npos)
            text_.replace(text_.find("\n\n\n"), 3, "\n\n");
        while (text_.ends_with("\n\n"))
            text_.pop_back();
        return std::move(text_);
    }

  private:
    std::string text_;
};

std::string amount(report_model const& report, std::int64_t cents) {
    return report.currency.empty() ? cents_text(cents) : cents_text(cents) + ' ' + report.currency;
}

/// A channel on which the models disagree: its least and its largest amount.
struct spread {
    std::string name;
    std::size_t least = 0, most = 0;  // models
    std::int64_t least_cents = 0, most_cents = 0;
};

std::vector<spread> spreads_of(report_model const& report) {
    std::vector<spread> all;
    for (auto const& line : report.compared.lines) {
        if (!line.attributed)
            continue;
        spread one{.name = name_in_words(line.name),
                   .least_cents = std::numeric_limits<std::int64_t>::max(),
                   .most_cents = std::numeric_limits<std::int64_t>::min()};
        for (std::size_t model = 0; model < line.cents.size(); ++model) {
            auto const cents = line.cents[model].value_or(0);
            if (cents < one.least_cents) {
                one.least = model;
                one.least_cents = cents;
            }
            if (cents > one.most_cents) {
                one.most = model;
                one.most_cents = cents;
            }
        }
        all.push_back(std::move(one));
    }
    std::ranges::sort(all, {}, [](spread const& one) {
        return std::pair{one.least_cents - one.most_cents, one.name};
    });
    return all;
}

void add_short(document& to, report_model const& report) {
    auto const facts = facts_of(report, report.chosen);
    if (facts.largest.empty())
        to.add(
            "**In short:** there is nothing to credit: {} worth {}.\n",
            counted_text(conversions_in(report), report.words.conversion, report.words.conversions),
            amount(report, facts.total));
    else
        to.add(
            "**In short:** of {} in {}, {} was credited. By {}, {} earned most: {} ({}).\n",
            amount(report, facts.total),
            counted_text(conversions_in(report), report.words.conversion, report.words.conversions),
            percent_text(facts.credited, facts.total),
            markdown_text(report.models[report.chosen].title), markdown_text(facts.largest),
            amount(report, facts.largest_cents), percent_text(facts.largest_cents, facts.total));
}

void add_changes(document& to, report_model const& report) {
    if (report.changes.empty())
        return;
    std::vector<std::string> sentences;
    for (auto const& sentence : report.changes)
        sentences.push_back(markdown_text(sentence));
    to.add("\n**What changed:** {}\n", fmt::join(sentences, " "));
}

/// The figures and tables that the program found besides, section by section.
void add_own(document& to, report_model const& report) {
    auto sections = report.sections;
    if (std::ranges::find(sections, std::string{}) == sections.end())
        sections.insert(sections.begin(), std::string{});
    for (auto const& section : sections) {
        auto named = false;
        for (auto const& one : report.key_figures) {
            if (one.section != section)
                continue;
            if (!std::exchange(named, true))
                to.heading(section.empty() ? "Key figures" : markdown_text(section));
            to.add("- **{}**: {}{}\n", markdown_text(one.title), markdown_text(one.value),
                   one.note.empty() ? "" : fmt::format(" ({})", markdown_text(one.note)));
        }
    }
    if (report.tables.empty())
        return;
    to.heading("Tables");
    for (auto const& table : report.tables)
        to.add("- **{}**: {}, {}.csv\n", markdown_text(title_of(table)),
               counted_text(table.rows.size(), "row", "rows"), table.name);
}

void add_method(document& to, report_model const& report) {
    if (report.models.empty() && report.policy.empty())
        return;
    to.heading("Methodology");
    if (!report.models.empty())
        to.add("This report shares the {} of every {} out among its {}. ", report.words.amount,
               report.words.conversion, report.words.touchpoints);
    std::vector<std::string> sentences;
    for (auto const& sentence : report.policy)
        sentences.push_back(markdown_text(sentence));
    to.add("{}", fmt::join(sentences, " "));
    to.end_paragraph();
    if (report.models.empty())
        return;
    to.add("{} applied to the same records:\n\n",
           counted_text(report.models.size(), "model was", "models were"));
    for (auto const& model : report.models)
        to.add("- **{}**: {}\n", markdown_text(capital(model.title)), markdown_text(model.text));
    to.end_paragraph();
    to.add("{}", meaning_of_intervals(report));
    to.end_paragraph();
}

void add_checks(document& to, report_model const& report) {
    using attribution::severity;
    to.heading("Data checks");
    to.add("The run read {}. ", counted_text(report.inputs.size(), "file", "files"));
    to.add("It checked {}: rows broke rules of severity error {} times and of severity warning {} "
           "times. ",
           counted_text(report.found.size(), "rule", "rules"),
           count_text(report.found.count(severity::error)),
           count_text(report.found.count(severity::warning)));
    std::vector<attribution::finding> worst;
    for (auto const& each : report.found)
        if (each.count > 0 && each.severity != severity::info)
            worst.push_back(each);
    std::ranges::sort(worst, [](auto const& a, auto const& b) {
        return a.count != b.count ? a.count > b.count : a.rule < b.rule;
    });
    worst.resize(std::min(worst.size(), named_rules));
    if (!worst.empty()) {
        to.add("The most frequent:\n\n");
        for (auto const& each : worst)
            to.add("- {}: {} of {} rows\n", markdown_text(each.text), count_text(each.count),
                   count_text(each.checked));
        to.end_paragraph();
    }
    for (auto const& reasons : report.reasons) {
        std::size_t all = 0;
        for (auto const& line : reasons.lines)
            all += line.count;
        to.add("{}: of {} records, ", markdown_text(capital(reasons.title)), count_text(all));
        for (std::size_t i = 0; i < reasons.lines.size(); ++i)
            to.add("{}{} {}", i == 0 ? "" : "; ", count_text(reasons.lines[i].count),
                   markdown_text(reasons.lines[i].text));
        to.add(".");
        to.end_paragraph();
    }
    if (report.models.empty())
        return;
    auto const facts = facts_of(report, report.chosen);
    to.add("Every model was reconciled: {} in, {} credited and {} unattributed by {}, with no "
           "difference.",
           amount(report, facts.total), amount(report, facts.credited),
           amount(report, facts.total - facts.credited),
           markdown_text(report.models[report.chosen].title));
    to.end_paragraph();
}

void add_findings(document& to, report_model const& report) {
    to.heading("Findings by model");
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        auto const facts = facts_of(report, model);
        to.add("- **{}** ", markdown_text(capital(report.models[model].title)));
        if (facts.largest.empty()) {
            to.add("credits nobody.\n");
            continue;
        }
        to.add("puts {} first with {} ({})", markdown_text(facts.largest),
               amount(report, facts.largest_cents), percent_text(facts.largest_cents, facts.total));
        if (!facts.second.empty())
            to.add(", before {} with {} ({})", markdown_text(facts.second),
                   amount(report, facts.second_cents),
                   percent_text(facts.second_cents, facts.total));
        to.add("; {} stays unattributed ({}).\n", amount(report, facts.total - facts.credited),
               counted_text(facts.unattributed_conversions, report.words.conversion,
                            report.words.conversions));
    }
    to.end_paragraph();
}

/// Does every model give every channel the same?
bool agree(std::vector<spread> const& spreads) {
    return spreads.empty() || spreads.front().least_cents == spreads.front().most_cents;
}

void add_reasons(document& to, report_model const& report, std::vector<spread> const& spreads) {
    to.heading("Why the models differ");
    to.add("The models see the same money and disagree only on who deserves it.");
    if (agree(spreads)) {
        to.add(
            " Here they agree on every {}: no path leaves them a choice, as those of a single {} "
            "do not.",
            report.words.channel, report.words.touchpoint);
    } else {
        auto const& widest = spreads.front();
        to.add(" They disagree most on {}: {} by {}, but {} by {}.", markdown_text(widest.name),
               amount(report, widest.least_cents), markdown_text(report.models[widest.least].title),
               amount(report, widest.most_cents), markdown_text(report.models[widest.most].title));
        if (spreads.size() > 1) {
            auto const& closest = spreads.back();
            to.add(" They agree best on {}, which gets between {} and {} from all of them.",
                   markdown_text(closest.name), amount(report, closest.least_cents),
                   amount(report, closest.most_cents));
        }
    }
    to.end_paragraph();
}

/// Sentences as a list, if there are any.
void add_list(document& to, std::string_view title, std::vector<std::string> const& sentences) {
    if (sentences.empty())
        return;
    to.heading(title);
    for (auto const& sentence : sentences)
        to.add("- {}\n", markdown_text(sentence));
    to.end_paragraph();
}

void add_advice(document& to, report_model const& report, model_facts const& facts,
                std::vector<spread> const& spreads) {
    auto const& words = report.words;
    to.heading("Recommendations");
    if (facts.largest.empty()) {
        to.add("Nothing was credited: check the input and the window before anything else.");
        to.end_paragraph();
        return;
    }
    auto const largest = markdown_text(facts.largest);
    auto const share = percent_text(facts.largest_cents, facts.total);
    to.add(
        "- **Executives**: {} carries {} of all {} by {}. Decide on ranges between models, and ask "
        "again when the first two change places.\n",
        largest, share, words.amount, markdown_text(report.models[report.chosen].title));
    auto const& widest = spreads.front();
    if (agree(spreads))
        to.add("- **Marketing**: the value of {} is {} by every model. Test it before moving "
               "money.\n",
               largest, amount(report, facts.largest_cents));
    else
        to.add("- **Marketing**: the value of {} depends on the model (from {} to {}). Test it "
               "before moving money.\n",
               markdown_text(widest.name), amount(report, widest.least_cents),
               amount(report, widest.most_cents));
    to.add("- **Sales**: follow up {} first where {} took part; report.html shows which {} came "
           "before each.\n",
           words.conversions, largest, words.touchpoints);
    to.add(
        "- **Controlling**: book {} as credited and {} ({}) as unattributed, not as the share of "
        "anyone. reconciliation.csv proves it line by line.\n",
        amount(report, facts.credited), amount(report, facts.total - facts.credited),
        percent_text(facts.total - facts.credited, facts.total));
    to.add("- **Data owners**: {} {} behind the unattributed part. Repair the rules named above in "
           "the source; validation.csv gives the first rows of each.\n",
           counted_text(facts.unattributed_conversions, words.conversion, words.conversions),
           facts.unattributed_conversions == 1 ? "stands" : "stand");
    to.end_paragraph();
}

void add_limits(document& to, report_model const& report) {
    auto const& words = report.words;
    to.heading("Limits");
    if (report.models.empty())
        to.add(
            "Amounts are as the input has them{}; nothing was estimated, filled in or removed as "
            "an outlier. The result files have all decimals.",
            report.currency.empty() ? ", without a currency" : "");
    else
        to.add("Shares of small {} rest on few {} and move with single ones. Amounts are as the "
               "input has them{}; nothing was estimated, filled in or removed as an outlier. "
               "Amounts above are rounded to hundredths that add up; the result files have all "
               "decimals.",
               words.channels, words.conversions,
               report.currency.empty() ? ", without a currency" : "");
    if (report.texts_cut > 0)
        to.add(" {} too long to be shown here whole; the CSV files have all of them.",
               counted_text(report.texts_cut, "text of the data is", "texts of the data are"));
    to.end_paragraph();
}

}  // namespace

std::string markdown_text(std::string_view text) {
    std::string result;
    for (char const c : label_text(text, 400)) {
        if (std::string_view{"\\`*_[]<>#|~"}.find(c) != std::string_view::npos)
            result += '\\';
        result += c;
    }
    return result;
}

std::string written_summary(report_model const& report) {
    document to;
    to.add("# {}\n\n{}\n\n", markdown_text(report.title), markdown_text(report.question));
    if (!report.models.empty())
        add_short(to, report);
    add_changes(to, report);
    add_own(to, report);
    add_method(to, report);
    add_checks(to, report);
    if (!report.models.empty()) {
        auto const spreads = spreads_of(report);
        add_findings(to, report);
        if (report.models.size() > 1)
            add_reasons(to, report, spreads);
        add_list(to, "What to test", advice_of(report));
        add_advice(to, report, facts_of(report, report.chosen), spreads);
    }
    if (!report.models.empty())
        add_list(to, "What no model can find", blind_spots_of(report));
    add_limits(to, report);
    return to.finish();
}

}  // namespace examples
