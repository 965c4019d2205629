// SPDX-License-Identifier: BSL-1.0
#include <support/restated.hpp>

#include <support/page.hpp>
#include <support/program.hpp>
#include <support/report_tables.hpp>
#include <support/written_summary.hpp>

#include <attribution/attribute.hpp>
#include <attribution/join.hpp>
#include <attribution/model/first_touch.hpp>
#include <attribution/model/last_touch.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/always.hpp>

#include <scratch.hpp>
#include <small_report.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;
using namespace examples;

namespace {

struct touch {
    std::string id, who, channel, kind = {};
    int hour = 0;
};
struct sale {
    std::string id, who;
    int hour = 0;
    int cents = 0;
};
struct world {
    std::vector<touch> touches;
    std::vector<sale> sales;
};

instant at(int hour) {
    return date::sys_days{date::year{2024} / 5 / 1} + std::chrono::hours{hour};
}
exact_amount units(int cents) {
    return exact_amount{std::int64_t{cents} * 10'000'000};
}

auto journeys_of(world const& w) {
    return att::join(
        att::conversions(
            w.sales, &sale::who, [](sale const& one) { return at(one.hour); },
            [](sale const& one) { return units(one.cents); }),
        att::touchpoints(w.touches, &touch::who, [](touch const& one) { return at(one.hour); }));
}
compared_touchpoint seen(touch const& one) {
    return {.id = one.id,
            .customer = one.who,
            .person = one.who,
            .channel = one.channel,
            .kind = one.kind,
            .at = at(one.hour)};
}
compared_conversion seen(sale const& one) {
    return {.id = one.id, .customer = one.who, .at = at(one.hour), .value = units(one.cents)};
}
compared_records compared(world const& w) {
    return compared_by([](auto const& one) { return seen(one); }, w.touches, w.sales, {"-"});
}

using journeys_type = decltype(journeys_of({}));
using ledger_type = decltype(att::attribute(journeys_of({}), att::linear, att::always));

/// What a ledger gives by channel, as a run publishes it.
earlier_run::published published(std::string name, ledger_type const& credits) {
    earlier_run::published all{std::move(name), {{std::nullopt, 0}}};
    for (auto const& one : credits)
        all.amounts[one.attributed() ? std::optional{credits.touchpoint(one).channel}
                                     : std::nullopt] += one.amount.units();
    return all;
}

/// (channel, reason) -> cents, of the only model.
std::map<std::pair<std::string, std::string>, long long> moved(run_comparison const& compared) {
    std::map<std::pair<std::string, std::string>, long long> all;
    for (auto const& line : compared.models().at(0).channels)
        for (std::size_t why = 0; why < restated_reasons; ++why)
            if (line.parts[why].amount != 0)
                all[{line.channel.value_or(""), std::string{restated_reason(why)}}] =
                    static_cast<long long>(line.parts[why].amount / 10'000'000);
    return all;
}
using expected = std::map<std::pair<std::string, std::string>, long long>;

/// From `then` by one model, published, to `now` by another one.
template <class Then, class Now>
expected moved(world const& then, Then const& by_then, world const& now, Now const& by_now) {
    auto const before = att::attribute(journeys_of(then), by_then, att::always);
    auto const between = att::attribute(journeys_of(then), by_now, att::always);
    auto const after = att::attribute(journeys_of(now), by_now, att::always);
    run_comparison comparison{compared(then), compared(now)};
    comparison.add(0, published("m", before), between, after, most_decimals);
    return moved(comparison);
}
expected moved(world const& then, world const& now) {
    return moved(then, att::linear, now, att::linear);
}

world const ann{{{"t1", "ann", "search", "click", 1}, {"t2", "ann", "mail", "view", 2}},
                {{"o1", "ann", 9, 1'000}}};

/// A report with the models of small_report(), `linear` chosen, compared with a run in a directory.
struct compared_report {
    scratch here;
    report_model report = small_report();
    compared_report() { report.tables.clear(); }

    void compare(world const& now, std::string const& models = "linear") {
        here.write("pairs.csv", "id,who,value,touch\n");
        here.write("unattributed.csv", "id,who,value,reason\n");
        here.write("audit.csv", "who,touch\n");
        std::string rows = "model,sales,value_in,credited,unattributed\n";
        for (auto const& model : words_in(models)) {
            rows += model + ",0,10.0,10.0,0.0\n";
            here.write(model + "_by_channel.csv", "channel,value\nsearch,5.0\nmail,5.0\n");
        }
        here.write("reconciliation.csv", rows);
        earlier_run const run{here.directory, {"small", "pairs.csv", "who", "who", {}}};
        auto const both = models_in_both(report, run);
        run_comparison comparison{compared(ann), compared(now)};
        auto const then = att::attribute(journeys_of(ann), att::linear, att::always);
        auto const after = att::attribute(journeys_of(now), att::linear, att::always);
        for (auto const& [model, was] : both.both)
            comparison.add(model, was, then, after, most_decimals);
        describe_restatement(report, comparison, both, run);
    }
    [[nodiscard]] report_table const& table(std::string const& name) const {
        auto const found = std::ranges::find(report.tables, name, &report_table::name);
        REQUIRE(found != report.tables.end());
        return *found;
    }
};

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("restated: records as they are compared, and as people see them") {
    world const one{{{"t1", "ann", "search", "click", 1}, {" - ", "ann", "mail", "view", 2}},
                    {{"-", "ann", 9, 1'000}}};
    auto const all = compared(one);
    REQUIRE(all.touchpoints.size() == 2);
    CHECK(all.touchpoints[0].id == "t1");
    CHECK(all.touchpoints[1].id.empty());  // a word for nothing
    CHECK(all.conversions.at(0).id.empty());
    auto const step = step_of(all.touchpoints[1]);
    CHECK(step.kind == "view");
    CHECK(step.channel == "mail");
    CHECK(step.who == "ann");
    CHECK(step.at == at(2));
    CHECK(step.units.empty());
}

TEST_CASE("restated: nothing moves by itself, nor by the order of rows") {
    CHECK(moved(ann, ann).empty());
    auto other = ann;
    std::ranges::reverse(other.touches);
    CHECK(moved(ann, other).empty());
}

TEST_CASE("restated: records have their reasons, rules come first, what was learned last") {
    auto now = ann;
    now.touches.push_back({"t3", "ann", "radio", "click", 3});
    CHECK(moved(ann, now) == expected{{{"mail", "late touchpoint"}, -166},
                                      {{"radio", "late touchpoint"}, 333},
                                      {{"search", "late touchpoint"}, -166}});
    CHECK(moved(ann, att::first_touch, ann, att::last_touch) ==
          expected{{{"mail", "changed model or policy"}, 1'000},
                   {{"search", "changed model or policy"}, -1'000}});
    CHECK(moved(ann, att::first_touch, now, att::last_touch) ==
          expected{{{"mail", "changed model or policy"}, 1'000},
                   {{"search", "changed model or policy"}, -1'000},
                   {{"mail", "late touchpoint"}, -1'000},
                   {{"radio", "late touchpoint"}, 1'000}});
    // The same rules and records, but other credits: a model that has learned from others.
    auto const first = att::attribute(journeys_of(ann), att::first_touch, att::always);
    auto const last = att::attribute(journeys_of(ann), att::last_touch, att::always);
    run_comparison comparison{compared(ann), compared(ann)};
    comparison.add(0, published("m", first), first, last, most_decimals);
    CHECK(moved(comparison) == expected{{{"mail", "model learned anew"}, 1'000},
                                        {{"search", "model learned anew"}, -1'000}});
}

TEST_CASE("restated: another kind is a changed record, where both runs know it") {
    auto now = ann;
    now.touches[0].kind = "view";
    auto const clicks = [](auto const& path, att::weights w) {
        for (std::size_t i = 0; i < path.size(); ++i)
            w[i] = path[i].touchpoint().kind == "click" ? 1 : 0.5;
    };
    CHECK(moved(ann, clicks, now, clicks) ==
          expected{{{"mail", "changed record"}, 166}, {{"search", "changed record"}, -166}});
}

TEST_CASE("restated: ids that are missing, or there twice") {
    // Without ids in one of them, all but customers tells them apart.
    auto plain = ann;
    for (auto& one : plain.touches)
        one.id.clear();
    auto const was = plain;
    CHECK(moved(ann, plain).empty());
    plain.touches.push_back(plain.touches[0]);
    CHECK(moved(was, plain) ==
          expected{{{"mail", "late touchpoint"}, -166}, {{"search", "late touchpoint"}, 166}});
    plain = was;
    plain.touches[0].hour = 3;
    CHECK(moved(was, att::last_touch, plain, att::last_touch) ==
          expected{{{"mail", "late touchpoint"}, -1'000}, {{"search", "late touchpoint"}, 1'000}});

    plain = was;
    plain.touches[1].channel = "letter";
    CHECK(moved(was, plain) ==
          expected{{{"letter", "changed record"}, 500}, {{"mail", "changed record"}, -500}});

    // Who is found by person and time is not found again by channel and time.
    plain.touches.push_back({"", "visitor 7", "mail", "click", was.touches[1].hour});
    CHECK(moved(was, plain) ==
          expected{{{"letter", "changed record"}, 500}, {{"mail", "changed record"}, -500}});

    // Nobody else was there at that time: the customer is another one.
    plain = was;
    plain.touches.push_back({"", "visitor 7", "radio", "click", 5});
    auto known = plain;
    known.touches.back().who = "ann";
    CHECK(moved(plain, known).at({"radio", "merged identity"}) == 333);
    plain.touches.push_back({"", "bob", "radio", "click", 5});
    known.touches.push_back({"", "bob", "radio", "click", 5});
    CHECK(moved(plain, known).at({"radio", "late touchpoint"}) == 333);

    // Twins of one id: those that say the same are the same, the rest goes by its rows.
    auto twins = ann;
    twins.sales = {{"o1", "ann", 9, 1'000}, {"o1", "ann", 10, 500}, {"", "ann", 11, 10}};
    auto now = twins;
    std::ranges::reverse(now.sales);
    CHECK(moved(twins, now).empty());
    now.sales[1].cents = 600;
    CHECK(moved(twins, now) ==
          expected{{{"mail", "corrected value"}, 50}, {{"search", "corrected value"}, 50}});
    now.sales.erase(now.sales.begin());  // the one without an id
    CHECK(moved(twins, now).at({"mail", "removed conversion"}) == -5);
}

TEST_CASE("restated: without conversions before or after") {
    CHECK(moved({}, ann) ==
          expected{{{"mail", "new conversion"}, 500}, {{"search", "new conversion"}, 500}});
    CHECK(moved(ann, {}) == expected{{{"mail", "removed conversion"}, -500},
                                     {{"search", "removed conversion"}, -500}});
    CHECK(moved(world{}, world{}).empty());
}

TEST_CASE("restated: fewer decimals now than what was published") {
    auto const credits = att::attribute(journeys_of(ann), att::linear, att::always);
    run_comparison comparison{compared(ann), compared(ann)};
    auto was = published("m", credits);
    for (auto& [channel, amount] : was.amounts)
        amount *= 100;  // the same units are a hundred times as much with two decimals less
    was.amounts["search"] += 1;
    comparison.add(0, was, credits, credits, most_decimals - 2);
    auto const& search = comparison.models()[0].channels[1];
    CHECK(search.channel == "search");
    CHECK(search.parts[8].amount == wide_integer{-1});
    CHECK(search.is == search.was - 1);
}

TEST_CASE("restated: a model that nothing can be learned for gives nothing to anybody") {
    std::vector<shown_model<journeys_type>> now, then;
    add_model(now, "first", "", att::first_touch);
    add_model(now, "learned", "", att::linear);
    add_model(then, "first", "", att::last_touch);
    auto const journeys = journeys_of(ann);
    auto const credits = credits_of(journeys, models_then(now, then), att::always);
    CHECK(credits[0][0].touchpoint == 1);
    REQUIRE(credits[1].size() == 1);
    CHECK(!credits[1][0].attributed());
}

TEST_CASE("restated: the report has tables, a section, key figures and a sentence") {
    auto now = ann;
    now.sales[0].cents = 2'000;
    now.touches[1].channel = "radio";
    compared_report all;
    all.compare(now);
    auto const& report = all.report;
    check_tables(report);
    auto const since = "What changed since " + all.here.directory.filename().string();
    CHECK(report.sections == std::vector<std::string>{"", since});
    auto const& rows = all.table("restatement").rows;
    REQUIRE(rows.size() == 4);
    using row = std::vector<std::optional<std::string>>;
    CHECK(rows[0] == row{"linear", "radio", "changed record", "10.0", "1"});
    CHECK(rows[1] == row{"linear", "search", "corrected value", "5.0", "1"});
    CHECK(rows[2] == row{"linear", "mail", "corrected value", "5.0", "1"});
    CHECK(rows[3] == row{"linear", "mail", "changed record", "-10.0", "1"});

    auto const& bridge = all.table("restated_by_channel");
    CHECK(bridge.columns.size() == 3 + restated_reasons);
    CHECK(shown_columns(bridge).size() == 5);
    CHECK(bridge.rows[2].front() == "mail");
    CHECK(bridge.total.front() == "total");
    CHECK(bridge.total[1] == "10.00");
    CHECK(bridge.total.back() == "20.00");
    auto const text = restatement_text(report);
    CHECK(contains(text, "By linear, the total was 10.00 in"));
    CHECK(contains(text, "3 of 3 lines have another amount. Reasons: corrected value, changed "
                         "record; restatement.csv"));
    CHECK(contains(text, "total    10.00            10.00            0.00  20.00\n"));

    page_assets const assets{"body{}", "", "start()"};
    auto const page = page_html(report, assets);
    CHECK(contains(page, "<h2>" + since + "</h2>"));
    CHECK(contains(page, "<tfoot><tr><th scope=\"row\">total</th><td class=\"num\">10.00</td>"));
    CHECK(!contains(page, "merged identity"));
    auto const summary = written_summary(report);
    CHECK(contains(summary, "**Corrected value**: 10.00 (10.00 gained, 0.00 lost)"));
    CHECK(contains(summary, "**Changed record**: 0.00 (10.00 gained, 10.00 lost)"));
    CHECK(contains(summary, "**What changed:** By linear, the total was 10.00 in "));
    CHECK(!contains(written_summary(small_report()), "What changed"));
    CHECK(report.options.back().first == "against");
}

TEST_CASE("restated: nothing moved, other models, none in common") {
    compared_report same;
    same.compare(ann);
    CHECK(same.table("restatement").rows.empty());
    CHECK(same.table("restated_by_channel").rows.size() == 2);
    CHECK(contains(restatement_text(same.report), "Nothing moved: by every model, every channel "));
    CHECK(contains(restatement_text(same.report),
                   "Not compared, because that run does not have it: first touch."));
    CHECK(restatement_text(small_report()).empty());

    compared_report others;
    others.compare(ann, "first_touch,markov");
    CHECK(others.table("restated_by_channel").title == "Revenue then and now, first touch");
    CHECK(contains(restatement_text(others.report), "That run also has markov."));
    compared_report none;
    CHECK(contains(error_of<CLI::ValidationError>([&] { none.compare(ann, "markov,shapley"); }),
                   "has the models markov, shapley, this run has none of them: ask for one"));
}

TEST_CASE("restated: columns that nobody uses, and a total, are for people alone") {
    report_table const table{.name = "t",
                             .columns = {{"a"},
                                         {"b", column_kind::amount, "", true},
                                         {"c", column_kind::amount, "", true}},
                             .rows = {{"x", std::nullopt, "1"}, {"y", std::nullopt, std::nullopt}},
                             .total = {"all", std::nullopt, "1"}};
    CHECK(shown_columns(table) == std::vector<std::size_t>{0, 2});
    CHECK(table_text(table) == "t\n\na    c\n---  -\nx    1\ny\nall  1\n");
    report_model report;
    report.tables = {table};
    check_tables(report);
    scratch const here;
    output_directory out{here.directory / "out"};
    CHECK(write_tables(report, out).size() == 1);
    out.commit();
    CHECK(here.read("out/t.csv") == "a,b,c\nx,,1\ny,,\n");
    report.tables[0].total.pop_back();
    CHECK(contains(error_of<std::invalid_argument>([&] { check_tables(report); }),
                   "the total has 2 cells for 3 columns"));
}
