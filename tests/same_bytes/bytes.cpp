// SPDX-License-Identifier: BSL-1.0
#include "messages.hpp"

#include <attribution/attribution.hpp>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace same_bytes {

namespace {

att::configuration configured(char const* model) {
    return {.model = model, .policy = "30 days", .grouping = "channel"};
}

/// One half of the customers.
world half(world one, std::int32_t which) {
    auto const elsewhere = [which](auto const& record) { return record.user % 2 != which; };
    std::erase_if(one.log, elsewhere);
    std::erase_if(one.book, elsewhere);
    return one;
}

/// A sum over customers. `use(world, sum)` is called with what is counted in that world; one
/// machine has one half of the customers, and sends it.
template <class WithSum>
message partial(std::string name, char const* model, WithSum with_sum) {
    auto const how = configured(model);
    auto const written = [=](world const& one) {
        std::string bytes;
        with_sum(one, [&](auto& sum) { bytes = att::to_bytes(sum, how); });
        return bytes;
    };
    auto const merged = [=](world const& one, std::string const& sent) {
        std::string bytes;
        with_sum(half(one, 0), [&](auto& sum) {
            att::merge_bytes(sum, sent, configured(model));
            bytes = att::to_bytes(sum, how);
        });
        return bytes;
    };
    return {std::move(name), [=](world const& one) { return written(half(one, 1)); }, merged,
            written};
}

template <class Conversions, class Use>
void with_tally(world const& one, Conversions const& conversions, Use use) {
    auto const touches = one.touches();
    auto const journeys = att::join(conversions, touches);
    auto sums = att::by(&touch::channel).bind(journeys.conversions(), journeys.touchpoints());
    att::attribute(journeys, att::linear, window, sums);
    use(sums);
}

template <class Estimator>
message counts(std::string name, char const* model, Estimator how) {
    return partial(std::move(name), model, [how](world const& one, auto use) {
        // Where windows without a conversion end must not depend on which customers are here.
        auto learned = att::learn(att::join(one.in_doubles(), one.touches()), how, window,
                                  att::until(date::sys_days{date::year{2024} / 3 / 1}));
        use(learned);
    });
}

std::string file_of(std::string const& directory, message const& one, std::uint64_t seed) {
    return directory + '/' + one.name + ' ' + std::to_string(seed);
}

std::vector<message> messages() {
    auto all = partial_results();
    all.push_back(snapshot());
    return all;
}

}  // namespace

std::vector<message> partial_results() {
    return {partial("a tally", "linear",
                    [](world const& one, auto use) { with_tally(one, one.in_doubles(), use); }),
            partial("a tally of cents", "linear",
                    [](world const& one, auto use) { with_tally(one, one.in_cents(), use); }),
            counts("counts", "markov", att::markov(&touch::channel)),
            counts("counts of order 2", "markov", att::markov(&touch::channel, {.order = 2})),
            counts("counts for shapley", "shapley", att::shapley(&touch::channel)),
            counts("counts for ordered_shapley", "shapley", att::ordered_shapley(&touch::channel)),
            counts("counts for additive_hazard", "hazard", att::additive_hazard(&touch::channel)),
            counts("counts for survival", "survival",
                   att::survival(&touch::channel, std::chrono::hours{12})),
            partial("findings", "none", [](world const& one, auto use) {
                auto const channel_of_user = [](touch const& t) {
                    return std::pair{t.user, t.channel};
                };
                auto found = att::validate(
                    one.log,
                    att::rules(att::unique("channel", channel_of_user),
                               att::must("odd", [](touch const& t) { return t.number % 2 == 1; })),
                    {.limit = 0});
                use(found);
            })};
}

void bytes() {
    over_worlds("bytes of a tally", [](world const& one, digest& all) {
        with_tally(one, one.in_doubles(),
                   [&](auto const& sums) { all.text(att::to_bytes(sums, configured("linear"))); });
    });
    over_worlds("bytes of counts", [](world const& one, digest& all) {
        auto const counts = att::learn(att::join(one.in_doubles(), one.touches()),
                                       att::markov(&touch::channel), window);
        all.text(att::to_bytes(counts, configured("markov")));
    });
    over_worlds("bytes with names of parts", [](world const& one, digest& all) {
        auto const how =
            att::made_with(0.3 * att::linear + 0.7 * att::time_decay(std::chrono::hours{36}),
                           window && att::since_previous_conversion);
        att::part_names names;
        with_tally(half(one, 0), one.in_cents(), [&](auto& sums) {
            with_tally(half(one, 1), one.in_cents(), [&](auto const& others) {
                att::merge_bytes(sums, att::to_bytes(others, how, {"odd"}), how, names);
            });
            all.text(att::to_bytes(sums, how, names));
        });
    });
    for (auto const& each : messages())
        over_worlds("sent and received, " + each.name, [&](world const& one, digest& all) {
            auto const sent = each.sent(one);
            all.text(sent);
            all.text(att::about_partial(sent));
            all.number(att::partition_of(sent, 7));
            all.text(each.received(one, sent));
        });
}

void write_bytes(std::string const& directory) {
    for (auto const& each : messages())
        for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
            std::ofstream file{file_of(directory, each, seed), std::ios::binary};
            if (!(file << each.sent(world{seed}) << std::flush))
                throw std::runtime_error{"cannot write into " + directory};
        }
}

void read_bytes(std::string const& directory) {
    for (auto const& each : messages())
        for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
            auto const name = file_of(directory, each, seed);
            std::ifstream file{name, std::ios::binary};
            std::string const sent{std::istreambuf_iterator<char>{file}, {}};
            world const one{seed};
            if (sent != each.sent(one))
                throw std::runtime_error{name + " has other bytes than here"};
            if (each.received(one, sent) != each.expected(one))
                throw std::runtime_error{name + " leads to another result than here"};
        }
}

}  // namespace same_bytes
