// SPDX-License-Identifier: BSL-1.0
#include <cluster/partials.hpp>

#include <support/csv.hpp>
#include <support/output.hpp>

#include <attribution/attribute.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/report/by.hpp>
#include <attribution/wire/about_partial.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace cluster {

namespace att = attribution;

namespace {

auto joined(partition const& part) {
    return att::join(
        att::conversions(part.sales, &sale_row::customer, &sale_row::at, &sale_row::units),
        att::touchpoints(part.touches, &touch_row::customer, &touch_row::at));
}

constexpr auto groups = att::by(&sale_row::segment, &touch_row::channel);
constexpr auto rule_names = std::to_array<std::string_view>(
    {"first_touch", "last_touch", "linear", "position_based", "time_decay"});

/// In the order of the names.
auto rules(settings const& how) {
    return std::tuple{att::first_touch, att::last_touch, att::linear, att::position_based(),
                      att::time_decay(how.half_life)};
}

auto const markov = att::markov(&touch_row::channel);
auto const shapley = att::shapley(&touch_row::channel);
using markov_counts = decltype(markov.counts<std::string, std::int64_t>());
using shapley_counts = decltype(shapley.counts<std::string, std::int64_t>());

template <std::size_t Models>
auto empty_tally(partition const& part) {
    auto const journeys = joined(part);
    return groups.bind<Models>(journeys.conversions(), journeys.touchpoints());
}

std::string policy_name(settings const& how) {
    return fmt::format("{} days before the sale, both ends included", how.lookback.count());
}

att::configuration learned_configuration(settings const& how, date::sys_seconds until) {
    return {.model = "learned from channels",
            .policy = policy_name(how),
            .more = {{"windows end", fmt::format("{}", until.time_since_epoch().count())}}};
}

att::configuration credits_configuration(settings const& how, std::string const& models,
                                         std::string const& learned) {
    return {.model = models,
            .policy = policy_name(how),
            .grouping = "segment, channel",
            .more = {{"half-life", fmt::format("{} days", how.half_life.count())},
                     {"learned", learned}}};
}

std::string kind_of(std::string_view bytes) {
    auto const about = att::about_partial(bytes);
    return about.substr(0, about.find('\n'));
}

template <class Counts>
std::optional<Counts> find_counts(std::vector<std::string> const& learned, Counts counts) {
    for (auto const& bytes : learned)
        if (kind_of(bytes) == "kind: " + counts.counted_by()) {
            att::merge_bytes(counts, bytes, att::configuration_of(bytes));
            return counts;
        }
    return std::nullopt;
}

template <class... Models>
std::string attribute_by(partition const& part, settings const& how, std::string const& learned,
                         std::string const& names, Models const&... models) {
    auto const journeys = joined(part);
    auto tally = groups.bind<sizeof...(Models)>(journeys.conversions(), journeys.touchpoints());
    std::size_t number = 0;
    auto const add = [&](auto const& model) {
        att::attribute(journeys, model, att::lookback(how.lookback),
                       [&](att::credit<std::int64_t> const& earned) { tally(earned, number); });
        ++number;
    };
    (add(models), ...);
    return att::to_bytes(tally, credits_configuration(how, names, learned));
}

/// Adds `bytes` to the sum of its kind, whose first bytes say the configuration.
template <class Sum>
class sums_of {
  public:
    explicit sums_of(Sum identity) : sum_(std::move(identity)) {}

    void add(std::string const& bytes) {
        if (!how_)
            how_ = att::configuration_of(bytes);
        att::merge_bytes(sum_, bytes, *how_);
    }
    void give(std::vector<std::string>& to) const {
        if (how_)
            to.push_back(att::to_bytes(sum_, *how_));
    }

  private:
    Sum sum_;
    std::optional<att::configuration> how_;
};

std::vector<std::string> names_in(std::string const& list) {
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= list.size();) {
        auto const comma = std::min(list.find(", ", at), list.size());
        names.push_back(list.substr(at, comma - at));
        at = comma + 2;
    }
    return names;
}

