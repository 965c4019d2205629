// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/quality.hpp>

#include <support/input_findings.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/fan_out.hpp>
#include <attribution/quality/known.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace att = attribution;

namespace goodpulse {

namespace {

/// A text that `key` reads as missing, with the id of its record: a pair is one thing.
text_key together(text_key const& a, text_key const& b) {
    return a && b ? text_key{*a + '\n' + *b} : std::nullopt;
}

bool is_delivered(order const& one) {
    return one.status == "delivered";
}

auto order_rules(records const& data) {
    using namespace examples;
    std::unordered_set<std::string> paid;
    for (auto const& one : data.payments)
        if (one.order)
            paid.insert(*one.order);
    return att::rules(
        att::unique("order id", &order::id), att::required("order id", &order::id),
        att::required("order customer", &order::customer),
        error_unless("order customer is known",
                     "order customer leads to nobody: the order is left out",
                     [](order const& one) { return one.person || !one.customer; }),
        written_as_mostly("order status", data.orders, &order::status),
        info_unless("order is delivered", "order is not delivered, and does not count",
                    is_delivered),
        warning_unless("delivered order has a payment",
                       "order is delivered, has no payment, and counts as 0.00",
                       [paid = std::move(paid)](order const& one) {
                           return !is_delivered(one) || !one.id || paid.contains(*one.id);
                       }),
        warning_unless("delivered order has arrived", "order is delivered, but nobody knows when",
                       [](order const& one) { return !is_delivered(one) || one.delivered; }),
        warning_unless(
            "delivery is after the purchase",
            "order was delivered before it was bought: 0 days are counted",
            [](order const& one) { return !one.delivered || *one.delivered >= one.bought; }),
        written_in_full("order id", &order::id),
        written_in_full("order customer", &order::customer), real_time("purchase", &order::bought),
        real_time("delivery", &order::delivered));
}

/// What few files of deals break.
auto deal_rules(records const& data) {
    using namespace examples;
    std::unordered_map<std::string, instant> first_contact;
    if (data.leads)
        for (auto const& one : *data.leads)
            if (one.id)
                first_contact.emplace(*one.id, one.day);
    return att::rules(
        written_in_full("deal lead", &deal::lead), written_in_full("deal seller", &deal::seller),
        rare(written_as_mostly("deal lead type", *data.deals, &deal::type)),
        real_time("deal time", &deal::won),
        rare(warning_unless("deal is won after the first contact",
                            "deal was won before the first contact with its lead",
                            [first_contact = std::move(first_contact)](deal const& one) {
                                auto const known =
                                    one.lead ? first_contact.find(*one.lead) : first_contact.end();
                                return known == first_contact.end() || one.won >= known->second;
                            })));
}

}  // namespace

att::findings validate(records const& data) {
    using namespace examples;
    auto const known_order = [&](char const* subject, auto member) {
        return att::known(subject, member, data.orders, &order::id);
    };
    file_checks checks;
    checks.check(data.orders, order_rules(data));
    checks.check(data.customers, att::unique("customer id", &customer::id),
                 att::required("customer id", &customer::id),
                 att::required("customer person", &customer::person),
                 written_in_full("customer id", &customer::id),
                 written_in_full("customer person", &customer::person));
    checks.check(data.payments, att::required("payment order", &payment::order),
                 known_order("payment order", &payment::order),
                 warning_unless("payment is not negative", "payment is negative",
                                [](payment const& one) { return one.cents >= 0; }),
                 att::fan_out("payment order", &payment::order).as(att::severity::info),
                 written_in_full("payment order", &payment::order));
    checks.check(data.reviews, att::required("review order", &review::order),
                 known_order("review order", &review::order),
                 att::unique("review of an order",
                             [](review const& one) { return together(one.id, one.order); })
                     .as(att::severity::warning),
                 att::unique("review id", &review::id).as(att::severity::info),
                 att::fan_out("review order", &review::order).as(att::severity::warning),
                 written_in_full("review order", &review::order));
    if (data.leads)
        checks.check(
            *data.leads, att::unique("lead id", &lead::id), att::required("lead id", &lead::id),
            warning_unless("lead has an origin", "lead has no origin: it is called unknown",
                           [](lead const& one) { return one.origin != "unknown"; }),
            written_in_full("lead id", &lead::id), real_time("lead time", &lead::day),
            rare(written_as_mostly("lead origin", *data.leads, &lead::origin)));
    if (data.deals)
        checks.check(*data.deals, deal_rules(data));
    if (data.deals && data.leads)
        checks.check(*data.deals, att::unique("deal lead", &deal::lead),
                     att::required("deal lead", &deal::lead),
                     att::known("deal lead", &deal::lead, *data.leads, &lead::id),
                     att::required("deal seller", &deal::seller),
                     att::unique("deal seller", &deal::seller).as(att::severity::info),
                     warning_unless("deal has a lead type", "deal has no lead type",
                                    [](deal const& one) { return one.type != "(none)"; }));
    if (data.items)
        checks.check(*data.items, att::required("item order", &item::order),
                     known_order("item order", &item::order),
                     att::required("item seller", &item::seller),
                     written_in_full("item order", &item::order),
                     written_in_full("item seller", &item::seller),
                     rare(warning_unless("item price is not negative", "item price is negative",
                                         [](item const& one) { return one.cents >= 0; })));
    if (data.items && data.deals)
        checks.check(*data.items,
                     att::known("item seller", &item::seller, *data.deals, &deal::seller)
                         .as(att::severity::info));
    checks.add(reading_findings(data.input));
    return checks.found();
}

}  // namespace goodpulse
