// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/customer_bucket.hpp>

#include "support/fields.hpp"
#include "support/records.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace support;

namespace {

struct order {
    std::optional<std::string> user;
    tick at = 0;
};

std::uint32_t bucket_of(std::optional<std::string> user, tick at) {
    std::vector<order> const one{{std::move(user), at}};
    return att::detail::bucket_of_customer(att::conversions(one, &order::user, &order::at), 0);
}

}  // namespace

TEST_CASE("a customer has one bucket, whatever the type of the key") {
    std::vector<int> const numbers{7, 8};
    auto const at = [](auto const&) { return tick{0}; };
    auto const by = [&](auto key) {
        return att::detail::bucket_of_customer(att::conversions(numbers, key, at), 0);
    };
    CHECK(by([](int n) { return n; }) == by([](int n) { return static_cast<std::int64_t>(n); }));
    CHECK(by([](int) { return std::string{"ann"}; }) == bucket_of("ann", 3));
    CHECK(by([](int) { return std::string_view{"ann"}; }) == bucket_of("ann", 4));
    CHECK(by([](int) { return "ann"; }) == bucket_of("ann", 5));
}

TEST_CASE("customers are spread over all buckets, and those without a key by their time") {
    std::set<std::uint32_t> named;
    std::set<std::uint32_t> nameless;
    for (int i = 0; i < 20'000; ++i) {
        named.insert(bucket_of(std::to_string(i), 0));
        nameless.insert(bucket_of(std::nullopt, i));
    }
    CHECK(named.size() == att::detail::customer_bucket::count);
    CHECK(nameless.size() == att::detail::customer_bucket::count);
    CHECK(*named.rbegin() == att::detail::customer_bucket::count - 1);
    CHECK(bucket_of(std::nullopt, 5) == bucket_of(std::nullopt, 5));
    CHECK(bucket_of("ann", 5) == bucket_of("ann", 6));
}

TEST_CASE("the last answer is kept for its row only") {
    std::vector<sale> const book{{1, 0, 1}, {2, 0, 1}, {1, 5, 1}};
    auto const records = sales(book);
    att::detail::customer_buckets buckets{records};
    for (std::size_t const row : {0u, 0u, 1u, 2u, 0u})
        CHECK(buckets(row) == att::detail::bucket_of_customer(records, row));
    CHECK(buckets(0) == buckets(2));
    CHECK(buckets(0) != buckets(1));
}

TEST_CASE("a bucket of customers lists all of its members") {
    CHECK(support::lists_all_members<attribution::detail::customer_bucket>());
}
