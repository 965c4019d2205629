// SPDX-License-Identifier: BSL-1.0
#include <support/findings_output.hpp>

#include <support/text_table.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace examples {

std::string findings_table(attribution::findings const& found) {
    text_table table{{"rule", "severity", "checked", "count", "first rows", "what is wrong"}};
    for (auto const& each : found) {
        auto rows = fmt::format("{}", fmt::join(each.rows, ", "));
        if (!each.rows.empty() && each.rows.size() < each.count)
            rows += ", ...";
        auto what = each.count == 0 ? std::string{} : each.text;
        if (!each.notes.empty())
            what += fmt::format(": {}", fmt::join(each.notes, "; "));
        table.row({each.rule, std::string{to_string(each.severity)},
                   fmt::format("{}", each.checked), fmt::format("{}", each.count), rows, what});
    }
    return table.text();
}

attribution::findings broken_rules(attribution::findings const& found) {
    attribution::findings broken;
    for (auto const& each : found)
        if (each.count > 0)
            broken.add(each);
    return broken;
}

std::string broken_rules_text(attribution::findings const& found) {
    auto const broken = broken_rules(found);
    return broken.empty() ? "The records break no rule.\n" : findings_table(broken);
}

void write_findings_csv(output_directory& out, std::string const& name,
                        attribution::findings const& found) {
    csv_writer file{out, name};
    file.row("rule", "severity", "checked", "count", "first_rows", "text", "notes");
    for (auto const& each : found)
        file.row(each.rule, to_string(each.severity), each.checked, each.count,
                 fmt::format("{}", fmt::join(each.rows, " ")), each.text,
                 fmt::format("{}", fmt::join(each.notes, "; ")));
}

std::string findings_json(attribution::findings const& found) {
    using json = nlohmann::ordered_json;
    auto all = json::array();
    for (auto const& each : found)
        all.push_back(json::object({{"rule", each.rule},
                                    {"severity", to_string(each.severity)},
                                    {"checked", each.checked},
                                    {"count", each.count},
                                    {"first_rows", each.rows},
                                    {"text", each.text},
                                    {"notes", each.notes}}));
    return all.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace examples
