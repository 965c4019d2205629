// SPDX-License-Identifier: BSL-1.0
#include <support/program.hpp>

#include <scratch.hpp>

#include <support/csv.hpp>
#include <support/output.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using examples::command_line;

namespace {

/// Sends a file descriptor elsewhere for a while.
class redirected {
  public:
    redirected(int descriptor, std::filesystem::path const& to)
        : descriptor_{descriptor}, before_{dup(descriptor)} {
        auto const file = open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, descriptor_);
        ::close(file);
    }
    redirected(redirected const&) = delete;
    redirected& operator=(redirected const&) = delete;
    ~redirected() {
        dup2(before_, descriptor_);
        ::close(before_);
    }

  private:
    int descriptor_;
    int before_;
};

struct outcome {
    int status;
    std::string out;
    std::string error;
    bool operator==(outcome const&) const = default;
};

std::ostream& operator<<(std::ostream& stream, outcome const& o) {
    return stream << o.status << " [" << o.out << "] [" << o.error << "]";
}

outcome run(std::vector<char const*> arguments, std::function<void(command_line&)> const& body) {
    scratch const here;
    int status = -1;
    arguments.insert(arguments.begin(), "somewhere/report");
    std::fflush(stdout);
    {
        auto const out = redirected{STDOUT_FILENO, here.directory / "out"};
        auto const error = redirected{STDERR_FILENO, here.directory / "error"};
        status = examples::run_program(static_cast<int>(arguments.size()), arguments.data(), body);
    }
    return {status, here.read("out"), here.read("error")};
}

outcome run(std::function<void(command_line&)> const& body) {
    return run({}, body);
}

void with_option(command_line& command) {
    int number = 0;
    command.options.description("Reports.");
    command.options.add_option("--number", number, "A number");
    command.parse();
    std::printf("%d\n", number);
}

}  // namespace

TEST_CASE("program: success and options") {
    CHECK(run({"--number", "5"}, with_option) == outcome{0, "5\n", ""});
    CHECK(run([](command_line&) { std::cout << "text"; }) == outcome{0, "text", ""});
}

TEST_CASE("program: --help") {
    auto const help = run({"--help"}, with_option);
    CHECK(help.status == 0);
    CHECK(help.error == "");
    CHECK(help.out.starts_with("Reports.\n"));
    CHECK(help.out.find("--number") != std::string::npos);
}

TEST_CASE("program: a wrong command line") {
    CHECK(
        run({"--number", "many"}, with_option) ==
        outcome{2, "", "report: Could not convert: --number = many (--help shows the options)\n"});
    CHECK(
        run({"--number"}, with_option) ==
        outcome{2, "",
                "report: --number: has no value: write one after it (--help shows the options)\n"});
    CHECK(run({"extra"}, with_option) ==
          outcome{2, "",
                  "report: The following argument was not expected: extra (--help shows the "
                  "options)\n"});
}

TEST_CASE("program: an option that is given twice, and whole numbers") {
    auto const with_days = [](std::vector<char const*> arguments) {
        return run(std::move(arguments), [](command_line& command) {
            int days = 0;
            command.options.add_option("--days", days)->check(CLI::Range(-5, 100));
            command.parse();
            std::cout << days;
        });
    };
    CHECK(with_days({"--days", "10"}) == outcome{0, "10", ""});
    CHECK(with_days({"--days", "-5"}) == outcome{0, "-5", ""});
    CHECK(with_days({"--days", "0"}) == outcome{0, "0", ""});
    for (auto const* const text : {"010", "0x10", "-01", " 03", "00"})
        CHECK(with_days({"--days", text}) ==
              outcome{2, "",
                      "report: --days: '" + std::string{text} +
                          "' begins with a zero, write it like 90 (--help shows the options)\n"});
    CHECK(run({"walk", "--days", "010"}, [](command_line& command) {
              int days = 0;
              command.options.add_subcommand("walk")->add_option("--days", days);
              command.parse();
          }).status == 2);
    CHECK(with_days({"--days", "1", "--days", "2"}) ==
          outcome{2, "",
                  "report: --days: is there more than once, or has several values: give it once "
                  "(--help shows the options)\n"});
}

