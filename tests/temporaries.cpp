// SPDX-License-Identifier: BSL-1.0
// What temporaries hand out: values, or nothing. ASan reads along.
#include <attribution/attribution.hpp>

#include <doctest/doctest.h>
#include <range/v3/view/single.hpp>
#include <range/v3/view/transform.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

namespace att = attribution;

// Too long to lie in a string itself, so that what is gone is seen.
std::string name(char letter) {
    return std::string(60, letter);
}

/// Reads its members out loud, as classes do.
class touch {
  public:
    touch(int user, int at, std::string channel)
        : user_{user}, at_{at}, channel_(std::move(channel)) {}

    int user() const { return user_; }
    int at() const { return at_; }
    std::string const& channel() const { return channel_; }

  private:
    int user_;
    int at_;
    std::string channel_;
};
struct order {
    int user;
    int at;
    long cents;
    std::string region;
};
struct spend {
    std::string channel;
    std::string region;
    long cents;
};
struct counted_path {
    std::vector<std::string> sequence;
    int conversions;
    double value;
    int nulls;
};

std::vector<touch> const visits{{1, 1, name('a')}, {1, 2, name('b')}, {2, 1, name('a')}};
std::vector<order> const orders{{1, 9, 1000, name('r')}};
std::vector<spend> const costs{{name('a'), name('r'), 5}};
std::vector<counted_path> const paths{{{name('a'), name('b')}, 1, 5, 1}, {{name('b')}, 0, 0, 2}};

// Everything below is a temporary.
auto touches() {
    return att::touchpoints(visits, &touch::user, &touch::at);
}
auto sales() {
    return att::conversions(orders, &order::user, &order::at, &order::cents);
}
auto journeys() {
    return att::join(sales(), touches());
}
auto ledger() {
    return att::attribute(sales(), touches(), att::linear);
}
auto report() {
    return ledger() | att::by(&touch::channel);
}
auto comparison() {
    return att::attribute(journeys(), att::models(att::linear, att::first_touch), att::always,
                          att::by(&touch::channel));
}
auto proof() {
    return att::reconcile(ledger(), att::by(&order::region));
}
auto returned() {
    return ledger() | att::return_on_ad_spend(
                          att::spending(costs, &spend::channel, &spend::region, &spend::cents),
                          &touch::channel, &order::region);
}
auto audit() {
    return att::explain(journeys(), att::linear, att::always);
}
auto influenced() {
    return att::influence(journeys(), att::always, &touch::channel);
}
auto figures() {
    return att::path_statistics(journeys(), att::always);
}
auto most_frequent() {
    return att::top_paths(journeys(), att::always, &touch::channel);
}
auto found() {
    return att::validate(orders, att::unique("region", &order::region));
}
auto chain() {
    return att::fit(journeys(), att::markov(&touch::channel));
}
auto players() {
    return att::fit(journeys(), att::shapley(&touch::channel));
}
auto rates() {
    return att::fit(journeys(), att::probabilistic(&touch::channel));
}
auto hazards() {
    return att::fit(journeys(), att::additive_hazard(&touch::channel, 1));
}
auto odds() {
    return att::fit(journeys(), att::bagged_logistic(&touch::channel, {.paths = 1}));
}
auto lives() {
    return att::fit(journeys(), att::survival(&touch::channel, 2));
}
auto chain_counts() {
    return att::learn(journeys(), att::markov(&touch::channel));
}
auto player_counts() {
    return att::learn(journeys(), att::shapley(&touch::channel));
}
auto over_runs() {
    return att::over(att::runs(&touch::channel), att::markov(&touch::channel));
}
auto shorter_chain() {
    return att::fit(journeys(), over_runs());
}
auto shorter_counts() {
    return att::learn(journeys(), over_runs());
}
auto mixed() {
    return 0.5 * att::linear + 0.5 * att::first_touch;
}
auto stream() {
    return att::touchpoint_stream<touch>(&touch::channel, &touch::at, &touch::channel);
}
auto desk() {
    return att::live(att::conversion_stream<order>(&order::region, &order::at, &order::region),
                     stream(), att::linear, att::lookback(5));
}
auto table() {
    return att::columns(orders, costs);
}
auto of_a_view() {
    return att::touchpoints(ranges::views::single(visits[0]), &touch::channel, &touch::at);
}
att::offences offended() {
    att::offences some{3};
    some.row(1);
    some.note(name('n'));
    return some;
}
using journeys_type = decltype(journeys());
using anchor = journeys_type::anchor_type;
using step = att::step<anchor>;
using path = journeys_type::path_type;
using workspace = att::detail::workspace<journeys_type::time_type>;

