// SPDX-License-Identifier: BSL-1.0
#include "quality.hpp"

#include <support/input_findings.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/has_conversion.hpp>
#include <attribution/quality/has_touchpoint.hpp>
#include <attribution/quality/inside_some_window.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/unique.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
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
    file_checks checks;
    checks.check_after(
        touchpoint, data.touches, att::required("touchpoint key", &touch::person),
        written_in_full("touchpoint key", &touch::person), real_time("touchpoint time", &touch::at),
        error_unless("touchpoint key is in the bridge",
                     "touchpoint key leads nowhere by the bridge",
                     [](touch const& seen) { return !seen.person || seen.key.has_value(); }),
        expected("touchpoint channel", &touch::channel, data.input.nothing),
        info_unless("touchpoint kind is known",
                    "touchpoint is neither click nor view: --lookback is for it", known_kind),
        att::has_conversion("touchpoint", journeys),
        att::inside_some_window("touchpoint", journeys, policy));
    checks.check_after(
        conversion, data.sales, att::required("conversion key", &sale::key),
        written_in_full("conversion key", &sale::key), real_time("conversion time", &sale::at),
        positive("conversion value", &sale::amount), exact("conversion value", &sale::rounded),
        att::has_touchpoint("conversion", journeys, policy));
    return checks.found();
}

/// Refunds and what they take back: nothing is taken twice without a word. Rows are lines of refunds.csv,
/// after so many others.
att::findings validate_refunds(records const& data, std::size_t others) {
    using namespace examples;
    std::unordered_map<std::string_view, sale const*> sold;
    for (auto const& one : data.sales)
        if (one.amount >= exact_amount{})
            sold.emplace(one.id, &one);
    std::unordered_map<std::string_view, exact_amount> paid_back;
    std::vector<bool> too_much;
    for (auto const& one : data.refunds) {
        auto& sum = paid_back[one.id];
        sum -= one.amount;
        too_much.push_back(sum > sold.at(one.id)->amount);
    }
    file_checks checks;
    checks.check_after(
        others, data.refunds,
        warning_unless("refund is of what was paid",
                       "refund takes back more than its conversion was worth: the rest is "
                       "taken from nobody",
                       [&](sale const& one) {
                           return !too_much[static_cast<std::size_t>(&one - data.refunds.data())];
                       }),
        warning_unless("refund is after its conversion",
                       "refund is before its conversion, and takes it back all the same",
                       [&](sale const& one) { return one.at >= sold.at(one.id)->at; }),
        warning_unless("refund has the key of its conversion",
                       "refund has another key than its conversion, whose key counts",
                       [&](sale const& one) {
                           auto const& key = sold.at(one.id)->key;
                           return !one.key || !key || one.key == key;
                       }),
        exact("refund value", &sale::rounded));
    return checks.found();
}

/// What reading has shown.
att::findings about_input(records const& data, settings const& asked, std::size_t conversions) {
    auto found = examples::reading_findings(data.input);
    if (data.perhaps_thousands)
        found.add(left_out("conversion value has no thousands",
                           "all values with a point have three digits after it and were taken for "
                           "decimals: if the point stands between thousands, say --decimal comma, "
                           "else --decimal point",
                           att::severity::warning, conversions, conversions));
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

void meeting::add(records const& part) {
    std::unordered_set<std::string_view> keys;
    for (auto const& sold : part.sales)
        if (sold.key) {
            ++conversions_;
            if (!met_)
                keys.insert(*sold.key);
        }
    for (auto const& seen : part.touches) {
        if (met_)
            return;
        touchpoints_ = touchpoints_ || seen.key;
        met_ = seen.key && keys.contains(*seen.key.view());
    }
}

att::findings meeting::found() const {
    att::findings found;
    if (touchpoints_ && conversions_ > 0 && !met_)
        found.add(left_out("keys of both tables meet",
                           "no conversion has the key of any touchpoint: are --key and "
                           "--conversion-key columns of the same ids, written alike?",
                           att::severity::warning, conversions_, conversions_));
    return found;
}

att::findings validate(records const& data, settings const& asked, journeys_type const& journeys,
                       policy_type const& policy) {
    using namespace examples;
    file_checks checks;
    checks.add(validate_keys(data, journeys, policy, 0, 0));
    checks.check(data.touches, unique_id("touchpoint id", &touch::id, data.input.nothing),
                 written_as_mostly("touchpoint channel", data.touches, &touch::channel),
                 one_customer("touchpoint key", &touch::key));
    checks.check(
        data.sales,
        att::unique("conversion id", [&](sale const& sold) { return own_id(sold, data); }),
        written_as_usual("conversion key", &sale::key, usual_texts(data.touches, &touch::key)),
        written_as_mostly("conversion segment", data.sales, &sale::segment),
        one_customer("conversion key", &sale::key));
    if (!asked.columns.order_id.empty())
        checks.add(validate_refunds(data, 0));
    meeting keys;
    keys.add(data);
    checks.add(keys.found());
    checks.add(about_input(data, asked, data.sales.size()));
    return checks.found();
}

void part_validation::add(records const& part, journeys_type const& journeys,
                          policy_type const& policy) {
    using namespace examples;
    file_checks checks;
    checks.add(validate_keys(part, journeys, policy, touchpoints_, conversions_));
    keys_.add(part);
    checks.check_after(touchpoints_, part.touches,
                       att::unique("touchpoint id within its key",
                                   [&](touch const& seen) {
                                       return means_nothing(seen.id, part.input.nothing)
                                                  ? std::nullopt
                                                  : id_of_key(seen.id.view(), seen.key.view());
                                   }),
                       written_as_usual("touchpoint channel", &touch::channel, channels_));
    checks.check_after(
        conversions_, part.sales,
        att::unique("conversion id within its key",
                    [&](sale const& sold) { return id_of_key(own_id(sold, part), sold.key); }),
        written_as_usual("conversion segment", &sale::segment, segments_));
    if (!asked_.columns.order_id.empty())
        checks.add(validate_refunds(part, refunds_));
    auto const& found = checks.found();
    if (touchpoints_ + conversions_ == 0)
        found_ = found;
    else
        found_.merge(found);
    touchpoints_ += part.touches.size();
    conversions_ += part.sales.size();
    refunds_ += part.refunds.size();
}

att::findings part_validation::all(records const& known) const {
    auto found = found_;
    found.merge(keys_.found());
    found.merge(about_input(known, asked_, conversions_));
    return found;
}

std::string rules_for_all_rows() {
    return "ids on rows of several keys, keys that differ in case or spaces only, keys of an "
           "implausible share of all rows";
}

}  // namespace own_files
