// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/desk_codec.hpp>

#include "engine/stream/states.hpp"
#include "wire/support.hpp"

#include <attribution/engine/stream/customer_codec.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace support;
using namespace support::states;

namespace {

auto const touches = touch_stream();
auto const sales = sale_stream();
att::detail::customer_codec const customers{touches, sales, touch_members, sale_members};
att::detail::desk_codec<state, std::remove_const_t<decltype(customers)>> const codec{customers};

std::string bytes_of(state const& all) {
    att::detail::byte_writer out;
    codec.write(out, all, [](auto const&) { return att::detail::spare_records{}; });
    return out.take();
}
void read(std::string const& bytes, state& into) {
    att::detail::byte_reader in{bytes};
    codec.read(in, into);
    in.finish();
}
/// A desk with a touchpoint of each of these users, who came in this order.
state seeing(std::initializer_list<int> users) {
    state all{{}};
    for (int const user : users)
        see(all, tap(user, 3, 1));
    all.time.advance(2, att::detail::no_lateness{});
    all.ids.add(4, 2, [] {});
    all.ids.add(5, 1, [] {});
    all.counts.touchpoints = users.size();
    return all;
}

}  // namespace

TEST_CASE("what a desk knows comes back from its bytes, and never from fewer") {
    auto const all = seeing({1, 2, 3});
    auto const bytes = bytes_of(all);
    state copy{{}};
    read(bytes, copy);
    CHECK(copy.seen() == all.seen());
    CHECK(copy.time.horizon() == 2);
    CHECK(bytes_of(copy) == bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(failure_of([&] {
            state fresh{{}};
            read(bytes.substr(0, size), fresh);
        }));
}

TEST_CASE("equal desks have equal bytes in whatever order customers came, without what is spare") {
    CHECK(bytes_of(seeing({1, 2, 3})) == bytes_of(seeing({3, 1, 2})));
    auto const all = seeing({1, 2, 3});
    att::detail::byte_writer out;
    codec.write(out, all, [](auto const& one) {
        return att::detail::spare_records{
            !one.touchpoints.empty() && one.touchpoints[0].user == 2 ? 1u : 0u, 0};
    });
    state copy{{}};
    read(out.take(), copy);
    CHECK(copy.book.size() == 2);
}

TEST_CASE("ids that no record can repeat any more are not written") {
    using forgetful = att::detail::desk_state<stream_of_touches, stream_of_sales, tick>;
    att::detail::desk_codec<forgetful, std::remove_const_t<decltype(customers)>> const writes{
        customers};
    auto const bytes = [&](std::initializer_list<tick> ids) {
        forgetful all{3};
        all.time.advance(5, att::detail::no_lateness{});
        for (auto const id : ids)  // at times of the same numbers
            all.ids.add(id, id, [] {});
        att::detail::byte_writer out;
        writes.write(out, all, [](auto const&) { return att::detail::spare_records{}; });
        return out.take();
    };
    CHECK(bytes({1, 2, 4}) == bytes({2, 4}));
    CHECK(bytes({2, 4}) != bytes({4}));
    forgetful copy{3};
    auto const written = bytes({1, 2, 4});
    att::detail::byte_reader in{written};
    writes.read(in, copy);
    in.finish();
    CHECK(copy.ids.size() == 2);
}

TEST_CASE("a customer who is there twice is refused, and ids that are not in order") {
    auto const bytes = bytes_of(seeing({1, 2}));
    auto const ann = bytes_of(seeing({1}));
    auto const bob = bytes_of(seeing({2}));
    // Where the desks of one customer differ: the key, and the customer's touchpoint.
    auto const key = static_cast<std::size_t>(
        std::mismatch(ann.begin(), ann.end(), bob.begin()).first - ann.begin());
    auto const customer = ann.size() - key - bytes_of(seeing({})).size() + key;
    auto twice = bytes;
    twice.replace(key + customer, customer, twice.substr(key, customer));
    CHECK(failure_of([&] {
              state fresh{{}};
              read(twice, fresh);
          }) == att::partial_failure::corrupt);
    auto unordered = bytes;
    std::swap(unordered[bytes.size() - 4], unordered[bytes.size() - 2]);  // ids 4, 5 with 2, 1
    CHECK(failure_of([&] {
              state fresh{{}};
              read(unordered, fresh);
          }) == att::partial_failure::corrupt);
}

TEST_CASE(
    "records without a key are nobody's, and merged keys are neither missing nor there twice") {
    struct pass {
        std::optional<double> user;
        tick at;
        int id;
    };
    auto const touch_passes = att::touchpoint_stream<pass>(&pass::user, &pass::at, &pass::id);
    auto const sale_passes = att::conversion_stream<pass>(&pass::user, &pass::at, &pass::id);
    auto const form = att::members(&pass::user, &pass::at, &pass::id);
    att::detail::customer_codec const passes{touch_passes, sale_passes, form, form};
    using passing = att::detail::desk_state<std::remove_const_t<decltype(touch_passes)>,
                                            std::remove_const_t<decltype(sale_passes)>,
                                            att::detail::no_deduplication>;
    att::detail::desk_codec<passing, std::remove_const_t<decltype(passes)>> const writes{passes};

    // What is read back of such records of customer 1, and of such merged keys.
    auto const fault_of = [&](std::optional<double> touched, std::optional<double> bought,
                              std::vector<std::pair<double, double>> const& merged) {
        passing all{{}};
        auto& customer = all.book.add(1.0).second;
        customer.touchpoints.push_back({touched, 2, 1});
        customer.conversions.push_back({{3, 1}, pass{bought, 3, 1}});
        att::detail::byte_writer out;
        writes.write(out, all, [](auto const&) { return att::detail::spare_records{}; });
        if (!merged.empty())
            out.count(merged.size());
        for (auto const& [key, known] : merged) {
            att::detail::write(out, key);
            att::detail::write(out, known);
        }
        auto const bytes = out.take();
        return failure_of([&] {
            passing copy{{}};
            att::detail::byte_reader in{bytes};
            writes.read(in, copy);
            in.finish();
            CHECK(copy.seen().merged_keys == merged.size());
        });
    };
    double const nan = std::numeric_limits<double>::quiet_NaN();
    auto const corrupt = att::partial_failure::corrupt;
    CHECK(fault_of(1, 1, {}) == std::nullopt);
    CHECK(fault_of(1, std::nullopt, {}) == corrupt);
    CHECK(fault_of(std::nullopt, 1, {}) == corrupt);
    CHECK(fault_of(nan, 1, {}) == corrupt);
    CHECK(fault_of(2, 3, {{2, 1}, {3, 1}}) == std::nullopt);
    CHECK(fault_of(1, 1, {{2, 3}, {2, 4}}) == corrupt);
    CHECK(fault_of(1, 1, {{2, nan}}) == corrupt);
    CHECK(fault_of(1, 1, {{nan, 2}}) == corrupt);
}

TEST_CASE("a description has all options that change what a desk does") {
    auto const text = [](auto const&... options) {
        return att::detail::describe_desk(att::detail::desk_options_of(options...),
                                          {.model = "m", .policy = "p"}, "v")
            .text();
    };
    CHECK(text() == "kind: desk\nvalues: v\nmodel: m\npolicy: p\ngrouping: \n"
                    "rounding: weights to 2^-61 of the largest, largest remainder\n"
                    "credits: when settled\nkeeps: what the policy can reach\n");
    auto const all = text(att::at_once, att::keep_everything, att::allowed_lateness(tick{2}),
                          att::deduplicate_conversions(tick{3}));
    CHECK(all.ends_with("credits: at once\nkeeps: everything\nallowed lateness: 2, int64\n"
                        "deduplicates conversions: 3, int64\n"));
    CHECK(text(att::deduplicate_conversions()).ends_with("deduplicates conversions: for ever\n"));
}
