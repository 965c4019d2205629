// SPDX-License-Identifier: BSL-1.0
#include <support/page_writer.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

namespace examples::on_page {

namespace {

using json = nlohmann::ordered_json;

/// A browser should open the page at once: with more than this, the largest conversions only.
constexpr std::size_t most_steps = 20'000, most_paths = 5'000;

json series_json(std::vector<figure_series> const& all) {
    auto series = json::array();
    for (auto const& one : all) {
        auto values = json::array();
        for (auto const& value : one.values)
            values.push_back(value ? json(*value) : json());
        auto& named = series.emplace_back(
            json{{"name", one.name}, {"colour", one.colour}, {"values", values}});
        for (auto const& range : one.ranges)
            named["ranges"].push_back(range ? json{range->low, range->high} : json());
    }
    return series;
}

/// What all kinds of figures have.
template <class Figure>
json titles_json(Figure const& drawn, std::string_view kind) {
    return {{"kind", kind},
            {"name", drawn.name},
            {"title", drawn.title},
            {"acrossTitle", axis_title(drawn.across)},
            {"valueTitle", axis_title(drawn.value)},
            {"unit", drawn.value.unit},
            {"decimals", drawn.value.decimals}};
}

json figure_json(bar_figure const& drawn) {
    if (drawn.categories.empty())
        return {};
    auto marks = json::array();
    for (auto const& mark : drawn.marks) {
        auto const first = static_cast<double>(drawn.edges[0]);
        auto const width = static_cast<double>(drawn.edges[1]) - first;
        marks.push_back(
            {{"position", (mark.at - first) / width - (counts_whole(drawn) ? 0.0 : 0.5)}});
    }
    auto data = titles_json(drawn, "bars");
    data.update({{"lying", drawn.lying},
                 {"stacked", drawn.stacked},
                 {"slanted", drawn.slanted},
                 {"histogram", !drawn.edges.empty()},
                 {"categories", drawn.categories},
                 {"series", series_json(drawn.series)},
                 {"marks", marks}});
    return data;
}

json figure_json(line_figure const& drawn) {
    if (drawn.categories.empty() && drawn.at.empty())
        return {};
    auto data = titles_json(drawn, "lines");
    data.update({{"categories", drawn.categories},
                 {"at", drawn.at},
                 {"acrossUnit", drawn.across.unit},
                 {"acrossDecimals", drawn.across.decimals},
                 {"fromZero", drawn.from_zero},
                 {"series", series_json(drawn.series)}});
    return data;
}

json figure_json(box_figure const& drawn) {
    if (drawn.boxes.empty())
        return {};
    auto data = titles_json(drawn, "boxes");
    auto categories = json::array();
    auto boxes = json::array();
    for (auto const& one : drawn.boxes) {
        categories.push_back(one.category);
        boxes.push_back({{"low", one.low},
                         {"firstQuartile", one.first_quartile},
                         {"median", one.median},
                         {"thirdQuartile", one.third_quartile},
                         {"high", one.high},
                         {"outliers", one.outliers}});
    }
    data.update({{"categories", categories}, {"boxes", boxes}, {"colour", drawn.colour}});
    return data;
}

/// Heat maps stay as they are: there is nothing to zoom into.
json figure_json(heatmap_figure const&) {
    return {};
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

/// Equal ones in their order.
std::vector<conversion_path const*> largest_first(std::vector<conversion_path> const& paths) {
    std::vector<conversion_path const*> order;
    for (auto const& path : paths)
        order.push_back(&path);
    std::ranges::sort(order, [](auto const* a, auto const* b) {
        return a->units != b->units ? a->units > b->units : a < b;
    });
    return order;
}

/// How many of these a page has room for.
std::size_t paths_that_fit(std::vector<conversion_path const*> const& order) {
    std::size_t steps = 0, number = 0;
    while (number < std::min(order.size(), most_paths) &&
           (steps += order[number]->steps.size()) <= most_steps)
        ++number;
    return number;
}

/// Each row as its class and its cells.
json rows_json(table const& shown) {
    auto rows = json::array();
    for (std::size_t r = 0; r < shown.rows.size(); ++r) {
        auto line = json::array({shown.kinds[r]});
        for (auto const& cell : shown.rows[r])
            line.push_back(cell);
        rows.push_back(std::move(line));
    }
    return rows;
}

}  // namespace

std::vector<conversion_path const*> shown_paths(report_model const& report) {
    auto order = largest_first(report.paths);
    order.resize(paths_that_fit(order));
    return order;
}

std::string data_of(report_model const& report, std::vector<conversion_path const*> const& paths,
                    std::vector<table> const& long_tables) {
    auto figures = json::array();
    for (auto const& drawn : report.figures)
        if (auto data = std::visit([](auto const& one) { return figure_json(one); }, drawn);
            !data.is_null())
            figures.push_back(std::move(data));
    auto models = json::array();
    for (auto const& model : report.models)
        models.push_back(model.title);
    auto all = json::array();
    for (auto const* path : paths)
        all.push_back(path_json(report, *path));
    auto tables = json::array();
    for (auto const& one : long_tables)
        tables.push_back(rows_json(one));
    auto const data = json{{"currency", report.currency},
                           {"channel", report.words.channel},
                           {"models", models},
                           {"figures", figures},
                           {"tables", tables},
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

std::vector<std::size_t> places_to_keep(std::vector<conversion_path> const& paths) {
    auto order = largest_first(paths);
    // The first one for which there is no room keeps smaller ones out.
    order.resize(std::min(order.size(), paths_that_fit(order) + 1));
    std::vector<std::size_t> places;
    for (auto const* const path : order)
        places.push_back(static_cast<std::size_t>(path - paths.data()));
    std::ranges::sort(places);
    return places;
}

}  // namespace examples::on_page

namespace examples {

void keep_shown(std::vector<conversion_path>& paths) {
    std::vector<conversion_path> kept;
    for (auto const place : on_page::places_to_keep(paths))
        kept.push_back(std::move(paths[place]));
    paths = std::move(kept);
}

}  // namespace examples
