// SPDX-License-Identifier: BSL-1.0
// A refund that comes when only the stored credits of its sale are left.
#include "shop.hpp"

#include <attribution/attribution.hpp>

#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace att = attribution;
using shop::order, shop::touch;

struct stored {                        // a row of the table in which credits are kept
    std::string buyer;                 // the shop's orders are known by their buyer
    std::optional<std::size_t> touch;  // an id of the touchpoint; none if unattributed
    std::string channel;
    long long cents;
    double share;
};

struct refund {
    std::string buyer;
    date::sys_seconds at;
    long long cents;
};

/// Takes back a month's refunds, and keeps what they took beside what the sales gave.
void settle(std::vector<stored>& table, std::vector<refund> const& month) {
    auto const credits =
        att::stored_credits(table, &stored::buyer, &stored::touch, &stored::cents, &stored::share);
    auto const back = att::take_back(
        credits, att::conversions(month, &refund::buyer, &refund::at, &refund::cents));

    std::vector<stored> more;
    for (auto const& one : back.credits) {
        auto const& sale = table[one.conversion];  // the first row of that sale
        if (one.attributed())
            more.push_back({sale.buyer, table[one.touchpoint].touch, table[one.touchpoint].channel,
                            one.amount, one.share});
        else
            more.push_back({sale.buyer, std::nullopt, "(unattributed)", one.amount, one.share});
    }
    for (auto const& row : more)
        std::cout << row.buyer << ' ' << row.channel << ' ' << row.cents << '\n';
    for (auto const row : back.excessive)
        std::cout << month[row].buyer << " got back more than there was left\n";
    table.insert(table.end(), more.begin(), more.end());
}

int main() {
    std::vector<stored> table;
    {  // March: the log and the book are here
        auto const touches = att::touchpoints(shop::log, &touch::user, &touch::at);
        auto const orders = att::conversions(shop::book, &order::user, &order::at, &order::cents);
        for (auto const& one : att::attribute(orders, touches, att::linear)) {
            auto const& buyer = shop::book[one.conversion].user;
            if (one.attributed())
                table.push_back({buyer, one.touchpoint, shop::log[one.touchpoint].channel,
                                 one.amount, one.share});
            else
                table.push_back({buyer, std::nullopt, "(unattributed)", one.amount, one.share});
        }
    }
    std::cout << "April\n";
    settle(table, {{"ann", shop::day(4, 20), -1'000}});
    std::cout << "June\n";  // ann sends everything back, and gets 5.00 for her trouble
    settle(table, {{"ann", shop::day(6, 2), -9'500}});

    long long cents = 0;
    double sales = 0;
    for (auto const& row : table)
        if (row.buyer == "ann") {
            cents += row.cents;
            sales += row.share;
        }
    std::cout << "left of ann: " << cents << " in " << sales << " sales\n";
}
