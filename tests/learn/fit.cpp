// SPDX-License-Identifier: BSL-1.0
#include <attribution/learn/fit.hpp>

#include "learn/micro_paths.hpp"
#include "learn/reference.hpp"

#include <attribution/learn/choose_order.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/model/first_of_each.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/models.hpp>
#include <attribution/model/position_based.hpp>
#include <attribution/model/position_decay.hpp>
#include <attribution/model/prefer.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/minimum_age.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/by.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace att = attribution;
using doctest::Approx;

namespace {

static_assert(att::estimator<decltype(att::markov(&world::touch::channel))>);
static_assert(att::estimator<decltype(att::shapley(&world::touch::channel))>);
static_assert(!att::estimator<att::linear_fn>);
static_assert(!att::estimator<int>);

/// The eleven paths as one customer per path.
struct click {
    int user;
    std::int64_t at;
    std::string_view channel;
};
struct order {
    int user;
    std::int64_t at;
    double value;
};
struct shop {
    std::vector<click> log;
    std::vector<order> book;
};

shop customers() {
    shop made;
    int user = 0;
    for (auto const& row : micro::paths) {
        auto const channels = att::split_path(row.path);
        for (std::int64_t i = 0; i < row.conversions + row.nulls; ++i) {
            ++user;
            std::int64_t at = 0;
            for (auto const channel : channels)
                made.log.push_back({user, ++at, channel});
            if (i < row.conversions)
                made.book.push_back({user, 10, row.value / static_cast<double>(row.conversions)});
        }
    }
    return made;
}

auto clicks(std::vector<click> const& log) {
    return att::touchpoints(log, &click::user, &click::at);
}

}  // namespace

TEST_CASE("fit: from records as from aggregated paths") {
    auto const made = customers();
    auto const orders = att::conversions(made.book, &order::user, &order::at, &order::value);
    for (std::size_t order = 1; order <= 3; ++order) {
        auto const m =
            att::fit(orders, clicks(made.log), att::markov(&click::channel, {.order = order}));
        CHECK(m.card().conversions == 17);
        CHECK(m.card().nulls == 33);
        CHECK(m.card().window_ends == "10");
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(m.effects()[i].channel == micro::markov[order - 1][i].channel);
            CHECK(m.effects()[i].conversions ==
                  Approx(micro::markov[order - 1][i].removal_conversions).epsilon(1e-12));
            CHECK(m.effects()[i].value ==
                  Approx(micro::markov[order - 1][i].removal_value).epsilon(1e-12));
        }
    }
}

TEST_CASE("fit: rule-based results on the eleven paths") {
    auto const made = customers();
    auto const orders = att::conversions(made.book, &order::user, &order::at);  // counts
    auto const journeys = att::join(orders, clicks(made.log));
    auto const table =
        att::attribute(journeys,
                       att::models(att::first_touch, att::last_touch, att::linear,
                                   att::over(att::first_of_each(&click::channel), att::linear),
                                   att::fit(journeys, att::shapley(&click::channel)),
                                   att::position_based(), att::position_decay,
                                   att::prefer(!att::where(&click::channel, std::string_view{"A"}),
                                               att::last_touch)),
                       att::always, att::by(&click::channel));
    for (auto const& expected : micro::rules) {
        double const wanted[] = {expected.first_touch,
                                 expected.last_touch,
                                 expected.linear,
                                 expected.linear_over_distinct,
                                 expected.shapley_subset_game,
                                 expected.position_based_40_20_40,
                                 expected.linear_position_decay,
                                 expected.last_touch_preferring_other_than_A};
        for (auto const& row : table) {
            if (row.key != expected.channel)
                continue;
            for (std::size_t i = 0; i < 8; ++i) {
                CAPTURE(i);
                CHECK(row[i].amount == Approx(wanted[i]).epsilon(1e-9));
            }
        }
    }
}

