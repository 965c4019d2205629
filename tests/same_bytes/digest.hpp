// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/records/records.hpp>

#include <date/date.h>

#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Small worlds that are the same on every machine, and digests of what the library makes of them.
namespace same_bytes {

namespace att = attribution;

/// FNV-1a over numbers as such: what one machine keeps in another order of bytes counts the same.
class digest {
  public:
    void add(std::uint64_t number) {
        for (int i = 0; i < 8; ++i) {
            state_ ^= number >> (8 * i) & 0xff;
            state_ *= 1'099'511'628'211U;
        }
    }
    template <class T>
    void number(T value) {
        if constexpr (std::is_floating_point_v<T>)
            add(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
        else
            add(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
    }
    void text(std::string_view bytes) {
        add(bytes.size());
        for (char const one : bytes)
            add(static_cast<unsigned char>(one));
    }
    /// A line of the golden file: `name digest`.
    void print(std::string const& name) const {
        std::printf("%s %08lx%08lx\n", name.c_str(), static_cast<unsigned long>(state_ >> 32),
                    static_cast<unsigned long>(state_ & 0xffff'ffffU));
    }

  private:
    std::uint64_t state_ = 14'695'981'039'346'656'037U;
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

/// SplitMix64. Source: Steele, Lea, Flood, 2014, "Fast splittable pseudorandom number generators".
class draws {
  public:
    explicit draws(std::uint64_t seed) : state_{seed} {}

    std::int64_t below(std::uint64_t limit) {
        state_ += 0x9e37'79b9'7f4a'7c15U;
        auto mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58'476d'1ce4'e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d0'49bb'1331'11ebU;
        return static_cast<std::int64_t>((mixed ^ (mixed >> 31)) % limit);
    }

  private:
    std::uint64_t state_;
};

struct world {
    std::vector<touch> log;
    std::vector<order> book;

    explicit world(std::uint64_t seed) {
        draws random{seed};
        auto const users = 2 + static_cast<std::uint64_t>(random.below(20));
        auto const when = [&] {
            return date::sys_seconds{std::chrono::seconds{1'700'000'000 + random.below(8'000'000)}};
        };
        for (std::int64_t i = random.below(160) + 20; i > 0; --i) {
            auto const user = static_cast<std::int32_t>(random.below(users));
            auto const at = when();
            auto const channel = static_cast<std::int32_t>(random.below(6));
            log.push_back({i, user, at, channel, static_cast<double>(random.below(1'000)) / 7});
        }
        for (std::int64_t i = random.below(30) + 10; i > 0; --i) {
            auto const user = static_cast<std::int32_t>(random.below(users));
            auto const at = when();
            auto const cents = random.below(100'000);
            auto const region = static_cast<std::int32_t>(random.below(3));
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

inline constexpr std::uint64_t worlds = 40;

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

void rules();
void learned();
void reports();
void streams();

}  // namespace same_bytes
