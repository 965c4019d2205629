// SPDX-License-Identifier: BSL-1.0
#include "quality.hpp"

#include <support/input_findings.hpp>
#include <support/names.hpp>

#include <attribution/quality/keys.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/validate.hpp>
#include <attribution/quality/windows.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;

namespace own_files {

namespace {

template <class Records, class Projection>
std::vector<std::string> usual(Records const& records, Projection text) {
    std::vector<std::string> texts;
    for (auto const& record : records)
        if (auto const found = examples::detail::text_in(std::invoke(text, record)))
            texts.emplace_back(*found);
    return examples::usual_spellings(texts);
}

att::finding left_out(std::string rule, std::string what, att::severity how_bad,
                      std::size_t checked, std::size_t count) {
    return {std::move(rule), how_bad, std::move(what), checked, count, {}, {}};
}

}  // namespace

att::findings validate(records const& data, settings const& asked, journeys_type const& journeys,
                       policy_type const& policy) {
    constexpr auto lines = att::row_naming{.limit = 5, .first_row = 2};
    auto const nothing = [&](std::string const& text) {
        return examples::means_nothing(text, data.input.nothing);
    };
    auto const present = [&](auto member) {
        return [nothing, member](auto const& record) {
            return nothing(record.*member) ? std::nullopt : std::optional{record.*member};
        };
    };
    // A customer may be large: a default or a robot is larger.
    auto const one_person = [](char const* subject, auto key) {
        return att::plausible_share(subject, key, 0.25, 20);
    };
    auto const known_kind = [&](touch const& seen) {
        auto const kind = examples::folded(seen.kind);
        return !data.kinds ||
               std::ranges::count(std::vector<std::string>{"click", "clicks", "view", "views",
                                                           "impression", "impressions"},
                                  kind) > 0;
    };
    auto found = att::validate(
        data.touches,
        att::rules(att::required("touchpoint key", &touch::person),
                   att::must(
                       "touchpoint key is in the bridge",
                       [](touch const& seen) { return !seen.person || seen.key; },
                       "touchpoint key leads nowhere by the bridge"),
                   att::required("touchpoint channel", &touch::channel, nothing)
                       .as(att::severity::warning),
                   att::unique("touchpoint id", present(&touch::id)),
                   examples::written_as_usual("touchpoint channel", &touch::channel,
                                              usual(data.touches, &touch::channel)),
                   att::must("touchpoint kind is known", known_kind,
                             "touchpoint is neither click nor view: --lookback is for it")
                       .as(att::severity::info),
                   one_person("touchpoint key", &touch::key),
                   att::has_conversion("touchpoint", journeys),
                   att::inside_some_window("touchpoint", journeys, policy)),
        lines);
    auto const unique_id = [&, id = present(&sale::id)](sale const& sold) {
        return data.sale_ids ? id(sold) : std::nullopt;
    };
    found.merge(att::validate(
        data.sales,
        att::rules(att::required("conversion key", &sale::key),
                   att::unique("conversion id", unique_id),
                   examples::written_as_usual("conversion key", &sale::key,
                                              usual(data.touches, &touch::key)),
                   examples::written_as_usual("conversion segment", &sale::segment,
                                              usual(data.sales, &sale::segment)),
                   one_person("conversion key", &sale::key),
                   att::must(
                       "conversion value is positive",
                       [](sale const& sold) { return sold.amount > examples::exact_amount{}; },
                       "conversion value is zero or negative")
                       .as(att::severity::warning),
                   att::must(
                       "conversion value is exact", [](sale const& sold) { return !sold.rounded; },
                       "conversion value was rounded: all of them do not fit with its decimals")
                       .as(att::severity::warning),
                   att::has_touchpoint("conversion", journeys, policy)),
        lines));
    if (!asked.columns.currency.empty())
        found.add(left_out("conversion currency", "conversion is in another currency: left out",
                           att::severity::warning, data.sales.size() + data.other_currencies,
                           data.other_currencies));
    found.merge(examples::file_findings(data.input));
    found.merge(examples::time_findings(data.input));
    return found;
}

}  // namespace own_files
