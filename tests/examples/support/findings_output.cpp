// SPDX-License-Identifier: BSL-1.0
#include <support/findings_output.hpp>

#include <scratch.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace {

using attribution::severity;

attribution::findings some_findings() {
    attribution::findings found{3};
    found.add(
        {"unique(id)", severity::error, "repeats the id of an earlier row", 120, 7, {3, 9, 12}});
    found.add({"known(contact)", severity::warning, "leads to nothing, known", 120, 2, {4, 5}});
    found.add({"required(id)", severity::error, "id is missing", 120, 0});
    found.add({"total(usd)", severity::info, "does not add up", 120, 1, {}, {"is 5", "is \"6\""}});
    return found;
}

}  // namespace

TEST_CASE("findings_output: a table") {
    CHECK(examples::findings_table(some_findings()) ==
          "rule            severity  checked  count  first rows     what is wrong\n"
          "--------------  --------  -------  -----  -------------  "
          "--------------------------------\n"
          "required(id)    error         120      0\n"
          "unique(id)      error         120      7  3, 9, 12, ...  repeats the id of an earlier "
          "row\n"
          "known(contact)  warning       120      2  4, 5           leads to nothing, known\n"
          "total(usd)      info          120      1                 does not add up: is \"6\"; is "
          "5\n");
    CHECK(examples::findings_table({}) ==
          "rule  severity  checked  count  first rows  what is wrong\n"
          "----  --------  -------  -----  ----------  -------------\n");
}

TEST_CASE("findings_output: CSV") {
    scratch const here;
    auto out = examples::output_directory{here.directory};
    examples::write_findings_csv(out, "validation.csv", some_findings());
    out.commit();
    CHECK(here.read("validation.csv") ==
          "rule,severity,checked,count,first_rows,text,notes\n"
          "required(id),error,120,0,,id is missing,\n"
          "unique(id),error,120,7,3 9 12,repeats the id of an earlier row,\n"
          "known(contact),warning,120,2,4 5,\"leads to nothing, known\",\n"
          "total(usd),info,120,1,,does not add up,\"is \"\"6\"\"; is 5\"\n");
}

TEST_CASE("findings_output: JSON") {
    auto const text = examples::findings_json(some_findings());
    CHECK(text.starts_with(
        "[\n  {\n    \"rule\": \"required(id)\",\n    \"severity\": \"error\",\n"));
    CHECK(text.ends_with("\n]\n"));
    auto const read = nlohmann::json::parse(text);
    REQUIRE(read.size() == 4);
    CHECK(read[1]["rule"] == "unique(id)");
    CHECK(read[1]["checked"] == 120);
    CHECK(read[1]["count"] == 7);
    CHECK(read[1]["first_rows"] == nlohmann::json{3, 9, 12});
    CHECK(read[2]["severity"] == "warning");
    CHECK(read[2]["notes"] == nlohmann::json::array());
    CHECK(read[3]["text"] == "does not add up");
    CHECK(read[3]["notes"] == nlohmann::json{"is \"6\"", "is 5"});
    CHECK(examples::findings_json({}) == "[]\n");

    attribution::findings latin;
    latin.add({"caf\xE9", severity::error, "\n", 1, 1, {0}});
    CHECK(nlohmann::json::parse(examples::findings_json(latin))[0]["rule"] == "caf\xEF\xBF\xBD");
}
