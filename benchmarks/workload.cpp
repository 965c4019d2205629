// SPDX-License-Identifier: BSL-1.0
#include "workload.hpp"

#include <attribution/numeric/sample_source.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <memory>
#include <utility>

namespace workload {

namespace {

__extension__ using wide = unsigned __int128;

class random_source {
  public:
    explicit random_source(std::uint64_t seed) : source_{seed} {}

    std::uint64_t operator()() { return source_.next(); }
    std::uint64_t below(std::uint64_t bound) {
        return static_cast<std::uint64_t>((wide{(*this)()} * bound) >> 64);
    }

  private:
    attribution::detail::sample_source source_;
};

// A touchpoint and a conversion as one number each, in the order (customer, time):
// touchpoint: customer 22 bits, time 27, channel 4; conversion: customer 22, time 26, cents 16.
constexpr int channel_bits = 4;
constexpr int touch_time_bits = 27;
constexpr int cents_bits = 16;
constexpr int sale_time_bits = 26;

constexpr std::uint64_t low(std::uint64_t word, int bits) {
    return word & ((std::uint64_t{1} << bits) - 1);
}

class customer_source {
  public:
    customer_source(std::size_t customers, spread over) : customers_{customers}, over_{over} {}

    std::uint64_t operator()(random_source& random) const {
        // Scattered, so that the busy customers are not side by side.
        return rank(random) * 2'654'435'761u % customers_;
    }

  private:
    std::uint64_t rank(random_source& random) const {
        if (over_ == spread::ordinary) {
            std::uint64_t const u = random() >> 32;
            return static_cast<std::uint64_t>((wide{u * u} * customers_) >> 64);
        }
        if (random.below(3) == 0)
            return 0;
        // All octaves of ranks are equally likely: 1 / r, in steps.
        auto const octaves = static_cast<std::uint64_t>(std::bit_width(customers_) - 1);
        auto const octave = random.below(std::max<std::uint64_t>(octaves, 1));
        auto const first = std::uint64_t{1} << octave;
        return std::min<std::uint64_t>(first + random.below(first), customers_ - 1);
    }

    std::uint64_t customers_;
    spread over_;
};

/// By all bits from `lowest` on; equal ones stay in order.
void radix_sort(std::vector<std::uint64_t>& words, int lowest) {
    constexpr int digit_bits = 11;
    std::vector<std::uint64_t> other(words.size());
    for (int shift = lowest; shift < 64; shift += digit_bits) {
        std::array<std::size_t, std::size_t{1} << digit_bits> places{};
        auto const digit = [&](std::uint64_t word) { return low(word >> shift, digit_bits); };
        for (auto const word : words)
            ++places[digit(word)];
        std::size_t next = 0;
        for (auto& place : places)
            next += std::exchange(place, next);
        for (auto const word : words)
            other[places[digit(word)]++] = word;
        words.swap(other);
    }
}

/// Moves what one customer has in one second to the next free second.
void keep_apart(std::vector<std::uint64_t>& sorted, int below_time) {
    auto const step = std::uint64_t{1} << below_time;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i] >> below_time <= sorted[i - 1] >> below_time)
            sorted[i] =
                ((sorted[i - 1] >> below_time) << below_time) + step + low(sorted[i], below_time);
}

void shuffle(std::vector<std::uint64_t>& words, random_source& random) {
    for (std::size_t i = words.size(); i > 1; --i)
        std::swap(words[i - 1], words[random.below(i)]);
}

std::string name_of(std::uint32_t customer) {
    constexpr char const* digits = "0123456789abcdef";
    std::string name = "cus_0000000000000000";
    auto rest = attribution::detail::mixed_bits(customer + 1);
    for (std::size_t i = name.size(); i > 4; --i) {
        name[i - 1] = digits[low(rest, 4)];
        rest >>= 4;
    }
    return name;
}

}  // namespace

data::data(plan const& wanted) : plan_{wanted} {
    random_source random{7};
    auto const n = wanted.touches;
    customer_source const customer{std::max<std::size_t>(n / 10, 1), wanted.over};
    std::vector<std::uint64_t> drawn_touches(n);
    for (auto& one : drawn_touches) {
        auto const who = customer(random);
        auto const at = random.below(two_years);
        one = ((who << touch_time_bits | at) << channel_bits) | random.below(channels);
    }
    std::vector<std::uint64_t> drawn_sales(n / 10);
    for (auto& one : drawn_sales) {
        auto const who = customer(random);
        auto const at = random.below(two_years);
        one = ((who << sale_time_bits | at) << cents_bits) | (100 + random.below(65'000));
    }
    radix_sort(drawn_touches, channel_bits);
    radix_sort(drawn_sales, cents_bits);
    keep_apart(drawn_touches, channel_bits);
    keep_apart(drawn_sales, cents_bits);
    if (wanted.how == order::shuffled) {
        shuffle(drawn_touches, random);
        shuffle(drawn_sales, random);
    }

    touches.customer.resize(n);
    touches.at.resize(n);
    touches.channel.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        auto const one = drawn_touches[i];
        touches.customer[i] = static_cast<std::uint32_t>(one >> (touch_time_bits + channel_bits));
        touches.at[i] = static_cast<std::int64_t>(low(one >> channel_bits, touch_time_bits));
        touches.channel[i] = static_cast<std::uint8_t>(low(one, channel_bits));
    }
    for (auto const one : drawn_sales) {
        auto const cents = low(one, cents_bits);
        sales.customer.push_back(static_cast<std::uint32_t>(one >> (sale_time_bits + cents_bits)));
        sales.at.push_back(static_cast<std::int64_t>(low(one >> cents_bits, sale_time_bits)));
        sales.value.push_back(static_cast<double>(cents) / 100);
        sales.cents.push_back(static_cast<std::int64_t>(cents));
    }
}

std::vector<touch> const& data::touch_rows() const {
    if (!touch_rows_) {
        touch_rows_.emplace();
        for (std::size_t i = 0; i < touches.at.size(); ++i)
            touch_rows_->push_back({touches.customer[i], touches.channel[i], touches.at[i]});
    }
    return *touch_rows_;
}

std::vector<sale> const& data::sale_rows() const {
    if (!sale_rows_) {
        sale_rows_.emplace();
        for (std::size_t i = 0; i < sales.at.size(); ++i)
            sale_rows_->push_back({sales.customer[i], sales.at[i], sales.value[i], sales.cents[i]});
    }
    return *sale_rows_;
}

std::vector<named_touch> const& data::named_touches() const {
    if (!named_touches_) {
        named_touches_.emplace();
        for (std::size_t i = 0; i < touches.at.size(); ++i)
            named_touches_->push_back(
                {name_of(touches.customer[i]), touches.at[i], touches.channel[i]});
    }
    return *named_touches_;
}

std::vector<named_sale> const& data::named_sales() const {
    if (!named_sales_) {
        named_sales_.emplace();
        for (std::size_t i = 0; i < sales.at.size(); ++i)
            named_sales_->push_back({name_of(sales.customer[i]), sales.at[i], sales.value[i]});
    }
    return *named_sales_;
}

data const& get(plan const& wanted) {
    static std::map<plan, std::unique_ptr<data>> made;
    auto& one = made[wanted];
    if (!one)
        one = std::make_unique<data>(wanted);
    return *one;
}

}  // namespace workload
