// SPDX-License-Identifier: BSL-1.0
#include <support/record_fields.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace examples;
using namespace date::literals;

namespace {

struct sale {
    kept_text id = {};
    maybe_text who = {};
    file_amount value = {};
    instant at = {};
    date::year_month month = {};
    kept_name kind = {};
};
struct touch {
    maybe_text who = {};
    kept_name what = {};
};

record_fields<sale> sale_fields() {
    return {{"id", &sale::id},
            {"who", &sale::who},
            {"value", &sale::value},
            {"sold_at", &sale::at, "Sold At"},
            {"month", &sale::month}};
}

std::vector<std::string> texts_of(std::vector<record_column<sale>> const& columns,
                                  sale const& one) {
    std::vector<std::string> texts;
    for (auto const& column : columns)
        texts.push_back(column.text(one).value_or("(nothing)"));
    return texts;
}

}  // namespace

TEST_CASE("record_fields: a table is read by its members") {
    scratch const here;
    auto const file = here.write("sales.csv", "month,Sold At,value,who,id\n"
                                              "2024-05,2024-05-01T10:00:00Z,1.50,NULL,a\n"
                                              "2024-06,2024-06-01T10:00:00Z,2,ann,b\n");
    reading how;
    record_texts texts;
    record_reader tables{how, texts};
    std::vector<sale> sales;
    tables.read(file, sale_fields(), sales, {.kind = texts.names.keep("retail")});
    tables.settle(sales, &sale::value, tables.decimals());
    REQUIRE(sales.size() == 2);
    CHECK(sales[0].id.view() == "a");
    CHECK(!sales[0].who);
    CHECK(sales[0].value.text.view() == "1.50");
    CHECK(sales[0].value.value.units() == 1'500'000'000);
    CHECK(!sales[0].value.rounded);
    CHECK(sales[0].kind.view() == "retail");
    CHECK(sales[1].who.view() == "ann");
    CHECK(sales[1].at == date::sys_days{2024_y / 6 / 1} + std::chrono::hours{10});
    CHECK(sales[1].month == 2024_y / 6);
    CHECK(how.paths == std::vector{file});
}

TEST_CASE("record_fields: names are kept once, also of several tables, and outlive the reader") {
    scratch const here;
    auto const first = here.write("first.csv", "id,kind\na,shop\nb,web\n");
    auto const second = here.write("second.csv", "id,kind\na,shop\n");
    record_fields<sale> const fields{{"id", &sale::id}, {"kind", &sale::kind}};
    std::vector<sale> sales;
    auto const texts = [&] {
        reading how;
        record_texts kept;
        record_reader tables{how, kept};
        tables.read(first, fields, sales);
        tables.read(second, fields, sales);
        return kept;
    }();
    REQUIRE(sales.size() == 3);
    CHECK(sales[2].id == sales[0].id);
    CHECK(sales[2].id.view().data() != sales[0].id.view().data());
    CHECK(sales[1].kind.view() == "web");
    CHECK(sales[2].kind.view().data() == sales[0].kind.view().data());
}

TEST_CASE("record_fields: amounts of all tables have the decimals that fit for all") {
    scratch const here;
    auto const small = here.write("small.csv", "value\n0.123456789\n");
    auto const large = here.write("large.csv", "value\n5000000000\n");
    record_fields<sale> const fields{{"value", &sale::value}};
    reading how;
    record_texts texts;
    record_reader tables{how, texts};
    std::vector<sale> few, more;
    tables.read(small, fields, few);
    tables.read(large, fields, more);
    REQUIRE(more.size() == 1);
    CHECK(tables.decimals() == 8);
    tables.settle(few, &sale::value, 8);
    CHECK(few[0].value.value.units() == 12'345'679);
    CHECK(few[0].value.rounded);
}

TEST_CASE("record_fields: what is wrong names file, line and column") {
    scratch const here;
    auto const file = here.write("sales.csv", "id,who,value,Sold At,month\na,b,c,d,e\n");
    reading how;
    record_texts texts;
    record_reader tables{how, texts};
    std::vector<sale> sales;
    auto const what = error_of<input_error>([&] { tables.read(file, sale_fields(), sales); });
    CHECK(what.find("sales.csv:2: column 'value': 'c'") != what.npos);
}

TEST_CASE(
    "record_fields: forms of its own, columns of some rows, and what the file does not have") {
    struct event {
        bool pays = {};
        instant at = {};
        std::optional<instant> ends = {};
        std::optional<std::string> who = {};
        std::string place = {}, where_from = {};
        std::int64_t amount = {};
    };
    auto const is_refund = [](event const& one) { return !one.pays; };
    auto const yes = [](csv_field const& field) { return field.text == "yes"; };
    record_fields<event> const fields{{"pays", &event::pays, yes},
                                      {"at", &event::at, unix_seconds},
                                      {"ends", &event::ends},
                                      {"payer", &event::who, {}, &event::pays},
                                      {"payee", &event::who, {}, is_refund},
                                      {"paid", &event::amount, count, &event::pays},
                                      {"paid back", &event::amount, count, is_refund},
                                      {"place", &event::place, "Place"},
                                      {"from", &event::where_from, not_in_file}};
    scratch const here;
    auto const file = here.write("events.csv", "pays,at,ends,payer,payee,paid,paid back,Place\n"
                                               "yes,3600,null,ann,bob,1,odd,null\n"
                                               "no,0,1970-01-01T00:00:07Z,ann,null,odd,2,x\n");
    reading how;
    record_reader tables{how};
    std::vector<event> events;
    tables.read(file, fields, events, {.where_from = "a shop"});
    REQUIRE(events.size() == 2);
    CHECK(events[0].pays);
    CHECK(events[0].at == instant{std::chrono::hours{1}});
    CHECK(!events[0].ends);
    CHECK(events[0].who == "ann");
    CHECK(events[0].amount == 1);
    CHECK(events[0].place == "null");  // a text, no key
    CHECK(events[0].where_from == "a shop");
    CHECK(!events[1].pays);
    CHECK(events[1].ends == instant{std::chrono::seconds{7}});
    CHECK(!events[1].who);
    CHECK(events[1].amount == 2);
    auto const columns = columns_of(fields, {"from", "payer", "place", "paid"});
    CHECK(columns[0].text(events[0]) == "a shop");
    CHECK(columns[1].text(events[0]) == "ann");
    CHECK(columns[2].text(events[1]) == "x");
    CHECK(!columns[3].text(events[0]));  // results have no such column
    auto const wrong = here.write("wrong.csv", "pays,at,ends,payer,payee,paid,paid back,Place\n"
                                               "yes,0,null,,,odd,2,\n");
    CHECK(error_of<input_error>([&] {
              tables.read(wrong, fields, events);
          }).find("wrong.csv:2: column 'paid': 'odd'") != std::string::npos);
}

TEST_CASE("record_fields: results are written as they were read") {
    text_store texts;
    sale const one{.id = texts.keep("a"),
                   .value = {.text = texts.keep("1.50")},
                   .at = instant{date::sys_days{2024_y / 5 / 1}},
                   .month = 2024_y / 5};
    auto const columns = columns_of(sale_fields());
    CHECK(texts_of(columns, one) ==
          std::vector<std::string>{"a", "(nothing)", "1.50", "2024-05-01T00:00:00Z", "2024-05"});
    CHECK(columns[2].type == column_kind::amount);
    CHECK(columns[3].type == column_kind::time);
    CHECK(columns[3].name == "sold_at");
    auto const two = columns_of(sale_fields(), {"month", "id"});
    CHECK(texts_of(two, one) == std::vector<std::string>{"2024-05", "a"});
    CHECK_THROWS_AS(static_cast<void>(columns_of(sale_fields(), {"no such"})), std::out_of_range);
}

TEST_CASE("record_fields: an earlier run is read by the same fields") {
    scratch const here;
    here.write("pairs.csv", "id,who,value,sold_at,month,what\n"
                            "s,null,1.5,2024-05-01T10:00:00Z,2024-05,ad\n");
    here.write("unattributed.csv", "id,who,value,sold_at,month,reason\n"
                                   "t,,0.25,2024-05-02T10:00:00Z,2024-05,nobody\n");
    here.write("audit.csv", "who,what\nnull,ad\n");
    here.write("reconciliation.csv", "model,sales,value_in,credited,unattributed\n"
                                     "last,2,1.75,1.5,0.25\n");
    here.write("last_by_channel.csv", "channel,value\nad,1.5\n");
    earlier_run const run{here.directory, {"small", "pairs.csv", "who", "who", {}}};
    record_fields<touch> const touch_fields{{"who", &touch::who}, {"what", &touch::what}};
    record_texts texts;
    std::vector<touch> touches;
    std::vector<sale> sales;
    read_earlier(run, texts, touch_fields, touches, sale_fields(), sales, 2);
    REQUIRE(touches.size() == 1);
    CHECK(touches[0].who.view() == "null");  // it was a key of that run
    CHECK(touches[0].what.view() == "ad");
    REQUIRE(sales.size() == 2);
    CHECK(sales[0].value.value.units() == 150);
    CHECK(!sales[1].who);
    CHECK(sales[1].value.value.units() == 25);
}
