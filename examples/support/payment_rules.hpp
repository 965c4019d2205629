// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/names.hpp>
#include <support/payment_history.hpp>
#include <support/usual_rules.hpp>

#include <attribution/quality/known.hpp>
#include <attribution/quality/required.hpp>
#include <attribution/quality/rules.hpp>
#include <attribution/quality/unique.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

/// What may be wrong with payments, and with those who pay.
namespace examples {

/// Who pays is one of the customers, and written like it; amounts are not negative, times are real, and
/// nobody pays the same at the same time again. `name` is a projection of customers.
template <class Amount, class Customer, class Name>
[[nodiscard]] auto payment_rules(std::vector<Customer> const& customers, Name name) {
    using row = payment_row<Amount>;
    return attribution::rules(
        attribution::required("payer", &row::payer),
        attribution::known("payer", &row::payer, customers, name),
        written_as_usual("payer", &row::payer, texts_of(customers, name)),
        warning_unless("payment is not negative",
                       "payment is negative, and makes the revenue smaller",
                       [](row const& one) { return !one.pays || one.amount >= Amount{}; }),
        warning_unless("refund is not negative",
                       "refund is negative, and was taken off as if it were not",
                       [](row const& one) { return one.pays || one.amount >= Amount{}; }),
        written_in_full("payer", &row::payer), real_time("payment time", &row::at),
        rare(attribution::unique("payment", [](row const& one) {
                 return one.payer ? std::optional{one} : std::nullopt;
             }).as(attribution::severity::warning)));
}

/// Customers paid before they got something back, and not less than that. `customer` is what one is
/// called.
template <class Amount>
[[nodiscard]] auto payment_history_rules(std::string const& customer) {
    using history = payment_history<Amount>;
    return attribution::rules(
        warning_unless(customer + " paid before it was refunded",
                       customer + " was refunded before it paid anything",
                       [](history const& who) {
                           return !who.first_refund || *who.first_refund >= who.first_payment;
                       }),
        warning_unless(
            customer + " paid what it was refunded", customer + " was refunded more than it paid",
            [](history const& who) { return who.refunded <= std::max(who.paid, Amount{}); }));
}

}  // namespace examples
