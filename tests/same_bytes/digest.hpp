// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/random.hpp"

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/wire/stable_hash.hpp>

#include <date/date.h>

#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Small worlds that are the same on every machine, and digests of what the library makes of them.
namespace same_bytes {

namespace att = attribution;

/// A hash of numbers and texts, written as the library writes them for other machines.
class digest {
  public:
    template <class T>
    void number(T value) {
        if constexpr (std::is_floating_point_v<T>)
            bytes_.fixed(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
        else
            bytes_.number(static_cast<std::int64_t>(value));
    }
    void text(std::string_view bytes) {
        bytes_.count(bytes.size());
        bytes_.raw(bytes);
    }
    /// A line of the golden file: `name digest`.
    void print(std::string const& name) const {
        std::cout << name << ' ' << std::hex << att::stable_hash(bytes_.bytes()) << '\n';
    }

  private:
    att::detail::byte_writer bytes_;
};

struct touch {
    std::int64_t number;
    std::int32_t user;
    date::sys_seconds at;
    std::int32_t channel;
    double usage;
};
struct order {
    std::int64_t number;
    std::int32_t user;
    date::sys_seconds at;
    std::int64_t cents;
    double value;
    std::int32_t region;
};

struct world {
    std::vector<touch> log;
    std::vector<order> book;

    explicit world(std::uint64_t seed) {
        support::random_numbers random{seed};
        auto const below = [&](std::size_t limit) {
            return static_cast<std::int64_t>(random.below(limit));
        };
        auto const users = 2 + random.below(20);
        auto const when = [&] {
            return date::sys_seconds{std::chrono::seconds{1'700'000'000 + below(8'000'000)}};
        };
        for (std::int64_t i = below(160) + 20; i > 0; --i) {
            auto const user = static_cast<std::int32_t>(below(users));
            auto const at = when();
            auto const channel = static_cast<std::int32_t>(below(6));
            log.push_back({i, user, at, channel, static_cast<double>(below(1'000)) / 7});
        }
        for (std::int64_t i = below(30) + 10; i > 0; --i) {
            auto const user = static_cast<std::int32_t>(below(users));
            auto const at = when();
            auto const cents = below(100'000);
            auto const region = static_cast<std::int32_t>(below(3));
            book.push_back({i, user, at, cents, static_cast<double>(cents) / 7, region});
        }
    }

    [[nodiscard]] auto touches() const { return att::touchpoints(log, &touch::user, &touch::at); }
    [[nodiscard]] auto in_cents() const {
        return att::conversions(book, &order::user, &order::at, &order::cents);
    }
    [[nodiscard]] auto in_doubles() const {
        return att::conversions(book, &order::user, &order::at, &order::value);
    }
};

inline constexpr auto window = att::lookback(date::days{30});

inline constexpr std::uint64_t worlds = 200;

/// One digest of what `each(world, digest)` adds of every world.
template <class Each>
void over_worlds(std::string const& name, Each each) {
    digest all;
    for (std::uint64_t seed = 1; seed <= worlds; ++seed)
        each(world{seed}, all);
    all.print(name);
}

template <class Credits>
void add_credits(Credits const& credits, digest& all) {
    for (auto const& one : credits) {
        all.number(one.conversion);
        all.number(one.attributed() ? static_cast<std::int64_t>(one.touchpoint) : -1);
        all.number(one.amount);
        all.number(one.share);
    }
}

/// A report's rows, also those with a column for each of several models.
template <class Report>
void add_report(Report const& report, std::size_t models, digest& all) {
    for (auto const& row : report)
        for (std::size_t i = 0; i < models; ++i) {
            all.number(row[i].amount);
            all.number(row[i].conversions);
            all.number(row[i].credits);
        }
}

void models();
void policies();
void records();
void credits();
void reports();
void learned();
void quality();
void streams();
void bytes();

/// Writes what is sent to other machines into the directory: partial results and snapshots.
void write_bytes(std::string const& directory);
/// Reads what another machine wrote, and goes on with it.
///
/// Errors:     std::runtime_error if something is not what this machine would have written, or is
///             not the same when it is written again.
void read_bytes(std::string const& directory);

}  // namespace same_bytes
