// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/instant.hpp>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// Who paid what, and got what back: of customers that pay several times.
namespace examples {

/// A payment or a refund as its row has it. An amount below zero is one all the same: a refund is
/// taken off, whatever its sign.
template <class Amount>
struct payment_row {
    bool pays;  // or is paid back
    instant at;
    std::optional<std::string> payer;  // who is missing is nobody
    Amount amount;

    auto operator<=>(payment_row const&) const = default;
};

/// All payments and refunds of a customer.
template <class Amount>
struct payment_history {
    std::int64_t payments = 0, refunds = 0;
    Amount paid = {}, refunded = {};
    instant first_payment = instant::max(), last_payment = instant::min();
    std::optional<instant> first_refund = {};

    [[nodiscard]] Amount net_revenue() const { return paid - refunded; }

    void add(payment_row<Amount> const& one) {
        if (one.pays) {
            paid += one.amount;
            ++payments;
            last_payment = std::max(last_payment, one.at);
            first_payment = std::min(first_payment, one.at);
            return;
        }
        refunded += one.amount > Amount{} ? one.amount : -one.amount;
        ++refunds;
        first_refund = std::min(first_refund.value_or(one.at), one.at);
    }
};

/// Adds payments to the histories of those who paid them, by a text of theirs. Those of others do not
/// count, nor those of nobody; of several customers of one name, the first has them.
template <class Customer, class Name, class Amount>
void add_payments(std::vector<Customer>& customers, Name name,
                  std::vector<payment_row<Amount>> const& payments) {
    std::unordered_map<std::string_view, Customer*> by_name;
    for (auto& one : customers)
        by_name.emplace(std::invoke(name, one), &one);
    for (auto const& one : payments)
        if (auto const known = one.payer ? by_name.find(*one.payer) : by_name.end();
            known != by_name.end())
            known->second->add(one);
}

}  // namespace examples