template <std::size_t Models>
std::string report_of(std::string const& bytes, att::configuration const& how) {
    partition const none;
    auto tally = empty_tally<Models>(none);
    att::merge_bytes(tally, bytes, how);
    auto const names = names_in(how.model);
    auto text =
        examples::csv_line("model", "segment", "channel", "units", "conversions", "credits") + '\n';
    auto const rows = tally.finish();
    for (std::size_t model = 0; model < Models; ++model)
        for (auto const& row : rows) {
            auto const& [segment, channel] = row.key;
            text +=
                examples::csv_line(names[model], segment, channel.value_or(""), row[model].amount,
                                   row[model].conversions, row[model].credits) +
                '\n';
        }
    return text;
}

constexpr std::size_t rules_only = rule_names.size();
constexpr std::size_t with_learned = rules_only + 2;

std::size_t models_of(att::configuration const& how) {
    return names_in(how.model).size();
}

}  // namespace

std::vector<std::string> learn(partition const& part, settings const& how,
                               date::sys_seconds until) {
    auto const journeys = joined(part);
    auto const window = att::lookback(how.lookback);
    auto const configuration = learned_configuration(how, until);
    return {att::to_bytes(att::learn(journeys, markov, window, att::until(until)), configuration),
            att::to_bytes(att::learn(journeys, shapley, window, att::until(until)), configuration)};
}

std::string attribute(partition const& part, settings const& how,
                      std::vector<std::string> const& learned) {
    auto const names = fmt::format("{}", fmt::join(rule_names, ", "));
    return std::apply(
        [&](auto const&... rule) {
            if (learned.empty())
                return attribute_by(part, how, "nothing", names, rule...);
            auto const chain = find_counts(learned, markov.counts<std::string, std::int64_t>());
            auto const game = find_counts(learned, shapley.counts<std::string, std::int64_t>());
            if (!chain || !game)
                throw std::runtime_error{"what was learned must hold one result of Markov and one "
                                         "of Shapley; merge those of all parts first"};
            std::string all;
            for (auto const& bytes : learned)
                all += bytes;
            return attribute_by(part, how, fmt::format("{:016x}", att::stable_hash(all)),
                                names + ", markov, shapley", rule..., chain->solve(),
                                game->solve());
        },
        rules(how));
}

std::vector<std::string> merge(std::vector<std::string> const& partials) {
    partition const none;
    sums_of rule_credits{empty_tally<rules_only>(none)};
    sums_of all_credits{empty_tally<with_learned>(none)};
    sums_of chains{markov.counts<std::string, std::int64_t>()};
    sums_of games{shapley.counts<std::string, std::int64_t>()};
    for (auto const& bytes : partials) {
        auto const kind = kind_of(bytes);
        if (kind == "kind: tally" && models_of(att::configuration_of(bytes)) == rules_only)
            rule_credits.add(bytes);
        else if (kind == "kind: tally")
            all_credits.add(bytes);
        else if (kind == "kind: " + shapley.counts<std::string, std::int64_t>().counted_by())
            games.add(bytes);
        else
            chains.add(bytes);
    }
    std::vector<std::string> merged;
    rule_credits.give(merged);
    all_credits.give(merged);
    chains.give(merged);
    games.give(merged);
    return merged;
}

std::string report(std::string const& credits) {
    auto const how = att::configuration_of(credits);
    return models_of(how) == rules_only ? report_of<rules_only>(credits, how)
                                        : report_of<with_learned>(credits, how);
}

void credits(partition const& part, settings const& how, std::string_view model,
             std::function<void(std::string const&)> const& line) {
    auto const journeys = joined(part);
    std::size_t number = 0;
    auto const give = [&](auto const& rule) {
        if (rule_names[number++] == model)
            att::attribute(
                journeys, rule, att::lookback(how.lookback),
                [&](att::credit<std::int64_t> const& earned) {
                    line(fmt::format("{}\t{}\t{}\t{:.17g}", part.sales[earned.conversion].row,
                                     earned.attributed()
                                         ? fmt::format("{}", part.touches[earned.touchpoint].row)
                                         : "\\N",
                                     earned.amount, earned.share));
                });
    };
    std::apply([&](auto const&... rule) { (give(rule), ...); }, rules(how));
}

}  // namespace cluster
