// SPDX-License-Identifier: BSL-1.0
#include <support/usual_rules.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

using namespace examples;

namespace {

struct order {
    std::string id;
    std::optional<std::string> who;
    int cents = 1;
    bool rounded = false;
};

std::vector<std::size_t> rows_of(attribution::findings const& found, std::string const& rule) {
    for (auto const& one : found)
        if (one.rule == rule)
            return one.rows;
    return {0};  // no line has that number
}

}  // namespace

TEST_CASE("usual_rules: ids, keys and amounts, by the lines of their file") {
    std::vector<order> const orders{{"a", "ann"},
                                    {"a", "Ann "},
                                    {"null", "eve"},
                                    {"b", std::nullopt, 0},
                                    {"c", "ann", -1, true}};
    file_checks checks;
    checks.check(orders, ids_of_rows("order id", &order::id, {"null"}),
                 keys_of_customers("order customer", &order::who, {"ann", "bob"}),
                 positive("order value", &order::cents), exact("order value", &order::rounded));
    auto const& found = checks.found();
    using lines = std::vector<std::size_t>;
    CHECK(rows_of(found, "unique(order id)") == lines{3});
    CHECK(rows_of(found, "required(order id)") == lines{4});
    CHECK(rows_of(found, "required(order customer)") == lines{5});
    CHECK(rows_of(found, "known(order customer)") == lines{3, 4});
    CHECK(rows_of(found, "written_as_usual(order customer)") == lines{3});
    CHECK(rows_of(found, "plausible_share(order customer)").empty());
    CHECK(rows_of(found, "order value is positive") == lines{5, 6});
    CHECK(rows_of(found, "order value is exact") == lines{6});
}

TEST_CASE("usual_rules: names that are not known may be misspelt") {
    std::vector<order> const orders{{"Webinra", {}}, {"Webinar", {}}, {"Balloon", {}}};
    auto const found = known_name("order channel", orders, &order::id, "is of no channel",
                                  {"Webinar", "webinar", "Webinar", "Letter"});
    CHECK(found.rule == "known(order channel)");
    CHECK(found.checked == 3);
    CHECK(found.count == 2);
    CHECK(found.rows == std::vector<std::size_t>{2, 4});
    CHECK(found.notes ==
          std::vector<std::string>{"'Balloon'", "'Webinra' may be misspelt for 'Webinar'"});
}

TEST_CASE(
    "usual_rules: what is wrong unless a test passes is an error, a warning or worth knowing") {
    std::vector<order> const orders{{"a", "ann", 0}, {"b", "ann", 7}};
    auto const costs = [](order const& one) { return one.cents > 0; };
    file_checks checks;
    checks.check(orders, error_unless("it costs", "is free", costs),
                 warning_unless("it mostly costs", "is free", costs),
                 info_unless("it may cost", "is free", costs));
    auto const& found = checks.found();
    REQUIRE(found.size() == 3);
    for (auto const& one : found) {
        CHECK(one.rows == std::vector<std::size_t>{2});
        CHECK(one.text == "is free");
    }
    CHECK(found[0].rule == "it costs");
    CHECK(found[0].severity == attribution::severity::error);
    CHECK(found[1].severity == attribution::severity::warning);
    CHECK(found[2].severity == attribution::severity::info);
}

TEST_CASE("usual_rules: of a rule that is rare there is a finding where it is broken only") {
    std::vector<order> const orders{{"1.23457E+12", "ann", 0}, {"b", "ann", 7}};
    file_checks checks;
    checks.check(orders, written_in_full("order id", &order::id),
                 written_in_full("order customer", &order::who),
                 rare(positive("order value", &order::cents)),
                 positive("order price", &order::cents));
    auto const& found = checks.found();
    REQUIRE(found.size() == 3);
    CHECK(rows_of(found, "order id is written in full") == std::vector<std::size_t>{2});
    CHECK(found.count("order value is positive") == 1);
    CHECK(found[2].severity == attribution::severity::warning);
}

TEST_CASE("usual_rules: keys of two files that have none in common") {
    auto const strange = [](std::vector<std::string> const& known) {
        std::vector<order> const orders{{"a", "ann"}, {"b", std::nullopt}, {"c", "bob"}};
        text_set names;
        for (auto const& one : known)
            names.add(one);
        file_checks checks;
        checks.check(orders, keys_meet("they meet", "do not", &order::who, names));
        return checks.found().empty() ? std::vector<std::size_t>{}
                                      : rows_of(checks.found(), "they meet");
    };
    CHECK(strange({"eve"}) == std::vector<std::size_t>{2, 4});
    CHECK(strange({"eve", "bob"}).empty());
    CHECK(strange({}).empty());
}

TEST_CASE("usual_rules: how names of several files are usually written") {
    std::vector<order> const some{{"Web", "ann"}, {"web", "ann"}},
        others{{"WEB", "bob"}, {"WEB", "bob"}};
    CHECK(usual_in({"web"}, &order::id, some) == std::vector<std::string>{"web"});
    CHECK(usual_in({}, &order::id, some, others) == std::vector<std::string>{"WEB"});
}

TEST_CASE("usual_rules: findings of several files are one") {
    std::vector<order> const none, one{{"a", "ann", 0}};
    file_checks checks;
    checks.check(one, positive("order value", &order::cents));
    checks.check(none, positive("refund value", &order::cents));
    checks.add(known_name("order channel", one, &order::id, "is of no channel", {}));
    CHECK(checks.found().size() == 3);
    CHECK(checks.found().count("order value is positive") == 1);
    CHECK(checks.found().count("refund value is positive") == 0);
    checks.add(
        {"notes", attribution::severity::info, "", 7, 7, {}, {"1", "2", "3", "4", "5", "6"}});
    CHECK(checks.found()[3].notes.size() == file_lines.limit);
}