template <class Given>
concept value = std::is_object_v<Given> && !std::is_pointer_v<Given> && !std::ranges::view<Given>;

// One line for every accessor; tests/accessors.py looks for those that do not think of temporaries.
static_assert(value<decltype(ledger()[0])>);
static_assert(value<decltype(ledger().conversions())>);
static_assert(value<decltype(ledger().touchpoints())>);
static_assert(value<decltype(journeys().conversions())>);
static_assert(value<decltype(journeys().touchpoints())>);
static_assert(value<decltype(report()[0])>);
static_assert(value<decltype(report()[0][0])>);
static_assert(value<decltype(report().largest_first())>);
static_assert(value<decltype(report().total())>);
static_assert(value<decltype(comparison()[0])>);
static_assert(value<decltype(comparison()[0][1])>);
static_assert(value<decltype(proof()[0])>);
static_assert(value<decltype(proof().problems())>);
static_assert(value<decltype(returned()[0])>);
static_assert(value<decltype(returned().over_periods())>);
static_assert(value<decltype(returned().total())>);
static_assert(value<decltype(audit().touchpoints())>);
static_assert(value<decltype(audit().conversions())>);
static_assert(value<decltype(audit().credits())>);
static_assert(value<decltype(audit().parts())>);
static_assert(value<decltype(audit().touchpoint_counts())>);
static_assert(value<decltype(audit().conversion_counts())>);
static_assert(value<decltype(influenced()[0])>);
static_assert(value<decltype(influenced().reached())>);
static_assert(value<decltype(influenced().not_reached())>);
static_assert(value<decltype(figures().length.values())>);
static_assert(value<decltype(figures().first_lag.bars())>);
static_assert(value<decltype(most_frequent()[0])>);
static_assert(value<decltype(most_frequent().others())>);
static_assert(value<decltype(most_frequent().not_reached())>);
static_assert(value<decltype(found()[0])>);
static_assert(value<decltype(offended().rows())>);
static_assert(value<decltype(offended().notes())>);
static_assert(value<decltype(chain().effects())>);
static_assert(value<decltype(chain().transitions())>);
static_assert(value<decltype(chain().card())>);
static_assert(value<decltype(players().effects())>);
static_assert(value<decltype(players().card())>);
static_assert(value<decltype(rates().effects())>);
static_assert(value<decltype(rates().card())>);
static_assert(value<decltype(odds().effects())>);
static_assert(value<decltype(odds().card())>);
static_assert(value<decltype(hazards().effects())>);
static_assert(value<decltype(hazards().card())>);
static_assert(value<decltype(lives().effects())>);
static_assert(value<decltype(lives().card())>);
static_assert(value<decltype(chain_counts().evidence())>);
static_assert(value<decltype(player_counts().evidence())>);
static_assert(value<decltype(shorter_chain().effects())>);
static_assert(value<decltype(shorter_chain().card())>);
static_assert(value<decltype(shorter_counts().evidence())>);
static_assert(value<decltype(att::channel_numbers<std::string>{}[0])>);
static_assert(value<decltype(mixed().parts())>);
static_assert(value<decltype(mixed().models())>);
static_assert(value<decltype(att::running_total<long>{}.sum())>);
static_assert(value<decltype(att::named(std::string{}, att::always).name())>);
static_assert(value<decltype(of_a_view()[0])>);
static_assert(value<decltype(of_a_view().key(0))>);
static_assert(value<decltype(stream().key(touch{visits[0]}))>);
static_assert(value<decltype(stream().id(touch{visits[0]}))>);
static_assert(value<decltype(std::declval<anchor>().previous())>);

