// SPDX-License-Identifier: BSL-1.0
#include <support/report_program.hpp>

#include <support/database.hpp>
#include <support/findings_output.hpp>
#include <support/page.hpp>
#include <support/pictures.hpp>
#include <support/program.hpp>
#include <support/report_tables.hpp>
#include <support/sha256.hpp>
#include <support/shortened.hpp>
#include <support/written_summary.hpp>

#include <attribution/version.hpp>

#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <utility>

namespace examples {

namespace {

namespace fs = std::filesystem;

std::string now() {
    return date::format("%FT%TZ",
                        date::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

std::map<std::string, encoding> encodings() {
    return {{"auto", encoding::automatic},
            {"utf-8", encoding::utf_8},
            {"windows-1252", encoding::windows_1252},
            {"utf-16le", encoding::utf_16_little},
            {"utf-16be", encoding::utf_16_big}};
}

/// The words in lines that fit below an option.
std::string in_lines(std::vector<std::string> const& words) {
    constexpr std::size_t longest = 90;
    std::string text, line = " ";
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const word = ' ' + words[i] + (i + 1 < words.size() ? "," : "");
        if (line.size() + word.size() > longest)
            text += std::exchange(line, " ") + '\n';
        line += word;
    }
    return text + line + '\n';
}

using json = nlohmann::ordered_json;

json key_figures_json(report_model const& report) {
    auto figures = json::array();
    for (auto const& one : report.key_figures)
        figures.push_back({{"section", one.section},
                           {"title", one.title},
                           {"value", one.value},
                           {"note", one.note}});
    return figures;
}

/// The tables, cells as in their files; of a long one only where its rows are.
json tables_json(report_model const& report) {
    constexpr std::size_t most_rows = 1'000;
    auto tables = json::array();
    for (auto const& table : report.tables) {
        auto columns = json::array();
        for (auto const& column : table.columns)
            columns.push_back(column.name);
        auto& one = tables.emplace_back(json{{"table", table.name},
                                             {"title", title_of(table)},
                                             {"file", table.name + ".csv"},
                                             {"rows", table.rows.size()},
                                             {"columns", columns}});
        if (table.rows.size() > most_rows)
            continue;
        auto& values = one["values"] = json::array();
        for (auto const& row : table.rows) {
            auto& line = values.emplace_back(json::array());
            for (auto const& cell : row)
                line.push_back(cell ? json(*cell) : json());
        }
    }
    return tables;
}

}  // namespace

std::string version() {
    return fmt::format("{}", fmt::join(attribution::version, "."));
}

void add_report_options(CLI::App& options, report_options& asked) {
    auto const name = options.get_name();
    options
        .add_option("--data", asked.data, "Directory of the input files; without it, sample data")
        ->option_text("DIR")
        ->group("Input and output");
    options.add_option("--out", asked.out, "Directory of the results")
        ->option_text(fmt::format("DIR={}", asked.out.string()))
        ->group("Input and output");
    may_be_empty(options.add_option_function<std::string>(
                     "--nothing",
                     [&asked](std::string const& list) { asked.input.nothing = words_in(list); },
                     "What a missing key is written as, see below"))
        ->option_text("WORD,...")
        ->expected(1)
        ->group("Input and output");
    options.add_option("--encoding", asked.input.as, "Of input files without a byte order mark")
        ->option_text("auto|utf-8|windows-1252|utf-16le|utf-16be")
        ->transform(CLI::CheckedTransformer(encodings()).description(""))
        ->transform(CLI::IsMember(encodings()))  // comes first, and says what there is
        ->group("Input and output");
    options
        .add_option("--database", asked.database,
                    "Also a database: a file of SQLite, or postgresql://...")
        ->option_text("FILE|URL")
        ->group("Input and output");
    options
        .add_option("--database-runs", asked.database_runs,
                    "Earlier runs in the database: replace or keep")
        ->option_text("replace|keep")
        ->check(CLI::IsMember({"replace", "keep"}))
        ->group("Input and output");
    options
        .add_flag("--no-pictures", asked.without_pictures,
                  "No PNG files, a second faster; earlier ones stay")
        ->group("Input and output");
    auto* const quiet = options.add_flag("--quiet", asked.quiet, "Print errors only");
    options.add_flag("--json", asked.json, "Print the result as JSON instead of tables")
        ->excludes(quiet);
    options.set_version_flag("--version", name + ' ' + version(), "Print the version and exit");
}

void add_interval_option(CLI::App& options, report_options& asked) {
    options
        .add_flag("--intervals", asked.intervals,
                  "Also 95 % intervals of all amounts: intervals.csv, error bars")
        ->group("Attribution");
}

void add_against_option(CLI::App& options, report_options& asked) {
    options
        .add_option("--against", asked.against,
                    "Results of an earlier run: why amounts are not what they were")
        ->option_text("DIR")
        ->group("Input and output");
}

void add_only_option(CLI::App& options, report_options& asked) {
    options
        .add_option_function<std::string>(
            "--only", [&asked](std::string const& list) { asked.results = wanted_results{list}; },
            "Only these results, and no more work than they need: see below")
        ->option_text("RESULT,...")
        ->expected(1)
        ->group("Input and output");
}

void check_only(CLI::App const& options, report_options const& asked) {
    auto const& some = asked.results;
    if (some.all())
        return;
    auto const refuse = [](std::string const& what) {
        throw CLI::ValidationError{"--only", what + ": leave out one of them"};
    };
    auto const shows_amounts = some.any_of(result::tables, result::page, result::pictures);
    if (!asked.database.empty())
        refuse("leaves out results, and --database takes all of them");
    if (asked.without_pictures && some.has(result::pictures))
        refuse("asks for the pictures that --no-pictures leaves out");
    if (asked.intervals && !shows_amounts)
        refuse("asks for nothing that would show the --intervals, as tables do");
    if (some.any_files())
        return;
    if (asked.quiet)
        refuse("asks for what is printed, and --quiet prints nothing");
    if (options.count("--out") > 0)
        refuse("asks for what is printed, and --out is a directory of files");
}

std::string_view help_on_outputs() {
    return "For people to look at: report.html (open it in a browser; it needs no network),\n"
           "analysis_summary.md, and the pictures as PNG, if gnuplot is installed.\n"
           "--database writes the run into tables in one transaction; on a PostgreSQL server, "
           "texts\n"
           "of more than 1,000 bytes are cut, for its indexes. A run replaces the earlier\n"
           "ones of this program there, or is added with --database-runs keep.\n"
           "--json prints totals by model, findings and files. Colours and progress are for\n"
           "terminals only; NO_COLOR turns colours off.\n"
           "\n"
           "Exit status:\n"
           "  0  all results were written\n"
           "  1  the results cannot be written, and nothing was changed; or they were written, "
           "but\n"
           "     standard output cannot be\n"
           "  2  the command line or the input is wrong; the message names file, line and column\n";
}

std::string help_on_inputs() {
    return "Fields may be separated by commas, semicolons, tabs or vertical bars. Files may be "
           "UTF-8\n"
           "or UTF-16, or Windows-1252 or Latin-1 if they are not UTF-8; results are UTF-8.\n"
           "validation.csv says what was not UTF-8 with commas.\n"
           "\n"
           "A key is missing and joins nothing if it is empty, or one of these words in any case;\n"
           "--nothing gives others, --nothing '' none:\n" +
           in_lines(usual_words_for_nothing());
}

void check_report_options(report_options const& asked) {
    if (asked.database.empty())
        return;
    if (auto const refusal = database_refusal(asked.database); !refusal.empty())
        throw CLI::ValidationError{"--database", refusal};
}

fs::path write_sample(fs::path const& out, std::vector<sample_file> const& files) {
    auto const directory = out / "sample-data";
    output_directory into{directory};
    write_files(files, into);
    into.commit();
    return directory;
}

std::vector<input_file> describe_inputs(std::vector<fs::path> const& files) {
    std::vector<input_file> described;
    for (auto const& file : files) {
        auto const content = digest_of(file);
        auto const alike = std::ranges::count(files, file.filename(),
                                              [](fs::path const& one) { return one.filename(); });
        described.push_back({alike > 1 ? file.string() : file.filename().string(), content.bytes,
                             hexadecimal(content.digest)});
    }
    return described;
}

void finish_report(report_model const& report, std::string const& summary,
                   std::vector<std::string> files, report_options const& asked,
                   output_directory& results, progress& step) {
    auto const& wanted = asked.results;
    auto const add_text = [&](std::string const& name, std::string const& text) {
        results.file(files.emplace_back(name)).write(text);
    };
    check_tables(report);
    if (wanted.has(result::tables)) {
        auto const tables = write_tables(report, results);
        files.insert(files.end(), tables.begin(), tables.end());
    }
    std::size_t texts_cut = 0;
    std::string left_out;
    if (wanted.any_of(result::pictures, result::page, result::summary)) {
        auto const shown = shortened(report);
        texts_cut = shown.texts_cut;
        if (wanted.has(result::pictures) && !asked.without_pictures) {
            step.at("drawing pictures");
            auto const drawn = draw_pictures(shown.figures, results);
            files.insert(files.end(), drawn.files.begin(), drawn.files.end());
            left_out = drawn.left_out;
        }
        if (wanted.has(result::page)) {
            step.at("writing report.html");
            add_text("report.html", page_html(shown));
        }
        if (wanted.has(result::summary))
            add_text("analysis_summary.md", written_summary(shown));
    }

    std::unique_ptr<pending_run> run;
    if (!asked.database.empty()) {
        step.at("writing the database");
        run = write_run(relations_of(report, now()), asked.database,
                        asked.database_runs == "keep" ? earlier_runs::keep : earlier_runs::replace);
    }
    step.at("saving");
    results.complete();
    if (run)
        run->commit();
    results.commit();
    step.end();
    if (!left_out.empty() && !asked.quiet)
        fmt::print(stderr, "{}: note: {}\n", report.program, left_out);

    std::vector<std::string> paths;
    for (auto const& name : files)
        paths.push_back((asked.out / name).string());
    if (asked.json) {
        print_result(report_json(report, paths, asked));
    } else if (!asked.quiet) {
        auto text = fmt::format(
            "{}\n{} from {}{}\n", wants_colours(stdout) ? coloured(summary) : summary,
            paths.empty() ? "Computed" : "Written", asked.data.string(), paths.empty() ? "." : ":");
        for (auto const& path : paths)
            text += fmt::format("  {}\n", path);
        if (run)
            text += fmt::format("and the database {}\n", is_postgresql(asked.database)
                                                             ? "on the PostgreSQL server"
                                                             : asked.database);
        if (texts_cut > 0)
            text += fmt::format("Texts that are cut in report.html and analysis_summary.md, being "
                                "longer than {} bytes: {}\n",
                                longest_shown, texts_cut);
        print_result(text + wanted.left_out_text());
    }
}

std::string report_json(report_model const& report, std::vector<std::string> const& paths,
                        report_options const& asked) {
    auto models = json::array();
    for (std::size_t model = 0; model < report.models.size(); ++model) {
        auto channels = json::array();
        for (auto const& line : report.compared.lines)
            if (line.cents[model])
                channels.push_back({{report.words.channel, line.name},
                                    {"attributed", line.attributed},
                                    {"amount", format_decimal(*line.cents[model], 2)}});
        models.push_back({{"model", report.models[model].name},
                          {"total", format_decimal(report.compared.totals[model], 2)},
                          {"credits", channels}});
    }
    auto options = json::object();
    for (auto const& [option, value] : report.options)
        options[option] = value;
    auto inputs = json::array();
    for (auto const& file : report.inputs) {
        auto& one = inputs.emplace_back(json{{"file", file.name}, {"bytes", file.bytes}});
        if (!file.sha256.empty())
            one["sha256"] = file.sha256;
    }
    auto all = json{{"program", report.program},
                    {"version", report.version},
                    {"options", options},
                    {"data", asked.data.string()},
                    {"inputs", inputs}};
    if (!report.models.empty())
        all["models"] = models;
    if (!report.key_figures.empty())
        all["key_figures"] = key_figures_json(report);
    if (!report.tables.empty())
        all["tables"] = tables_json(report);
    if (asked.results.has(result::validation))
        all["findings"] = json::parse(findings_json(report.found));
    all["files"] = paths;
    all["database"] = !asked.database.empty();
    return all.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

}  // namespace examples
