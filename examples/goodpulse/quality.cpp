// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/quality.hpp>

#include <support/input_findings.hpp>
#include <support/names.hpp>

#include <attribution/quality/fan_out.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/must.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rule.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>
#include <attribution/quality/validate.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace att = attribution;

namespace goodpulse {

namespace {

constexpr auto lines = att::row_naming{.limit = 5, .first_row = 2};

/// A text that `key` reads as missing, with the id of its record: a pair is one thing.
text_key together(text_key const& a, text_key const& b) {
    return a && b ? text_key{*a + '\n' + *b} : std::nullopt;
}

bool is_delivered(order const& one) {
    return one.status == "delivered";
}

auto order_rules(records const& data) {
    std::unordered_set<std::string> paid;
    for (auto const& one : data.payments)
        if (one.order)
            paid.insert(*one.order);
    std::vector<std::string> statuses;
    for (auto const& one : data.orders)
        statuses.push_back(one.status);
    return att::rules(
        att::unique("order id", &order::id), att::required("order id", &order::id),
        att::required("order customer", &order::customer),
        att::must(
            "order customer is known", [](order const& one) { return one.person || !one.customer; },
            "order customer leads to nobody: the order is left out"),
        examples::written_as_usual("order status", &order::status,
                                   examples::usual_spellings(statuses)),
        att::must("order is delivered", is_delivered, "order is not delivered, and does not count")
            .as(att::severity::info),
        att::must(
            "delivered order has a payment",
            [paid = std::move(paid)](order const& one) {
                return !is_delivered(one) || !one.id || paid.contains(*one.id);
            },
            "order is delivered, has no payment, and counts as 0.00")
            .as(att::severity::warning),
        att::must(
            "delivered order has arrived",
            [](order const& one) { return !is_delivered(one) || one.delivered; },
            "order is delivered, but nobody knows when")
            .as(att::severity::warning),
        att::must(
            "delivery is after the purchase",
            [](order const& one) { return !one.delivered || *one.delivered >= one.bought; },
            "order was delivered before it was bought: 0 days are counted")
            .as(att::severity::warning));
}

}  // namespace

att::findings validate(records const& data) {
    auto const known_order = [&](char const* subject, auto member) {
        return att::known(subject, member, data.orders, &order::id);
    };
    auto found = att::validate(data.orders, order_rules(data), lines);
    found.merge(att::validate(data.customers,
                              att::rules(att::unique("customer id", &customer::id),
                                         att::required("customer id", &customer::id),
                                         att::required("customer person", &customer::person)),
                              lines));
    found.merge(att::validate(
        data.payments,
        att::rules(att::required("payment order", &payment::order),
                   known_order("payment order", &payment::order),
                   att::must(
                       "payment is not negative", [](payment const& one) { return one.cents >= 0; },
                       "payment is negative")
                       .as(att::severity::warning),
                   att::fan_out("payment order", &payment::order).as(att::severity::info)),
        lines));
    found.merge(att::validate(
        data.reviews,
        att::rules(att::required("review order", &review::order),
                   known_order("review order", &review::order),
                   att::unique("review of an order",
                               [](review const& one) { return together(one.id, one.order); })
                       .as(att::severity::warning),
                   att::unique("review id", &review::id).as(att::severity::info),
                   att::fan_out("review order", &review::order).as(att::severity::warning)),
        lines));
    if (data.leads)
        found.merge(att::validate(
            *data.leads,
            att::rules(att::unique("lead id", &lead::id), att::required("lead id", &lead::id),
                       att::must(
                           "lead has an origin",
                           [](lead const& one) { return one.origin != "unknown"; },
                           "lead has no origin: it is called unknown")
                           .as(att::severity::warning)),
            lines));
    if (data.deals && data.leads)
        found.merge(att::validate(
            *data.deals,
            att::rules(
                att::unique("deal lead", &deal::lead), att::required("deal lead", &deal::lead),
                att::known("deal lead", &deal::lead, *data.leads, &lead::id),
                att::required("deal seller", &deal::seller),
                att::unique("deal seller", &deal::seller).as(att::severity::info),
                att::must(
                    "deal has a lead type", [](deal const& one) { return one.type != "(none)"; },
                    "deal has no lead type")
                    .as(att::severity::warning)),
            lines));
    if (data.items) {
        found.merge(att::validate(*data.items,
                                  att::rules(att::required("item order", &item::order),
                                             known_order("item order", &item::order),
                                             att::required("item seller", &item::seller)),
                                  lines));
        if (data.deals)
            found.merge(att::validate(
                *data.items,
                att::rules(att::known("item seller", &item::seller, *data.deals, &deal::seller)
                               .as(att::severity::info)),
                lines));
    }
    found.merge(examples::file_findings(data.input));
    found.merge(examples::time_findings(data.input));
    return found;
}

}  // namespace goodpulse