TEST_CASE("fit: windows of customers who never converted") {
    using world::touch;
    std::vector<touch> const log{{1, 5, 'a'}, {2, 3, 'a'}, {2, 9, 'b'}, {3, 12, 'b'}};
    std::vector<world::sale> const book{{1, 6, 100}};
    auto const journeys = att::join(world::sales(book), world::touches(log));
    auto const how = att::markov(&touch::channel);
    auto const counted = [&](auto const& windows, auto const& p) {
        auto const card = att::fit(journeys, how, p, windows).card();
        return std::tuple{card.nulls, card.channels, card.pathless_customers, card.window_ends};
    };
    using expected = std::tuple<std::uint64_t, std::size_t, std::uint64_t, std::string>;
    // The data ends at 12: paths "a b" and "b" did not convert.
    CHECK(counted(att::until_end_of_data, att::always) == expected{2, 2, 0, "12"});
    // Until 9, closed: "a b"; customer 3 came later. Until 8: "a" alone.
    CHECK(counted(att::until(9), att::always) == expected{1, 2, 1, "9"});
    CHECK(counted(att::until(8), att::always) == expected{1, 1, 1, "8"});
    // The policy holds for them, too: 4 back from 12 is "b", "b"; from 9 it is "b".
    CHECK(counted(att::until_end_of_data, att::lookback(4)) == expected{2, 2, 0, "12"});
    CHECK(counted(att::until(9), att::lookback(4)) == expected{1, 2, 1, "9"});
    CHECK(counted(att::until(9), att::where(&touch::channel, 'a')) == expected{1, 1, 1, "9"});
    CHECK(counted(att::until_end_of_data, att::since_previous_conversion) ==
          expected{2, 2, 0, "12"});
    // A policy about the conversion's record cannot judge them, another can.
    auto const own = att::between([](world::sale const& s) { return s.at - 1; },
                                  [](world::sale const& s) { return s.at; });
    CHECK(counted(att::until(12, att::lookback(4)), own) == expected{2, 2, 0, "12"});
    CHECK(counted(att::converting_only, own) == expected{0, 1, 0, ""});
    // Unless it has a word for those without a record: of these, "a" counts only.
    auto const either = att::where([](touch const& t, auto const& about) {
        return !std::same_as<std::remove_cvref_t<decltype(about)>, att::no_conversion_record> ||
               t.channel == 'a';
    });
    CHECK(counted(att::until_end_of_data, either) == expected{1, 1, 1, "12"});
    // What decides time may let in what comes after the end.
    auto const ten_days = att::between([](auto const&) { return std::int64_t{0}; },
                                       [](auto const&) { return std::int64_t{10}; });
    CHECK(counted(att::until(8, ten_days), att::always) == expected{1, 2, 1, "8"});
    // A window that ends before it begins holds nothing, also not what lies between.
    auto const none = att::lookback(2) && att::minimum_age(8);
    CHECK(counted(att::until(9, none), att::always) == expected{0, 1, 2, "9"});
    CHECK(counted(att::until(13, none), att::always) == expected{0, 1, 2, "13"});
    auto const alone = att::fit(journeys, how, att::always, att::converting_only).card();
    CHECK(alone.warnings.size() == 1);
}

