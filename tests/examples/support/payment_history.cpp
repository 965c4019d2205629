// SPDX-License-Identifier: BSL-1.0
#include <support/payment_history.hpp>

#include <support/payment_rules.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace examples;

namespace {

struct customer : payment_history<int> {
    std::string name;
};

instant hour(int number) {
    return instant{std::chrono::hours{number}};
}

}  // namespace

TEST_CASE("payment_history: payments and refunds, whatever their signs and their order") {
    payment_history<int> paid;
    CHECK(!paid.first_refund);
    paid.add({true, hour(3), {}, 50});
    paid.add({true, hour(1), {}, -10});
    paid.add({false, hour(5), {}, 7});
    paid.add({false, hour(4), {}, -2});
    CHECK(paid.payments == 2);
    CHECK(paid.refunds == 2);
    CHECK(paid.paid == 40);
    CHECK(paid.refunded == 9);
    CHECK(paid.net_revenue() == 31);
    CHECK(paid.first_payment == hour(1));
    CHECK(paid.last_payment == hour(3));
    CHECK(paid.first_refund == hour(4));
}

TEST_CASE("payment_history: payments of others, and of nobody, do not count") {
    std::vector<customer> customers(3);
    customers[0].name = customers[2].name = "anna";
    add_payments(customers, &customer::name,
                 std::vector<payment_row<int>>{{true, hour(1), "anna", 5},
                                               {true, hour(2), "ben", 6},
                                               {true, hour(3), std::nullopt, 7}});
    CHECK(customers[0].paid == 5);
    CHECK(customers[1].payments == 0);  // it has no name, and nobody is not called so
    CHECK(customers[2].payments == 0);
}

TEST_CASE("payment_rules: who pays, and what") {
    std::vector<customer> customers(1);
    customers[0].name = "Anna";
    std::vector<payment_row<int>> const rows{
        {true, hour(1), "Anna", 5},         {true, hour(2), "anna", -1},
        {false, hour(3), std::nullopt, -2}, {false, hour(4), "Anna", 2},
        {false, hour(4), "Anna", 2},        {false, hour(3), std::nullopt, -2}};
    auto const found =
        attribution::validate(rows, payment_rules<int>(customers, &customer::name), file_lines);
    CHECK(found.count("required(payer)") == 2);
    CHECK(found.count("unique(payment)") == 1);
    CHECK(found.count("known(payer)") == 1);
    CHECK(found.count("payment is not negative") == 1);
    CHECK(found.count("refund is not negative") == 2);
    CHECK(found.count("payment time is real") == 0);
}

TEST_CASE("payment_rules: what customers got back, they had paid") {
    std::vector<payment_history<int>> all(4);
    all[0].add({true, hour(1), {}, 5});
    all[0].add({false, hour(1), {}, 5});  // at the same time, and all of it
    all[1].add({true, hour(2), {}, 5});
    all[1].add({false, hour(1), {}, 4});  // before
    all[2].add({true, hour(1), {}, 5});
    all[2].add({false, hour(2), {}, 6});  // more
    auto const found = attribution::validate(all, payment_history_rules<int>("shop"), file_lines);
    CHECK(found.count("shop paid before it was refunded") == 1);
    CHECK(found.count("shop paid what it was refunded") == 1);
}
