// SPDX-License-Identifier: BSL-1.0
#include <support/csv.hpp>

#include <scratch.hpp>

#include <support/output.hpp>
#include <support/random.hpp>

#include <iterator>
#include <ranges>
#include <string>
#include <vector>

using namespace std::literals;
using examples::csv_reader;
using examples::encoding;
using examples::input_error;

static_assert(std::input_iterator<csv_reader::iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, csv_reader::iterator>);
static_assert(std::ranges::input_range<csv_reader>);
static_assert(!std::ranges::forward_range<csv_reader>);

namespace {

scratch const here;

/// Every row as "line: a|b", for a file with the columns a and b.
std::vector<std::string> rows(std::string_view content) {
    std::vector<std::string> result;
    for (auto const row : csv_reader{here.write("x.csv", content), {"a", "b"}})
        result.push_back(std::to_string(row.line()) + ": " + std::string{row["a"].text} + "|" +
                         std::string{row["b"].text});
    return result;
}

/// The error when reading it, without the directory of the file.
std::string error(std::string_view content) {
    auto const text = error_of<input_error>([&] { rows(content); });
    auto const directory = here.directory.string() + "/";
    return text.starts_with(directory) ? text.substr(directory.size()) : text;
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("csv: columns in any order, among others") {
    CHECK(rows("a,b\n1,2\n3,4\n") == lines{"2: 1|2", "3: 3|4"});
    CHECK(rows("x,b,y,a\n0,2,0,1\n") == lines{"2: 1|2"});
    CHECK(rows("a,b\n") == lines{});
    CHECK(rows("a,b") == lines{});
    CHECK(rows("a,b,x,x\n1,2,3,4\n") == lines{"2: 1|2"});  // only wanted names must be unique
}

TEST_CASE("csv: line ends and the byte order mark") {
    auto const expected = lines{"2: 1|2", "3: 3|4"};
    CHECK(rows("a,b\r\n1,2\r\n3,4\r\n") == expected);
    CHECK(rows("a,b\r1,2\r3,4\r") == expected);
    CHECK(rows("a,b\r\n1,2\r\n3,4") == expected);
    CHECK(rows("\xEF\xBB\xBF\xEF\xBB\xBF\xEF\xBB\xBF"
               "a,b\n1,2\n3,4\n") == expected);
    CHECK(rows("a,b\n1,2\n3,4\r") == expected);
    CHECK(rows("a,b\r\n1,2\r\n\n3,4\r\n") == lines{"2: 1|2", "4: 3|4"});  // a blank line between
    CHECK(rows("\xEF\xBB\xBF"
               "a,b\n1,2\n3,4\n") == expected);
    CHECK(rows("\xEF\xBB\xBF\"a\",b\n1,2\n3,4\n") == expected);
    CHECK(rows("a,b\n\n1,2\n\r\n\n3,4\n") == lines{"3: 1|2", "6: 3|4"});
}

TEST_CASE("csv: quoted fields") {
    CHECK(rows("a,b\n\"1,5\",\"say \"\"no\"\"\"\n") == lines{"2: 1,5|say \"no\""});
    CHECK(rows("a,b\n1,\"\"\n") == lines{"2: 1|"});
    CHECK(rows("a,b\n1,\"2\"") == lines{"2: 1|2"});
    SUBCASE("line ends inside count as lines of the file") {
        CHECK(rows("a,b\n\"x\ny\r\nz\",2\n3,\"\n\n\"\n5,6\n") ==
              lines{"2: x\ny\r\nz|2", "5: 3|\n\n", "8: 5|6"});
        CHECK(rows("\"a\",b,\"x\ny\"\n1,2,3\n") == lines{"3: 1|2"});
        CHECK(rows("a,b\n\"x\ry\",2\n3,4\n") == lines{"2: x\ry|2", "4: 3|4"});
    }
}

TEST_CASE("csv: rows that are only split, beside others") {
    // Blocks that are plain and others, rows across their borders, all line ends.
    std::string content = "a,x,b\n";
    lines expected;
    std::size_t line = 1;
    for (std::size_t i = 0; i < 20'000; ++i) {
        auto const number = std::to_string(i);
        auto const* const end = i % 7 == 0 ? "\n" : i % 11 == 0 ? "\r" : "\r\n";
        auto const odd = i > 9'000 && i % 1'000 == 3;
        content += number + ",not asked for," + (odd ? "\"\xC3\xA4,\r\n\"" : number) + end;
        expected.push_back(std::to_string(++line) + ": " + number + "|" +
                           (odd ? "\xC3\xA4,\r\n" : number));
        line += odd ? 1 : 0;
    }
    CHECK(content.size() > 7 * (64 << 10));
    CHECK(rows(content) == expected);
    auto const broken = content + "1,2\xFF,3\xFF\n";
    CHECK(error(broken).starts_with("x.csv:" + std::to_string(line + 1) +
                                    ": column 'b': '3\\xFF' has the byte \\xFF"));
    CHECK(error(content + "1,2\r\n")
              .starts_with("x.csv:" + std::to_string(line + 1) + ": column 'b': is missing"));
}

TEST_CASE("csv: spaces belong to the field") {
    CHECK(rows("a,b\n 1 ,\t2\n") == lines{"2:  1 |\t2"});
    CHECK(error("a,b\n1, \"2\"\n") ==
          "x.csv:2: column 'b': has a quote where none may be, put the whole field in double "
          "quotes and write each quote inside it twice");
    CHECK(error("a, b\n1,2\n") == "x.csv:1: column 'b': is not in the header, which has 'a', ' b', "
                                  "rename ' b', which differs in case or spaces");
}

TEST_CASE("csv: empty fields") {
    CHECK(rows("a,b\n,\n,2\n1,\n1,") == lines{"2: |", "3: |2", "4: 1|", "5: 1|"});
}

TEST_CASE("csv: a field knows where it stands") {
    auto const file = here.write("x.csv", "b,a\n1,2\n\"\n\",7\n9,9\n");
    std::vector<std::size_t> seen;
    for (auto const row : csv_reader{file, {"a", "b"}}) {
        auto const field = row["a"];
        CHECK(field.where.file == file.string());
        CHECK(field.where.column == "a");
        CHECK(field.where.line == row.line());
        CHECK(row.where("b").column == "b");
        CHECK(row.where("b").line == row.line());
        seen.push_back(row.line());
    }
    CHECK(seen == std::vector<std::size_t>{2, 3, 5});
}

TEST_CASE("csv: a column that was not asked for is a mistake of the program") {
    auto reader = csv_reader{here.write("x.csv", "a,b,c\n1,2,3\n"), {"a", "b"}};
    auto const it = reader.begin();
    CHECK(error_of<std::logic_error>([&] {
              (void)(*it)["c"];
          }).ends_with("x.csv: the program did not ask for column 'c', only for 'a', 'b'"));
}

TEST_CASE("csv: missing and repeated columns") {
    CHECK(error("a,c\n1,2\n") == "x.csv:1: column 'b': is not in the header, which has 'a', 'c', "
                                 "add the column or rename one");
    CHECK(error("\n\nA,b\n1,2\n") == "x.csv:3: column 'a': is not in the header, which has 'A', "
                                     "'b', rename 'A', which differs in case or spaces");
    CHECK(error("a,b,a\n1,2,3\n") == "x.csv:1: column 'a': is in the header more than once, remove "
                                     "or rename all but one");
}

TEST_CASE("csv: rows with the wrong number of fields") {
    CHECK(error("a,b,c\n1,2,3\n1\n") == "x.csv:3: column 'b': is missing, the row has 1 of 3 "
                                        "fields, write a comma before every empty field too");
    CHECK(error("a,b\n\"\n\",2\n1,2,3\n") == "x.csv:4: the row has 3 fields but the header 2, put "
                                             "a field with commas in double quotes");
    CHECK(error("a,b\n1,2\n \n") == "x.csv:3: column 'b': is missing, the row has 1 of 2 fields, "
                                    "write a comma before every empty field too");
}

TEST_CASE("csv: broken quotes") {
    auto const misplaced = "has a quote where none may be, put the whole field in double quotes "
                           "and write each quote inside it twice"s;
    auto const unclosed = "begins with a quote that is never closed, add the closing quote"s;
    CHECK(error("a,b\n1,2\n3,4\"5\n") == "x.csv:3: column 'b': " + misplaced);
    CHECK(error("a,b\n\"1\"2,3\n") == "x.csv:2: column 'a': " + misplaced);
    CHECK(error("a,b\n1,2,3\"\n") == "x.csv:2: column '3': " + misplaced);
    CHECK(error("a,b\n1,\"2\n3,4\n5,6\n") == "x.csv:2: column 'b': " + unclosed);
    CHECK(error("\"a,b\n") == "x.csv:1: column '1': " + unclosed);
}

TEST_CASE("csv: files that are not CSV") {
    auto const empty = "x.csv: is empty, it needs a header line with the columns 'a', 'b'";
    CHECK(error("") == empty);
    CHECK(error("\n\r\n\n") == empty);
    CHECK(error("\xEF\xBB\xBF") == empty);
    auto const open = [&](std::filesystem::path const& file) {
        return error_of<input_error>([&] { csv_reader(file, {"a"}); });
    };
    CHECK(open(here.directory) ==
          here.directory.string() + ": is a directory, name the CSV file in it");
    auto const none = (here.directory / "none.csv").string();
    CHECK(open(none) == none + ": cannot be opened (No such file or directory), check the name and "
                               "the permissions");
    CHECK(open("/proc/self/mem") == "/proc/self/mem:1: cannot be read (Input/output error), check "
                                    "the file and its disk");
}

TEST_CASE("csv: NUL and other control bytes") {
    CHECK(rows("a,b\nx,\x01\n"sv) == lines{"2: x|\x01"s});
    CHECK(error("a,b\nx\0y,1\n"sv) == "x.csv:2: column 'a': 'x\\x00y' has a NUL byte, remove it, "
                                      "or say --encoding utf-16le if this is UTF-16");
    CHECK(rows("a,c,b\nx,\0,y\n"sv) == lines{"2: x|y"});  // nobody asked for c
    CHECK(error("a\0,b\n1,2\n"sv) == "x.csv:1: column 'a': is not in the header, which has "
                                     "'a\\x00', 'b', it may be UTF-16 without a byte order mark, "
                                     "save it as UTF-8 or try --encoding utf-16le");
}

TEST_CASE("csv: names of columns are UTF-8, whatever the file is") {
    auto const value = [](std::string_view content, encoding as) {
        auto how = examples::reading{};
        how.as = as;
        std::string found;
        for (auto const row : csv_reader{here.write("x.csv", content), {"caf\xC3\xA9"}, how})
            found = row["caf\xC3\xA9"].text;
        return found;
    };
    CHECK(value("caf\xE9,b\n1,2\n", encoding::automatic) == "1");
    CHECK(value("caf\xE9,b\n1,2\n", encoding::windows_1252) == "1");
    CHECK(value("caf\xC3\xA9,b\n1,2\n", encoding::automatic) == "1");
    CHECK(value("caf\xC3\xA9,b\xE9\n\xC3\xA9,2\n", encoding::automatic) == "\xC3\xA9");
    CHECK_THROWS_AS(value("caf\xE9,b\n1,2\n", encoding::utf_8), input_error);
    CHECK_THROWS_AS(value("caf\x81,b\n1,2\n", encoding::automatic), input_error);
}

TEST_CASE("csv: a first line that is no header") {
    auto const error = [](std::string_view content) {
        auto how = examples::reading{};
        auto const none = [](std::vector<std::string> const& header) -> std::vector<std::string> {
            throw input_error{{"shown"}, "has no key, only " + header.front()};
        };
        return error_of<input_error>([&] {
            csv_reader{here.write("x.csv", content), "shown", none, how};
        });
    };
    CHECK(error("a,b\n") == "shown: has no key, only a");
    CHECK(
        error("\nReport for May\n\na,b\n") ==
        "shown: has no key, only Report for May; line 2 is taken for the header and has one field "
        "only: remove the lines before the header, or say what separates its fields");
    CHECK(
        error("a\0,\0b\0\n\0"sv) ==
        "shown:1: the header has NUL bytes, it may be UTF-16 without a byte order mark, save it as "
        "UTF-8 or try --encoding utf-16le");
}

namespace {

/// As rows(), and what the reader noted: encodings, then separators.
std::vector<std::string> rows(std::string_view content, examples::encoding as,
                              std::vector<std::string>* noted = nullptr) {
    auto how = examples::reading{};
    how.as = as;
    std::vector<std::string> result;
    for (auto const row : csv_reader{here.write("x.csv", content), {"a", "b"}, how})
        result.push_back(std::to_string(row.line()) + ": " + std::string{row["a"].text} + "|" +
                         std::string{row["b"].text});
    if (noted) {
        *noted = how.encodings;
        noted->insert(noted->end(), how.separators.begin(), how.separators.end());
    }
    return result;
}

std::string utf_16(std::string_view ascii, bool big) {
    std::string text;
    for (char const c : ascii)
        text += big ? "\0"s + c : c + "\0"s;
    return text;
}

}  // namespace

TEST_CASE("csv: separators other than commas") {
    lines noted;
    auto const expected = lines{"2: 1|2", "3: 3,4|x"};
    for (auto const& [mark, name] :
         {std::pair{";"s, "semicolons"s}, {"\t", "tabs"}, {"|", "vertical bars"}}) {
        auto const file = "c" + mark + "a" + mark + "b\n0" + mark + "1" + mark + "2\r\n0" + mark +
                          "3,4" + mark + "x";
        CHECK(rows(file, examples::encoding::automatic, &noted) == expected);
        CHECK(noted == lines{"x.csv has " + name});
    }
    CHECK(rows("\"a\";\"b\"\n\"1;5\";2\n") == lines{"2: 1;5|2"});
    SUBCASE("a comma where both would do") {
        CHECK(rows("a,b,c;d\n1,2,3;4\n", examples::encoding::automatic, &noted) == lines{"2: 1|2"});
        CHECK(noted == lines{});
    }
    SUBCASE("columns that are wanted, before many fields") {
        CHECK(rows("a;b;net, gross, tax, all\n1;2;3\n") == lines{"2: 1|2"});
    }
    SUBCASE("a first line that names the separator") {
        CHECK(rows("sep=;\r\na;b\r\n1;2\r\n") == lines{"3: 1|2"});
        CHECK(rows("\"sep=\t\"\na\tb\n1\t2\n") == lines{"3: 1|2"});
        CHECK(rows("\nsep=,\na,b\n1,2\n") == lines{"4: 1|2"});
    }
    SUBCASE("what was said, whatever the first line names") {
        auto how = examples::reading{};
        how.separator = ',';
        for (auto const row :
             csv_reader{here.write("x.csv", "sep=;\na,b\n1,2;3\n"), {"a", "b"}, how})
            CHECK(row["b"].text == "2;3");
    }
    SUBCASE("a first line that names none is a header") {
        for (auto const line : {"sep=", "sep=x", "sep=;;", "sep", "\"\""})
            CHECK(error(std::string{line} + "\na;b\n1;2\n")
                      .starts_with("x.csv:1: column 'a': is not in the header, which has "));
    }
    SUBCASE("errors name it") {
        CHECK(error("a;b;c\n1;2\n") == "x.csv:2: column 'c': is missing, the row has 2 of 3 "
                                       "fields, write a semicolon before every empty field too");
        CHECK(error("a;b\n1;2;3\n") == "x.csv:2: the row has 3 fields but the header 2, put a "
                                       "field with semicolons in double quotes");
        CHECK(error("x;y\n1;2\n") == "x.csv:1: column 'a': is not in the header, which has 'x', "
                                     "'y', add the column or rename one");
    }
}

TEST_CASE("csv: encodings") {
    using examples::encoding;
    lines noted;
    auto const cafe = lines{"2: caf\xC3\xA9|1", "3: caf\xC3\xAA|\xE2\x82\xAC"};
    SUBCASE("Windows-1252, found or said") {
        auto const file = "a,b\ncaf\xE9,1\ncaf\xEA,\x80\n"s;
        CHECK(rows(file, encoding::automatic, &noted) == cafe);
        CHECK(noted == lines{"x.csv is Windows-1252"});
        CHECK(rows(file, encoding::windows_1252, &noted) == cafe);
        CHECK(noted == lines{"x.csv is Windows-1252"});
    }
    SUBCASE("UTF-8, which needs no note") {
        auto const file = "a,b\ncaf\xC3\xA9,1\ncaf\xC3\xAA,\xE2\x82\xAC\n"s;
        CHECK(rows(file, encoding::automatic, &noted) == cafe);
        CHECK(rows(file, encoding::utf_8, &noted) == cafe);
        CHECK(rows("\xEF\xBB\xBF" + file, encoding::windows_1252, &noted) == cafe);
        CHECK(noted == lines{});
    }
    SUBCASE("UTF-16, by its byte order mark or said") {
        for (auto const big : {false, true}) {
            auto const text = utf_16("a,b\r\nx,1\r\n", big);
            auto const mark = big ? "\xFE\xFF"s : "\xFF\xFE"s;
            CHECK(rows(mark + text, encoding::automatic, &noted) == lines{"2: x|1"});
            CHECK(noted ==
                  lines{big ? "x.csv is UTF-16 (big endian)" : "x.csv is UTF-16 (little endian)"});
            CHECK(rows(text, big ? encoding::utf_16_big : encoding::utf_16_little) ==
                  lines{"2: x|1"});
        }
        auto const begin = "\xFF\xFE"s + utf_16("a,b\n1,", false);
        CHECK(rows(begin + "\x3D\xD8\x00\xDE"s, encoding::automatic) ==
              lines{"2: 1|\xF0\x9F\x98\x80"});
        for (auto const& half : {"\x3D\xD8"s, "\x00\xDE"s, "\x3D\xD8x\0"s, "x"s, "\x3D"s})
            CHECK(error(begin + half) == "x.csv:2: has half of a surrogate pair, which is no "
                                         "UTF-16: save the file as UTF-8");
        auto const large = std::string(100'000, 'x');
        CHECK(rows("\xFF\xFE"s + utf_16("a,b\n" + large + ",2\n", false), encoding::automatic) ==
              lines{"2: " + large + "|2"});
    }
    SUBCASE("never a mixture, which would make two names of one") {
        CHECK(error("a,b\ncaf\xE9,1\ncaf\xC3\xA9,2\n") ==
              "x.csv:3: column 'a': 'caf\xC3\xA9' is UTF-8, but line 2 is not: save the whole file "
              "as UTF-8, or say what it is with --encoding");
        CHECK(error("a,b\ncaf\xC3\xA9,1\n2,caf\xE9\n") ==
              "x.csv:3: column 'b': 'caf\\xE9' has the byte \\xE9, which is no UTF-8 there, though "
              "line 2 is UTF-8: save the whole file as UTF-8, or say what it is with --encoding");
        CHECK(error("\xEF\xBB\xBF"
                    "a,b\n1,caf\xE9\n") ==
              "x.csv:2: column 'b': 'caf\\xE9' has the byte \\xE9, which is no UTF-8 there: save "
              "the whole file as UTF-8, or say what it is with --encoding");
        CHECK(rows("a,b\n\xC3\xA9,\xE9\n", encoding::windows_1252) ==
              lines{"2: \xC3\x83\xC2\xA9|\xC3\xA9"});
    }
    SUBCASE("bytes that are in neither") {
        for (auto const& byte : {"\x81"s, "\x8D"s, "\x8F"s, "\x90"s, "\x9D"s})
            CHECK(error("a,b\n1," + byte + "\n")
                      .ends_with("has a byte that neither UTF-8 nor "
                                 "Windows-1252 knows, save the file as "
                                 "UTF-8"));
    }
    SUBCASE("columns that nobody asked for may be anything") {
        CHECK(rows("a,x,b\n1,\xE9\x81,2\n3,\xC3\xA9,\xC3\xA9\n") ==
              lines{"2: 1|2", "3: 3|\xC3\xA9"});
    }
    SUBCASE("files of other kinds") {
        CHECK(error("PK\x03\x04zip") == "x.csv: is no CSV, but a ZIP archive or an Excel workbook, "
                                        "export it as CSV in UTF-8");
        for (auto const& begin : {"\xFF\xFE\0\0a\0\0\0"s, "\x1F\x8B\x08"s, "%PDF-1.7"s,
                                  "\xD0\xCF\x11\xE0"s, "SQLite format 3\0"s})
            CHECK(error(begin).starts_with("x.csv: is no CSV, but "));
    }
}

TEST_CASE("csv: long fields, rows and files") {
    SUBCASE("longer than a block") {
        auto const longer = std::string(200'000, 'x') + "\r\n" + std::string(100'000, 'y');
        auto const read = rows("a,b\r\n\"" + longer + "\",2\r\n3,4");
        REQUIRE(read.size() == 2);
        CHECK(read[0] == "2: " + longer + "|2");
        CHECK(read[1] == "4: 3|4");
    }
    SUBCASE("line ends at every distance from the end of a block") {
        for (std::size_t size = 65'520; size < 65'545; ++size) {
            auto const text = std::string(size, 'x');
            CHECK(rows("a,b\r\n" + text + ",2\r\n3,4\r\n") == lines{"2: " + text + "|2", "3: 3|4"});
        }
    }
    SUBCASE("a byte order mark is one at the begin of the file only, not of a block") {
        auto const text = std::string(65'536 - 4, 'x') + "\xEF\xBB\xBF";
        CHECK(rows("a,b\n" + text + ",2\n") == lines{"2: " + text + "|2"});
    }
    SUBCASE("a row of 16 MiB is read, a longer one is not") {
        auto const most = std::string((std::size_t{16} << 20U) - 3, 'x');
        CHECK(rows("a,b\n" + most + ",2\n") == lines{"2: " + most + "|2"});
        CHECK(
            error("a,b\n" + most + "x,2\n") ==
            "x.csv:2: column 'a': the row is longer than 16 MiB, look for a missing closing quote");
    }
    SUBCASE("a quote that swallows the file ends in an error, not in memory") {
        CHECK(error("a,b\n1,2\n3,\"" + std::string(std::size_t{17} << 20U, 'x')) ==
              "x.csv:3: column 'b': the row is longer than 16 MiB, look for a missing closing "
              "quote");
        CHECK(error("a,b\n" + std::string(std::size_t{17} << 20U, ','))
                  .ends_with("the row is longer than 16 MiB, look for a missing closing quote"));
    }
}

TEST_CASE("csv: what csv_line writes is read back") {
    auto random = examples::random_source{7};
    auto const alphabet = lines{"a", "b", ",", "\"", "\r", "\n", "\t", " ", ";", "'", "\xC3\xA9"};
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> fields(5);
        for (auto& field : fields)
            for (auto n = random.between(0, 6); n > 0; --n)
                field += random.pick(alphabet);
        std::string content = "a,b,c,d,e\n";
        content += examples::csv_line(fields[0], fields[1], fields[2], fields[3], fields[4]);
        std::vector<std::string> read;
        for (auto const row : csv_reader{here.write("x.csv", content), {"a", "b", "c", "d", "e"}})
            for (auto const* column : {"a", "b", "c", "d", "e"})
                read.emplace_back(row[column].text);
        CHECK(read == fields);
    }
}

TEST_CASE("csv: quoted text in messages is printable and short") {
    CHECK(examples::in_quotes("plain") == "'plain'");
    CHECK(examples::in_quotes("a\nb\x7F") == "'a\\x0Ab\\x7F'");
    CHECK(examples::in_quotes("caf\xE9 caf\xC3\xA9") == "'caf\\xE9 caf\xC3\xA9'");
    CHECK(examples::in_quotes("\x1F\x20~") == "'\\x1F ~'");
    CHECK(examples::in_quotes(std::string(60, 'x')) == "'" + std::string(60, 'x') + "'");
    CHECK(examples::in_quotes(std::string(61, 'x')) == "'" + std::string(60, 'x') + "...'");
    CHECK(examples::in_quotes(std::string(100, 'x')) == "'" + std::string(60, 'x') + "...'");
}