// What could only refer to its object gives nothing, and its use does not compile: compile_fail.
template <class Given>
concept nothing = std::is_void_v<Given>;
static_assert(nothing<decltype(ledger().begin())>);
static_assert(nothing<decltype(ledger().end())>);
static_assert(nothing<decltype(report().begin())>);
static_assert(nothing<decltype(report().end())>);
static_assert(nothing<decltype(proof().begin())>);
static_assert(nothing<decltype(returned().begin())>);
static_assert(nothing<decltype(influenced().begin())>);
static_assert(nothing<decltype(most_frequent().begin())>);
static_assert(nothing<decltype(found().begin())>);
static_assert(nothing<decltype(table().begin())>);
static_assert(nothing<decltype(table().end())>);
static_assert(nothing<decltype(std::declval<path>().begin())>);
static_assert(nothing<decltype(std::declval<path>().end())>);
static_assert(nothing<decltype(std::declval<workspace>().weights.borrow().span())>);
static_assert(nothing<decltype(journeys().anchor_of(0))>);
static_assert(nothing<decltype(desk().conversion({}))>);
static_assert(nothing<decltype(desk().touchpoint({}))>);
static_assert(nothing<decltype(desk().bind(att::by(&touch::channel)))>);

// Nor does anything that keeps the address of what it is given.
using sale_records = anchor::conversion_records;
using touch_records = anchor::touchpoint_records;
template <class C, class T>
constexpr bool makes_anchor = std::constructible_from<anchor, C, T, std::size_t, std::nullopt_t>;
static_assert(makes_anchor<sale_records const&, touch_records const&>);
static_assert(!makes_anchor<sale_records, touch_records const&>);
static_assert(!makes_anchor<sale_records const&, touch_records>);
static_assert(std::constructible_from<step, anchor const&, att::detail::visit<int>>);
static_assert(!std::constructible_from<step, anchor, att::detail::visit<int>>);
using visited = std::span<att::detail::visit<int> const>;
static_assert(std::constructible_from<path, anchor const&, visited, workspace&>);
static_assert(!std::constructible_from<path, anchor, visited, workspace&>);
using open_end = att::open_end<sale_records, touch_records>;
static_assert(std::constructible_from<open_end, touch_records const&, int>);
static_assert(!std::constructible_from<open_end, touch_records, int>);
using rows = att::record_rows<order>;
static_assert(std::constructible_from<rows, std::vector<order> const&>);
static_assert(!std::constructible_from<rows, std::vector<order>>);

}  // namespace

TEST_CASE("temporaries: loops over what they hand out, as everybody writes them") {
    std::string seen;
    auto const see = [&](std::string const& text) { seen += text.empty() ? ' ' : text[59]; };
    for (auto const& each : chain().effects())
        see(each.channel);
    for (auto const& each : chain().transitions())
        for (auto const& channel : each.from.channels)
            see(channel);
    for (auto const& each : rates().effects())
        see(each.channel);
    for (auto const& each : odds().effects())
        see(each.channel);
    for (auto const& each : hazards().effects())
        see(each.channel);
    for (auto const& each : lives().effects())
        see(each.channel);
    for (auto const& each : players().effects())
        see(each.player);
    CHECK(seen == "abaabababababab");
    seen.clear();
    for (auto const& each : report())
        see(each.key.value_or(name('-')));
    for (auto const& each : report().largest_first())
        see(each.key.value_or(name('-')));
    for (auto const& each : comparison())
        see(each.key.value_or(name('-')));
    CHECK(seen == "ab-ab-ab-");
    seen.clear();
    for (auto const& each : proof())
        see(each.key);
    for (auto const& each : returned().over_periods())
        see(each.channel.value_or(name('-')));
    for (auto const& each : influenced())
        see(each.key);
    for (auto const& each : most_frequent())
        for (auto const& channel : each.sequence)
            see(channel);
    for (auto const& each : offended().notes())
        see(each);
    CHECK(seen == "rabababn");

    std::size_t sum = 0;
    for (auto const& each : audit().credits())
        sum += each.touchpoint + 1;
    for (auto const& each : audit().touchpoints())
        sum += each.credits;
    for (auto const& each : audit().conversions())
        sum += each.path_length;
    for (auto const& each : audit().parts())
        sum += each.size();
    for (auto const& each : figures().length.values())
        sum += each;
    for (auto const& each : found())
        sum += each.checked;
    for (auto const& each : chain().card().more)
        sum += each.first.size();
    for (auto const& each : proof().problems())
        sum += each.size();
    for (auto const& each : table())
        sum += each.get<1>().channel.size();
    sum += chain_counts().evidence().rows + player_counts().evidence().rows;
    for (auto const& each : shorter_chain().effects())
        sum += static_cast<std::size_t>(each.channel.size());
    sum += shorter_chain().card().rows + shorter_counts().evidence().rows;
    CHECK(sum != 0);
}

