// SPDX-License-Identifier: BSL-1.0
#include <cluster/partials.hpp>
#include <cluster/rows.hpp>

#include <support/csv.hpp>
#include <support/program.hpp>

#include <attribution/wire/partition_of.hpp>

#include <boost/mpi/collectives.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

namespace {

namespace mpi = boost::mpi;

constexpr auto description =
    "The report of attribution_worker, computed by the ranks of an MPI job.\n"
    "\n"
    "Every rank reads its share of the file, sends each row to the rank of its customer, and\n"
    "attributes what it received; the first adds up and prints. The same bytes on any number of\n"
    "ranks.\n";

/// Every `size`-th line, from the `rank`-th on, dealt out by customer. The end row counts them all.
std::vector<std::string> read_share(std::filesystem::path const& file, int rank, int size) {
    auto in = std::ifstream{file};
    if (!in)
        throw examples::input_error{{file.native()}, "cannot be opened"};
    std::vector<std::string> to(static_cast<std::size_t>(size));
    std::string line;
    std::size_t number = 0;
    bool ended = false;
    for (; std::getline(in, line); ++number) {
        examples::position const where{file.native(), number + 1};
        if (ended)
            throw examples::input_error{where, "there are rows after the end"};
        auto const said = cluster::rows_in_end(line, file.native(), number + 1);
        ended = said.has_value();
        if (ended && *said != number)
            throw examples::input_error{
                where, fmt::format("there are {} rows, the end row says {}: some got lost, or came "
                                   "twice",
                                   number, *said)};
        if (ended || number % static_cast<std::size_t>(size) != static_cast<std::size_t>(rank))
            continue;
        cluster::partition checked;
        cluster::add_line(checked, line, file.native(), number + 1);
        to[attribution::partition_of(cluster::customer_of(line), to.size())] += line + '\n';
    }
    if (!ended)
        throw examples::input_error{{file.native(), number},
                                    "the input ends without an end row: it was cut off"};
    return to;
}

cluster::partition rows_of(std::vector<std::string> const& received) {
    cluster::partition own;
    std::size_t number = 0;
    for (auto const& lines : received)
        for (std::size_t at = 0; at < lines.size();) {
            auto const end = lines.find('\n', at);
            cluster::add_line(own, std::string_view{lines}.substr(at, end - at), "received rows",
                              ++number);
            at = end + 1;
        }
    cluster::put_in_order(own, "received rows");
    return own;
}

std::int64_t latest_in(cluster::partition const& part) {
    auto latest = std::numeric_limits<std::int64_t>::min();
    for (auto const& touch : part.touches)
        latest = std::max<std::int64_t>(latest, touch.at.time_since_epoch().count());
    for (auto const& sale : part.sales)
        latest = std::max<std::int64_t>(latest, sale.at.time_since_epoch().count());
    return latest;
}

/// The sum of what all ranks have, at the first rank.
std::vector<std::string> merged_at_first(mpi::communicator const& world,
                                         std::vector<std::string> const& own) {
    std::vector<std::vector<std::string>> of_ranks;
    mpi::gather(world, own, of_ranks, 0);
    std::vector<std::string> all;
    for (auto const& partials : of_ranks)
        all.insert(all.end(), partials.begin(), partials.end());
    return cluster::merge(all);
}

void run(examples::command_line& command, mpi::communicator const& world) {
    std::filesystem::path file;
    int lookback = 90;
    auto& options = command.options;
    options.name("mpi_report");
    options.description(description);
    options.add_option("--rows", file, "File of rows, as pipeline_rows writes it")->required();
    options.add_option("--lookback-days", lookback, "How long a touch counts, in days (90)")
        ->check(CLI::Range(0, 36'500));
    command.parse();

    cluster::settings how;
    how.lookback = date::days{lookback};
    std::vector<std::string> received;
    mpi::all_to_all(world, read_share(file, world.rank(), world.size()), received);
    auto const own = rows_of(received);
    auto const latest = mpi::all_reduce(world, latest_in(own), mpi::maximum<std::int64_t>());
    auto learned = merged_at_first(
        world, cluster::learn(own, how, date::sys_seconds{std::chrono::seconds{latest}}));
    mpi::broadcast(world, learned, 0);
    auto const credits = merged_at_first(world, {cluster::attribute(own, how, learned)});
    if (world.rank() == 0)
        std::cout << cluster::report(credits.front());
}

}  // namespace

int main(int argc, char** argv) {
    mpi::environment const environment{argc, argv};
    mpi::communicator const world;
    auto const status = examples::run_program(
        argc, argv, [&](examples::command_line& command) { run(command, world); });
    if (status != 0)  // the others wait for this rank
        environment.abort(status);
    return status;
}
