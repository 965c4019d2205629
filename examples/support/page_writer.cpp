// SPDX-License-Identifier: BSL-1.0
#include <support/page_writer.hpp>

#include <support/report_tables.hpp>
#include <support/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <variant>

namespace examples {

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

namespace on_page {

std::string with_currency(report_model const& report, std::string text) {
    return report.currency.empty() ? text : text + ' ' + report.currency;
}

namespace {

/// A cell of numbers may have a second line, which is smaller.
std::string cell_html(column const& of, std::string_view cell) {
    auto const end = of.number ? cell.find('\n') : cell.npos;
    return end == cell.npos ? html_text(cell)
                            : fmt::format("{}<br><small>{}</small>", html_text(cell.substr(0, end)),
                                          html_text(cell.substr(end + 1)));
}

}  // namespace

void add(page& to, table shown) {
    auto const number = [&](std::size_t i) {
        return shown.columns[i].number ? " class=\"num\"" : "";
    };
    auto const all = shown.rows.size();
    auto const is_long = all > few_rows && !shown.whole;
    to.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table "
           "class=\"data{}\"{}>",
           html_text(shown.caption), shown.titled ? " titled" : "",
           is_long ? fmt::format(" data-rows=\"{}\"", to.long_tables.size()) : "");
    to.tag("caption", shown.caption);
    std::string line;
    for (std::size_t i = 0; i < shown.columns.size(); ++i)
        line += fmt::format("<th scope=\"col\"{}>{}</th>", number(i),
                            html_text(shown.columns[i].title));
    to.add("<thead><tr>{}</tr></thead><tbody>", line);
    for (std::size_t r = 0; r < (is_long ? first_rows : all); ++r) {
        line.clear();
        for (std::size_t i = 0; i < shown.rows[r].size(); ++i)
            line += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", number(i),
                                         html_text(shown.rows[r][i]))
                           : fmt::format("<td{}>{}</td>", number(i),
                                         cell_html(shown.columns[i], shown.rows[r][i]));
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
    if (!is_long)
        return;
    to.tag("p",
           fmt::format("On paper and without scripts: {} of {} rows; {} them all.", first_rows,
                       count_text(all), shown.file),
           " class=\"quiet\"");
    to.long_tables.push_back(std::move(shown));
}

void add(page& to, report_table const& shown) {
    table rows{
        .caption = title_of(shown), .columns = {}, .file = shown.name + ".csv has", .titled = true};
    auto const columns = shown_columns(shown);
    auto const cells_of = [&](std::vector<std::optional<std::string>> const& row) {
        cells line;
        for (auto const c : columns)
            line.push_back(cell_text(shown.columns[c].type, row[c]));
        return line;
    };
    for (auto const c : columns)
        rows.columns.push_back({title_of(shown.columns[c]), is_number(shown.columns[c].type)});
    auto const count = std::min(most_rows, shown.rows.size());
    for (std::size_t r = 0; r < count; ++r)
        rows.row(cells_of(shown.rows[r]));
    if (!shown.total.empty())
        rows.total = cells_of(shown.total);
    to.tag("h3", rows.caption);
    if (!shown.note.empty())
        to.tag("p", shown.note);
    if (count < shown.rows.size())
        to.tag("p", fmt::format("Here are the first {} of {} rows; {}.csv has them all.",
                                count_text(count), count_text(shown.rows.size()), shown.name));
    add(to, std::move(rows));
}

void add(page& to, key_figure const& one) {
    auto note = one.note;
    for (auto at = note.find(" %"); at != note.npos; at = note.find(" %", at))
        note.replace(at, 1, "\xC2\xA0");  // a number keeps its unit in narrow cards
    to.add("<div><dt>{}</dt><dd>{}{}</dd></div>", html_text(one.title), html_text(one.value),
           note.empty() ? "" : fmt::format("<small>{}</small>", html_text(note)));
}

void add(page& to, figure const& drawn) {
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
                if constexpr (requires { one.marks; })
                    for (std::size_t m = 0; m < one.marks.size(); ++m)
                        entry(m == 0 ? "currentColor" : "#d55e00",
                              fmt::format("{}: {} {}", one.marks[m].name, one.marks[m].text,
                                          one.across.unit));
                if (!entries.empty())
                    to.add("<ul class=\"legend\">{}</ul>", entries);
            }
            to.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Picture: "
                   "{}\">{}</div>",
                   html_text(one.title), svg(drawn));
            if (!one.note.empty())
                to.tag("figcaption", one.note);
            to.add("</figure>");
        },
        drawn);
}

}  // namespace on_page

}  // namespace examples
