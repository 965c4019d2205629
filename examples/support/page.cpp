// SPDX-License-Identifier: BSL-1.0
#include <support/page.hpp>

#include <support/sha256.hpp>
#include <support/unicode.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <utility>

namespace examples {

namespace {

using json = nlohmann::ordered_json;

/// A browser should open the page at once: with more steps than this, the largest conversions only.
constexpr std::size_t most_steps = 20'000;

class page {
  public:
    template <class... Arguments>
    void add(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
        text += '\n';
    }
    /// Text of the data or of the report in a tag.
    void tag(std::string_view name, std::string_view words, std::string_view more = {}) {
        add("<{0}{1}>{2}</{0}>", name, more, html_text(words));
    }

    std::string text;
};

struct column {
    std::string title;
    bool number = false;
};
using cells = std::vector<std::string>;

/// A table that sorts and filters. `rows` may have a class each; `total` may be empty.
struct table {
    std::string caption;
    std::vector<column> columns;
    std::vector<cells> rows = {};
    std::vector<std::string> kinds = {};
    cells total = {};

    void row(cells line, std::string kind = {}) {
        rows.push_back(std::move(line));
        kinds.push_back(std::move(kind));
    }
};

void add(page& to, table const& shown) {
    auto const number = [&](std::size_t i) {
        return shown.columns[i].number ? " class=\"num\"" : "";
    };
    to.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table "
           "class=\"data\">",
           html_text(shown.caption));
    to.tag("caption", shown.caption);
    std::string line;
    for (std::size_t i = 0; i < shown.columns.size(); ++i)
        line += fmt::format("<th scope=\"col\"{}>{}</th>", number(i),
                            html_text(shown.columns[i].title));
    to.add("<thead><tr>{}</tr></thead><tbody>", line);
    for (std::size_t r = 0; r < shown.rows.size(); ++r) {
        line.clear();
        for (std::size_t i = 0; i < shown.rows[r].size(); ++i)
            line += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", number(i),
                                         html_text(shown.rows[r][i]))
                           : fmt::format("<td{}>{}</td>", number(i), html_text(shown.rows[r][i]));
        auto const& kind = shown.kinds[r];
        to.add("<tr{}>{}</tr>", kind.empty() ? "" : fmt::format(" class=\"{}\"", kind), line);
    }
    to.add("</tbody>");
    if (!shown.total.empty()) {
        line.clear();
        for (std::size_t i = 0; i < shown.total.size(); ++i)
            line += i == 0 ? fmt::format("<th scope=\"row\">{}</th>", html_text(shown.total[i]))
                           : fmt::format("<td{}>{}</td>", number(i), html_text(shown.total[i]));
        to.add("<tfoot><tr>{}</tr></tfoot>", line);
    }
    to.add("</table></div>");
}

std::string with_currency(report_model const& report, std::string text) {
    return report.currency.empty() ? text : text + ' ' + report.currency;
}

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

// --- Sections

void add_head(page& to, report_model const& report, page_assets const& assets) {
    auto const digest = [](std::string_view script) {
        return fmt::format("'sha256-{}'", base64(sha256(script)));
    };
    auto const scripts = assets.charts.empty()
                             ? digest(assets.script)
                             : digest(assets.charts) + ' ' + digest(assets.script);
    to.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
    to.add("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
           "{}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'\">",
           scripts, digest(assets.style));
    to.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    to.add("<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" "
           "href=\"data:,\">");
    to.tag("title", report.title);
    to.add("<style>{}</style>\n</head>\n<body>", assets.style);
}

void add_top(page& to, report_model const& report) {
    to.add("<a class=\"skip\" href=\"#comparison\">Skip to the figures</a>\n<header>");
    to.tag("h1", report.title);
    to.tag("p", report.question, " class=\"lead\"");
    to.add("<div class=\"tools\" id=\"page-tools\"></div>\n</header>");
    to.add("<nav aria-label=\"Sections\"><ul><li><a href=\"#overview\">Overview</a></li><li><a "
           "href=\"#comparison\">Models</a></li><li><a href=\"#figures\">Figures</a></li><li><a "
           "href=\"#proof\">Proof</a></li><li><a href=\"#findings\">Data</a></li><li><a "
           "href=\"#audit\">Audit</a></li><li><a href=\"#paths\">Paths</a></li><li><a "
           "href=\"#method\">Method</a></li></ul></nav>\n<main>");
}