TEST_CASE("program: wrong input") {
    CHECK(run([](command_line&) {
              throw examples::input_error({"a.csv", 3, "x"}, "is bad");
          }) == outcome{2, "", "report: a.csv:3: column 'x': is bad\n"});
    CHECK(run([](command_line&) { (void)std::filesystem::file_size("/nowhere/x"); }) ==
          outcome{2, "",
                  "report: filesystem error: cannot get file size: No such file or directory "
                  "[/nowhere/x]\n"});
}

TEST_CASE("program: everything else") {
    CHECK(run([](command_line&) { throw examples::output_error{"b.csv: is full"}; }) ==
          outcome{1, "", "report: b.csv: is full\n"});
    CHECK(run([](command_line&) { throw std::logic_error{"oops"}; }) ==
          outcome{1, "", "report: oops\n"});
    CHECK(run([](command_line&) { throw 5; }) == outcome{1, "", "report: unknown error\n"});
}

TEST_CASE("program: a standard output that takes no more") {
    auto const failed = run([](command_line&) {
        auto const full = redirected{STDOUT_FILENO, "/dev/full"};
        std::printf("text");
        std::fflush(stdout);
    });
    std::clearerr(stdout);
    CHECK(failed.status == 1);
    CHECK(failed.error.starts_with("report: standard output: cannot be written"));
}

TEST_CASE("program: without a name") {
    scratch const here;
    {
        auto const error = redirected{STDERR_FILENO, here.directory / "error"};
        CHECK(examples::run_program(0, nullptr,
                                    [](command_line&) { throw std::logic_error{"oops"}; }) == 1);
    }
    CHECK(here.read("error") == "program: oops\n");
}

TEST_CASE("program: a value is not empty, unless that says something") {
    auto const with = [](std::vector<char const*> arguments) {
        return run(std::move(arguments), [](command_line& command) {
            std::string key = "none", word = "none", nothing = "none";
            int days = 0;
            bool quick = false;
            command.options.add_option("--key", key);
            command.options.add_option("--word", word)->check(CLI::IsMember({"one", "two"}));
            command.options.add_option("--days", days);
            command.options.add_flag("--quick", quick);
            examples::may_be_empty(command.options.add_option("--nothing", nothing));
            command.parse();
            std::cout << key << ',' << word << ',' << nothing << ',' << quick;
        });
    };
    CHECK(with({"--quick", "--key", " ", "--nothing", ""}) == outcome{0, " ,none,,1", ""});
    for (auto const* const option : {"--key", "--word", "--days"})
        CHECK(with({option, ""}) ==
              outcome{2, "",
                      "report: " + std::string{option} +
                          ": is empty: write a value after it, or leave the option out (--help "
                          "shows the options)\n"});
}

TEST_CASE("program: a value in brackets is one") {
    auto const with = [](std::vector<char const*> arguments) {
        return run(std::move(arguments), [](command_line& command) {
            std::string key;
            std::vector<std::string> tables, files;
            command.options.add_option("--key", key);
            command.options.add_option("--table", tables)
                ->expected(1)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            command.options.add_option("files", files);
            command.parse();
            std::cout << key;
            for (auto const& table : tables)
                std::cout << '|' << table;
            for (auto const& file : files)
                std::cout << ' ' << file;
        });
    };
    CHECK(with({"--table", "[a,b]"}).out == "|[a,b]");
    CHECK(with({"--table", "[x].csv", "--table", "[]", "--key", "[k]"}).out == "[k]|[x].csv|[]");
    CHECK(with({"--table", "a", "b", "--key", "k"}).out == "k|a|b");
    CHECK(with({"--table"}).status == 2);
    CHECK(with({"one", "[two].csv", "--key", "k", "three"}).out == "k one [two].csv three");
}
