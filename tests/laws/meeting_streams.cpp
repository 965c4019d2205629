// SPDX-License-Identifier: BSL-1.0
// In a stream, too, ids and times of two types are compared by their exact values.
#include "support/law.hpp"
#include "support/limit_values.hpp"

#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/at_any_time.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/stream/live.hpp>

#include <date/date.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace {

namespace att = attribution;
using support::broken;
using support::customer;
using support::drawn;
using support::for_all_worlds;
using support::random_numbers;
using support::record;

/// A record, and its id in the stream.
template <class Record>
struct sent : Record {
    int id = 0;
};

using given = std::tuple<int, int, std::int64_t, double>;

/// (conversion id, touchpoint id or -1, amount, share), as `attribute` gives them.
template <class Sale, class Click, class Policy>
std::vector<given> batch(std::vector<sent<Sale>> book, std::vector<sent<Click>> log,
                         Policy const& policy) {
    auto const by_id = [](auto const& a, auto const& b) { return a.id < b.id; };
    std::sort(book.begin(), book.end(), by_id);
    std::sort(log.begin(), log.end(), by_id);
    std::vector<given> credits;
    for (auto const& one :
         att::attribute(att::conversions(book, &Sale::key, &Sale::at),
                        att::touchpoints(log, &Click::key, &Click::at), att::linear, policy))
        credits.emplace_back(book[one.conversion].id,
                             one.attributed() ? log[one.touchpoint].id : -1, one.amount, one.share);
    std::sort(credits.begin(), credits.end());
    return credits;
}

/// What a stream has accepted, and how far its watermark has come.
template <class Sale, class Click>
struct stream_world {
    using sale_time = decltype(Sale::at);
    using click_time = decltype(Click::at);
    static constexpr bool clock_holds_all = !att::detail::reaches_beyond<sale_time, click_time>() &&
                                            !att::detail::reaches_beyond<click_time, sale_time>();

    std::vector<sent<Sale>> book;
    std::vector<sent<Click>> log;
    std::vector<given> credits;
    std::optional<decltype(drawn<sale_time>::exact(sale_time{}))> watermark;
    int next_id = 0;

    template <class Record>
    sent<Record> draw(random_numbers& random) {
        sent<Record> one{{drawn<decltype(Record::key)>::from(random),
                          drawn<decltype(Record::at)>::from(random)}};
        // The order of ids is not the order of arrival.
        one.id = 1000 * static_cast<int>(random.below(3)) + next_id++;
        return one;
    }

    void check_arrival(auto const& exact, att::arrival became) const {
        bool const behind = watermark && exact < *watermark;
        if (became == att::arrival::duplicate)
            broken("a new record is taken for one that was there");
        if (became == att::arrival::late && !behind)
            broken("late, but not behind the watermark");
        // To a stream, all instants of one side outside of the common clock are the same.
        if (clock_holds_all && became == att::arrival::accepted && behind)
            broken("behind the watermark, but not late");
    }

    template <class Desk>
    auto keeping(Desk const& desk) {
        return [&](auto const& one) {
            credits.emplace_back(desk.conversion(one).id,
                                 one.attributed() ? desk.touchpoint(one).id : -1, one.amount,
                                 one.share);
        };
    }

    template <class Desk>
    void touch(Desk& desk, random_numbers& random) {
        auto const one = draw<Click>(random);
        auto const became = desk.touch(one);
        if ((became == att::arrival::without_key) != !drawn<decltype(Click::key)>::exact(one.key))
            broken("without key");
        check_arrival(drawn<click_time>::exact(one.at), became);
        if (became == att::arrival::accepted)
            log.push_back(one);
    }
    template <class Desk>
    void convert(Desk& desk, random_numbers& random) {
        auto const one = draw<Sale>(random);
        auto const became = desk.convert(one, keeping(desk));
        check_arrival(drawn<sale_time>::exact(one.at), became);
        if (became == att::arrival::accepted)
            book.push_back(one);
    }
    template <class Time, class Desk>
    void advance(Desk& desk, random_numbers& random) {
        auto const to = drawn<Time>::from(random);
        desk.advance(to, keeping(desk));
        auto const exact = *drawn<Time>::exact(to);
        if (!watermark || *watermark < exact)
            watermark = exact;
    }
};

template <class Sale, class Click, class Policy, class... Options>
void check(random_numbers& random, Policy const& policy, Options... options) {
    auto desk =
        att::live(att::conversion_stream<sent<Sale>>(&Sale::key, &Sale::at, &sent<Sale>::id),
                  att::touchpoint_stream<sent<Click>>(&Click::key, &Click::at, &sent<Click>::id),
                  att::linear, policy, options...);
    stream_world<Sale, Click> w;
    for (auto left = random.below(12); left > 0; --left)
        try {
            auto const what = random.below(16);
            if (what < 9)
                w.touch(desk, random);
            else if (what < 14)
                w.convert(desk, random);
            else if (what == 14)
                w.template advance<decltype(Click::at)>(desk, random);
            else
                w.template advance<decltype(Sale::at)>(desk, random);
        } catch (std::domain_error const&) {
            // A time of one side that cannot be told from an instant of the other: it was not taken.
        }
    desk.finish(w.keeping(desk));
    std::sort(w.credits.begin(), w.credits.end());
    if (w.credits != batch(w.book, w.log, policy))
        broken("credits differ: ", w.credits.size(), " of ", w.book.size(), " conversions and ",
               w.log.size(), " touchpoints");
}

template <class Sale, class Click>
void check_pair() {
    for_all_worlds([](random_numbers& random) {
        switch (random.below(3)) {
        case 0:
            return check<Sale, Click>(random, att::at_any_time, att::keep_everything);
        case 1:
            return check<Sale, Click>(random, att::last_touches(2));
        default:
            return check<Sale, Click>(random,
                                      att::since_previous_conversion && att::last_touches(3),
                                      att::deduplicate_conversions());
        }
    });
}

using std::chrono::nanoseconds;
template <class Duration>
using sys = date::sys_time<Duration>;
using short_seconds = std::chrono::duration<std::int32_t>;

}  // namespace

TEST_CASE("law: a stream of times of two clocks gives the credits of the batch") {
    check_pair<record<customer, date::sys_days>, record<customer, sys<nanoseconds>>>();
    check_pair<record<customer, sys<nanoseconds>>, record<customer, date::sys_days>>();
    check_pair<record<customer, sys<short_seconds>>, record<customer, date::sys_seconds>>();
    check_pair<record<customer, std::int32_t>, record<customer, std::int64_t>>();
    check_pair<record<customer, std::int32_t>, record<customer, std::uint32_t>>();
    check_pair<record<customer, std::uint64_t>, record<customer, std::int64_t>>();
}

TEST_CASE("law: a stream of ids of two types gives the credits of the batch") {
    check_pair<record<std::int32_t, int>, record<std::int64_t, int>>();
    check_pair<record<std::int32_t, int>, record<double, int>>();
    check_pair<record<std::optional<std::int16_t>, int>, record<std::uint32_t, int>>();
    check_pair<record<std::string, int>, record<std::string_view, int>>();
    check_pair<record<std::optional<std::string_view>, int>, record<std::string, int>>();
    check_pair<record<std::string, int>, record<char const*, int>>();
}