TEST_CASE("temporaries: references to what they hand out") {
    auto const& credit = ledger()[1];
    CHECK(credit.touchpoint == 1);
    auto const& sold = ledger().conversions();
    CHECK(sold[0].region == name('r'));
    auto const& visited = ledger().touchpoints();
    CHECK(visited.key(0) == 1);
    auto const& joined_sales = journeys().conversions();
    CHECK(joined_sales.size() == 1);
    auto const& joined_touches = journeys().touchpoints();
    CHECK(joined_touches.size() == 3);
    auto const& row = report()[0];
    CHECK(row.key == name('a'));
    auto const& key = report().largest_first()[1].key;
    CHECK(key == name('b'));
    auto const& cell = report()[0][0];
    CHECK(cell.amount == 500);
    auto const& compared = comparison()[0];
    CHECK(compared.key == name('a'));
    auto const& by_first_touch = comparison()[0][1];
    CHECK(by_first_touch.amount == 1000);
    auto const& proven = proof()[0];
    CHECK(proven.key == name('r'));
    auto const& cost = returned()[0];
    CHECK(cost.channel == name('a'));
    auto const& group = influenced()[0];
    CHECK(group.key == name('a'));
    auto const& reached = influenced().reached();
    CHECK(reached.conversions == 1);
    auto const& not_reached = influenced().not_reached();
    CHECK(not_reached.conversions == 0);
    auto const& frequent = most_frequent()[0];
    CHECK(frequent.sequence[1] == name('b'));
    auto const& others = most_frequent().others();
    CHECK(others.conversions == 0);
    auto const& by_none = most_frequent().not_reached();
    CHECK(by_none.conversions == 0);
    auto const& finding = found()[0];
    CHECK(finding.rule == "unique(region)");
    auto const& offending = offended().rows();
    CHECK(offending[0] == 1);
    auto const& card = players().card();
    CHECK(card.channels == 2);
    auto const& parts = mixed().parts();
    CHECK(parts[1] == 0.5);
    auto const& models = mixed().models();
    CHECK(std::tuple_size_v<std::remove_cvref_t<decltype(models)>> == 2);
    auto const& sum = att::running_total<double>{}.sum();
    CHECK(sum.value() == 0);
    auto const& label = att::named(name('n'), att::always).name();
    CHECK(label == name('n'));
    auto const& streamed_key = stream().key(touch{visits[0]});
    CHECK(streamed_key == name('a'));
    auto const& streamed_id = stream().id(touch{visits[1]});
    CHECK(streamed_id == name('b'));
    auto const& held_key = of_a_view().key(0);
    CHECK(held_key == name('a'));
}

