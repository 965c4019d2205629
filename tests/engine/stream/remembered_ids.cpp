// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/remembered_ids.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

using namespace attribution::detail;

namespace {

using ids = remembered_ids<std::optional<std::string>, std::int64_t, int>;

void add(ids& some, char const* id, std::int64_t at) {
    some.add(id, at, [] {});
}

}  // namespace

TEST_CASE("an id is the same again within the length, before and after") {
    ids some{10};
    add(some, "o1", 100);
    CHECK(some.hold("o1", 100));
    CHECK(some.hold("o1", 90));
    CHECK(some.hold("o1", 110));
    CHECK(!some.hold("o1", 89));
    CHECK(!some.hold("o1", 111));
    CHECK(!some.hold("o0", 100));
    CHECK(!some.hold("o2", 100));
    add(some, "o1", 200);
    CHECK(some.hold("o1", 105));
    CHECK(some.hold("o1", 195));
    CHECK(!some.hold("o1", 150));
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    add(some, "first", least);
    add(some, "last", most);
    CHECK(some.hold("first", least + 10));
    CHECK(!some.hold("first", least + 11));
    CHECK(some.hold("last", most - 10));
    CHECK(!some.hold("last", most - 11));

    remembered_ids<int, std::int64_t, for_ever> ever{{}};
    ever.add(1, 0, [] {});
    CHECK(ever.hold(1, least));
    CHECK(ever.hold(1, most));
    ever.forget(most);
    CHECK(ever.size() == 1);
}

TEST_CASE("a missing id is not remembered, nor one whose use failed") {
    ids some{10};
    int used = 0;
    some.add({}, 5, [&] { ++used; });
    CHECK(used == 1);
    CHECK(!some.hold({}, 5));
    CHECK_THROWS_AS(some.add("o1", 5, [] { throw std::domain_error{"no"}; }), std::domain_error);
    CHECK(!some.hold("o1", 5));
    CHECK(some.size() == 0);
}

TEST_CASE("ids are forgotten when nothing can repeat them, at one go or round and round") {
    ids some{10};
    for (int i = 0; i < 100; ++i)
        add(some, std::to_string(i).c_str(), i);
    some.forget(60);
    CHECK(some.size() == 50);
    CHECK(some.hold("50", 60));
    for (int i = 0; i < 12; ++i)
        some.forget_some(2, 85);
    CHECK(some.size() == 26);
    for (int i = 0; i < 13; ++i)
        some.forget_some(2, 85);
    CHECK(some.size() == 25);
    some.forget(1'000);
    some.forget_some(2, 1'000);
    CHECK(some.size() == 0);
    add(some, "o1", 2'000);
    some.forget_some(2, 1'000);
    CHECK(some.size() == 1);

    ids round{10};
    add(round, "a", 100);
    add(round, "b", 1);
    add(round, "c", 2);
    round.forget_some(1, 50);
    CHECK(round.size() == 3);
    round.forget_some(1, 50);
    CHECK(round.size() == 2);

    ids anew{10};
    for (int i = 0; i < 10; ++i)
        add(anew, std::to_string(i).c_str(), i);
    anew.forget_some(5, 0);
    anew.forget(12);  // and then from the beginning
    CHECK(anew.size() == 8);
    anew.forget_some(1, 13);
    CHECK(anew.size() == 7);
}

TEST_CASE("ids of a snapshot come in order") {
    ids some{10};
    CHECK(some.append({"a", 5}));
    CHECK(some.append({"a", 50}));
    CHECK(some.append({"b", 1}));
    CHECK(!some.append({"b", 1}));
    CHECK(!some.append({"a", 60}));
    CHECK(!some.append({std::nullopt, 60}));
    ids other{10};
    add(other, "y", 6);
    add(other, "z", 7);
    other.forget_some(1, 0);
    some.forget_some(1, 0);
    other.swap(some);
    CHECK(some.size() == 2);
    CHECK(other.size() == 3);
    CHECK(other.begin()->at == 5);
    // Each goes round from its own beginning.
    some.forget_some(1, 17);
    CHECK(some.size() == 1);
    CHECK(some.hold("z", 7));
    other.forget_some(1, 16);
    CHECK(other.size() == 2);
}
