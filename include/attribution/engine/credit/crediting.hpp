// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/allocate.hpp>
#include <attribution/concepts.hpp>
#include <attribution/config.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/amount/splitter.hpp>
#include <attribution/engine/credit/equal_credits.hpp>
#include <attribution/engine/credit/level_splitter.hpp>
#include <attribution/engine/memory/buffer.hpp>
#include <attribution/engine/values/message.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/model/age_model.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

[[noreturn]] ATTRIBUTION_OUT_OF_LINE inline void refuse_value(std::size_t conversion) {
    throw std::domain_error{message(
        {"attribute: the value of conversion row ", conversion, " is not a finite number"})};
}

template <class Amount>
constexpr void check_value(std::size_t conversion, Amount const& value) {
    if constexpr (std::floating_point<Amount>)
        if (!is_finite(static_cast<double>(value))) [[unlikely]]
            refuse_value(conversion);
}

/// The largest weight as bits, in whose order negative, infinite and NaN weights come after all others.
constexpr std::uint64_t largest_bits(std::span<double const> all) {
    std::uint64_t largest = 0;
    for (double const weight : all)
        largest = std::max(largest, std::bit_cast<std::uint64_t>(weight));
    return largest;
}

/// How many weights are not 0, if these are all the same as the largest; otherwise 0.
constexpr std::size_t count_if_level(std::span<double const> all, std::uint64_t largest) {
    std::size_t count = 0;
    for (double const weight : all)
        if (auto const bits = std::bit_cast<std::uint64_t>(weight); bits == largest)
            ++count;
        else if (bits != 0)
            return 0;
    return count;
}

/// Splits the values of one path after another among its touchpoints, and keeps its buffers.
template <class Amount>
class crediting {
  public:
    /// Calls `give(equal_credits)` for the touchpoints that earn credit, in their order. If none
    /// does, returns false and calls nothing. The value is finite.
    template <class Path, class Model, class Give>
    ATTRIBUTION_INLINE constexpr bool operator()(Path const& steps, Amount const& value,
                                                 Model const& m, Give give) {
        if (steps.empty())
            return false;
        weights_.assign(steps.size(), 0.0);
        weights const all{weights_.data(), weights_.size()};
        m(steps, weights{all});
        auto largest = detail::largest_bits(all);
        if (largest > bits_of_largest) [[unlikely]] {
            detail::check_weights(steps, all);
            for (double& weight : all)  // one was -0.0
                weight += 0.0;
            largest = detail::largest_bits(all);
        }
        if (all.size() == 1 && largest != 0) {  // nothing to split
            give(equal_credits<Amount>{0, 1, value, 1.0});
            return true;
        }
        if (largest == 0)
            return false;
        if constexpr (std::floating_point<Amount>)
            if (auto const count = detail::count_if_level(all, largest)) {
                (void)first_of_ties(m, steps);
                give_equal(all, value, largest, count, give);
                return true;
            }
        (void)splitter_.weigh(all);  // the largest is above 0
        splitter_.split_each(
            value,
            [&](std::size_t i, Amount const& part, double share) {
                give(equal_credits<Amount>{i, 1, part, share});
            },
            first_of_ties(m, steps));
        return true;
    }

    /// Calls `sink(credit)` for every credit of the path's conversion, also if it is unattributed.
    ///
    /// Errors:     std::domain_error if the value is not finite.
    template <class Path, class Model, class Sink>
    constexpr void hand_out(Path const& steps, Amount const& value, Model const& m, Sink&& sink) {
        auto const row = steps.about().row();
        check_value(row, value);
        if (!(*this)(steps, value, m, [&](equal_credits<Amount> const& all) {
                for (auto i = all.first; i < all.first + all.length; ++i)
                    sink(credit<Amount>{row, steps[i].row(), all.amount, all.share});
            }))
            sink(credit<Amount>{row, no_row, value, 1.0});
    }

  private:
    static constexpr auto bits_of_largest =
        std::bit_cast<std::uint64_t>(std::numeric_limits<double>::max());

    /// Splits the value among `count` weights that are the same, the others being 0: what the splitter
    /// would give each of them is computed once.
    template <class Give>
    ATTRIBUTION_INLINE static constexpr void give_equal(std::span<double const> all, Amount value,
                                                        std::uint64_t weight, std::size_t count,
                                                        Give give) {
        auto const mantissa = take_apart(std::bit_cast<double>(weight)).mantissa;
        auto const units = mantissa >> std::countr_zero(mantissa);
        auto const sum = detail::real_sum(uint128{units} * count);
        auto const own = static_cast<double>(units);
        auto const part = floating_parts<Amount>{value, sum}(own);
        auto const share = own / sum;
        for (std::size_t i = 0; count != 0; ++i) {
            if (all[i] == 0)
                continue;
            auto const first = i;
            do
                ++i;
            while (i < all.size() && all[i] != 0);
            give(equal_credits<Amount>{first, i - first, part, share});
            count -= i - first;
        }
    }

    template <class Model, class Path>
    static constexpr std::uint64_t first_of_ties(Model const& m, Path const& steps) {
        if constexpr (requires { m.first_of_ties(steps); })
            return m.first_of_ties(steps);
        else
            return 0;
    }

    buffer<double> weights_;
    splitter splitter_;
};

/// The same for models that have a shape: whole stretches of equal credits at a time, and each
/// length of path is weighed once.
template <class Amount, shape_model Model>
class shape_crediting {
    using levels = std::remove_cvref_t<decltype(std::declval<Model const&>().shape(1))>;
    static constexpr std::size_t count = std::tuple_size_v<levels>;

  public:
    constexpr explicit shape_crediting(Model const& m) : model_{&m} {}