void card(page& to, std::string_view title, std::string_view value, std::string_view small = {}) {
    to.add("<div><dt>{}</dt><dd>{}{}</dd></div>", html_text(title), html_text(value),
           small.empty() ? "" : fmt::format("<small>{}</small>", html_text(small)));
}

void add_overview(page& to, report_model const& report) {
    auto const facts = facts_of(report, report.chosen);
    to.add("<section id=\"overview\"><h2>Overview</h2>\n<dl class=\"cards\">");
    card(to, "To attribute", with_currency(report, cents_text(facts.total)),
         fmt::format("{} {}", count_text(report.paths.size()), report.words.conversions));
    card(to, "Credited", with_currency(report, cents_text(facts.credited)),
         percent_text(facts.credited, facts.total) + " of it");
    card(
        to, "Unattributed", with_currency(report, cents_text(facts.total - facts.credited)),
        fmt::format("{} {}", count_text(facts.unattributed_conversions), report.words.conversions));
    if (!facts.largest.empty())
        card(
            to,
            fmt::format("Largest {}, {}", report.words.channel, report.models[report.chosen].title),
            facts.largest,
            fmt::format("{}, {}", with_currency(report, cents_text(facts.largest_cents)),
                        percent_text(facts.largest_cents, facts.total)));
    card(to, "Rows that break a rule", count_text(report.found.count(attribution::severity::error)),
         fmt::format("and {} warnings",
                     count_text(report.found.count(attribution::severity::warning))));
    to.add("</dl>");
    if (report.texts_cut > 0)
        to.tag("p",
               fmt::format("Too long to be shown here whole: {} of the data. They end in [long "
                           "text ...]; the CSV files have all of them.",
                           report.texts_cut == 1 ? "1 text"
                                                 : count_text(report.texts_cut) + " texts"));
    to.add("</section>");
}

void add_figure(page& to, figure const& drawn) {
    std::visit(
        [&](auto const& one) {
            to.add("<figure id=\"figure-{}\">", html_text(one.name));
            to.tag("h3", one.title);
            if constexpr (requires { one.series; }) {
                std::string entries;
                auto const entry = [&](std::string_view colour, std::string_view name) {
                    entries += fmt::format(
                        "<li><span><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect "
                        "width=\"10\" height=\"10\" rx=\"2\" fill=\"{}\"/></svg>{}</span></li>",
                        colour, html_text(name));
                };
                if (one.series.size() > 1)
                    for (auto const& series : one.series)
                        entry(series.colour, series.name);
                for (std::size_t m = 0; m < one.marks.size(); ++m)
                    entry(m == 0 ? "currentColor" : "#d55e00",
                          fmt::format("{}: {} {}", one.marks[m].name, one.marks[m].text,
                                      one.across.unit));
                if (!entries.empty())
                    to.add("<ul class=\"legend\">{}</ul>", entries);
            }
            to.add(
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">{}</div>",
                html_text(one.title), svg(drawn));
            if (!one.note.empty())
                to.tag("figcaption", one.note);
            to.add("</figure>");
        },
        drawn);
}

void add_comparison(page& to, report_model const& report) {
    auto const& words = report.words;
    to.add("<section id=\"comparison\"><h2>Models side by side</h2>");
    to.tag("p", fmt::format("The same {}, shared out by {} models. Every column adds up to the "
                            "same total, to the cent.",
                            words.amount, report.models.size()));
    if (!report.figures.empty())
        add_figure(to, report.figures.front());
    table shown{.caption = fmt::format("{} by {} and model", capital(words.amount), words.channel),
                .columns = {{words.channel}}};
    shown.total = {"total"};
    for (std::size_t i = 0; i < report.models.size(); ++i) {
        shown.columns.push_back({report.models[i].title, true});
        shown.total.push_back(cents_text(report.compared.totals[i]));
    }
    for (auto const& line : report.compared.lines) {
        cells row{line.name};
        for (auto const& cents : line.cents)
            row.push_back(cents ? cents_text(*cents) : "");
        shown.row(std::move(row), line.attributed ? "" : "nobody");
    }
    add(to, shown);
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
        add(to, groups);
    }
    to.add("</section>");
}

