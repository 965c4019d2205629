// SPDX-License-Identifier: BSL-1.0
// attribution_truth list
// attribution_truth board CUSTOMERS SEEDS [WORLD...]: every model in every world, or in these
// attribution_truth measure DIRECTORY...: every model in worlds that were written as files
// attribution_truth write WORLD CUSTOMERS SEED DIRECTORY: a world as files
//
// Results are lines of world,seed,incremental,model,channel,kind,truth,share. What a model cannot be learned
// from has none of it, and why is said on the standard error.
#include "models.hpp"
#include "rules.hpp"
#include "world.hpp"

#include <attribution/learn/fit_error.hpp>

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace {

constexpr char const* usage = "usage: attribution_truth list\n"
                              "       attribution_truth board CUSTOMERS SEEDS [WORLD...]\n"
                              "       attribution_truth measure DIRECTORY...\n"
                              "       attribution_truth write WORLD CUSTOMERS SEED DIRECTORY\n"
                              "with 10 to 10000000 CUSTOMERS and 1 to 1000 SEEDS\n";

struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::size_t number(std::string_view what, std::string_view text, std::size_t least,
                   std::size_t most) {
    std::size_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
        throw usage_error{
            fmt::format("{} '{}' is not a number from {} to {}", what, text, least, most)};
    return value;
}

truth::world_rules rules_of(std::string_view name) {
    auto const found = truth::world_named(name);
    if (!found)
        throw usage_error{
            fmt::format("there is no world '{}'; attribution_truth list names all", name)};
    return *found;
}

/// A model that cannot be learned from a world has no rows there, and the reason is said; nor has one
/// that needs experiments where nobody made any.
void measure(truth::world const& world, std::size_t seed) {
    for (auto const& model : truth::contenders()) {
        if (model.needs_experiments && world.experiments.empty())
            continue;
        try {
            auto const shares = model.shares(world);
            for (std::size_t i = 0; i < shares.size(); ++i)
                fmt::print("{},{},{:.10f},\"{}\",{},{},{:.10f},{:.10f}\n", world.name, seed,
                           world.incremental, model.name, world.channels[i].name,
                           world.channels[i].kind, world.channels[i].share, shares[i]);
        } catch (attribution::fit_error const& error) {
            fmt::print(stderr, "attribution_truth: {}, {}: {}\n", world.name, model.name,
                       error.what());
        }
    }
}

void print_heading() {
    fmt::print("world,seed,incremental,model,channel,kind,truth,share\n");
}

void board(std::vector<std::string> const& arguments) {
    auto const customers = number("CUSTOMERS", arguments[1], 10, 10'000'000);
    auto const seeds = number("SEEDS", arguments[2], 1, 1000);
    std::vector<truth::world_rules> chosen;
    for (std::size_t i = 3; i < arguments.size(); ++i)
        chosen.push_back(rules_of(arguments[i]));
    print_heading();
    for (auto const& rules : chosen.empty() ? truth::worlds() : chosen)
        for (std::size_t seed = 1; seed <= seeds; ++seed)
            measure(truth::make_world(rules, customers, seed), seed);
}

void run(std::vector<std::string> const& arguments) {
    auto const& command = arguments.empty() ? std::string{} : arguments[0];
    if (command == "list" && arguments.size() == 1) {
        for (auto const& one : truth::worlds())
            fmt::print("{}: {}\n", one.name, one.about);
    } else if (command == "board" && arguments.size() >= 3) {
        board(arguments);
    } else if (command == "measure" && arguments.size() >= 2) {
        print_heading();
        for (std::size_t i = 1; i < arguments.size(); ++i)
            measure(truth::read(arguments[i]), 0);
    } else if (command == "write" && arguments.size() == 5) {
        auto const customers = number("CUSTOMERS", arguments[2], 10, 10'000'000);
        auto const seed = number("SEED", arguments[3], 0, 1'000'000'000);
        truth::write(truth::make_world(rules_of(arguments[1]), customers, seed), arguments[4]);
    } else {
        throw usage_error{"unknown command"};
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        run({argv + 1, argv + argc});
        return 0;
    } catch (usage_error const& error) {
        fmt::print(stderr, "attribution_truth: {}\n{}", error.what(), usage);
        return 2;
    } catch (std::exception const& error) {
        fmt::print(stderr, "attribution_truth: {}\n", error.what());
        return 1;
    }
}
