// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/interner.hpp>

#include "support/random.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using attribution::detail::hashes;
using attribution::detail::interner;

/// Ordered, not hashed.
struct version {
    int major_part = 0;
    int minor_part = 0;
    friend constexpr auto operator<=>(version const&, version const&) = default;
};

/// Ordered, and its order fails once, after so many comparisons that do not; never, below 0.
struct fused {
    static inline int left = -1;
    int number = 0;

    friend bool operator==(fused const&, fused const&) = default;
    friend std::strong_ordering operator<=>(fused const& a, fused const& b) {
        if (left-- == 0)
            throw std::domain_error{"no order"};
        return a.number <=> b.number;
    }
};

enum class plan { free, paid };

static_assert(hashes<int> && hashes<plan> && hashes<std::string>);
static_assert(hashes<std::pair<int, std::string>> &&
              hashes<std::tuple<int, std::pair<char, plan>>> && hashes<std::array<int, 3>>);
static_assert(!hashes<version> && !hashes<std::pair<int, version>> &&
              !hashes<std::array<version, 2>>);

/// Its hash is one of two, or none.
struct touchy {
    int number = 0;
    friend bool operator==(touchy const&, touchy const&) = default;
};

/// `number_each` and `find_each` must do what one call after another does, however many there are. Every
/// seventh value is missing; texts are gone after each use.
template <class Stored, class Probe = Stored, class Make>
constexpr bool many_at_once(Make make) {
    for (std::size_t const last : {0u, 1u, 31u, 32u, 33u, 100u}) {
        std::size_t const first = last / 40;
        interner<Stored, Probe> at_once;
        interner<Stored, Probe> one_by_one;
        auto const with_value = [&](std::size_t i, std::size_t missing, auto use) {
            auto const value = make(i);
            return i % 7 == 3 ? missing : use(Probe(value));
        };
        auto next = first;
        at_once.number_each(first, last, with_value, [&](std::size_t i, std::size_t number) {
            support::require(i == next++ &&
                             number == with_value(i, at_once.none, [&](Probe const& value) {
                                 return one_by_one(value);
                             }));
        });
        support::require(next == last && at_once.size() == one_by_one.size());
        next = 0;
        at_once.find_each(0, 2 * last, with_value, [&](std::size_t i, std::size_t number) {
            support::require(i == next++ &&
                             number == with_value(i, at_once.none, [&](Probe const& value) {
                                 return one_by_one.find(value);
                             }));
        });
        support::require(next == 2 * last);
    }
    return true;
}

/// In constant evaluation neither hash nor order is used.
constexpr bool test() {
    interner<version> versions;
    support::require(versions.size() == 0 && versions.find({1, 0}) == versions.none);
    support::require(versions({1, 2}) == 0 && versions({1, 0}) == 1 && versions({1, 2}) == 0);
    support::require(versions.find({1, 0}) == 1 && versions.size() == 2 &&
                     versions[1] == version{1, 0});
    many_at_once<version>([](std::size_t i) { return version{static_cast<int>(i % 5), 0}; });
    return true;
}
static_assert(test());

/// The numbers that an interner gives must be those that a map gives.
template <class Value, class Make>
void behaves_like_a_map(Make make) {
    support::random_numbers random{4};
    interner<Value> numbers;
    std::map<Value, std::size_t> reference;
    for (int i = 0; i < 3000; ++i) {
        auto const value = make(random.below(static_cast<std::size_t>(i) + 1));
        auto const [place, is_new] = reference.emplace(value, reference.size());
        REQUIRE(numbers.find(value) == (is_new ? numbers.none : place->second));
        REQUIRE(numbers(value) == place->second);
        REQUIRE(numbers(value) == place->second);
    }
    CHECK(numbers.size() == reference.size());
    for (auto const& [value, id] : reference)
        CHECK(numbers[id] == value);
}

}  // namespace

template <>
struct std::hash<touchy> {
    std::size_t operator()(touchy const& value) const {
        if (value.number < 0)
            throw std::domain_error{"no hash"};
        return static_cast<std::size_t>(value.number % 2);
    }
};

