// SPDX-License-Identifier: BSL-1.0
#include <support/text_table.hpp>

#include <scratch.hpp>

using examples::text_table;

TEST_CASE("text_table aligns texts left and numbers right") {
    auto table = text_table{{"channel", "revenue", "share", "note"}};
    table.row({"Newsletter", "5,090.00", "7%", ""});
    table.row({"Trade fair", "-12.50", "", "3 days"});
    CHECK(table.text() == "channel      revenue  share  note\n"
                          "----------  --------  -----  ------\n"
                          "Newsletter  5,090.00     7%\n"
                          "Trade fair    -12.50         3 days\n");
}

TEST_CASE("text_table: edges") {
    CHECK(text_table{{"a", "bcd"}}.text() == "a  bcd\n-  ---\n");
    auto accents = text_table{{"name", "n"}};
    accents.row({"Caf\xC3\xA9s", "1"});
    accents.row({"-", "10"});
    CHECK(accents.text() == "name    n\n-----  --\nCaf\xC3\xA9s   1\n-      10\n");
    CHECK(error_of<std::invalid_argument>([&] { accents.row({"a"}); }) ==
          "text_table: a row needs one cell for every column");
}

TEST_CASE("text_table: what a terminal would obey, and what it has no room for") {
    auto table = text_table{{"name", "n"}};
    table.row({"a\x1B[31m\nb", "1"});
    table.row({std::string(10'000'000, 'x'), "2"});
    table.row({std::string(200, 'y'), "3"});
    table.row({std::string(201, 'z'), "4"});
    auto const text = table.text();
    CHECK(text.find("a [31m b") != std::string::npos);
    CHECK(text.find(std::string(200, 'y') + "  3\n") != std::string::npos);
    CHECK(text.find(std::string(199, 'z') + "…  4\n") != std::string::npos);
    CHECK(text.size() < 2000);
}
