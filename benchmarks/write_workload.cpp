// SPDX-License-Identifier: BSL-1.0
// attribution_workload TOUCHPOINTS sorted|shuffled DIRECTORY: writes Task T for peers that are no
// C++: touches.csv, sales.csv and the results they must give, results.json.
#include "reference.hpp"
#include "workload.hpp"

#include <fmt/format.h>
#include <fmt/os.h>

#include <charconv>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace {

void write(workload::plan const& plan, std::filesystem::path const& directory) {
    auto const& data = workload::get(plan);
    std::filesystem::create_directories(directory);
    auto touches = fmt::output_file((directory / "touches.csv").string());
    touches.print("customer,at,channel\n");
    for (std::size_t i = 0; i < data.touches.at.size(); ++i)
        touches.print("{},{},{}\n", data.touches.customer[i], data.touches.at[i],
                      int{data.touches.channel[i]});
    auto sales = fmt::output_file((directory / "sales.csv").string());
    sales.print("customer,at,value\n");
    for (std::size_t i = 0; i < data.sales.at.size(); ++i)
        sales.print("{},{},{}\n", data.sales.customer[i], data.sales.at[i], data.sales.value[i]);
    auto results = fmt::output_file((directory / "results.json").string());
    results.print("{{");
    char const* between = "\n";
    for (auto const model : reference::all_models) {
        results.print("{}  \"{}\": [{}]", between, reference::name_of(model),
                      fmt::join(reference::get(plan)[model], ", "));
        between = ",\n";
    }
    results.print("\n}}\n");
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view const size = argc == 4 ? argv[1] : "";
    std::string_view const how = argc == 4 ? argv[2] : "";
    workload::plan plan{0, how == "sorted" ? workload::order::sorted : workload::order::shuffled};
    auto const [rest, error] =
        std::from_chars(size.data(), size.data() + size.size(), plan.touches);
    if (error != std::errc{} || rest != size.data() + size.size() || plan.touches < 100 ||
        plan.touches > 40'000'000 || (how != "sorted" && how != "shuffled")) {
        std::fputs("usage: attribution_workload TOUCHPOINTS sorted|shuffled DIRECTORY, with 100 to "
                   "40000000 touchpoints\n",
                   stderr);
        return 2;
    }
    try {
        write(plan, argv[3]);
    } catch (std::exception const& problem) {
        fmt::print(stderr, "attribution_workload: {}\n", problem.what());
        return 1;
    }
}