void add_figures(page& to, report_model const& report) {
    to.add("<section id=\"figures\"><h2>Figures</h2>");
    for (std::size_t i = 1; i < report.figures.size(); ++i)
        add_figure(to, report.figures[i]);
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
                            {"what is wrong"}}};
    for (auto const& each : report.found)
        shown.row({each.rule, std::string{to_string(each.severity)}, count_text(each.checked),
                   count_text(each.count), fmt::format("{}", fmt::join(each.rows, ", ")),
                   each.count == 0 ? "nothing"
                   : each.notes.empty()
                       ? each.text
                       : fmt::format("{}: {}", each.text, fmt::join(each.notes, "; "))},
                  each.count == 0 ? "" : std::string{to_string(each.severity)} + "-row");
    add(to, shown);
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
        add(to, shown);
    }
    to.add("</section>");
}

void add_paths(page& to, report_model const& report, std::size_t shown) {
    to.add("<section id=\"paths\"><h2>One {} at a time</h2>", html_text(report.words.conversion));
    to.tag("p",
           fmt::format("The touchpoints of one {} and what each model gave them, in cents that "
                       "add up.",
                       report.words.conversion));
    if (shown < report.paths.size())
        to.tag("p", fmt::format("Here are the {} largest of {}; the database has them all.",
                                count_text(shown), count_text(report.paths.size())));
    to.add("<div id=\"path-explorer\" class=\"columns\" hidden><div><p><label "
           "for=\"path-search\">Find by name, {} or {}</label> <input type=\"search\" "
           "id=\"path-search\"></p><p><label for=\"path-list\" class=\"quiet\" id=\"path-count\" "
           "role=\"status\"></label><select id=\"path-list\" size=\"12\"></select></p></div><div "
           "id=\"path-shown\" aria-live=\"polite\"></div></div>",
           html_text(report.words.group.empty() ? "date" : report.words.group),
           html_text(report.words.channel));
    to.add("<noscript><p>This part needs scripts. audit.csv has the same figures.</p></noscript>"
           "</section>");
}

void add_method(page& to, report_model const& report, page_assets const& assets) {
    to.add("<section id=\"method\"><h2>How it was done</h2>\n<h3>What may earn credit</h3><ul>");
    for (auto const& sentence : report.policy)
        to.tag("li", sentence);
    to.add("</ul>\n<h3>Who gets how much of it</h3><ul>");
    for (auto const& model : report.models)
        to.add("<li><strong>{}</strong>: {}</li>", html_text(model.title), html_text(model.text));
    to.add("</ul>\n<h3>Options</h3>");
    table options{.caption = "Options of this run", .columns = {{"option"}, {"value"}}};
    for (auto const& [option, value] : report.options)
        options.row({option, value});
    add(to, options);
    to.add("<h3>Input</h3>");
    table inputs{.caption = "Files that were read",
                 .columns = {{"file"}, {"bytes", true}, {"SHA-256"}}};
    for (auto const& file : report.inputs)
        inputs.row({file.name, count_text(static_cast<std::size_t>(file.bytes)), file.sha256});
    add(to, inputs);
    to.add("</section>\n</main>\n<footer>");
    to.tag("p",
           fmt::format("Made by {} {} of the attribution library. This file needs no network.",
                       report.program, report.version),
           " class=\"quiet\"");
    if (assets.charts.empty())
        to.tag("p",
               "The charts are still pictures: this program was built without npm, from which "
               "their interactive version comes.",
               " class=\"quiet\" id=\"still\"");
    to.add("</footer>");
}

// --- Data of the script

