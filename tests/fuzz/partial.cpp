// SPDX-License-Identifier: BSL-1.0
// Any bytes as a partial result: they decode and encode to the same bytes, or are refused with
// partial_error.
#include "fuzz/sealing.hpp"
#include "support/records.hpp"

#include <attribution/learn/additive_hazard.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/report/by.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace support;
using fuzzing::require;

namespace {

att::configuration const how{.model = "m", .policy = "p", .more = {{"half-life", "7 days"}}};

/// A kind of partial result: bytes of an example, and how any bytes go in and come out again.
struct kind {
    std::string example;
    std::function<std::string(std::string_view)> again;
};

std::array<touch, 5> const seen{touch{1, 1, 'a'}, touch{1, 2, 'b'}, touch{1, 3, 'a'},
                                touch{2, 1, 'c'}, touch{3, 9, 'a'}};
std::array<sale, 4> const sold{sale{1, 4, 1000, 'x'}, sale{2, 5, -7, 'y'}, sale{4, 1, 3, 'x'},
                               sale{1, 2, INT64_MAX, 'z'}};

double tenth(sale const& s) {
    return static_cast<double>(s.value) / 10;
}

template <std::size_t Models>
kind tallies(auto value, auto const& groups) {
    auto const journeys =
        att::join(att::conversions(sold, &sale::user, &sale::at, value), touches(seen));
    auto const empty = groups.template bind<Models>(journeys.conversions(), journeys.touchpoints());
    auto full = empty;
    for (std::size_t model = 0; model < Models; ++model)
        att::attribute(journeys, att::linear, att::always,
                       [&](auto const& earned) { full(earned, model); });
    return {att::to_bytes(full, how), [empty](std::string_view bytes) {
                auto tally = empty;
                att::merge_bytes(tally, bytes, how);
                auto const again = att::to_bytes(tally, how);
                try {
                    (void)tally.finish();
                } catch (std::overflow_error const&) {
                    // as documented
                }
                return again;
            }};
}

template <class Amount>
kind counts(auto const& estimator) {
    auto const empty = estimator.template counts<std::string, Amount>();
    auto full = empty;
    auto const a = full.channel("a");
    auto const b = full.channel("bb");
    auto const c = full.channel("");
    std::array<std::int64_t, 4> const ages{7, 7, 1, 0};
    auto const add = [&](std::vector<std::uint32_t> const& path,
                         att::path_outcome<Amount> const& outcome) {
        if constexpr (requires { full.add(path, outcome); })
            full.add(path, outcome);
        else
            full.add(path, std::span{ages}.first(path.size()), outcome);
    };
    add({a, b, b, a}, {2, Amount{5}, 1});
    add({b, c}, {0, Amount{0}, 3});
    add({c}, {1, Amount{-1}, 0});
    add({}, {1, Amount{9}, 4});
    full.evidence().touchpoints.add({5, true});
    full.evidence().touchpoints.add({7, true});
    return {att::to_bytes(full, how), [empty](std::string_view bytes) {
                auto into = empty;
                att::merge_bytes(into, bytes, how);
                auto const again = att::to_bytes(into, how);
                try {
                    auto const model = into.solve();
                    for (auto const& effect : model.effects())
                        require(effect.conversions == effect.conversions, "an effect is a number");
                } catch (att::fit_error const&) {
                    // as documented
                } catch (std::overflow_error const&) {
                    // as documented
                }
                return again;
            }};
}

kind all_findings() {
    att::findings full{3};
    full.add({"required(user)", att::severity::error, "user is missing", 10, 3, {1, 5, 9}, {}});
    full.add({"total", att::severity::warning, "the total is off", 10, 0, {}, {"by 5", "by 6"}});
    return {att::to_bytes(full, how), [](std::string_view bytes) {
                att::findings into;
                att::merge_bytes(into, bytes, how);
                return att::to_bytes(into, how);
            }};
}

std::vector<kind> const& kinds() {
    auto const by_both =
        att::by([](touch const& t) { return std::string(1, t.channel); }, &sale::region);
    static std::vector<kind> const all{
        tallies<1>(&sale::value, by_both),
        tallies<1>(&tenth, by_both),
        tallies<2>(&tenth, att::by(&touch::channel)),
        counts<double>(att::markov()),
        counts<std::int64_t>(att::markov({}, {.order = 2, .keep_repeats = true})),
        counts<double>(att::shapley({}, att::conversion_rate_game)),
        counts<std::int64_t>(att::ordered_shapley()),
        counts<double>(att::additive_hazard(&touch::channel, 1, {.most_steps = 50})),
        all_findings()};
    return all;
}

/// Returns whether they were accepted.
bool check(kind const& what, std::string_view bytes) {
    try {
        require(what.again(bytes) == bytes, "what is accepted is what would have been written");
        return true;
    } catch (att::partial_error const&) {
        return false;
    }
}

void check_about(std::string_view bytes) {
    try {
        auto const about = att::about_partial(bytes);
        require(att::configuration_hash(bytes) == att::stable_hash(about),
                "a hash of what is said");
        (void)att::detail::description("tally", "int64", att::configuration_of(bytes));
    } catch (att::partial_error const&) {
        // as documented
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    fuzzing::input in{bytes, size};
    auto const& what = kinds()[in.below(kinds().size())];
    auto const parts = att::detail::unsealed(what.example);
    std::string const about{parts.about};
    std::string const body{parts.body};
    switch (in.below(4)) {
    case 0:  // as they come
        check_about(in.rest());
        check(what, in.rest());
        break;
    case 1:  // a body of any bytes
        check(what, fuzzing::sealed(about, in.rest()));
        break;
    case 2:  // a good body, changed
        check(what, fuzzing::sealed(about, fuzzing::edited(body, in)));
        break;
    default: {  // a good description, changed
        auto const other = fuzzing::edited(about, in);
        auto const changed = fuzzing::sealed(other, body);
        check_about(changed);
        require(check(what, changed) == (other == about), "only its own configuration is accepted");
    }
    }
    return 0;
}
