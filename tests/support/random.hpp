// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/numeric/sample_source.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace support {

/// The same numbers everywhere, unlike the distributions of <random>: from a seed, or from a tape
/// of what was drawn before, and zeros beyond its end. What is drawn can be recorded on a tape, so
/// that a law that breaks can be tried with a shorter and simpler one. Source of the tape: MacIver &
/// Donaldson, 2020, "Test-case reduction via test-case generation".
class random_numbers {
  public:
    using tape = std::vector<std::uint64_t>;

    constexpr explicit random_numbers(std::uint64_t seed) : source_{seed} {}
    constexpr explicit random_numbers(tape const& from) : from_{&from} {}
    constexpr random_numbers(std::uint64_t seed, tape& onto) : source_{seed}, onto_{&onto} {}

    constexpr std::uint64_t bits() { return draw(0); }

    /// 0 .. limit - 1
    constexpr std::size_t below(std::size_t limit) { return draw(limit); }

    /// least .. most
    template <std::integral A, std::integral B>
    constexpr auto between(A least, B most) {
        using number = std::common_type_t<A, B>;
        using unsigned_number = std::make_unsigned_t<number>;
        auto const low = static_cast<unsigned_number>(number{least});
        auto const size = static_cast<unsigned_number>(static_cast<unsigned_number>(number{most}) -
                                                       low + unsigned_number{1});
        return static_cast<number>(
            static_cast<unsigned_number>(low + static_cast<unsigned_number>(draw(size))));
    }

    /// True once in `n` times, and never on a tape that has ended.
    constexpr bool chance(std::size_t n) { return below(n) + 1 == n; }
    constexpr double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

    template <class T>
    constexpr void shuffle(std::vector<T>& values) {
        for (auto i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[i - 1 - below(i)]);
    }

  private:
    /// Below `limit`, if that is not 0.
    constexpr std::uint64_t draw(std::uint64_t limit) {
        auto drawn = from_ == nullptr        ? source_.next()
                     : next_ < from_->size() ? (*from_)[next_++]
                                             : 0;
        if (limit != 0)
            drawn %= limit;
        if (onto_ != nullptr)
            onto_->push_back(drawn);
        return drawn;
    }

    attribution::detail::sample_source source_{0};
    tape const* from_ = nullptr;
    std::size_t next_ = 0;
    tape* onto_ = nullptr;
};

}  // namespace support