json figure_json(bar_figure const& drawn) {
    auto series = json::array();
    for (auto const& one : drawn.series) {
        auto values = json::array();
        for (auto const& value : one.values)
            values.push_back(value ? json(*value) : json());
        series.push_back({{"name", one.name}, {"colour", one.colour}, {"values", values}});
    }
    auto marks = json::array();
    for (auto const& mark : drawn.marks) {
        auto const first = static_cast<double>(drawn.edges[0]);
        auto const width = static_cast<double>(drawn.edges[1]) - first;
        marks.push_back(
            {{"position", (mark.at - first) / width - (counts_whole(drawn) ? 0.0 : 0.5)}});
    }
    return {{"name", drawn.name},
            {"title", drawn.title},
            {"acrossTitle", axis_title(drawn.across)},
            {"valueTitle", axis_title(drawn.value)},
            {"unit", drawn.value.unit},
            {"decimals", drawn.value.decimals},
            {"lying", drawn.lying},
            {"stacked", drawn.stacked},
            {"slanted", drawn.slanted},
            {"histogram", !drawn.edges.empty()},
            {"categories", drawn.categories},
            {"series", series},
            {"marks", marks}};
}

json path_json(report_model const& report, conversion_path const& path) {
    auto steps = json::array();
    for (auto const& step : path.steps)
        steps.push_back(
            json::array({step.kind, step.channel, step.who, time_text(step.at), json::array()}));
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        auto const cents = path_cents(report, path, model);
        for (std::size_t i = 0; i < cents.size(); ++i)
            steps[i][4].push_back(cents[i] ? json(*cents[i]) : json());
    }
    return {{"name", path.name},        {"group", path.group},
            {"at", time_text(path.at)}, {"cents", to_cents(report, path.units)},
            {"reason", path.reason},    {"steps", steps}};
}

/// The largest conversions first, as many as fit.
std::vector<conversion_path const*> shown_paths(report_model const& report) {
    std::vector<conversion_path const*> order;
    for (auto const& path : report.paths)
        order.push_back(&path);
    std::ranges::sort(order, [](auto const* a, auto const* b) {
        return a->units != b->units ? a->units > b->units : a < b;
    });
    std::size_t steps = 0;
    auto const end = std::ranges::find_if(order, [&](auto const* path) {
        steps += path->steps.size();
        return steps > most_steps;
    });
    order.erase(end, order.end());
    return order;
}

/// JSON that nothing in it can end: inside a script, only "<" could.
std::string data_of(report_model const& report, std::vector<conversion_path const*> const& paths) {
    auto figures = json::array();
    for (auto const& drawn : report.figures)
        if (auto const* bars = std::get_if<bar_figure>(&drawn); bars && !bars->categories.empty())
            figures.push_back(figure_json(*bars));
    auto models = json::array();
    for (auto const& model : report.models)
        models.push_back(model.title);
    auto all = json::array();
    for (auto const* path : paths)
        all.push_back(path_json(report, *path));
    auto const data = json{{"currency", report.currency},
                           {"channel", report.words.channel},
                           {"models", models},
                           {"figures", figures},
                           {"paths", all}};
    std::string text;
    for (char const c : data.dump(-1, ' ', false, json::error_handler_t::replace)) {
        if (c == '<' || c == '>' || c == '&')
            text += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            text += c;
    }
    return text;
}

}  // namespace

std::string html_text(std::string_view text) {
    std::string result;
    for (char const c : valid_utf8(text)) {
        switch (c) {
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '&':
            result += "&amp;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

std::string page_html(report_model const& report, page_assets const& assets) {
    page to;
    auto const paths = shown_paths(report);
    add_head(to, report, assets);
    add_top(to, report);
    add_overview(to, report);
    add_comparison(to, report);
    add_figures(to, report);
    add_proof(to, report);
    add_findings(to, report);
    add_audit(to, report);
    add_paths(to, report, paths.size());
    add_method(to, report, assets);
    to.add("<script type=\"application/json\" id=\"report-data\">{}</script>",
           data_of(report, paths));
    if (!assets.charts.empty())
        to.add("<script>{}</script>", assets.charts);
    to.add("<script>{}</script>\n</body>\n</html>", assets.script);
    return to.text;
}

}  // namespace examples
