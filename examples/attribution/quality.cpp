// SPDX-License-Identifier: BSL-1.0
#include "quality.hpp"

#include <support/input_findings.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/has_conversion.hpp>
#include <attribution/quality/has_touchpoint.hpp>
#include <attribution/quality/inside_some_window.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/quality/validate.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;

namespace own_files {

namespace {

att::finding left_out(std::string rule, std::string what, att::severity how_bad,
                      std::size_t checked, std::size_t count) {
    return {std::move(rule), how_bad, std::move(what), checked, count, {}, {}};
}

}  // namespace

att::findings validate(records const& data, settings const& asked, journeys_type const& journeys,
                       policy_type const& policy) {
    using namespace examples;
    auto const& nothing = data.input.nothing;
    auto const known_kind = [&](touch const& seen) {
        auto const kind = folded(seen.kind);
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
                   expected("touchpoint channel", &touch::channel, nothing),
                   unique_id("touchpoint id", &touch::id, nothing),
                   written_as_mostly("touchpoint channel", data.touches, &touch::channel),
                   att::must("touchpoint kind is known", known_kind,
                             "touchpoint is neither click nor view: --lookback is for it")
                       .as(att::severity::info),
                   one_customer("touchpoint key", &touch::key),
                   att::has_conversion("touchpoint", journeys),
                   att::inside_some_window("touchpoint", journeys, policy)),
        file_lines);
    auto const own_id = [&](sale const& sold) {
        return data.sale_ids && !means_nothing(sold.id, nothing) ? std::optional{sold.id}
                                                                 : std::nullopt;
    };
    found.merge(att::validate(
        data.sales,
        att::rules(att::required("conversion key", &sale::key),
                   att::unique("conversion id", own_id),
                   written_as_usual("conversion key", &sale::key,
                                    usual_spellings(texts_of(data.touches, &touch::key))),
                   written_as_mostly("conversion segment", data.sales, &sale::segment),
                   one_customer("conversion key", &sale::key),
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
        file_lines));
    if (!asked.columns.currency.empty())
        found.add(left_out("conversion currency", "conversion is in another currency: left out",
                           att::severity::warning, data.sales.size() + data.other_currencies,
                           data.other_currencies));
    found.merge(file_findings(data.input));
    found.merge(time_findings(data.input));
    return found;
}

}  // namespace own_files