TEST_CASE("fit: keys of text, of a view, missing keys, and conversions without a path") {
    struct hit {
        std::optional<std::string> user;
        std::int64_t at;
        char channel;
    };
    struct buy {
        std::string user;
        std::int64_t at;
    };
    std::vector<hit> const log{{"ann", 1, 'a'}, {"bob", 1, 'b'}, {{}, 1, 'a'}, {"bob", 2, 'a'}};
    std::vector<buy> const book{{"ann", 3}, {"eve", 4}};
    auto const m =
        att::fit(att::conversions(book, &buy::user, &buy::at),
                 att::touchpoints(log, &hit::user, &hit::at), att::markov(&hit::channel));
    CHECK(m.card().conversions == 1);
    CHECK(m.card().pathless_conversions == 1);
    CHECK(m.card().nulls == 1);  // bob; nobody's touchpoint is nobody's path
    CHECK(m.card().touchpoints == "1 to 2");

    // Keys made on the fly are kept.
    auto const made =
        att::fit(att::conversions(
                     book, [](buy const& b) { return b.user + '!'; }, &buy::at),
                 att::touchpoints(
                     log, [](hit const& h) { return h.user.value_or("?") + '!'; }, &hit::at),
                 att::markov(&hit::channel));
    CHECK(made.card().nulls == 2);

    // A NaN is nobody's key either.
    auto const length_of = [](auto const& name) {
        return name ? static_cast<double>(name->size()) : std::numeric_limits<double>::quiet_NaN();
    };
    auto const by_length =
        att::fit(att::conversions(
                     book, [](buy const& b) { return b.user == "ann" ? 3.0 : 4.0; }, &buy::at),
                 att::touchpoints(
                     log, [&](hit const& h) { return length_of(h.user); }, &hit::at),
                 att::markov(&hit::channel));
    CHECK(by_length.card().nulls == 0);  // bob's name is as long as ann's
    CHECK(by_length.card().conversions == 1);
}

TEST_CASE("law: fit: splitting by key and merging, renaming keys, shuffling: the same bytes") {
    support::for_all_worlds([](support::random_numbers& random) {
        auto drawn = world::draw(random);
        drawn.log.push_back({1, 1, 'a'});
        drawn.book.push_back({1, 2, 100});
        auto const how = att::markov(&world::touch::channel,
                                     {.order = static_cast<std::size_t>(random.between(1, 3))});
        auto const p = att::lookback(random.between(5, 40));
        auto const end = att::until(30);
        auto const learn = [&](std::vector<world::touch> const& log,
                               std::vector<world::sale> const& book) {
            return att::learn(att::join(world::sales(book), world::touches(log)), how, p, end);
        };
        auto const same = [](auto const& a, auto const& b) {
            if (a.card().text() != b.card().text() || a.effects().size() != b.effects().size())
                return false;
            for (std::size_t i = 0; i < a.effects().size(); ++i)
                if (a.effects()[i].channel != b.effects()[i].channel ||
                    a.effects()[i].conversions != b.effects()[i].conversions ||
                    a.effects()[i].value != b.effects()[i].value)
                    return false;
            return true;
        };
        auto const whole = learn(drawn.log, drawn.book).solve();
        std::vector<world::touch> log[2];
        std::vector<world::sale> book[2];
        for (auto const& one : drawn.log)
            log[one.user % 2].push_back(one);
        for (auto const& one : drawn.book)
            book[one.user % 2].push_back(one);
        auto parts = learn(log[0], book[0]);
        parts.merge(learn(log[1], book[1]));
        auto renamed = drawn;
        for (auto& one : renamed.log)
            one.user = 100 - 7 * one.user;
        for (auto& one : renamed.book)
            one.user = 100 - 7 * one.user;
        std::reverse(renamed.book.begin(), renamed.book.end());
        return same(parts.solve(), whole) && same(learn(renamed.log, renamed.book).solve(), whole);
    });
}

TEST_CASE("law: fit: learned paths are those that attribute() sees") {
    // For who converts: linear over the learned paths is linear over the credits.
    support::for_all_worlds([](support::random_numbers& random) {
        auto drawn = world::draw(random);
        drawn.log.push_back({1, 1, 'a'});
        drawn.book.push_back({1, 2, 100});
        auto const p = att::lookback(random.between(1, 20));
        auto const journeys = att::join(world::sales(drawn.book), world::touches(drawn.log));
        auto const m = att::fit(journeys, att::ordered_shapley(&world::touch::channel), p);
        std::map<char, double> learned;
        for (auto const& one : m.effects())
            learned[one.player.channel] += one.conversions;
        for (auto const& row :
             att::attribute(journeys, att::linear, p, att::by(&world::touch::channel)))
            if (row.key && !letters::close(learned[*row.key], row.conversions))
                return false;
        return true;
    });
}

