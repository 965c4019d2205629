// SPDX-License-Identifier: BSL-1.0
#include <support/shortened.hpp>

#include <support/unicode.hpp>

#include <fmt/format.h>

#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace examples {

namespace {

class shortener {
  public:
    void operator()(std::string& text) {
        if (text.size() <= longest_shown)
            return;
        auto const number = numbers_.emplace(text, numbers_.size() + 1).first->second;
        text = fmt::format("{} [long text {}]", label_text(text, longest_shown - 40), number);
    }
    void operator()(std::vector<std::string>& texts) {
        for (auto& text : texts)
            (*this)(text);
    }

    [[nodiscard]] std::size_t cut() const { return numbers_.size(); }

  private:
    std::unordered_map<std::string, std::size_t> numbers_;
};

void cut_figure(shortener& cut, bar_figure& drawn) {
    cut(drawn.categories);
    for (auto& series : drawn.series)
        cut(series.name);
}

void cut_figure(shortener& cut, heatmap_figure& drawn) {
    cut(drawn.rows);
    cut(drawn.columns);
}

void cut_figure(shortener& cut, line_figure& drawn) {
    cut(drawn.categories);
    for (auto& series : drawn.series)
        cut(series.name);
}

void cut_figure(shortener& cut, box_figure& drawn) {
    for (auto& one : drawn.boxes)
        cut(one.category);
}

}  // namespace

void long_texts::add(std::string const& text) {
    if (text.size() > longest_shown && known_.insert(text).second)
        texts_.push_back(text);
}

void long_texts::add(conversion_path const& path) {
    add(path.name);
    add(path.group);
    for (auto const& step : path.steps) {
        add(step.channel);
        add(step.who);
    }
}

report_model shortened(report_model report) {
    shortener cut;
    for (auto& line : report.compared.lines)
        cut(line.name);
    for (auto* lines : {&report.by_channel, &report.by_group})
        for (auto& line : *lines) {
            cut(line.group);
            cut(line.name);
        }
    cut(report.long_texts);  // in their order, whichever of their paths is here
    for (auto& path : report.paths) {
        cut(path.name);
        cut(path.group);
        for (auto& step : path.steps) {
            cut(step.channel);
            cut(step.who);
        }
    }
    for (auto& drawn : report.figures)
        std::visit([&](auto& one) { cut_figure(cut, one); }, drawn);
    for (auto& one : report.key_figures) {
        cut(one.value);
        cut(one.note);
    }
    for (auto& table : report.tables)
        for (auto& row : table.rows)
            for (auto& cell : row)
                if (cell)
                    cut(*cell);
    attribution::findings found{report.found.limit()};
    for (auto each : report.found) {
        cut(each.notes);
        found.add(std::move(each));
    }
    report.found = std::move(found);
    report.long_texts = {};
    report.every_step = {};
    report.pairs = {};
    report.unattributed = {};
    report.texts_cut = cut.cut();
    return report;
}

}  // namespace examples
