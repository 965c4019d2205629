// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/ordered_customers.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using book = attribution::detail::ordered_customers<std::string, std::string_view, int>;

/// "a", "b", "c", ...
std::string letter(int number) {
    return std::string(1, static_cast<char>('a' + number));
}

book five() {
    book made;
    for (int i = 4; i >= 0; --i)
        made.add(letter(i), [&](auto& fresh) { fresh.second = i; });
    return made;
}

/// Its comparison fails for a while.
struct failing_key {
    static inline bool fails = false;
    int number;

    friend bool operator<(failing_key const& a, failing_key const& b) {
        if (fails)
            throw std::domain_error{"this key does not compare"};
        return a.number < b.number;
    }
};

}  // namespace

TEST_CASE("ordered customers are found, removed and visited in the order of their keys") {
    auto customers = five();
    customers.reserve(100);
    CHECK(customers.size() == 5);
    CHECK(customers.find("c")->second == 2);
    CHECK(std::as_const(customers).find("f") == nullptr);
    REQUIRE(std::as_const(customers).find("d") != nullptr);
    CHECK(std::as_const(customers).find("d")->second == 3);
    CHECK(customers.remove(*customers.find("c")));
    customers.for_each([](int customer) { return customer == 4; });
    std::string seen;
    customers.for_each_node([&](auto const& one) { seen += one.first; });
    CHECK(seen == "abd");
}

TEST_CASE("a few ordered customers at a time, in turn, and then the first again") {
    auto customers = five();
    std::vector<int> seen;
    for (int i = 0; i < 4; ++i)
        customers.for_some(2, [&](int customer) {
            seen.push_back(customer);
            return customer == 4;
        });
    CHECK(seen == std::vector<int>{0, 1, 2, 3, 4, 0, 1, 2});
    book other;
    customers.swap(other);
    CHECK(customers.size() == 0);
    int first = -1;
    other.for_some(1, [&](int customer) {
        first = customer;
        return false;
    });
    CHECK(first == 0);
}

TEST_CASE("an ordered customer whose first use fails is not there") {
    auto customers = five();
    CHECK_THROWS_AS(customers.add("x", [](auto&) { throw std::domain_error{"no"}; }),
                    std::domain_error);
    CHECK(customers.size() == 5);
    CHECK(customers.find("x") == nullptr);
}

TEST_CASE("an ordered customer whose key fails stays") {
    attribution::detail::ordered_customers<failing_key, failing_key, int> customers;
    auto const nothing = [](auto&) {};
    customers.add(failing_key{1}, nothing);
    auto const& second = customers.add(failing_key{2}, nothing);
    failing_key::fails = true;
    CHECK(!customers.remove(second));
    failing_key::fails = false;
    CHECK(customers.size() == 2);
    CHECK(customers.remove(second));
    CHECK(customers.size() == 1);
}
