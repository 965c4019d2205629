// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/hashed_customers.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

/// Few hashes for many keys, so that searches pass by others and removals move others up.
struct crowded_key {
    int number;
    friend bool operator==(crowded_key, crowded_key) = default;
};

/// Its hash fails for one number, its copy for another.
struct failing_key {
    static constexpr int without_hash = -1;
    static constexpr int without_copy = -2;
    static inline bool no_hash_works = false;

    int number;
    explicit failing_key(int n) : number{n} {}
    failing_key(failing_key const& other) : number{other.number} {
        if (number == without_copy)
            throw std::domain_error{"no copy"};
    }
    friend bool operator==(failing_key const& a, failing_key const& b) {
        return a.number == b.number;
    }
};

}  // namespace

template <>
struct std::hash<crowded_key> {
    std::size_t operator()(crowded_key key) const {
        return static_cast<std::size_t>(key.number % 5);
    }
};
template <>
struct std::hash<failing_key> {
    std::size_t operator()(failing_key const& key) const {
        if (failing_key::no_hash_works || key.number == failing_key::without_hash)
            throw std::domain_error{"no hash"};
        return 1;
    }
};

namespace {

using attribution::detail::hashed_customers;

auto const nothing = [](auto&) {};

/// Does what is asked of it, and the same in a std::map; they must agree.
template <class Key>
class pair_of_books {
  public:
    void add(int number, int customer) {
        if (expected_.contains(number))
            return;
        auto const& added = book_.add(Key{number}, [&](auto& fresh) { fresh.second = customer; });
        CHECK(added.second == customer);
        expected_[number] = customer;
        places_[number] = &added;
    }
    void remove(int number) {
        if (!expected_.contains(number))
            return;
        CHECK(book_.remove(*book_.find(Key{number})));
        expected_.erase(number);
    }
    template <class Done>
    void remove_all(Done done) {
        book_.for_each(done);
        std::erase_if(expected_, [&](auto const& one) { return done(one.second); });
    }
    /// Goes round once, a few at a time.
    template <class Done>
    void remove_bit_by_bit(Done done) {
        std::multiset<int> seen;
        for (std::size_t calls = 0; calls < places_.size() + 2; ++calls)
            book_.for_some(3, [&](int customer) {
                seen.insert(customer);
                return done(customer);
            });
        for (auto const& [number, customer] : expected_)
            CHECK(seen.contains(customer));
        std::erase_if(expected_, [&](auto const& one) { return done(one.second); });
    }
    void swap_twice() {
        hashed_customers<Key, Key, int> other;
        other.add(Key{12'345}, nothing);
        book_.swap(other);
        CHECK(book_.size() == 1);
        book_.swap(other);
        CHECK(other.find(Key{12'345}) != nullptr);
    }

    void check() const {
        CHECK(book_.size() == expected_.size());
        for (int number = -1; number < 400; ++number) {
            auto const* const found = book_.find(Key{number});
            auto const known = expected_.find(number);
            REQUIRE((found != nullptr) == (known != expected_.end()));
            if (found != nullptr) {
                CHECK(found->first == Key{number});
                CHECK(found->second == known->second);
                CHECK(found == places_.at(number));  // never moves
            }
        }
        std::multiset<int> customers;
        book_.for_each_node([&](auto const& one) { customers.insert(one.second); });
        std::multiset<int> wanted;
        for (auto const& [number, customer] : expected_)
            wanted.insert(customer);
        CHECK(customers == wanted);
    }

  private:
    hashed_customers<Key, Key, int> book_;
    std::map<int, int> expected_;
    std::map<int, void const*> places_;
};

template <class Key>
void check_like_a_map() {
    std::mt19937 engine{7};
    for (int world = 0; world < 20; ++world) {
        pair_of_books<Key> books;
        for (int step = 0; step < 40; ++step) {
            for (int i = 0; i < 20; ++i) {
                auto const number = static_cast<int>(engine() % 300);
                if (engine() % 3 == 0)
                    books.remove(number);
                else
                    books.add(number, static_cast<int>(engine() % 1000));
            }
            switch (engine() % 8) {
            case 0:
                books.remove_all([](int customer) { return customer % 2 == 0; });
                break;
            case 1:
                books.remove_bit_by_bit([](int customer) { return customer % 3 == 0; });
                break;
            case 2:
                books.swap_twice();
                break;
            default:
                break;
            }
            books.check();
        }
    }
}

}  // namespace

TEST_CASE("customers by key are what a std::map of them is, and never move") {
    SUBCASE("keys with hashes of their own") {
        check_like_a_map<int>();
    }
    SUBCASE("keys that share few hashes") {
        check_like_a_map<crowded_key>();
    }
}

TEST_CASE("customers are looked up by what their keys convert from") {
    hashed_customers<std::string, std::string_view, int> book;
    CHECK(book.find("ann") == nullptr);
    std::string const long_name(100, 'x');
    book.add("ann", [](auto& fresh) { fresh.second = 1; });
    book.add(long_name, [](auto& fresh) { fresh.second = 2; });
    CHECK(book.find("ann")->second == 1);
    CHECK(std::as_const(book).find(std::string_view{long_name})->second == 2);
    CHECK(book.find("an") == nullptr);
}

TEST_CASE("the places of customers who left are taken by those who come") {
    hashed_customers<int, int, std::vector<int>> book;
    std::set<void const*> places;
    for (int i = 0; i < 100; ++i)
        places.insert(&book.add(i, nothing));
    book.for_each([](auto const&) { return true; });
    CHECK(book.size() == 0);
    for (int i = 100; i < 200; ++i)
        CHECK(places.contains(&book.add(i, nothing)));
    CHECK(!places.contains(&book.add(200, nothing)));
}

TEST_CASE("room can be made before customers come") {
    hashed_customers<int, int, int> book;
    book.add(1, nothing);
    book.reserve(1000);
    book.reserve(10);
    for (int i = 2; i < 1000; ++i)
        book.add(i, nothing);
    CHECK(book.size() == 999);
    CHECK(book.find(1) != nullptr);
    CHECK(book.find(999) != nullptr);
}

TEST_CASE("a few at a time, in turn, and then the first again") {
    hashed_customers<int, int, int> book;
    book.for_some(2, [](int) { return true; });
    for (int i = 0; i < 5; ++i)
        book.add(i, [&](auto& fresh) { fresh.second = i; });
    std::vector<int> seen;
    auto const see = [&](int customer) {
        seen.push_back(customer);
        return customer == 4;
    };
    for (int i = 0; i < 4; ++i)
        book.for_some(2, see);
    CHECK(seen == std::vector<int>{0, 1, 2, 3, 4, 0, 1, 2});
    seen.clear();
    book.for_some(100, see);  // each at most once; a place is empty
    CHECK(seen == std::vector<int>{3, 0, 1, 2});
}

TEST_CASE("who is asked about next comes next, also if asking failed") {
    hashed_customers<int, int, int> book;
    for (int i = 0; i < 3; ++i)
        book.add(i, [&](auto& fresh) { fresh.second = i; });
    std::vector<int> seen;
    auto const fail_once = [&](int customer) -> bool {
        seen.push_back(customer);
        if (customer == 0)
            throw std::domain_error{"no"};
        return false;
    };
    CHECK_THROWS_AS(book.for_some(1, fail_once), std::domain_error);
    book.for_some(2, fail_once);
    CHECK(seen == std::vector<int>{0, 1, 2});
}

TEST_CASE("nobody is added where a key's own operations fail, or the first use") {
    hashed_customers<failing_key, failing_key, int> book;
    book.add(failing_key{1}, nothing);
    failing_key const without_hash{failing_key::without_hash};
    failing_key const without_copy{failing_key::without_copy};
    CHECK_THROWS_AS(book.add(without_hash, nothing), std::domain_error);
    CHECK_THROWS_AS(book.add(without_copy, nothing), std::domain_error);
    auto const fail = [](auto&) { throw std::domain_error{"no"}; };
    CHECK_THROWS_AS(book.add(failing_key{2}, fail), std::domain_error);
    CHECK_THROWS_AS(static_cast<void>(book.find(without_hash)), std::domain_error);
    CHECK(book.size() == 1);
    CHECK(book.find(failing_key{2}) == nullptr);
    CHECK(book.find(without_copy) == nullptr);
    book.add(failing_key{2}, nothing);
    CHECK(book.size() == 2);
    CHECK(book.find(failing_key{1}) != nullptr);
    CHECK(book.find(failing_key{2}) != nullptr);
}

TEST_CASE("a customer whose key fails stays, as good as removed") {
    hashed_customers<failing_key, failing_key, int> book;
    auto const& customer = book.add(failing_key{1}, nothing);
    failing_key::no_hash_works = true;
    CHECK(!book.remove(customer));
    failing_key::no_hash_works = false;
    CHECK(book.size() == 1);
    CHECK(book.remove(customer));
    CHECK(book.size() == 0);
}

TEST_CASE("books that are moved keep their customers where they are") {
    hashed_customers<int, int, std::string> book;
    auto const* const ann = &book.add(1, [](auto& fresh) { fresh.second = "ann"; });
    auto moved = std::move(book);
    CHECK(moved.find(1) == ann);
    hashed_customers<int, int, std::string> assigned;
    assigned.add(2, nothing);
    assigned = std::move(moved);
    CHECK(assigned.find(1) == ann);
    CHECK(assigned.find(2) == nullptr);
    CHECK(assigned.size() == 1);
}
