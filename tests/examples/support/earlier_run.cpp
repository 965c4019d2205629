// SPDX-License-Identifier: BSL-1.0
#include <support/earlier_run.hpp>

#include <scratch.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

using namespace examples;

namespace {

/// Ann bought twice for the same, after two touchpoints that say the same; Bob was seen by nobody.
struct results : scratch {
    results() {
        write("pairs.csv", "sale,who,value,what\n"
                           "s,ann,1.5,ad\ns,ann,1.5,ad\ns,ann,1.5,\"a,d\"\n"
                           "s,ann,1.5,ad\ns,ann,1.5,ad\ns,ann,1.5,\"a,d\"\n");
        write("unattributed.csv", "sale,who,value,reason\nt,bob,0.25,nobody\n");
        write("audit.csv", "who,what,at\nann,ad,1\nann,\"a,d\",2\neve,ad,3\nann,ad,1\n");
        write("reconciliation.csv", "model,sales,value_in,credited,unattributed\n"
                                    "last,2,3.0,3.0,0.0\nlast,1,0.25,0.0,0.25\n");
        write("last_by_channel.csv", "channel,value\nad,2.0\n\"a,d\",1.0\n");
    }
    [[nodiscard]] earlier_run read() const {
        return {directory, {"small", "pairs.csv", "who", "who", {}}};
    }
    /// What is wrong if one file is another one.
    [[nodiscard]] std::string with(std::string const& file, std::string const& content) const {
        auto const good = this->read(file);
        write(file, content);
        auto const what = error_of<input_error>([&] {
            auto const run = read();
            run.touchpoints({{"who"}, {"what"}}, [](row_fields) {});
            earlier_amounts amounts{2};
            run.conversions({{"sale"}, {"value"}},
                            [&](row_fields row) { static_cast<void>(amounts(*row[1])); });
            run.check_values(amounts.values());
        });
        write(file, good);
        return what;
    }
    using scratch::read;
};

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("earlier_run: what was published, and the records behind it") {
    results const here;
    auto const run = here.read();
    REQUIRE(run.models().size() == 1);
    auto const& last = run.models()[0];
    CHECK(last.model == "last");
    CHECK(last.amounts.size() == 3);
    CHECK(last.amounts.at("ad") == wide_integer{2'000'000'000});
    CHECK(last.amounts.at("a,d") == wide_integer{1'000'000'000});
    CHECK(last.amounts.at(std::nullopt) == wide_integer{250'000'000});
    CHECK(run.has("audit.csv", "at"));
    CHECK(!run.has("audit.csv", "channel"));

    std::vector<std::string> seen;
    run.touchpoints({{"what"}, {"kind", false}, {"who"}}, [&](row_fields row) {
        CHECK(!row[1]);
        seen.push_back(std::string{row[2]->text} + ' ' + std::string{row[0]->text});
    });
    CHECK(seen == std::vector<std::string>{"ann ad", "ann a,d", "eve ad", "ann ad"});

    std::vector<std::string> sold;
    earlier_amounts amounts{2};
    run.conversions({{"who"}, {"value"}, {"segment", false}}, [&](row_fields row) {
        CHECK(!row[2]);
        sold.emplace_back(row[0]->text);
        CHECK(amounts(*row[1]).units() == (sold.back() == "ann" ? 150 : 25));
    });
    CHECK(sold == std::vector<std::string>{"ann", "ann", "bob"});
    run.check_values(amounts.values());
    run.rows("gone.csv", {{"who"}}, [](row_fields) { CHECK(false); });
}

TEST_CASE("earlier_run: values may have been rounded, to as many decimals as fitted") {
    results const here;
    here.write("reconciliation.csv", "model,sales,value_in,credited,unattributed\n"
                                     "last,3,3.25,3.0,0.25\n");
    auto const run = here.read();
    run.check_values({3'250'000'000});
    run.check_values({1'123'400'000, 2'126'600'000});
    run.check_values({3'249'999'999});  // 3.25 with all that fit
    CHECK_THROWS_AS(run.check_values({3'244'000'000}), input_error);
    CHECK_THROWS_AS(run.check_values({}), input_error);
}

TEST_CASE("earlier_run: nothing was sold") {
    results const here;
    here.write("pairs.csv", "sale,who,value,what\n");
    here.write("unattributed.csv", "sale,who,value,reason\n");
    here.write("reconciliation.csv", "model,sales,value_in,credited,unattributed\n");
    auto const run = here.read();
    CHECK(run.models().empty());
    run.conversions({{"who"}}, [](row_fields) { CHECK(false); });
    run.check_values({});
}

TEST_CASE("earlier_run: what is no run says what is needed") {
    results const here;
    auto const error = [&](std::string const& below) {
        return error_of<input_error>([&] {
            earlier_run{here.directory / below, {"small", "pairs.csv", "who", "who", {}}};
        });
    };
    CHECK(contains(error("gone"), "gone: is not there; --against needs the directory that an "
                                  "earlier run of small had as --out"));
    CHECK(contains(error("audit.csv"), "audit.csv: is no directory"));
    std::filesystem::create_directory(here.directory / "other");
    CHECK(contains(error("other"), "other: has no pairs.csv; --against"));
    here.write("other/chosen_attribution.csv", "");
    CHECK(contains(error("other"), "it looks like one of krispcall"));
}

TEST_CASE("earlier_run: what does not fit together is told by file, with what to do") {
    results const here;
    auto const anew = "; compare with another run, or make this one anew with small --out " +
                      here.directory.string();
    auto const wrong = [&](std::string const& file, std::string const& content,
                           std::string const& what) {
        auto const said = here.with(file, content);
        CHECK_MESSAGE(contains(said, file), said);
        CHECK_MESSAGE(contains(said, what), said);
        CHECK_MESSAGE(said.ends_with(anew), said);
        CHECK_MESSAGE(said.find(anew) == said.size() - anew.size(), said);
    };
    CHECK(here.with("audit.csv", here.scratch::read("audit.csv")) == "nothing was thrown");
    wrong("audit.csv", "", "is empty");
    wrong("audit.csv", "who,kind\nann,ad\n", "has no column 'what'");
    wrong("audit.csv", "who,what,at\nann,ad,1\n", "unattributed.csv and audit.csv have 5");
    wrong("audit.csv", "who,what,at\nann,ad,1\nann,ad,1\nann,ad,1\n", "4 times, but 3 times in");
    wrong("audit.csv", "who,what\nann,\"ad\n", "quote");
    wrong("pairs.csv", "sale,value,who,what\n", "begins with other columns than unattributed.csv");
    wrong("unattributed.csv", "sale,who,value,why\n", "a conversion and the reason");
    wrong("unattributed.csv", "sale,who,value,reason\nt,bob,x,nobody\n",
          "unattributed.csv:2: column 'value': 'x' is not a decimal number");
    wrong("last_by_channel.csv", "channel,value\nad,2.0\n",
          "do not add up to the value_in of "
          "reconciliation.csv");
    wrong("last_by_channel.csv", "channel,value\nad,1\nad,2\n", "has 'ad' twice");
    wrong("last_by_channel.csv", "channel\nad\n", "two columns");
    wrong("reconciliation.csv", "model,value_in\n", "has no column 'unattributed'");
    wrong("reconciliation.csv",
          "model,sales,value_in,credited,unattributed\nlast,3,3.0,3.0,0.0\nlast,0,0,0,0\n",
          "has another value_in than the values of");
    here.write("first_by_channel.csv", "channel,value\nad,3.0\n");
    for (auto const* const first : {"first,2,3.25,3.0,0.25\n", "first,3,3.5,3.0,0.5\n"})
        wrong("reconciliation.csv",
              std::string{"model,sales,value_in,credited,unattributed\nlast,2,3.0,3.0,0.0\n"
                          "last,1,0.25,0.0,0.25\n"} +
                  first,
              "has other conversions for 'first' than for 'last'");
    wrong("reconciliation.csv", "model,sales,value_in,credited,unattributed\nlast,x,3,3,0\n",
          "'x' is not a count");
}

TEST_CASE("earlier_amounts: rounded half away from zero, and refused before they do not fit") {
    earlier_amounts amounts{2};
    auto const of = [&](std::string const& text) {
        return amounts({text, {"audit.csv", 7, "value"}}).units();
    };
    CHECK(of("1.005") == 101);
    CHECK(of("-1.005") == -101);
    CHECK(of("1.0049") == 100);
    CHECK(amounts.values().front() == wide_integer{1'005'000'000});
    CHECK(of("60000000000000000") == 6'000'000'000'000'000'000);
    CHECK(contains(error_of<input_error>([&] { static_cast<void>(of("-20000000000000000")); }),
                   "audit.csv:7: column 'value': with this row the amounts of that run"));
}
