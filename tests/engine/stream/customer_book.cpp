// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/customer_book.hpp>

#include <doctest/doctest.h>

#include <compare>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct ordered_key {
    int number;
    auto operator<=>(ordered_key const&) const = default;
};

template <class Book, class Key>
void check(Key key) {
    Book book;
    for (int i = 0; i < 100; ++i) {
        auto& added = book.add(key(i));
        added.second = i;
        CHECK(book.find(key(i)) == &added);
    }
    CHECK(book.size() == 100);
    CHECK(book.find(key(100)) == nullptr);
    int looked_at = 0;
    auto const odd = [&](int customer) {
        ++looked_at;
        return customer % 2 == 1;
    };
    for (int i = 0; i < 300 && book.size() != 50; ++i)
        book.for_some(2, odd);
    CHECK(book.size() == 50);
    CHECK(looked_at > 50);
    CHECK(book.find(key(1)) == nullptr);
    CHECK(book.find(key(2))->second == 2);
    book.for_each([](int customer) { return customer >= 10; });
    CHECK(book.size() == 5);
    int sum = 0;
    book.for_each_node([&](auto const& node) { sum += node.second; });
    CHECK(sum == 0 + 2 + 4 + 6 + 8);
    book.for_each([](int) { return true; });
    book.for_some(3, odd);
    CHECK(book.size() == 0);
}

}  // namespace

TEST_CASE("a book of customers, hashed or ordered") {
    check<attribution::detail::customer_book<std::string, std::string_view, int>>(
        [](int i) { return std::string(20, 'x') + std::to_string(i); });
    check<attribution::detail::customer_book<ordered_key, ordered_key, int>>(
        [](int i) { return ordered_key{i}; });
}

TEST_CASE("a few customers of an ordered book at a time, and then the first again") {
    attribution::detail::customer_book<ordered_key, ordered_key, int> book;
    for (int i = 0; i < 5; ++i)
        book.add(ordered_key{i}).second = i;
    std::vector<int> seen;
    for (int i = 0; i < 4; ++i)
        book.for_some(2, [&](int customer) {
            seen.push_back(customer);
            return customer == 4;
        });
    CHECK(seen == std::vector<int>{0, 1, 2, 3, 4, 0, 1, 2});
}

TEST_CASE("a customer whose first use fails is not there") {
    attribution::detail::customer_book<std::string, std::string_view, int> book;
    auto const fail = [](auto&) { throw std::domain_error{"no"}; };
    CHECK_THROWS_AS(book.add("ann", fail), std::domain_error);
    CHECK(book.size() == 0);
    book.add("ann", [](auto& fresh) { fresh.second = 7; });
    REQUIRE(book.find("ann") != nullptr);
    CHECK(book.find("ann")->second == 7);
}

TEST_CASE("customers stand in the order of their keys, nobody before all of them") {
    attribution::detail::customer_book<std::string, std::string_view, int> book;
    auto const* const bob = &book.add("bob");
    auto const* const ann = &book.add("ann");
    auto const* const nobody = decltype(bob){nullptr};
    CHECK(book.before(ann, bob));
    CHECK(!book.before(bob, ann));
    CHECK(!book.before(ann, ann));
    CHECK(book.before(nobody, ann));
    CHECK(!book.before(ann, nobody));
    CHECK(!book.before(nobody, nobody));
}

TEST_CASE("books change places, and customers keep their addresses") {
    attribution::detail::customer_book<ordered_key, ordered_key, int> book;
    attribution::detail::customer_book<ordered_key, ordered_key, int> other;
    auto const* const first = &book.add(ordered_key{1});
    for (int i = 2; i < 5; ++i)
        other.add(ordered_key{i});
    other.for_some(2, [](int) { return false; });
    book.swap(other);
    CHECK(book.size() == 3);
    CHECK(other.find(ordered_key{1}) == first);
    int seen = 0;
    other.for_some(1, [&](int) { return ++seen != 0; });
    CHECK(seen == 1);
    CHECK(other.size() == 0);
}