TEST_CASE("interner numbers values in the order of their first appearance") {
    CHECK(test());  // at run time: by order
    SUBCASE("hashed") {
        behaves_like_a_map<std::size_t>(
            [](std::size_t i) { return i << 40; });  // the low bits say nothing
    }
    SUBCASE("hashed products") {
        behaves_like_a_map<std::pair<int, std::string>>([](std::size_t i) {
            return std::pair{static_cast<int>(i % 7), std::to_string(i)};
        });
    }
    SUBCASE("ordered") {
        behaves_like_a_map<version>([](std::size_t i) {
            return version{static_cast<int>(i % 13), -static_cast<int>(i)};
        });
    }
}

TEST_CASE("interner numbers and finds many values at once") {
    CHECK(many_at_once<version>([](std::size_t i) {
        return version{static_cast<int>(i % 50), 0};
    }));
    many_at_once<touchy>([](std::size_t i) { return touchy{static_cast<int>(i % 50)}; });
    many_at_once<std::size_t>([](std::size_t i) { return i * i << 40; });
    many_at_once<std::string, std::string_view>(
        [](std::size_t i) { return "the name of customer " + std::to_string(i % 70); });
    interner<touchy> numbers;
    CHECK_THROWS_AS(numbers.number_each(
                        0, 3,
                        [](std::size_t i, std::size_t, auto use) {
                            return use(touchy{1 - static_cast<int>(i)});
                        },
                        [](std::size_t, std::size_t) {}),
                    std::domain_error);
    CHECK(numbers.size() <= 2);
}

TEST_CASE("interner looks up text without keeping the probe") {
    interner<std::string, std::string_view> names;
    {
        std::string const gone = "a name too long for the small buffer";
        CHECK(names(gone) == 0);
    }
    CHECK(names.find("a name too long for the small buffer") == 0);
    CHECK(names("") == 1);
    CHECK(names.find("") == 1);
}

TEST_CASE("interner tells values with equal hashes apart") {
    interner<touchy> numbers;
    for (int i = 0; i < 50; ++i)
        CHECK(numbers({i}) == static_cast<std::size_t>(i));
    for (int i = 0; i < 50; ++i)
        CHECK(numbers.find({i}) == static_cast<std::size_t>(i));
    CHECK(numbers.find({50}) == numbers.none);
}

TEST_CASE("interner numbers hashes without a look at the values") {
    interner<std::string> names;
    auto const number = [&](std::size_t hash, char const* name) {
        names.prefetch(hash);
        return names.number_unseen(hash, [&] { return std::string{name}; });
    };
    CHECK(number(7, "a") == 0);
    CHECK(number(8, "b") == 1);
    CHECK(number(7, "c") == 0);
    CHECK(names.size() == 2);
    CHECK(names[0] == "a");
    CHECK(names[1] == "b");
}

TEST_CASE("interner does not keep a value that could not be filed") {
    interner<touchy> numbers;
    CHECK_THROWS_AS(numbers({-1}), std::domain_error);
    CHECK(numbers.size() == 0);
    CHECK(numbers({7}) == 0);
    CHECK(numbers[0] == touchy{7});
}

TEST_CASE("interner does not keep a value whose order fails, at whichever comparison") {
    constexpr int known = 7;  // the next one is merged with all of them
    int failures = 0;
    for (bool filed = false; !filed; ++failures) {
        interner<fused> numbers;
        for (int i = 0; i < known; ++i)
            (void)numbers({i});
        fused::left = failures;
        try {
            filed = numbers({known}) == known;
        } catch (std::domain_error const&) {
            CHECK(numbers.size() == known);
        }
        fused::left = -1;
        CHECK(numbers({known}) == known);
        for (int i = 0; i <= known; ++i)
            CHECK(numbers.find({i}) == static_cast<std::size_t>(i));
    }
    CHECK(failures > known);
}

TEST_CASE("search looks from end to end") {
    std::vector<std::string> const words{"b", "a", "b"};
    using attribution::detail::search;
    CHECK(search(words, std::string_view{"b"}) == 0);
    CHECK(search(words, std::string_view{"a"}) == 1);
    CHECK(search(words, std::string_view{"c"}) == interner<std::string>::none);
}