TEST_CASE("temporaries: what is made of them does not need them") {
    std::string seen;
    auto const see = [&](std::string_view text) { seen += text.empty() ? ' ' : text.back(); };

    auto const known = att::known("channel", &touch::channel, std::vector<std::string>{name('a')});
    auto const inside = att::inside_some_window("visit", journeys(), att::lookback(7));
    auto const converted = att::has_conversion("visit", journeys());
    auto const rules = att::rules(known, inside, converted);
    auto const findings = att::validate(std::vector<touch>(visits), rules);
    CHECK(findings.count("known(channel)") == 1);
    CHECK(findings.count("inside_some_window(visit)") == 1);
    CHECK(findings.count("has_conversion(visit)") == 1);

    struct switched {
        int user;
        std::string channel;
        int at;
        bool on;
    };
    auto const log = [] {
        return std::vector<switched>{{1, name('a'), 0, true}, {1, name('b'), 0, true}};
    };
    auto const policy =
        att::named(name('n'), att::where(&touch::channel, name('a'))) &&
        att::without_duplicates(touches(), &touch::channel) &&
        att::while_connected(att::pair_connections(log(), &switched::user, &switched::channel,
                                                   &switched::at, &switched::on)
                                 .connections,
                             &touch::user, &touch::channel, {name('z')});
    auto const told = att::explain(journeys(), att::linear, policy);
    CHECK(told.credits()[0].touchpoint == 0);
    see(told.touchpoint_reason(1));
    CHECK(seen == "n");
    CHECK(told.parts()[0] == name('n'));

    auto const model = att::fit(journeys(), att::markov(&touch::channel)) + mixed();
    CHECK(att::attribute(journeys(), model).size() == 2);

    struct refund {
        std::string region;
        int at;
        long cents;
    };
    std::vector<refund> const log_of_refunds{{name('r'), 10, -400}};
    auto const taken = [&] {
        return att::take_back(
            ledger(),
            att::conversions(log_of_refunds, &refund::region, &refund::at, &refund::cents),
            &order::region);
    };
    std::size_t credits = 0;
    for (auto const& each : taken().credits)
        credits += each.conversion + 1;
    for (auto const& each : taken().net)
        credits += each.conversion + 1;
    CHECK(credits == 6);

    seen.clear();
    for (auto const& each : att::split_path(name('a') + " > " + name('b')))
        see(each);
    for (auto const& each : att::split_path("a > b"))
        see(each);
    CHECK(seen == "abab");

    auto live = desk();
    auto sink = live.bind(att::by(&touch::channel));
    CHECK(live.touch({1, 1, name('r')}) == att::arrival::accepted);
    CHECK(live.convert({1, 2, 100, name('r')}) == att::arrival::accepted);
    live.finish(sink);
    CHECK(sink.finish()[0].key == name('r'));
}

TEST_CASE("temporaries: records that a view makes, and records that a view holds") {
    auto const copy = [](auto const& one) { return one; };
    auto const made = visits | ranges::views::transform(copy);
    auto const sold = orders | ranges::views::transform(copy);
    auto const region = [](order const& one) -> std::string const& { return one.region; };
    auto const joined = att::join(att::conversions(sold, region, &order::at, &order::cents),
                                  att::touchpoints(
                                      made, [](touch const&) { return name('r'); }, &touch::at));
    auto const all =
        att::attribute(joined, att::over(att::first_of_each(&touch::channel), att::linear)) |
        att::by(&touch::channel, region);
    CHECK(all[0].key == std::tuple{std::optional{name('a')}, name('r')});
    CHECK(all[1].key == std::tuple{std::optional{name('b')}, name('r')});
    CHECK(all.total() == 1000);

    auto const by_channel = att::join(att::conversions(sold, region, &order::at, &order::cents),
                                      att::touchpoints(made, &touch::channel, &touch::at));
    CHECK(att::attribute(by_channel, att::linear)[0].touchpoint == att::no_row);

    auto const counted = paths | ranges::views::transform(copy);
    auto const read =
        att::aggregated_paths(counted, &counted_path::sequence, &counted_path::conversions,
                              &counted_path::value, &counted_path::nulls);
    CHECK(att::fit(read, att::markov()).effects()[1].channel == name('b'));

    auto const& held = of_a_view()[0];
    CHECK(held.channel() == name('a'));
    auto const& earning =
        att::attribute(sales(),
                       att::touchpoints(ranges::views::single(visits[0]), &touch::user, &touch::at),
                       att::linear)
            .touchpoint({0, 0, 0, 0});
    CHECK(earning.channel() == name('a'));
    // A container stays, and is not copied.
    CHECK(&ledger().touchpoint({0, 1, 0, 0}) == &visits[1]);
    CHECK(&ledger().conversion({0, 1, 0, 0}) == orders.data());
}
