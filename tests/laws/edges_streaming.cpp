// SPDX-License-Identifier: BSL-1.0
// Records with any value in any field, one by one through a stream.
#include "support/edges.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/stream/sharded.hpp>
#include <attribution/wire/members.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace {

using namespace edges;

/// What was credited, by the numbers of the records; -1 if no touchpoint was.
using given = std::vector<std::tuple<std::int64_t, std::int64_t, wide_number>>;

/// Is the record taken, or refused by an error of the stream? With two clocks, this depends on which
/// clock reaches further at which end.
template <class Call>
bool taken(bool odd, bool of_two_clocks, Call call) {
    try {
        call();
    } catch (std::domain_error const& refused) {
        if (!begins_with(refused.what(), "live:"))
            broken("an error that does not name its function: ", refused.what());
        if (!odd)
            broken("refused what is not odd: ", refused.what());
        return false;
    }
    if (odd && !of_two_clocks)
        broken("took what is odd");
    return true;
}

template <class World>
void every_stream(World const& all, random_numbers& random) {
    using touch = typename World::touch;
    using sale = typename World::sale;
    constexpr bool two_clocks = !std::is_same_v<decltype(touch::at), decltype(sale::at)>;
    auto const odd_time = [](auto const& one) {
        if constexpr (!two_clocks)
            return says_nothing(one.at);
        else
            return one.at == decltype(one.at)::min() || one.at == decltype(one.at)::max();
    };
    auto const make = [] {
        return att::live(
            att::conversion_stream<sale>(&sale::user, &sale::at, &sale::number, &sale::value),
            att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::number), att::linear,
            att::always, att::keep_everything);
    };
    auto desk = make();
    given live;
    auto const keep = [&](auto const& one) {
        live.emplace_back(desk.conversion(one).number,
                          one.attributed() ? desk.touchpoint(one).number : -1,
                          static_cast<wide_number>(one.amount));
    };
    std::vector<touch> log;
    std::vector<sale> book;
    std::uint64_t nobodies = 0;
    auto const restart = [&] {
        if constexpr (!std::is_pointer_v<decltype(touch::user)>) {
            constexpr auto of_touch = [] {
                return att::members(&touch::number, &touch::user, &touch::at);
            };
            constexpr auto of_sale = [] {
                return att::members(&sale::number, &sale::user, &sale::at, &sale::value);
            };
            att::configuration const how{.model = "linear", .policy = "always"};
            auto const bytes = desk.snapshot(how, of_touch(), of_sale());
            auto fresh = make();
            fresh.restore(bytes, how, of_touch(), of_sale());
            support::holds(fresh.counts() == desk.counts());
            desk = std::move(fresh);
        }
    };
    for (auto const& one : all.log)
        if (taken(odd_time(one), two_clocks, [&] { (void)desk.touch(one); })) {
            log.push_back(one);
            nobodies += says_nothing(one.user) ? 1U : 0U;
        }
    if (random.chance(2))
        restart();
    for (auto const& one : all.book)
        if (taken(odd_time(one) || !is_finite(one.value), two_clocks,
                  [&] { (void)desk.convert(one, keep); }))
            book.push_back(one);
    if (random.chance(2))
        restart();
    desk.finish(keep);
    if (desk.counts().without_key != nobodies)
        broken("live misses ", desk.counts().without_key, " keys, the table ", nobodies);
    support::holds(desk.counts().touchpoints == log.size() - nobodies);
    support::holds(desk.counts().conversions == book.size());

    given batch;
    auto const touches = att::touchpoints(log, &touch::user, &touch::at);
    auto const sales = att::conversions(book, &sale::user, &sale::at, &sale::value);
    for (auto const& one : att::attribute(sales, touches, att::linear, att::always))
        batch.emplace_back(book[one.conversion].number,
                           one.attributed() ? log[one.touchpoint].number : -1,
                           static_cast<wide_number>(one.amount));
    std::sort(live.begin(), live.end());
    std::sort(batch.begin(), batch.end());
    if (live != batch)
        broken("live gives other credits than attribute: ", live.size(), " and ", batch.size());

    // Each id occurs once; records with a missing id are all different.
    att::sharded desks{
        2, [] {
            return att::live(
                att::conversion_stream<sale>(&sale::user, &sale::at, &sale::id, &sale::value),
                att::touchpoint_stream<touch>(&touch::user, &touch::at, &touch::id), att::linear,
                att::always, att::keep_everything);
        }};
    wide_number sum = 0;
    wide_number accepted = 0;
    wide_number size = 0;
    auto const add = [&](auto const& one) { sum += static_cast<wide_number>(one.amount); };
    for (auto const& one : log)
        if (desks.touch(one) == att::arrival::duplicate)
            support::holds(!says_nothing(one.id));
    for (auto const& one : book) {
        auto const became = desks.convert(one, add);
        if (became == att::arrival::duplicate) {
            support::holds(!says_nothing(one.id));
        } else {
            auto const value = static_cast<wide_number>(one.value);
            accepted += value;
            size += value < 0 ? -value : value;
        }
    }
    desks.finish(add);
    if (!same_sum(sum, accepted, size))
        broken("sharded gives away ", sum, " of ", accepted);
}

}  // namespace

TEST_CASE("law: any value of any field streams to the credits of a batch, or is refused") {
    for_all_kinds([](auto const& all, random_numbers& random) { every_stream(all, random); });
}
