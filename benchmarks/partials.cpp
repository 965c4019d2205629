// SPDX-License-Identifier: BSL-1.0
// Partial results: tallies with as many groups as there are touchpoints, written, read and merged.
#include "harness.hpp"

#include <attribution/credit/credit.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace harness {

namespace {

namespace att = attribution;

struct click {
    std::uint32_t id;
    std::int64_t at;
};
template <class Amount>
struct payment {
    std::uint32_t id;
    std::int64_t at;
    Amount value;
};

template <class Amount>
struct records {
    std::vector<click> clicks;
    std::vector<payment<Amount>> payments;
};

att::configuration const how{.model = "linear", .policy = "90 days", .grouping = "click"};

template <class Amount>
auto empty_tally(records<Amount> const& from) {
    using paid = payment<Amount>;
    return att::by(&click::id)
        .bind(att::conversions(from.payments, &paid::id, &paid::at, &paid::value),
              att::touchpoints(from.clicks, &click::id, &click::at));
}

template <class Amount>
using tally_of = decltype(empty_tally(std::declval<records<Amount> const&>()));

/// What is sent: half of a payment for each click, which is a group of its own.
template <class Amount>
struct sent {
    explicit sent(std::vector<Amount> const& values, std::size_t groups) {
        for (std::size_t row = 0; row < groups; ++row)  // by an odd number: all ids are distinct
            from.clicks.push_back({static_cast<std::uint32_t>(row) * 0x9e37'79b1U, 0});
        for (auto const value : values)
            from.payments.push_back({0, 0, value});
        tally = std::make_unique<tally_of<Amount>>(empty_tally(from));
        for (std::size_t row = 0; row < groups; ++row)
            (*tally)({row % values.size(), row, values[row % values.size()], 0.5});
        bytes = att::to_bytes(*tally, how);
    }

    records<Amount> from;
    std::unique_ptr<tally_of<Amount>> tally;
    std::string bytes;
};

template <class Amount>
std::vector<Amount> const& values_of(workload::data const& data) {
    if constexpr (std::is_same_v<Amount, double>)
        return data.sales.value;
    else
        return data.sales.cents;
}

template <class Amount>
sent<Amount> const& sent_of(workload::data const& data) {
    static std::map<workload::plan, std::unique_ptr<sent<Amount>>> known;
    auto& one = known[data.made_by()];
    if (!one)
        one = std::make_unique<sent<Amount>>(values_of<Amount>(data), data.touches.at.size());
    return *one;
}

/// The same sums as one would keep them without a library.
struct plain_cell {
    double amount = 0;
    att::detail::int128 shares = 0;
    std::size_t credits = 0;
};
using plain_cells = std::unordered_map<std::uint32_t, plain_cell>;

plain_cells by_hand(sent<double> const& from) {
    plain_cells cells;
    auto const& payments = from.from.payments;
    for (std::size_t row = 0; row < from.from.clicks.size(); ++row) {
        auto& one = cells[from.from.clicks[row].id];
        one.amount += payments[row % payments.size()].value;
        one.shares += att::detail::int128{1} << 61;
        ++one.credits;
    }
    return cells;
}

plain_cells const& cells_of(workload::data const& data) {
    static std::map<workload::plan, plain_cells> known;
    auto& one = known[data.made_by()];
    if (one.empty())
        one = by_hand(sent_of<double>(data));
    return one;
}

void merge(plain_cells& into, plain_cells const& other) {
    for (auto const& [id, added] : other) {
        auto& one = into[id];
        one.amount += added.amount;
        one.shares += added.shares;
        one.credits += added.credits;
    }
}

/// Is each click's amount `times` that of its payment?
template <class Amount>
std::string wrong_sums(sent<Amount> const& from, tally_of<Amount> const& sums, std::size_t times) {
    auto const report = sums.finish();
    std::unordered_map<std::uint32_t, std::size_t> rows;
    for (std::size_t row = 0; row < from.from.clicks.size(); ++row)
        rows[from.from.clicks[row].id] = row;
    if (report.size() != rows.size() + 1)
        return "there are " + std::to_string(report.size()) + " groups";
    auto const& payments = from.from.payments;
    for (auto const& one : report)
        if (one.attributed &&
            (one.credits != times ||
             one.amount !=
                 static_cast<Amount>(times) * payments[rows.at(*one.key) % payments.size()].value))
            return "the click " + std::to_string(*one.key) + " has another sum";
    return {};
}

template <class Amount>
void add_tallies(std::string const& who, workload::plan const& plan) {
    add(
        {who, "encode", plan},
        [](workload::data const& data) {
            auto const& from = sent_of<Amount>(data);
            return wrong_sums(from, *from.tally, 1);
        },
        [](workload::data const& data) {
            benchmark::DoNotOptimize(att::to_bytes(*sent_of<Amount>(data).tally, how));
        });
    auto const decode = [](workload::data const& data) {
        auto const& from = sent_of<Amount>(data);
        auto sums = empty_tally(from.from);
        att::merge_bytes(sums, from.bytes, how);
        return sums;
    };
    add(
        {who, "decode", plan},
        [=](workload::data const& data) {
            return wrong_sums(sent_of<Amount>(data), decode(data), 1);
        },
        [=](workload::data const& data) { benchmark::DoNotOptimize(decode(data)); });
    // Into sums that have all of the groups already, and become larger each time.
    auto const grown = std::make_shared<std::map<workload::plan, tally_of<Amount>>>();
    auto const sums_of = [grown](workload::data const& data) -> tally_of<Amount>& {
        return grown->try_emplace(data.made_by(), *sent_of<Amount>(data).tally).first->second;
    };
    add(
        {who, "merge_bytes", plan},
        [=](workload::data const& data) {
            auto const& from = sent_of<Amount>(data);
            auto sums = *from.tally;
            att::merge_bytes(sums, from.bytes, how);
            return wrong_sums(from, sums, 2);
        },
        [=](workload::data const& data) {
            att::merge_bytes(sums_of(data), sent_of<Amount>(data).bytes, how);
        });
    add(
        {who, "merge", plan},
        [=](workload::data const& data) {
            auto const& from = sent_of<Amount>(data);
            auto sums = *from.tally;
            sums.merge(*from.tally);
            return wrong_sums(from, sums, 2);
        },
        [=](workload::data const& data) { sums_of(data).merge(*sent_of<Amount>(data).tally); });
    // Into a string of its own, as what `to_bytes` gives. Of a million groups it has more than the 32 MiB
    // beyond which malloc always asks the system for new pages, and gives them back; of fewer it may
    // have pages that were used before, so that only a million or more should be compared.
    add({who, "copy", plan}, nothing_to_verify, [](workload::data const& data) {
        benchmark::DoNotOptimize(std::string{sent_of<Amount>(data).bytes});
    });
}

void add_map(workload::plan const& plan) {
    add(
        {"unordered_map", "merge", plan},
        [](workload::data const& data) {
            auto sums = cells_of(data);
            merge(sums, cells_of(data));
            for (auto const& [id, one] : cells_of(data))
                if (sums.size() != cells_of(data).size() || sums[id].amount != 2 * one.amount ||
                    sums[id].credits != 2)
                    return "the click " + std::to_string(id) + " has another sum";
            return std::string{};
        },
        [](workload::data const& data) {
            static std::map<workload::plan, plain_cells> grown;
            merge(grown.try_emplace(data.made_by(), cells_of(data)).first->second, cells_of(data));
        });
    add({"unordered_map", "fill", plan}, nothing_to_verify, [](workload::data const& data) {
        plain_cells sums;
        merge(sums, cells_of(data));
        benchmark::DoNotOptimize(sums);
    });
}

}  // namespace

void add_partials(std::size_t touches) {
    workload::plan const plan{touches, order::sorted};
    add_tallies<double>("partial", plan);
    add_tallies<std::int64_t>("partial_cents", plan);
    add_map(plan);
}

}  // namespace harness
