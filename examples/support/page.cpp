// SPDX-License-Identifier: BSL-1.0
#include <support/page.hpp>

#include <support/page_writer.hpp>
#include <support/sha256.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace examples {

namespace {

using namespace on_page;

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

/// Cards of a section's key figures, with those of the attribution where it has any.
void add_cards(page& to, std::vector<key_figure> const& figures) {
    if (figures.empty())
        return;
    to.add("<dl class=\"cards\">");
    for (auto const& one : figures)
        add(to, one);
    to.add("</dl>");
}

std::vector<key_figure> key_figures_in(report_model const& report, std::string const& section) {
    std::vector<key_figure> found;
    std::ranges::copy_if(report.key_figures, std::back_inserter(found),
                         [&](key_figure const& one) { return one.section == section; });
    return found;
}

/// What the attribution comes to by the chosen model.
std::vector<key_figure> attribution_figures(report_model const& report) {
    auto const facts = facts_of(report, report.chosen);
    auto const& words = report.words;
    auto const amount = [&](std::int64_t cents) {
        return with_currency(report, cents_text(cents));
    };
    std::vector<key_figure> figures{
        {"To attribute", amount(facts.total),
         counted_text(conversions_in(report), words.conversion, words.conversions)},
        {"Credited", amount(facts.credited), percent_text(facts.credited, facts.total) + " of it"},
        {"Unattributed", amount(facts.total - facts.credited),
         counted_text(facts.unattributed_conversions, words.conversion, words.conversions)}};
    if (!facts.largest.empty())
        figures.push_back(
            {fmt::format("Largest {}, {}", words.channel, report.models[report.chosen].title),
             facts.largest,
             fmt::format("{}, {}", amount(facts.largest_cents),
                         percent_text(facts.largest_cents, facts.total))});
    return figures;
}

void add_overview(page& to, report_model const& report) {
    to.add("<section id=\"overview\"><h2>Overview</h2>");
    auto figures = key_figures_in(report, "");
    if (!report.models.empty())
        std::ranges::move(attribution_figures(report), std::back_inserter(figures));
    auto const warnings = report.found.count(attribution::severity::warning);
    if (report.found.size() > 0)
        figures.push_back({"Rows that break a rule",
                           count_text(report.found.count(attribution::severity::error)),
                           "and " + counted_text(warnings, "warning", "warnings")});
    add_cards(to, figures);
    if (report.texts_cut > 0)
        to.tag("p",
               fmt::format("Too long to be shown here whole: {} of the data. They end in [long "
                           "text ...]; the CSV files have all of them.",
                           counted_text(report.texts_cut, "text", "texts")));
    to.add("</section>");
}

/// Figures and tables of a section; the attribution's first figure stands with its comparison.
std::vector<figure const*> figures_in(report_model const& report, std::string const& section) {
    std::vector<figure const*> found;
    for (auto const& drawn : report.figures)
        if (figure_section(drawn) == section)
            found.push_back(&drawn);
    if (section.empty() && !report.models.empty() && !found.empty())
        found.erase(found.begin());
    return found;
}

std::vector<report_table const*> tables_in(report_model const& report, std::string const& section) {
    std::vector<report_table const*> found;
    for (auto const& table : report.tables)
        if (table.on_page && table.section == section)
            found.push_back(&table);
    return found;
}

void add_content(page& to, report_model const& report, std::string const& section) {
    for (auto const* drawn : figures_in(report, section))
        add(to, *drawn);
    for (auto const* table : tables_in(report, section))
        add(to, *table);
}

void add_method(page& to, report_model const& report, page_assets const& assets) {
    to.add("<section id=\"method\"><h2>How it was done</h2>");
    if (!report.policy.empty()) {
        to.add("<h3>{}</h3><ul>", report.models.empty() ? "Rules" : "What may earn credit");
        for (auto const& sentence : report.policy)
            to.tag("li", sentence);
        to.add("</ul>");
    }
    if (!report.models.empty()) {
        to.add("<h3>Who gets how much of it</h3><ul>");
        for (auto const& model : report.models)
            to.add("<li><strong>{}</strong>: {}</li>", html_text(model.title),
                   html_text(model.text));
        to.add("</ul>");
    }
    to.add("<h3>Options</h3>");
    table options{.caption = "Options of this run", .columns = {{"option"}, {"value"}}};
    for (auto const& [option, value] : report.options)
        options.row({option, value});
    add(to, std::move(options));
    to.add("<h3>Input</h3>");
    table inputs{.caption = "Files that were read",
                 .columns = {{"file"}, {"bytes", true}, {"SHA-256"}}};
    for (auto const& file : report.inputs)
        inputs.row({file.name, count_text(static_cast<std::size_t>(file.bytes)), file.sha256});
    add(to, std::move(inputs));
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

/// A part of the page that the navigation leads to.
struct part {
    std::string id, name;
    std::function<void(page&)> add;
};

/// Those of the attribution that have something to say.
void attribution_parts(std::vector<part>& parts, report_model const& report) {
    if (!report.models.empty())
        parts.push_back({"comparison", "Models", [&](page& to) { add_comparison(to, report); }});
    if (!figures_in(report, "").empty() || !tables_in(report, "").empty())
        parts.push_back({"figures", "Figures", [&](page& to) {
                             to.add("<section id=\"figures\"><h2>Figures</h2>");
                             add_content(to, report, "");
                             to.add("</section>");
                         }});
    if (!report.proof.empty())
        parts.push_back({"proof", "Proof", [&](page& to) { add_proof(to, report); }});
}

std::vector<part> parts_of(report_model const& report, std::size_t paths,
                           page_assets const& assets) {
    std::vector<part> parts{{"overview", "Overview", [&](page& to) { add_overview(to, report); }}};
    auto const attribution_is_placed =
        std::ranges::find(report.sections, std::string{}) != report.sections.end();
    for (std::size_t i = 0; i < report.sections.size(); ++i) {
        auto const& section = report.sections[i];
        if (section.empty()) {
            attribution_parts(parts, report);
            continue;
        }
        auto const id = fmt::format("section-{}", i + 1);
        parts.push_back({id, section, [&report, &section, id](page& to) {
                             to.add("<section id=\"{}\"><h2>{}</h2>", id, html_text(section));
                             add_cards(to, key_figures_in(report, section));
                             add_content(to, report, section);
                             to.add("</section>");
                         }});
    }
    if (!attribution_is_placed)
        attribution_parts(parts, report);
    if (report.found.size() > 0)
        parts.push_back({"findings", "Data", [&](page& to) { add_findings(to, report); }});
    if (!report.reasons.empty())
        parts.push_back({"audit", "Audit", [&](page& to) { add_audit(to, report); }});
    if (!report.models.empty())
        parts.push_back({"paths", "Paths", [&, paths](page& to) { add_paths(to, report, paths); }});
    parts.push_back({"method", "Method", [&](page& to) { add_method(to, report, assets); }});
    return parts;
}

void add_top(page& to, report_model const& report, std::vector<part> const& parts) {
    to.add("<a class=\"skip\" href=\"#{}\">Skip to the figures</a>\n<header>", parts[1].id);
    to.tag("h1", report.title);
    to.tag("p", report.question, " class=\"lead\"");
    to.add("<div class=\"tools\" id=\"page-tools\"></div>\n</header>");
    std::string links;
    for (auto const& one : parts)
        links += fmt::format("<li><a href=\"#{}\">{}</a></li>", one.id, html_text(one.name));
    to.add("<nav aria-label=\"Sections\"><ul>{}</ul></nav>\n<main>", links);
}

}  // namespace

std::string page_html(report_model const& report, page_assets const& assets) {
    page to;
    auto const paths = shown_paths(report);
    auto const parts = parts_of(report, paths.size(), assets);
    add_head(to, report, assets);
    add_top(to, report, parts);
    for (auto const& one : parts)
        one.add(to);
    to.add("<script type=\"application/json\" id=\"report-data\">{}</script>",
           data_of(report, paths, to.long_tables));
    if (!assets.charts.empty())
        to.add("<script>{}</script>", assets.charts);
    to.add("<script>{}</script>\n</body>\n</html>", assets.script);
    return to.text;
}

}  // namespace examples
