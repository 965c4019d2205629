// SPDX-License-Identifier: BSL-1.0
// Writes worlds in which touchpoints raise the rate of conversion and fade, and what the library learns of
// them, a line of JSON each: attribution_learned_worlds HOW_MANY > FILE
#include "support/random.hpp"

#include <attribution/learn/additive_hazard.hpp>
#include <attribution/learn/bagged_logistic.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/probabilistic.hpp>
#include <attribution/learn/survival.hpp>
#include <attribution/numeric/logarithm.hpp>
#include <attribution/records/records.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

namespace {

namespace att = attribution;

struct touch {
    int user;
    std::int64_t at;  // seconds
    int channel;
};
struct sale {
    int user;
    std::int64_t at;
    std::int64_t cents;
};
constexpr std::int64_t hour = 3600;
constexpr std::int64_t end = 60 * 24 * hour;
constexpr int customers = 3'000;

struct world {
    std::vector<touch> log;
    std::vector<sale> book;

    explicit world(std::uint64_t seed) {
        support::random_numbers random{seed};
        struct effect {
            int percent;
            std::int64_t mean_delay;
        };
        std::array<effect, 5> effects{};
        for (auto& one : effects)
            one = {random.between(1, 12), random.between(4, 200) * hour};
        for (int user = 0; user < customers; ++user) {
            std::vector<touch> seen;
            auto converts = std::numeric_limits<std::int64_t>::max();
            for (auto at = random.between(std::int64_t{0}, end / 2), left = random.between(0L, 6L);
                 left >= 0; --left, at += random.between(std::int64_t{1}, 100 * hour)) {
                auto const channel = random.between(0, 4);
                auto const& of = effects[static_cast<std::size_t>(channel)];
                seen.push_back({user, at, channel});
                double const chance = static_cast<double>(random.between(1, 1'000'000)) / 1e6;
                auto const delay = static_cast<std::int64_t>(-att::detail::logarithm(chance) *
                                                             static_cast<double>(of.mean_delay));
                if (random.between(1, 100) <= of.percent)
                    converts = std::min(converts, at + delay);
            }
            if (converts < end)
                book.push_back({user, converts, random.between(100L, 9'999L)});
            for (auto const& one : seen)
                if (one.at <= std::min(converts, end))
                    log.push_back(one);
        }
    }
};

/// Writes what `text_of` makes of each thing, with commas between.
template <class Things, class Text>
void list(char const* name, Things const& things, Text text_of) {
    std::cout << ",\"" << name << "\":[";
    char const* comma = "";
    for (auto const& one : things) {
        std::cout << comma << '[';
        text_of(one);
        std::cout << ']';
        comma = ",";
    }
    std::cout << ']';
}

void write(std::uint64_t seed) {
    world const one{seed};
    auto const touches = att::touchpoints(one.log, &touch::user, &touch::at);
    auto const sales = att::conversions(one.book, &sale::user, &sale::at, &sale::cents);
    auto const fit = [&](auto const& how) {
        return att::fit(sales, touches, how, att::always, att::until(end));
    };
    std::cout << "{\"seed\":" << seed << ",\"end\":" << end << ",\"resolution\":" << hour;
    list("touches", one.log,
         [](touch const& t) { std::cout << t.user << ',' << t.at << ',' << t.channel; });
    list("sales", one.book,
         [](sale const& s) { std::cout << s.user << ',' << s.at << ',' << s.cents; });
    list("hazard", fit(att::additive_hazard(&touch::channel, hour)).effects(), [](auto const& e) {
        std::cout << e.channel << ',' << e.strength << ',' << e.half_life << ',' << e.conversions
                  << ',' << e.value;
    });
    list("probabilistic", fit(att::probabilistic(&touch::channel)).effects(), [](auto const& e) {
        std::cout << e.channel << ',' << e.rate << ',' << e.conversions << ',' << e.value;
    });
    auto const whole = fit(
        att::bagged_logistic(&touch::channel, {.fits = 1, .paths = 1, .channels = 1, .ridge = 2}));
    list("logistic", whole.effects(), [](auto const& e) {
        std::cout << e.channel << ',' << e.coefficient << ',' << e.conversions;
    });
    list("bagged", fit(att::bagged_logistic(&touch::channel, {.fits = 1'000})).effects(),
         [](auto const& e) {
             std::cout << e.channel << ',' << e.coefficient << ',' << e.deviation;
         });
    auto const survival = fit(att::survival(&touch::channel, 12 * hour));
    list("survival", survival.effects(), [](auto const& e) {
        std::cout << e.channel << ',' << e.effect << ',' << e.half_life << ',' << e.conversions
                  << ',' << e.value;
    });
    auto const baseline = survival.baseline();
    std::cout << ",\"unit\":" << 12 * hour << ",\"baseline\":[" << baseline.rate << ','
              << baseline.conversions << ',' << baseline.value << "]}\n";
}

}  // namespace

int main(int argc, char** argv) {
    auto const worlds = argc == 2 ? std::strtoull(argv[1], nullptr, 10) : 0;
    if (worlds == 0) {
        std::cerr << "usage: attribution_learned_worlds HOW_MANY\n";
        return 2;
    }
    std::cout.precision(17);
    for (std::uint64_t seed = 1; seed <= worlds; ++seed)
        write(seed);
    std::cout.flush();
    return std::cout ? 0 : 1;
}