    /// Calls `give(equal_credits)` for each stretch. If all weights are 0, returns false and calls
    /// nothing.
    template <class Give>
    ATTRIBUTION_INLINE constexpr bool operator()(std::size_t length, Amount value, Give give) {
        auto const* const weighed_levels = levels_for(length);
        if (weighed_levels == nullptr)
            return false;
        weighed_levels->split(value, [&](std::size_t first, std::size_t equal, Amount part,
                                         double share) ATTRIBUTION_INLINE {
            give(equal_credits<Amount>{first, equal, part, share});
        });
        return true;
    }

    /// Does a path of one touchpoint give it everything?
    constexpr bool credits_one() { return levels_for(1) != nullptr; }

  private:
    struct weighed {
        level_splitter<count> levels{};
        bool known = false;
        bool counts = false;  // does any touchpoint have a weight?
    };
    static constexpr std::size_t kept = 64;

    /// None if no touchpoint has a weight.
    ATTRIBUTION_INLINE constexpr level_splitter<count> const* levels_for(std::size_t length) {
        if (length < short_.size() && short_[length].counts) [[likely]]
            return &short_[length].levels;
        return weighed_anew(length);
    }
    ATTRIBUTION_OUT_OF_LINE constexpr level_splitter<count> const*
    weighed_anew(std::size_t length) {
        if (length == 0)
            return nullptr;
        auto& one = length < kept ? place_for(length) : long_;
        if (length >= kept || !one.known) {
            one = weighed{};
            weigh(one, length, model_->shape(length));
        }
        return one.counts ? &one.levels : nullptr;
    }
    constexpr weighed& place_for(std::size_t length) {
        short_.reserve(kept);
        if (short_.size() <= length)
            short_.resize(length + 1, weighed{});
        return short_[length];
    }

    static constexpr void weigh(weighed& one, std::size_t length, levels const& shape) {
        std::array<std::size_t, count> lengths{};
        std::array<double, count> weights{};
        std::size_t all = 0;
        std::size_t weighty = 0;
        for (std::size_t i = 0; i < count; ++i) {
            lengths[i] = shape[i].length;
            weights[i] = shape[i].weight;
            all += lengths[i];
            weighty += weights[i] > 0 ? lengths[i] : 0;
            if (lengths[i] != 0 && (!(weights[i] >= 0) || !is_finite(weights[i])))
                throw std::domain_error{
                    message({"attribute: the model's shape for ", length,
                             " touchpoints has a weight that is negative or not a finite number; "
                             "weights must be finite and at least 0"})};
        }
        if (all != length)
            throw std::domain_error{
                message({"attribute: the model's shape for ", length,
                         " touchpoints has levels for ", all, "; their lengths must add up"})};
        if (weighty == 1)  // nothing to split: the whole of one unit, without any rounding
            for (std::size_t i = 0; i < count; ++i)
                weights[i] = lengths[i] != 0 && weights[i] > 0 ? 1 : 0;
        one.counts = one.levels.weigh(lengths, weights);
        one.known = true;
    }

    Model const* model_;
    buffer<weighed> short_;  // by length
    weighed long_;
};

/// As above, for models that pick the touchpoint at one end.
template <class Amount, pick_model Model>
struct pick_crediting {
    template <class Give>
    constexpr bool operator()(std::size_t length, Amount const& value, Give give) {
        if (length == 0)
            return false;
        give(
            equal_credits<Amount>{Model::picks == path_end::first ? 0 : length - 1, 1, value, 1.0});
        return true;
    }
    static constexpr bool credits_one() { return true; }
};

/// For models of ages: reads the times of a stretch of touchpoints, and nothing else.
template <class Amount, class Model, class Time>
    requires age_model<Model, Time>
class age_crediting {
  public:
    constexpr explicit age_crediting(Model const& m)
        : units_at_(m.template by_age<length_of<Time>>()) {}

    /// Calls `give(i, part, share)` for each of `length` touchpoints that earns credit, the last of
    /// them the latest. If there are none, returns false and calls nothing.
    template <class TimeAt, class Give>
    constexpr bool operator()(std::size_t length, Amount const& value, TimeAt time_at, Give give) {
        if (length == 0)
            return false;
        if constexpr (!std::floating_point<Amount>)  // whose split needs buffers
            if (length == 1) {
                give(0, value, 1.0);
                return true;
            }
        auto const latest = time_at(length - 1);
        splitter_.weigh_each(
            length,
            [&](std::size_t i) { return units_at_(detail::distance_forward(time_at(i), latest)); },
            std::uint64_t{1} << unit_bits);
        splitter_.split_each(value, give);
        return true;
    }
    static constexpr bool credits_one() { return true; }

  private:
    decltype(std::declval<Model const&>().template by_age<length_of<Time>>()) units_at_;
    splitter splitter_;
};

/// What turns a model's paths into credits.
template <class Amount, class Model, class Time>
struct crediting_of {
    using type = crediting<Amount>;
    static constexpr type make(Model const&) { return {}; }
};
template <class Amount, class Model, class Time>
    requires age_model<Model, Time>
struct crediting_of<Amount, Model, Time> {
    using type = age_crediting<Amount, Model, Time>;
    static constexpr type make(Model const& m) { return type{m}; }
};
template <class Amount, shape_model Model, class Time>
struct crediting_of<Amount, Model, Time> {
    using type = shape_crediting<Amount, Model>;
    static constexpr type make(Model const& m) { return type{m}; }
};
template <class Amount, pick_model Model, class Time>
struct crediting_of<Amount, Model, Time> {
    using type = pick_crediting<Amount, Model>;
    static constexpr type make(Model const&) { return {}; }
};

}  // namespace attribution::detail
