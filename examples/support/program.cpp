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

/// What CLI11 says of an option that is given twice does not say so.
std::string more_clearly(std::string what) {
    constexpr std::string_view unclear = ": At Most 1 required but received ";
    if (auto const at = what.find(unclear); at != what.npos)
        what.replace(at, what.npos,
                     ": is there more than once, or has several values: give it once");
    return what;
}

/// What is wrong with a whole number that is read otherwise than people mean it, or nothing.
std::string no_decimal_number(std::string const& text) {
    auto const zero = text.find_first_not_of(" +-");
    return zero != text.npos && text[zero] == '0' && zero + 1 < text.size()
               ? fmt::format("'{}' begins with a zero, write it like 90", text)
               : std::string{};
}

/// Of a program and its commands.
void check_numbers(CLI::App& options) {
    for (auto* const option : options.get_options())
        if (auto const type = option->get_type_name();
            type.starts_with("INT") || type.starts_with("UINT"))
            option->check(no_decimal_number);
    for (auto* const command : options.get_subcommands([](CLI::App*) { return true; }))
        check_numbers(*command);
}

}  // namespace

void command_line::parse() {
    check_numbers(options);
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
