// SPDX-License-Identifier: BSL-1.0
#include "stream/support.hpp"

#include <attribution/policy/credited_at_most.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/report/explain.hpp>

#include <doctest/doctest.h>

#include <numeric>

using namespace support;

namespace {

att::configuration const how{.model = "some", .policy = "some"};

auto const policy = att::lookback(world::lookback) && att::credited_at_most(2) &&
                    (!in_channel_a || att::credited_at_most(1, &sale::region));

struct entry {
    std::size_t sale;
    std::size_t touch;  // or -1
    cents amount;

    friend auto operator<=>(entry const&, entry const&) = default;
};

/// One conversion after the other, in the order of time: those of its touchpoints that are not used
/// up are all there is.
std::vector<entry> one_by_one(world const& w, any_model const& model) {
    std::vector<std::size_t> order(w.book.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return w.book[a].at < w.book[b].at; });
    std::vector<std::vector<char>> regions(w.log.size());
    std::vector<entry> all;
    for (auto const row : order) {
        auto const region = w.book[row].region;
        std::vector<touch> log;
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < w.log.size(); ++i) {
            auto const& used = regions[i];
            if (used.size() >= 2 ||
                (w.log[i].channel == 'a' && std::count(used.begin(), used.end(), region) >= 1))
                continue;
            log.push_back(w.log[i]);
            rows.push_back(i);
        }
        std::vector<sale> const book{w.book[row]};
        for (auto const& one :
             att::attribute(sales(book), touches(log), model, att::lookback(world::lookback))) {
            auto const earner = one.attributed() ? rows[one.touchpoint] : att::no_row;
            if (one.attributed())
                regions[earner].push_back(region);
            all.push_back({row, earner, one.amount});
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

template <class Ledger>
std::vector<entry> entries(Ledger const& ledger) {
    std::vector<entry> all;
    for (auto const& one : ledger)
        all.push_back({one.conversion, one.touchpoint, one.amount});
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("law: a touchpoint that is used up might as well not be there") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        auto const found = att::attribute(sales(w.book), touches(w.log), model, policy);
        holds(entries(found) == one_by_one(w, model));
    });
}

TEST_CASE(
    "law: explain gives the same credits, and no touchpoint has more than its policy allows") {
    for_all_worlds([](random_numbers& random) {
        world w{random};
        for (auto& s : w.book)
            s.value %= 1'000'000'007;  // so that sums fit
        auto const model = some_model(random);
        auto const found = att::attribute(sales(w.book), touches(w.log), model, policy);
        auto const audit = att::explain(sales(w.book), touches(w.log), model, policy);
        holds(
            std::equal(found.begin(), found.end(), audit.credits().begin(), audit.credits().end()));
        for (std::size_t row = 0; row < w.log.size(); ++row)
            holds(audit.touchpoints()[row].credits <= 2);
    });
}

TEST_CASE("law: in a stream the same touchpoints are used up as in the batch") {
    for_all_worlds([](random_numbers& random) {
        world const w{random};
        auto const model = some_model(random);
        auto const lateness = random.between(tick{0}, tick{3});
        auto const make = [&] {
            return att::live(sale_stream(), touch_stream(), model, policy,
                             att::allowed_lateness(lateness));
        };
        auto desk = make();
        std::vector<live_touch> log;
        std::vector<live_sale> book;
        std::vector<live_credit> given;
        tick newest = INT64_MIN;
        for (auto const& one : deliveries(w, random, 4)) {
            if (one.is_touch) {
                if (desk.touch(touch_of(w, one.row)) == att::arrival::accepted)
                    log.push_back(touch_of(w, one.row));
            } else if (desk.convert(sale_of(w, one.row)) == att::arrival::accepted) {
                book.push_back(sale_of(w, one.row));
            }
            newest = std::max(newest, one.at);
            if (random.chance(3))
                desk.advance(newest, keeping(desk, given));
            if (random.chance(6)) {
                auto const bytes = desk.snapshot(how, touch_members, sale_members);
                auto other = make();
                other.restore(bytes, how, touch_members, sale_members);
                holds(other.snapshot(how, touch_members, sale_members) == bytes);
                desk = std::move(other);
            }
            if (random.chance(6))
                desk.tidy();
        }
        desk.finish(keeping(desk, given));
        std::sort(given.begin(), given.end());
        auto const expected = batch(log, book, model, policy);
        if (given != expected)
            broken("credits differ: ", given.size(), " and ", expected.size());
    });
}
