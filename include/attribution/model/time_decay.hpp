// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/detail/exp2.hpp>
#include <attribution/detail/time_line.hpp>
#include <attribution/path.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace attribution {

namespace detail {

/// How often `unit` goes into `length`, both non-negative, as whole times and a fraction of 2^-64.
struct times {
    std::uint64_t whole;
    std::uint64_t fraction;
};

template <class Length, class Unit>
constexpr times divide_lengths(Length length, Unit unit) {
    using L = measure<Length>;
    using U = measure<Unit>;
    if constexpr (std::floating_point<typename L::rep> || std::floating_point<typename U::rep>) {
        double const ratio =
            static_cast<double>(L::count(length)) * static_cast<double>(ticks_per<Length, Unit>) /
            (static_cast<double>(U::count(unit)) * static_cast<double>(ticks_per<Unit, Length>));
        if (!(ratio < 4096))
            return {4096, 0};
        auto const whole = static_cast<std::uint64_t>(ratio);
        return {whole, static_cast<std::uint64_t>((ratio - static_cast<double>(whole)) *
                                                  power_of_two(64))};
    } else {
        auto const dividend = static_cast<uint128>(L::count(length)) * ticks_per<Length, Unit>;
        auto divisor = static_cast<uint128>(U::count(unit)) * ticks_per<Unit, Length>;
        auto const whole = dividend / divisor;
        auto rest = dividend % divisor;
        while (divisor >> 63 != 0) {  // so that the rest can be shifted; far below a double's bits
            divisor >>= 1;
            rest >>= 1;
        }
        return {whole > 4096 ? 4096 : static_cast<std::uint64_t>(whole),
                rest >= divisor ? ~std::uint64_t{0}
                                : static_cast<std::uint64_t>((rest << 64) / divisor)};
    }
}

}  // namespace detail

template <class Length>
class time_decay_model : public model_tag {
  public:
    constexpr explicit time_decay_model(Length half_life) : half_life_{half_life} {
        if (!(half_life > Length{}))
            throw std::invalid_argument{"time_decay: the half-life must be positive"};
    }

    constexpr void operator()(auto const& steps, weights w) const {
        using time = typename std::remove_cvref_t<decltype(steps)>::time_type;
        static_assert(detail::length_on<Length, time>,
                      "attribution: time_decay() needs a std::chrono duration for time points, a "
                      "number for times that are numbers");
        auto const latest = steps[steps.size() - 1].at();
        for (std::size_t i = 0; i < w.size(); ++i) {
            auto const age =
                detail::divide_lengths(detail::distance(steps[i].at(), latest), half_life_);
            w[i] = detail::exp2_minus(age.whole, age.fraction);
        }
    }

  private:
    Length half_life_;
};

/// Halves a touchpoint's weight for every `half_life` between it and the conversion.
///
/// Shape:      path of n touchpoints -> n weights 2^(-age / half_life).
/// Units:      any chrono duration (or a number, if times are numbers).
/// Edges:      ages are measured from the path's latest touchpoint, which therefore weighs 1; from
///             the conversion, all shares would be the same. From 1,022 half-lives on, the weight
///             is 0.
/// Errors:     std::invalid_argument if half_life is not positive (at construction).
/// Complexity: O(n) per path; integer arithmetic, the same bits on every machine.
/// Source:     folklore; 7 days is the half-life of Google Analytics.
template <class Length>
[[nodiscard]] constexpr auto time_decay(Length half_life) {
    return time_decay_model<Length>{half_life};
}

}  // namespace attribution
