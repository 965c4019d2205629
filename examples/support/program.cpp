// SPDX-License-Identifier: BSL-1.0
#include <support/program.hpp>

#include <support/csv.hpp>
#include <support/output.hpp>
#include <support/terminal.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace examples {

namespace {

constexpr int success = 0;
constexpr int failure = 1;
constexpr int wrong_input = 2;

[[noreturn]] void standard_output_failed() {
    throw output_error{fmt::format("standard output: cannot be written: {}",
                                   std::generic_category().message(errno))};
}

void flush_standard_output() {
    std::cout.flush();
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0 || !std::cout)
        standard_output_failed();
}

/// What CLI11 says of an option that is given twice, or without a value, does not say so.
std::string more_clearly(std::string what) {
    using namespace std::string_view_literals;
    for (auto const& [unclear, clear] :
         {std::pair{": At Most 1 required but received "sv,
                    ": is there more than once, or has several values: give it once"sv},
          std::pair{": 1 required "sv, ": has no value: write one after it"sv}})
        if (auto const at = what.find(unclear); at != what.npos)
            what.replace(at, what.npos, clear);
    return what;
}

/// What is wrong with a whole number that is read otherwise than people mean it, or nothing.
std::string no_decimal_number(std::string const& text) {
    auto const zero = text.find_first_not_of(" +-");
    return zero != text.npos && text[zero] == '0' && zero + 1 < text.size()
               ? fmt::format("'{}' begins with a zero, write it like 90", text)
               : std::string{};
}

constexpr auto of_empty_values = "may be empty";

bool takes_empty_values(CLI::Option& option) {
    try {
        return option.get_validator(of_empty_values) != nullptr;
    } catch (CLI::OptionNotFound const&) {
        return false;
    }
}

/// What is wrong with a value that says nothing.
std::string no_value(std::string const& text) {
    return text.empty() ? "is empty: write a value after it, or leave the option out" : "";
}

/// Of a program and its commands.
void check_values(CLI::App& options) {
    for (auto* const option : options.get_options()) {
        if (auto const type = option->get_type_name();
            type.starts_with("INT") || type.starts_with("UINT"))
            option->check(no_decimal_number);
        if (option->get_expected_max() > 0 && !takes_empty_values(*option))
            option->transform(CLI::Validator{[](std::string& text) { return no_value(text); }, ""});
        // A value in brackets is one, as the name of a file is: CLI11 takes it apart where any number
        // may follow a name, and takes numbers near the largest for any.
        if (option->get_allow_extra_args() && !option->get_positional())
            option->allow_extra_args(false)->expected(option->get_expected_min(),
                                                      CLI::detail::expected_max_vector_size / 32);
    }
    for (auto* const command : options.get_subcommands([](CLI::App*) { return true; }))
        check_values(*command);
}

}  // namespace

CLI::Option* may_be_empty(CLI::Option* option) {
    return option->check(
        CLI::Validator{[](std::string&) { return std::string{}; }, ""}.name(of_empty_values));
}

void command_line::parse() {
    check_values(options);
    options.parse(argc_, argv_);
}

void print_result(std::string_view text) {
    std::cout.flush();
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
        standard_output_failed();
    flush_standard_output();
}

int run_program(int argc, char const* const* argv, std::function<void(command_line&)> const& body) {
    auto const name = argc > 0 ? std::filesystem::path{argv[0]}.filename().string() : "program";
    auto const report = [&](std::string const& what, int status) {
        std::clog.flush();
        auto const [red, plain] =
            wants_colours(stderr) ? std::pair{"\x1B[1;31m", "\x1B[0m"} : std::pair{"", ""};
        std::fputs(fmt::format("{}{}:{} {}\n", red, name, plain, what).c_str(), stderr);
        return status;
    };
    try {
        auto command = command_line{argc, argv};
        try {
            body(command);
        } catch (CLI::Success const& request) {  // --help and its like
            command.options.exit(request);
        }
        flush_standard_output();
        return success;
    } catch (CLI::ParseError const& error) {
        return report(fmt::format("{} (--help shows the options)", more_clearly(error.what())),
                      wrong_input);
    } catch (input_error const& error) {
        return report(error.what(), wrong_input);
    } catch (std::filesystem::filesystem_error const& error) {
        return report(error.what(), wrong_input);
    } catch (std::exception const& error) {
        return report(error.what(), failure);
    } catch (...) {
        return report("unknown error", failure);
    }
}

}  // namespace examples
