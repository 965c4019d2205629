// SPDX-License-Identifier: BSL-1.0
#include "settings.hpp"

#include <support/input_table.hpp>
#include <support/option_file.hpp>
#include <support/time_format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace own_files {

namespace {

constexpr auto description =
    "Which channel earned it? Your touchpoints, your conversions, several models side by side.\n"
    "\n"
    "  attribution --touchpoints touches.csv --conversions orders.csv --out report\n";

constexpr auto usual_models = "first,last,linear,position,decay,markov,shapley";

std::string more() {
    return "Tables: a CSV file, - for CSV from standard input, sqlite:FILE?SELECT ... or\n"
           "postgresql://SERVER/DATABASE?SELECT ...; several are read one after the other.\n"
           "\n"
           "Columns: options name them; several names, separated by commas, stand for the first\n"
           "that a table has. Columns that no option names are guessed from their names, and the\n"
           "report says which were read. Without a column of values, every conversion counts 1.\n"
           "\n"
           "Tables that are bigger than memory: if the rows of both are sorted by their keys, byte "
           "by\n"
           "byte or as whole numbers (LC_ALL=C sort, ORDER BY), --sorted-by-key reads them twice "
           "and\n"
           "writes the same results part by part. What takes all rows at once is left out, and "
           "said:\n"
           "models that are learned, --database, and rules that compare rows of several keys.\n"
           "\n"
           "Models:\n"
           "  first, last, linear         all to one end of the path, or evenly\n"
           "  position[:40:20:40]         first, those between and last, in percent\n"
           "  j, inverse_j                most to the last, or to the first\n"
           "  decay[:7d], stepped[:7d]    half as much for every 7 days before the conversion\n"
           "  position_decay              half as much for every place before the last\n"
           "  ranked:6:2                  the last touchpoint weighs 6, the one before it 2\n"
           "  w_shaped:LEAD:OPPORTUNITY, full_path:LEAD:OPPORTUNITY\n"
           "                              most to the first and to those whose --kind is LEAD and\n"
           "                              OPPORTUNITY, of full_path also to the last\n"
           "Models that are learned from the paths of all people, also of those who did not "
           "convert:\n"
           "  markov[:ORDER]              what would be lost without a channel\n"
           "  shapley, ordered_shapley, shapley_rates\n"
           "                              what it adds to others: to their conversions, by place "
           "in\n"
           "                              the path, to their rates\n"
           "  probabilistic               how often paths with it convert, alone and in pairs\n"
           "  bagged_logistic             how much it raises the odds of converting\n"
           "  additive_hazard[:1h]        its part of the rate of converting, which fades in time\n"
           "  survival[:12h]              the same, besides what would have happened anyway\n"
           "\n"
           "Lengths: 30d, 12h, 45m, 2w, 90s; --lookback none looks back without end.\n"
           "\n"
           "Money is exact: as many decimals as the files have, up to 9. Negative values are\n"
           "refunds: with --order-id they take back what the conversion of that id earned, else, "
           "and\n"
           "where there is none, they are conversions of their own. Currencies are never added:\n"
           "--currency COLUMN=EUR attributes those in EUR.\n"
           "\n"
           "Writes {model}_by_channel.csv, with --segment also "
           "{model}_by_segment_and_channel.csv,\n"
           "conversion_touchpoints.csv, unattributed.csv, audit.csv (of every touchpoint what it\n"
           "earned by linear, or by the first model, or why it earned nothing), validation.csv,\n"
           "reconciliation.csv, refunds.csv, and attribution.toml, which --config repeats; all of\n"
           "them, or none if anything is wrong.\n"
           "\n"
           "--only names the results that are wanted; they are the same, and what only others need "
           "is\n"
           "neither computed nor read:\n" +
           examples::help_on_wanted_results() +
           "\n"
           "--against DIR, the --out of an earlier run, adds restatement.csv (by model, channel "
           "and\n"
           "reason why amounts are not those of DIR; they add up to the difference) and\n"
           "restated_by_channel.csv. Records are told apart by --id and --order-id.\n"
           "\n" +
           examples::help_on_inputs() + '\n' + std::string{examples::help_on_outputs()} +
           "\n"
           "Examples:\n"
           "  attribution --touchpoints touches.csv --conversions orders.csv --lookback 90d\n"
           "  attribution --touchpoints touches.csv --conversions orders.csv --models last \\\n"
           "      --only terminal\n"
           "  attribution --touchpoints 'sqlite:shop.db?SELECT * FROM clicks' \\\n"
           "      --conversions 'sqlite:shop.db?SELECT * FROM orders' --models last,markov:2\n"
           "  gunzip -c clicks.csv.gz | attribution --touchpoints - --conversions orders.csv\n"
           "  attribution --config out/attribution/attribution.toml";
}

/// What options say as text, before it is looked at.
struct spoken {
    std::string models = usual_models, lookback = "30d", click_lookback, view_lookback, sessions,
                exclude, last_non, currency, decimal = "point", delimiter = "auto";
    bool calendar_days = false;
};

void add_table_options(CLI::App& options, settings& asked, spoken& said) {
    auto const table = [&](char const* name, auto& to, char const* what) {
        return options.add_option(name, to, what)->option_text("TABLE")->group("Tables");
    };
    table("--touchpoints", asked.touchpoints, "What people saw or did: see below; may be repeated")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    table("--conversions", asked.conversions, "What is worth something: likewise")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    table("--bridge", asked.bridge, "Whose the touchpoints' key is: contact and account, say");
    options
        .add_flag("--sorted-by-key", asked.sorted_by_key,
                  "Their rows are sorted by it: they may be bigger than memory, see below")
        ->group("Tables");
    options.add_option("--delimiter", said.delimiter, "Of the fields of CSV")
        ->option_text("auto|comma|semicolon|tab|bar")
        ->check(CLI::IsMember({"auto", "comma", "semicolon", "tab", "bar"}))
        ->group("Tables");
    options.add_option("--decimal", said.decimal, "What stands before the decimals of values")
        ->option_text("point|comma")
        ->check(CLI::IsMember({"point", "comma"}))
        ->group("Tables");
    options
        .add_option("--date-format", asked.time_format,
                    "auto, iso, dmy, mdy, ymd, unix, unix-ms, -us, -ns, or like %d.%m.%Y")
        ->option_text("FORMAT")
        ->group("Tables");
    options
        .add_option("--conversion-date-format", asked.conversion_time_format,
                    "Of the conversions, if it is another")
        ->option_text("FORMAT")
        ->group("Tables");
    options
        .add_option("--time-zone", asked.time_zone,
                    "Of times without an offset, and of calendar days: Europe/Berlin")
        ->option_text("ZONE=UTC")
        ->group("Tables");
}

void add_column_options(CLI::App& options, column_names& columns, spoken& said) {
    auto const column = [&](char const* name, std::string& to, char const* what) {
        options.add_option(name, to, what)->option_text("COLUMN,...")->group("Columns");
    };
    column("--key", columns.key, "Whose a row is, in both tables");
    column("--conversion-key", columns.conversion_key, "In conversions, if it is another");
    column("--time", columns.time, "When it happened, in both tables");
    column("--conversion-time", columns.conversion_time, "In conversions, if it is another");
    column("--channel", columns.channel, "Of touchpoints");
    column("--id", columns.id, "Of touchpoints");
    column("--kind", columns.kind, "Of touchpoints: click or view");
    column("--value", columns.value, "Of conversions");
    column("--order-id", columns.order_id, "Of conversions; refunds have that of their sale");
    column("--segment", columns.segment, "Of conversions: tables by it, too");
    options.add_option("--currency", said.currency, "Of conversions, and the one to attribute")
        ->option_text("COLUMN[=VALUE]")
        ->group("Columns");
    options
        .add_option("--bridge-columns", columns.bridge,
                    "Of the bridge: the touchpoints' key, and the conversions'")
        ->option_text("FROM,TO")
        ->group("Columns");
}

void add_rule_options(CLI::App& options, settings& asked, spoken& said) {
    auto const rule = [&](char const* name, std::string& to, char const* what, char const* text) {
        options.add_option(name, to, what)->option_text(text)->group("Attribution");
    };
    rule("--models", said.models, "Side by side, see below", "MODEL,...");
    rule("--lookback", said.lookback, "How long before its conversion a touchpoint counts",
         "LENGTH=30d");
    options
        .add_flag("--calendar-days", said.calendar_days,
                  "The days of --lookback are those of the calendar of --time-zone")
        ->group("Attribution");
    rule("--click-lookback", said.click_lookback, "Of those whose --kind is a click", "LENGTH");
    rule("--view-lookback", said.view_lookback, "Of those whose --kind is a view", "LENGTH");
    rule("--exclude-channels", said.exclude, "These earn nothing", "CHANNEL,...");
    rule("--last-non", said.last_non, "Also a model: the last touchpoint that is not this",
         "COLUMN=VALUE");
    options
        .add_flag("--once-per-channel", asked.once_per_channel,
                  "Of a path, models see the first touchpoint of each channel")
        ->group("Attribution");
    rule("--sessions", said.sessions,
         "Models see visits: of touchpoints with shorter pauses, the first", "LENGTH");
    examples::add_interval_option(options, asked.common);
}

std::pair<std::string, std::string> column_and_value(std::string const& option,
                                                     std::string const& text) {
    auto const at = text.find('=');
    if (at == text.npos || at == 0)
        refuse(option, fmt::format("'{}' needs a column and a value, as in channel=direct", text));
    return {text.substr(0, at), text.substr(at + 1)};
}

void understand_rules(settings& asked, spoken const& said) {
    auto const optional_length = [](char const* option, std::string const& text) {
        return text.empty() ? std::nullopt : std::optional{length_of(option, text)};
    };
    asked.models = models_in(said.models);
    if (said.lookback != "none")
        asked.lookback = length_of("--lookback", said.lookback);
    if (said.calendar_days) {
        if (!asked.lookback || asked.lookback->count() % 86'400 != 0)
            refuse("--calendar-days", "needs a --lookback in days, such as 30d");
        asked.calendar_days = static_cast<int>(asked.lookback->count() / 86'400);
    }
    asked.click_lookback = optional_length("--click-lookback", said.click_lookback);
    asked.view_lookback = optional_length("--view-lookback", said.view_lookback);
    if ((asked.click_lookback || asked.view_lookback) && asked.columns.kind.empty())
        refuse(asked.click_lookback ? "--click-lookback" : "--view-lookback",
               "needs --kind COLUMN, which says what is a click and what a view");
    for (auto const& [option, length] : {std::pair{"--click-lookback", asked.click_lookback},
                                         std::pair{"--view-lookback", asked.view_lookback}})
        if (length && asked.lookback && *length > *asked.lookback)
            refuse(option,
                   fmt::format("{} are more than the --lookback of {}, which ends all: say a "
                               "longer --lookback",
                               length_text(*length), length_text(*asked.lookback)));
    for (auto const& one : asked.models)
        if ((one.kind == "w_shaped" || one.kind == "full_path") && asked.columns.kind.empty())
            refuse("--models", one.kind +
                                   " needs --kind COLUMN, which says what made a lead, and what an "
                                   "opportunity");
    asked.sessions = optional_length("--sessions", said.sessions);
    asked.lookback_text = asked.calendar_days
                              ? fmt::format("{} calendar day{}", *asked.calendar_days,
                                            *asked.calendar_days == 1 ? "" : "s")
                          : asked.lookback ? length_text(*asked.lookback)
                                           : "without end";
    asked.excluded = examples::words_in(said.exclude);
    if (!said.last_non.empty()) {
        asked.last_non = column_and_value("--last-non", said.last_non);
        asked.models.push_back({"last_non", {}, "last_non"});
    }
}

void understand_tables(settings& asked, spoken const& said) {
    static std::map<std::string, char> const marks{
        {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"bar", '|'}};
    if (said.delimiter != "auto")
        asked.common.input.separator = marks.at(said.delimiter);
    asked.decimal_comma = said.decimal == "comma";
    if (auto const at = said.currency.find('='); at != said.currency.npos)
        asked.currency = said.currency.substr(at + 1);
    asked.columns.currency = said.currency.substr(0, said.currency.find('='));
    if (asked.currency && asked.columns.currency.empty())
        refuse("--currency",
               fmt::format("'{}' needs a column before it, as in currency=EUR", said.currency));
    auto const try_out = [](char const* option, auto make) {
        try {
            make();
        } catch (std::invalid_argument const& error) {
            refuse(option, error.what());
        }
    };
    for (auto const& format : {asked.time_format, asked.conversion_time_format})
        if (format != "auto")
            try_out("--date-format", [&] { examples::time_format{format}; });
    try_out("--time-zone", [&] { examples::wall_clock{asked.time_zone}; });
    auto const inputs = std::ranges::count(asked.touchpoints, "-") +
                        std::ranges::count(asked.conversions, "-") + (asked.bridge == "-" ? 1 : 0);
    if (inputs > 1)
        refuse("-", "standard input can be one table only");
}

/// What can be done part by part; what was not asked for is left out, and will be said.
void understand_sorted(CLI::App const& options, settings& asked) {
    if (!asked.sorted_by_key)
        return;
    auto const refuse_one = [](std::string const& what) {
        refuse("--sorted-by-key", "reads a part of the rows at a time, and " + what +
                                      ", or leave out --sorted-by-key");
    };
    if (options.count("--against") > 0)
        refuse_one("--against compares all rows of two runs: leave it out, and compare the files "
                   "{model}_by_channel.csv of both");
    if (options.count("--bridge") > 0)
        refuse_one(
            "rows that a --bridge leads to one key may be far apart: join it to the table of "
            "touchpoints, sort that by the key of the conversions, and leave it out");
    if (options.count("--database") > 0)
        refuse_one("--database takes all tables at once: leave it out, and load the CSV files "
                   "afterwards");
    if (asked.touchpoints.size() + asked.conversions.size() > 2)
        refuse("--sorted-by-key",
               "reads one table of touchpoints and one of conversions: put those "
               "of a kind together, sorted");
    if (options.count("--models") == 0)
        for (auto const& one : asked.models)
            if (one.learned)
                asked.models_left_out.push_back(one.name);
    auto const left_out = [&](model_choice const& one) {
        return std::ranges::count(asked.models_left_out, one.name) > 0;
    };
    std::erase_if(asked.models, left_out);
    for (auto const& one : asked.models)
        if (one.learned)
            refuse_one(fmt::format("{} is learned from all: leave it out of --models", one.kind));
}

/// For results that are not wanted nothing is done.
needed_work work_for(settings const& asked) {
    using examples::result;
    auto const& wanted = asked.common.results;
    auto const for_people = wanted.any_of(result::summary, result::page);
    needed_work needs;
    needs.paths = for_people || wanted.any_of(result::conversions, result::pictures);
    needs.outcomes = needs.paths || wanted.has(result::audit);
    needs.rules = for_people || wanted.has(result::validation);
    needs.ids = needs.outcomes || needs.rules || !asked.common.against.empty();
    auto const milestones =  // which ask whether there are any at all
        std::ranges::any_of(asked.models, [](model_choice const& one) {
            return one.kind == "w_shaped" || one.kind == "full_path";
        });
    needs.digests = wanted.has(result::page);
    needs.kinds = needs.ids || milestones || asked.click_lookback || asked.view_lookback;
    needs.every_touchpoint = needs.ids || milestones || !asked.excluded.empty() ||
                             std::ranges::any_of(asked.models, &model_choice::learned);
    return needs;
}

/// The options that were given, as --config reads them. Where results go, and with which others they
/// are compared, is not among them: a run that is repeated does not overwrite the first, unless told
/// so, and is another month's.
std::string file_of(CLI::App const& options) {
    std::string text =
        fmt::format("# attribution {}: repeat this with --config\n", examples::version());
    for (auto const& line : split(options.config_to_str(false, false), '\n'))
        if (!line.empty() && !line.starts_with("out=") && !line.starts_with("database=") &&
            !line.starts_with("database-runs=") && !line.starts_with("against="))
            text += line + '\n';
    return examples::without_password(text);
}

}  // namespace

void refuse(std::string const& option, std::string const& what) {
    throw CLI::ValidationError{option, what};
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

std::chrono::seconds length_of(std::string const& option, std::string const& text) {
    static std::map<char, std::int64_t> const units{
        {'s', 1}, {'m', 60}, {'h', 3'600}, {'d', 86'400}, {'w', 604'800}};
    constexpr std::int64_t most = std::int64_t{1'000} * 366 * 86'400;
    if (!text.empty() && units.contains(text.back()))
        if (auto const number = whole_number(std::string_view{text}.substr(0, text.size() - 1)))
            if (auto const unit = units.at(text.back()); *number <= most / unit)
                return std::chrono::seconds{*number * unit};
    refuse(option, fmt::format("'{}' is no length of time of at most a thousand years, write it "
                               "like 30d, 12h, 45m, 2w or 90s",
                               text));
}

std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> parts;
    for (;;) {
        auto const end = std::min(text.find(mark), text.size());
        parts.emplace_back(text.substr(0, end));
        if (end == text.size())
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string length_text(std::chrono::seconds length) {
    for (auto const& [unit, name] : {std::pair{86'400, "day"}, {3'600, "hour"}, {60, "minute"}})
        if (length.count() % unit == 0 && (length.count() != 0 || unit == 86'400))
            return fmt::format("{} {}{}", length.count() / unit, name,
                               length.count() == unit ? "" : "s");
    return fmt::format("{} second{}", length.count(), length.count() == 1 ? "" : "s");
}

settings read_settings(examples::command_line& command) {
    settings asked;
    spoken said;
    asked.common.out = "out/attribution";
    auto& options = command.options;
    options.name("attribution");
    options.description(description);
    options.footer(more());
    add_table_options(options, asked, said);
    add_column_options(options, asked.columns, said);
    add_rule_options(options, asked, said);
    examples::add_report_options(options, asked.common);
    examples::add_against_option(options, asked.common);
    examples::add_only_option(options, asked.common);
    options.remove_option(options.get_option("--data"));
    options.set_config("--config", "", "A file of options, as a run writes it")
        ->option_text("FILE")
        ->group("Input and output");
    options.config_formatter(std::make_shared<examples::option_file>(options));
    command.parse();
    if (asked.touchpoints.empty() || asked.conversions.empty())
        refuse(asked.touchpoints.empty() ? "--touchpoints" : "--conversions",
               "is missing; two tables are needed, as in: attribution --touchpoints touches.csv "
               "--conversions orders.csv");
    understand_tables(asked, said);
    asked.decimal_said = options.count("--decimal") > 0;
    understand_rules(asked, said);
    understand_sorted(options, asked);
    examples::check_only(options, asked.common);
    examples::check_report_options(asked.common);
    asked.needs = work_for(asked);
    asked.repeat = file_of(options);
    return asked;
}

}  // namespace own_files