TEST_CASE("fit: a channel that is a NaN is refused by its row, and -0.0 is 0.0") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<click> const log{{1, 1, "A"}, {2, 1, "B"}};
    std::vector<order> const book{{1, 2, 5}, {2, 2, 3}};
    auto const learned = [&](double of_a, double of_b) {
        auto const number = [=](click const& c) { return c.channel == "A" ? of_a : of_b; };
        return att::fit(att::conversions(book, &order::user, &order::at, &order::value),
                        clicks(log), att::markov(number))
            .card();
    };
    CHECK(learned(1, 2).channels == 2);
    CHECK(learned(0.0, -0.0).channels == 1);
    CHECK_THROWS_WITH_AS((void)learned(1, nan),
                         "fit: the channel of touchpoint row 1 is not a number and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
    std::vector<std::vector<double>> const paths{{1, 2}, {2, nan}};
    CHECK_THROWS_WITH_AS(
        (void)att::fit(att::aggregated_paths(
                           paths, [](auto const& path) { return path; },
                           [](auto const&) { return 1; }, [](auto const&) { return 1.0; },
                           [](auto const&) { return 0; }),
                       att::markov()),
        "fit: a channel of row 1 is not a number and belongs to no group; name one for such "
        "records in the projection",
        std::domain_error);
}

namespace {

/// What a warehouse exports, with counts as wide as they come.
struct counted_row {
    std::string path;
    std::uint64_t conversions;
    std::int64_t value;
    std::uint64_t nulls;
};
constexpr auto all = std::numeric_limits<std::uint64_t>::max();

auto learned_from(std::vector<counted_row> const& rows, auto const& how) {
    return att::learn(att::aggregated_paths(rows, &counted_row::path, &counted_row::conversions,
                                            &counted_row::value, &counted_row::nulls),
                      how);
}

}  // namespace

TEST_CASE("fit: counts that 64 bits do not hold are refused by their row, never wrapped") {
    std::string const too_many =
        "fit: there are more than 2^64 - 1 paths, or touchpoints in them; look for counts that "
        "stand for something else, such as -1 for \"unknown\", or count in thousands (row ";
    auto const refused = [&](std::vector<counted_row> const& rows, auto const& how, char row) {
        CHECK_THROWS_WITH_AS((void)learned_from(rows, how), (too_many + row + ')').c_str(),
                             std::overflow_error);
    };
    auto const everywhere = [&](std::vector<counted_row> const& rows, char row) {
        refused(rows, att::markov(), row);
        refused(rows, att::shapley(), row);
        refused(rows, att::ordered_shapley(), row);
    };
    everywhere({{"a", 10, 10, all}, {"b", 1, 1, 99}}, '0');
    everywhere({{"a", 10, 10, 5}, {"b", 1, 1, all - 15}}, '1');
    everywhere({{"a", all, 10, 0}, {"b", 1, 1, 0}}, '1');
    everywhere({{"", all, 10, 0}, {"a", 1, 1, 1}, {"", 1, 1, 0}}, '2');
    everywhere({{"", 0, 0, all}, {"", 0, 0, 1}}, '1');
    // one path, but each of its touchpoints is a hop
    refused({{"abab", 1, 1, all / 4}}, att::markov(), '0');
    refused({{"ab", 1, 1, all / 2 - 1}, {"a", 0, 0, 2}}, att::markov(), '1');
}

TEST_CASE("fit: as many paths as 64 bits hold") {
    std::vector<counted_row> const most{{"a", all / 4, 10, all / 4}, {"b", 1, 5, all / 2 - 2}};
    auto const chain = learned_from(most, att::markov()).solve();
    CHECK(chain.card().conversions == all / 4 + 1);
    CHECK(chain.effects()[0].conversions == Approx(1));
    auto const games = learned_from(most, att::shapley()).solve();
    CHECK(games.effects()[0].conversions == Approx(0x1p62));
    CHECK(
        att::choose_order(att::aggregated_paths(most, &counted_row::path, &counted_row::conversions,
                                                &counted_row::value, &counted_row::nulls),
                          att::markov(), 2)
            .orders[0]
            .auc > 0.8);
}

