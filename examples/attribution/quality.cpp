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

/// Rules for which the records of one key are enough; rows are counted from those given.
att::findings validate_keys(records const& data, journeys_type const& journeys,
                            policy_type const& policy, std::size_t touchpoint,
                            std::size_t conversion) {
    using namespace examples;
    auto const known_kind = [&](touch const& seen) {
        if (!data.kinds)
            return true;
        auto const kind = folded(seen.kind);
        return std::ranges::count(std::vector<std::string>{"click", "clicks", "view", "views",
                                                           "impression", "impressions"},
                                  kind) > 0;
    };
    auto const lines_from = [](std::size_t row) {
        auto lines = file_lines;
        lines.first_row += row;
        return lines;
    };
    auto found = att::validate(
        data.touches,
        att::rules(
            att::required("touchpoint key", &touch::person),
            error_unless("touchpoint key is in the bridge",
                         "touchpoint key leads nowhere by the bridge",
                         [](touch const& seen) { return !seen.person || seen.key.has_value(); }),
            expected("touchpoint channel", &touch::channel, data.input.nothing),
            info_unless("touchpoint kind is known",
                        "touchpoint is neither click nor view: --lookback is for it", known_kind),
            att::has_conversion("touchpoint", journeys),
            att::inside_some_window("touchpoint", journeys, policy)),
        lines_from(touchpoint));
    found.merge(att::validate(
        data.sales,
        att::rules(
            att::required("conversion key", &sale::key),
            warning_unless("conversion value is positive", "conversion value is zero or negative",
                           [](sale const& sold) { return sold.amount > examples::exact_amount{}; }),
            warning_unless("conversion value is exact",
                           "conversion value was rounded: all of them do not fit with its decimals",
                           [](sale const& sold) { return !sold.rounded; }),
            att::has_touchpoint("conversion", journeys, policy)),
        lines_from(conversion)));
    return found;
}

/// What reading has shown.
att::findings about_input(records const& data, settings const& asked, std::size_t conversions) {
    auto found = examples::reading_findings(data.input);
    if (!asked.columns.currency.empty())
        found.add(left_out("conversion currency", "conversion is in another currency: left out",
                           att::severity::warning, conversions + data.other_currencies,
                           data.other_currencies));
    return found;
}

/// The id of a record, if it has one of its own.
std::optional<std::string> own_id(sale const& sold, records const& data) {
    return data.sale_ids && !examples::means_nothing(sold.id, data.input.nothing)
               ? std::optional{sold.id}
               : std::nullopt;
}

/// The id together with the key, if there are both.
std::optional<std::string> id_of_key(std::optional<std::string_view> id,
                                     std::optional<std::string_view> key) {
    return id && key ? std::optional{std::string{*key} + '\0' + std::string{*id}} : std::nullopt;
}

}  // namespace

att::findings validate(records const& data, settings const& asked, journeys_type const& journeys,
                       policy_type const& policy) {
    using namespace examples;
    auto found = validate_keys(data, journeys, policy, 0, 0);
    found.merge(att::validate(
        data.touches,
        att::rules(unique_id("touchpoint id", &touch::id, data.input.nothing),
                   written_as_mostly("touchpoint channel", data.touches, &touch::channel),
                   one_customer("touchpoint key", &touch::key)),
        file_lines));
    found.merge(att::validate(
        data.sales,
        att::rules(
            att::unique("conversion id", [&](sale const& sold) { return own_id(sold, data); }),
            written_as_usual("conversion key", &sale::key, usual_texts(data.touches, &touch::key)),
            written_as_mostly("conversion segment", data.sales, &sale::segment),
            one_customer("conversion key", &sale::key)),
        file_lines));
    found.merge(about_input(data, asked, data.sales.size()));
    return found;
}

void part_validation::add(records const& part, journeys_type const& journeys,
                          policy_type const& policy) {
    using namespace examples;
    auto found = validate_keys(part, journeys, policy, touchpoints_, conversions_);
    auto lines = file_lines;
    lines.first_row += touchpoints_;
    found.merge(att::validate(
        part.touches,
        att::rules(att::unique("touchpoint id within its key",
                               [&](touch const& seen) {
                                   return means_nothing(seen.id, part.input.nothing)
                                              ? std::nullopt
                                              : id_of_key(seen.id.view(), seen.key.view());
                               }),
                   written_as_usual("touchpoint channel", &touch::channel, channels_)),
        lines));
    lines.first_row = file_lines.first_row + conversions_;
    found.merge(att::validate(
        part.sales,
        att::rules(
            att::unique("conversion id within its key",
                        [&](sale const& sold) { return id_of_key(own_id(sold, part), sold.key); }),
            written_as_usual("conversion segment", &sale::segment, segments_)),
        lines));
    if (touchpoints_ + conversions_ == 0)
        found_ = found;
    else
        found_.merge(found);
    touchpoints_ += part.touches.size();
    conversions_ += part.sales.size();
}

att::findings part_validation::all(records const& known, settings const& asked) const {
    auto found = found_;
    found.merge(about_input(known, asked, conversions_));
    return found;
}

std::string rules_for_all_rows() {
    return "ids on rows of several keys, keys that differ in case or spaces only, keys of an "
           "implausible share of all rows";
}

}  // namespace own_files
