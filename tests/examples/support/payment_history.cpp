// SPDX-License-Identifier: BSL-1.0
#include <support/payment_history.hpp>

#include <doctest/doctest.h>

#include <chrono>
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
