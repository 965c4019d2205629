// SPDX-License-Identifier: BSL-1.0
// Results are the same, to the last byte, on any number of threads, from journeys or from records;
// so are errors.
#include "support/world.hpp"

#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <exception>
#include <sstream>
#include <string>

using namespace support;

namespace {

/// Every digit of a result; or the error.
class transcript {
  public:
    transcript() { text_ << std::hexfloat; }

    template <class... Values>
    void line(Values const&... values) {
        ((text_ << values << ' '), ...) << '\n';
    }
    template <class Amount>
    void line(att::reach<Amount> const& one) {
        line(one.conversions, one.amount);
    }
    template <class T>
    void line(att::distribution<T> const& all) {
        for (auto const& one : all.values())
            line(one);
    }
    template <class Credits>
    void credits(Credits const& all) {
        for (auto const& one : all)
            line(one.conversion, one.touchpoint, one.amount, one.share);
    }
    [[nodiscard]] std::string text() const { return text_.str(); }

  private:
    std::ostringstream text_;
};

/// Calls `algorithm(records...)` with journeys and with records, on one thread and on several, and
/// compares the results.
template <class Orders, class Clicks, class Algorithm, class Tell>
void same_on_threads(random_numbers& random, Orders const& orders, Clicks const& clicks,
                     Algorithm const& algorithm, Tell const& tell) {
    att::parallel const how{1 + random.below(3)};
    auto const told = [&](auto const&... records) {
        transcript text;
        try {
            tell(text, algorithm(records...));
        } catch (std::exception const& error) {
            return std::string{error.what()};
        }
        return text.text();
    };
    auto const journeys = att::join(orders, clicks);
    auto const expected = told(journeys);
    holds(told(orders, clicks) == expected);
    holds(told(how, journeys) == expected);
    holds(told(how, orders, clicks) == expected);
}

/// Everything that takes `parallel`, with one policy; each world tries a part of it.
template <class Orders, class Clicks, class Policy>
void all_on_threads(random_numbers& random, Orders const& orders, Clicks const& clicks,
                    Policy const& p) {
    auto const m = some_model(random);
    auto const check = [&](auto const& algorithm, auto const& tell) {
        if (random.chance(4))
            same_on_threads(random, orders, clicks, algorithm, tell);
    };
    check([&](auto const&... in) { return att::attribute(in..., m, p); },
          [](transcript& text, auto const& ledger) { text.credits(ledger); });
    check([&](auto const&... in) { return att::attribute(in..., att::models(m, att::linear), p); },
          [](transcript& text, auto const& ledgers) {
              for (auto const& ledger : ledgers)
                  text.credits(ledger);
          });
    check(
        [&](auto const&... in) {
            return att::attribute(in..., att::models(m, att::linear), p, att::by(&touch::channel));
        },
        [](transcript& text, auto const& table) {
            for (auto const& row : table)
                for (auto const& one : row.models)
                    text.line(row.key.value_or('-'), one.amount, one.conversions, one.credits);
        });
    check([&](auto const&... in) { return att::explain(in..., m, p); },
          [](transcript& text, auto const& audit) {
              text.credits(audit.credits());
              for (auto const& one : audit.touchpoints())
                  text.line(static_cast<int>(one.what), one.part, one.conversion, one.credits,
                            one.amount);
              for (auto const& one : audit.conversions())
                  text.line(static_cast<int>(one.what), one.part, one.path_length, one.first_credit,
                            one.credits);
          });
    check([&](auto const&... in) { return att::influence(in..., p, &touch::channel); },
          [](transcript& text, auto const& rows) {
              text.line(rows.reached());
              text.line(rows.not_reached());
              for (auto const& row : rows) {
                  text.line(row.key, row.touchpoints);
                  for (auto const& one : {row.influenced, row.assisted, row.last, row.sole})
                      text.line(one);
              }
          });
    check([&](auto const&... in) { return att::path_statistics(in..., p); },
          [](transcript& text, auto const& figures) {
              text.line(figures.not_reached);
              text.line(figures.length);
              text.line(figures.first_lag);
              text.line(figures.last_lag);
          });
    check([&](auto const&... in) { return att::top_paths(in..., p, &touch::channel, 2); },
          [](transcript& text, auto const& rows) {
              text.line(rows.distinct());
              text.line(rows.others());
              text.line(rows.not_reached());
              for (auto const& row : rows) {
                  text.line(std::string(row.sequence.begin(), row.sequence.end()));
                  text.line(row.conversions);
              }
          });
    att::configuration const how{.model = "learned", .policy = "some"};
    auto const bytes = [&](transcript& text, auto const& counts) {
        text.line(att::to_bytes(counts, how));
    };
    auto const until = att::until(tick{10}, in_channel_a);
    check(
        [&](auto const&... in) {
            return att::learn(in..., att::markov(&touch::channel), p, until);
        },
        bytes);
    check(
        [&](auto const&... in) {
            return att::learn(in..., att::shapley(&touch::channel), p, att::converting_only);
        },
        bytes);
    check(
        [&](auto const&... in) {
            return att::fit(in..., att::markov(&touch::channel), att::always);
        },
        [](transcript& text, auto const& model) {
            for (auto const& one : model.effects())
                text.line(one.channel, one.conversions, one.value);
        });
    check(
        [&](auto const&... in) {
            return att::choose_order(in..., att::markov(&touch::channel), att::always, 2);
        },
        [](transcript& text, auto const& choice) {
            text.line(choice.best, choice.best_by_penalty);
            for (auto const& one : choice.orders)
                text.line(one.auc, one.penalized_auc, one.validated_auc, one.standard_error);
        });
}

}  // namespace

TEST_CASE("law: any number of threads gives the same bytes, from journeys and from records") {
    for_all_worlds([&](random_numbers& random) {
        world const w{random};
        // with sums beyond 64 bits, values that are no numbers, and neither
        auto const tenth = [](sale const& s) { return static_cast<double>(s.value) / 10; };
        auto const broken = [](sale const& s) {
            return s.value % 3 == 0 ? std::nan("") : static_cast<double>(s.value);
        };
        switch (random.below(6)) {
        case 0:
            return all_on_threads(random, sales(w.book), touches(w.log), att::always);
        case 1:
            return all_on_threads(random, sales(w.book), touches(w.log),
                                  in_channel_a || att::last_touches(2));
        case 2:
            return all_on_threads(random, att::conversions(w.book, &sale::user, &sale::at, broken),
                                  touches(w.log), att::lookback(world::lookback));
        default:
            return all_on_threads(random, att::conversions(w.book, &sale::user, &sale::at, tenth),
                                  touches(w.log), att::lookback(world::lookback));
        }
    });
}