TEST_CASE("fit: counts whose sum does not fit are not merged, and are as before") {
    auto const check = [](auto const& how) {
        auto one = learned_from({{"ab", 1, 1, all / 8}}, how);
        auto const other = learned_from({{"ba", 1, 1, all / 8}, {"", 0, 0, all}}, how);
        auto const more = learned_from({{"a", 1, 1, all - 2}}, how);
        one.merge(other);
        auto const before = one.solve().card().text();
        CHECK_THROWS_AS(one.merge(more), std::overflow_error);
        CHECK_THROWS_AS(one.merge(other), std::overflow_error);  // pathless customers
        CHECK_THROWS_AS(one.merge_parts(more.take_apart()), std::overflow_error);
        CHECK(one.solve().card().text() == before);
        // what was taken apart can be merged again, however large
        auto again = learned_from({}, how);
        again.merge_parts(more.take_apart());
        CHECK(again.solve().card().nulls == all - 2);
    };
    check(att::markov());
    check(att::shapley());
}

TEST_CASE("fit: a channel that is a null pointer, and text in optionals") {
    struct text_touch {
        int user;
        std::int64_t at;
        char const* channel;
    };
    std::vector<text_touch> log{{1, 1, "x"}, {1, 2, nullptr}};
    std::vector<order> const book{{1, 3, 1.0}};
    auto const orders = att::conversions(book, &order::user, &order::at, &order::value);
    auto const touches = att::touchpoints(log, &text_touch::user, &text_touch::at);
    CHECK_THROWS_WITH_AS((void)att::fit(orders, touches, att::markov(&text_touch::channel)),
                         "fit: the channel of touchpoint row 1 is a null pointer and belongs to no "
                         "group; name one for such records in the projection",
                         std::domain_error);
    log[1].channel = "y";
    auto const markov = att::fit(orders, touches, att::markov(&text_touch::channel));
    auto const games = att::fit(orders, touches, att::shapley(&text_touch::channel));
    auto const ordered = att::fit(
        orders, touches,
        att::ordered_shapley(&text_touch::channel, att::conversion_rate_game, {.by_value = true}));
    log[1].channel = nullptr;
    auto const refused = [](std::string const& model) {
        return model + ": the channel of touchpoint row 1 is a null pointer and belongs to no "
                       "group; name one for such records in the projection";
    };
    CHECK_THROWS_WITH_AS((void)att::attribute(orders, touches, markov), refused("markov").c_str(),
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)att::attribute(orders, touches, games), refused("shapley").c_str(),
                         std::domain_error);
    CHECK_THROWS_WITH_AS((void)att::attribute(orders, touches, ordered), refused("shapley").c_str(),
                         std::domain_error);

    // In an optional it is no channel, as an empty one is; and text is copied.
    auto const maybe = [](text_touch const& t) { return std::optional{t.channel}; };
    auto const learned = att::fit(orders, touches, att::markov(maybe));
    static_assert(std::same_as<std::remove_cvref_t<decltype(learned.effects()[0].channel)>,
                               std::optional<std::string>>);
    REQUIRE(learned.effects().size() == 2);
    CHECK(learned.effects()[0].channel == std::nullopt);
    CHECK(learned.effects()[1].channel == "x");
    CHECK(att::attribute(orders, touches, learned).size() == 2);
}

TEST_CASE("fit: a model refuses a NaN for a channel") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    std::vector<order> const log{{1, 1, 2.5}, {1, 2, nan}};
    std::vector<order> const book{{1, 3, 1.0}};
    auto const orders = att::conversions(book, &order::user, &order::at, &order::value);
    auto const touches = att::touchpoints(log, &order::user, &order::at);
    auto const model = att::fit(orders, touches, att::markov(&order::value),
                                att::where([](order const& t) { return t.at == 1; }));
    CHECK_THROWS_WITH_AS((void)att::attribute(orders, touches, model),
                         "markov: the channel of touchpoint row 1 is not a number and belongs to "
                         "no group; name one for such records in the projection",
                         std::domain_error);
}
