// SPDX-License-Identifier: BSL-1.0
#include <support/advice.hpp>
#include <support/intervals.hpp>
#include <support/page_writer.hpp>

#include <support/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace examples::on_page {

namespace {

/// Without the zeros at the end, but with two decimals at least: 5,517.000000 is 5,517.00.
std::string trimmed(std::string text) {
    auto const point = text.find('.');
    if (point == text.npos)
        return text;
    while (text.size() > point + 3 && text.ends_with('0'))
        text.pop_back();
    text.append(point + 3 - std::min(point + 3, text.size()), '0');
    return text;
}

void add_sentences(page& to, std::string_view title, std::vector<std::string> const& sentences) {
    if (sentences.empty())
        return;
    to.tag("h3", title);
    to.add("<ul>");
    for (auto const& sentence : sentences)
        to.tag("li", sentence);
    to.add("</ul>");
}

}  // namespace

void add_comparison(page& to, report_model const& report) {
    auto const& words = report.words;
    to.add("<section id=\"comparison\"><h2>Models side by side</h2>");
    auto const one = report.models.size() == 1;
    to.tag("p", fmt::format("The {}{}, shared out by {} {}. Every column adds up to the same "
                            "total, to the cent.",
                            one ? "" : "same ", words.amount, report.models.size(),
                            one ? "model" : "models"));
    auto const own = std::ranges::find(report.figures, std::string{}, figure_section);
    if (own != report.figures.end())
        add(to, *own);
    table shown{.caption = fmt::format("{} by {} and model", capital(words.amount), words.channel),
                .columns = {{words.channel}}};
    shown.total = {"total"};
    for (std::size_t i = 0; i < report.models.size(); ++i) {
        shown.columns.push_back({report.models[i].title, true});
        shown.total.push_back(cents_text(report.compared.totals[i]));
    }
    for (auto const& line : report.compared.lines) {
        cells row{line.name};
        for (std::size_t i = 0; i < line.cents.size(); ++i) {
            row.push_back(line.cents[i] ? cents_text(*line.cents[i]) : "");
            if (line.cents[i] && !line.ranges.empty())
                row.back() += fmt::format("\n({})", range_text(line.ranges[i]));
        }
        shown.row(std::move(row), line.attributed ? "" : "nobody");
    }
    add(to, std::move(shown));
    if (has_intervals(report))
        to.tag("p", meaning_of_intervals(report), " class=\"quiet\"");
    add_sentences(to, "What to test", advice_of(report));
    add_sentences(to, "What no model can find", blind_spots_of(report));
    if (!report.by_group.empty()) {
        table groups{.caption = fmt::format("{} by {}, {} and model", capital(words.amount),
                                            words.group, words.channel),
                     .columns = {{words.group}, {words.channel}}};
        for (auto const& model : report.models)
            groups.columns.push_back({model.title, true});
        for (auto const& line : by_group_cents(report)) {
            cells row{line.group, line.name};
            for (auto const& cents : line.cents)
                row.push_back(cents ? cents_text(*cents) : "");
            groups.row(std::move(row), line.attributed ? "" : "nobody");
        }
        to.tag("h3", fmt::format("By {}", words.group));
        add(to, std::move(groups));
    }
    to.add("</section>");
}

void add_proof(page& to, report_model const& report) {
    to.add("<section id=\"proof\"><h2>Nothing is lost</h2>");
    to.tag("p", "For every model, what went in is what was credited plus what nobody earned, to "
                "the last digit. The run stops if it is not.");
    for (auto const& line : report.proof)
        to.add("<p class=\"proof\"><strong>{}</strong>: {} in = {} credited + {} unattributed</p>",
               html_text(line.title), trimmed(line.value_in), trimmed(line.credited),
               trimmed(line.unattributed));
    to.add("</section>");
}

void add_findings(page& to, report_model const& report) {
    to.add("<section id=\"findings\"><h2>What is wrong with the data</h2>");
    to.tag("p", "Nothing was repaired. Errors are rows that the report cannot use as they are; "
                "warnings are odd; infos are as expected, and explain figures.");
    table shown{.caption = "Findings by rule",
                .columns = {{"rule"},
                            {"severity"},
                            {"checked", true},
                            {"found", true},
                            {"first rows"},
                            {"what is wrong"}},
                .whole = true};
    for (auto const& each : report.found)
        shown.row({each.rule, std::string{to_string(each.severity)}, count_text(each.checked),
                   count_text(each.count), fmt::format("{}", fmt::join(each.rows, ", ")),
                   each.count == 0 ? "nothing"
                   : each.notes.empty()
                       ? each.text
                       : fmt::format("{}: {}", each.text, fmt::join(each.notes, "; "))},
                  each.count == 0 ? "" : std::string{to_string(each.severity)} + "-row");
    add(to, std::move(shown));
    to.add("</section>");
}

void add_audit(page& to, report_model const& report) {
    to.add("<section id=\"audit\"><h2>What became of every record</h2>");
    to.tag("p", "Every record has exactly one reason: the lines of a table add up to all its "
                "records. audit.csv has them one by one.");
    for (auto const& reasons : report.reasons) {
        std::size_t all = 0;
        for (auto const& line : reasons.lines)
            all += line.count;
        auto const share = [&](std::size_t count) {
            return percent_text(static_cast<std::int64_t>(count), static_cast<std::int64_t>(all));
        };
        table shown{.caption = capital(reasons.title),
                    .columns = {{"reason"}, {"records", true}, {"share", true}}};
        for (auto const& line : reasons.lines)
            shown.row({line.text, count_text(line.count), share(line.count)});
        shown.total = {"all", count_text(all), share(all)};
        add(to, std::move(shown));
    }
    to.add("</section>");
}

void add_paths(page& to, report_model const& report, std::size_t shown) {
    to.add("<section id=\"paths\"><h2>One {} at a time</h2>", html_text(report.words.conversion));
    to.tag("p",
           fmt::format("The touchpoints of one {} and what each model gave them, in cents that "
                       "add up.",
                       report.words.conversion));
    if (shown < conversions_in(report))
        to.tag("p", fmt::format("Here are the {} largest of {}; audit.csv has them all.",
                                count_text(shown), count_text(conversions_in(report))));
    to.add("<div id=\"path-explorer\" class=\"columns\" hidden><div><p><label "
           "for=\"path-search\">Find by name, {} or {}</label> <input type=\"search\" "
           "id=\"path-search\"></p><p class=\"quiet\" id=\"path-count\" "
           "role=\"status\"></p><p><select "
           "id=\"path-list\" size=\"12\" aria-label=\"{}\"></select></p></div><div "
           "id=\"path-shown\" aria-live=\"polite\"></div></div>",
           html_text(report.words.group.empty() ? "date" : report.words.group),
           html_text(report.words.channel), html_text(capital(report.words.conversions)));
    to.add("<noscript><p>This part needs scripts. audit.csv has the same figures.</p></noscript>"
           "</section>");
}

}  // namespace examples::on_page
