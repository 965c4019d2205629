// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/allocate.hpp>
#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/credit/level_splitter.hpp>
#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/stretch_sums.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

template <class Amount>
constexpr void check_value(std::size_t conversion, Amount const& value) {
    if constexpr (std::floating_point<Amount>)
        if (!is_finite(static_cast<double>(value)))
            throw std::domain_error{"attribute: the value of conversion row " +
                                    std::to_string(conversion) + " is not a finite number"};
}

/// Turns one path after another into credits, touchpoint by touchpoint, and keeps its buffers.
/// Calls `sink(credit, i)` for touchpoint i of the path, or `sink(credit)` if the sink takes only
/// that.
template <class Amount>
class crediting {
  public:
    template <class Path, class Model, class Sink>
    constexpr void operator()(Path const& steps, Amount value, Model const& m, Sink&& sink) {
        auto const conversion = steps.about().row();
        check_value(conversion, value);
        weights_.assign(steps.size(), 0.0);
        if (!steps.empty())
            m(steps, weights{weights_});
        detail::check_weights(steps, weights_);
        if (steps.size() == 1 && weights_.front() > 0) {  // nothing to split
            hand(sink, credit<Amount>{conversion, steps[0].row(), value, 1.0}, 0);
            return;
        }
        if (!splitter_.weigh(weights_)) {
            hand(sink, credit<Amount>{conversion, no_row, value, 1.0}, no_row);
            return;
        }
        parts_.assign(steps.size(), Amount{});
        splitter_.split(value, std::span{parts_}, first_of_ties(m, steps));
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (splitter_.counts(i))
                hand(sink,
                     credit<Amount>{conversion, steps[i].row(), parts_[i], splitter_.share(i)}, i);
    }

  private:
    template <class Model, class Path>
    static constexpr std::uint64_t first_of_ties(Model const& m, Path const& steps) {
        if constexpr (requires { m.first_of_ties(steps); })
            return m.first_of_ties(steps);
        else
            return 0;
    }
    template <class Sink>
    static constexpr void hand(Sink& sink, credit<Amount> const& earned, std::size_t i) {
        if constexpr (std::invocable<Sink&, credit<Amount> const&, std::size_t>)
            sink(earned, i);
        else
            sink(earned);
    }

    std::vector<double> weights_;
    std::vector<Amount> parts_;
    splitter splitter_;
};

/// Equal credits of neighbours in a path: `length` of them, from position `first` on.
template <amount Amount>
struct equal_credits {
    std::size_t first;
    std::size_t length;
    Amount amount;
    double share;
};

/// As above, for models that have a shape: whole stretches of equal credits at a time, and each
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
    constexpr bool operator()(std::size_t length, Amount value, Give give) {
        if (length == 0)
            return false;
        auto const shape = model_->shape(length);
        if (auto const only = only_one(shape, length); only < count) {
            std::size_t first = 0;
            for (std::size_t i = 0; i < only; ++i)
                first += shape[i].length;
            give(equal_credits<Amount>{first, 1, value, 1.0});
            return true;
        }
        auto const& one = weighed_for(length, shape);
        if (!one.counts)
            return false;
        one.levels.split(value,
                         [&](std::size_t first, std::size_t equal, Amount part, double share) {
                             give(equal_credits<Amount>{first, equal, part, share});
                         });
        return true;
    }

  private:
    struct weighed {
        level_splitter<count> levels;
        bool known = false;
        bool counts = false;
    };
    static constexpr std::size_t kept = 64;

    /// If exactly one touchpoint has a weight, its level; otherwise `count`, as for a shape that is
    /// not valid.
    static constexpr std::size_t only_one(levels const& shape, std::size_t length) {
        std::size_t only = count;
        std::size_t touchpoints = 0;
        std::size_t all = 0;
        for (std::size_t i = 0; i < count; ++i) {
            all += shape[i].length;
            if (shape[i].length != 0 && shape[i].weight > 0 && is_finite(shape[i].weight)) {
                only = i;
                touchpoints += shape[i].length;
            } else if (shape[i].length != 0 && shape[i].weight != 0) {
                return count;  // not a valid weight
            }
        }
        return touchpoints == 1 && all == length ? only : count;
    }

    constexpr weighed const& weighed_for(std::size_t length, levels const& shape) {
        if (length >= kept) {
            weigh(long_, length, shape);
            return long_;
        }
        if (short_.size() <= length)
            short_.resize(length + 1, weighed{});
        if (!short_[length].known)
            weigh(short_[length], length, shape);
        return short_[length];
    }

    static constexpr void weigh(weighed& one, std::size_t length, levels const& shape) {
        std::array<std::size_t, count> lengths{};
        std::array<double, count> weights{};
        std::size_t all = 0;
        for (std::size_t i = 0; i < count; ++i) {
            lengths[i] = shape[i].length;
            weights[i] = shape[i].weight;
            all += lengths[i];
            if (lengths[i] != 0 && (!(weights[i] >= 0) || !is_finite(weights[i])))
                throw std::domain_error{"attribute: the model's shape for " +
                                        std::to_string(length) +
                                        " touchpoints has a weight that is negative or not a "
                                        "finite number; weights must be finite and at least 0"};
        }
        if (all != length)
            throw std::domain_error{"attribute: the model's shape for " + std::to_string(length) +
                                    " touchpoints has levels for " + std::to_string(all) +
                                    "; their lengths must add up"};
        one.counts = one.levels.weigh(lengths, weights);
        one.known = true;
    }

    Model const* model_;
    std::vector<weighed> short_;  // by length
    weighed long_;
};

/// What a sink that adds up must have to take portions instead of credits.
template <class Tally>
concept takes_portions = requires(Tally& tally, typename Tally::portion const& one,
                                  portion_sum const& sum, std::size_t number) {
    { tally.place_of(number, number) } -> std::same_as<std::size_t>;
    tally.prefetch(number);
    tally.add(number, one, number);
    tally.add(number, sum, number);
    { Tally::by_touchpoint } -> std::convertible_to<bool>;
};

/// Hands credits to a sink one by one; with several models, together with the number of the model.
///
/// A receiver gets a conversion's credits in one of three ways: by `one`, credit by credit; by
/// `begin` and then `step`, step by step of a path; or in equal ones, by `equal` for such a path or
/// by `equal_at` for a stretch of positions. `prefetch` announces the rows of touchpoints that will
/// be among them; `finish` comes last.
template <class Amount, class Sink, std::size_t Models = 1>
class single_credits {
  public:
    constexpr explicit single_credits(Sink& sink) : sink_{&sink} {}

    constexpr void prefetch(std::size_t) const {}
    constexpr void begin(std::size_t) {}
    constexpr void one(credit<Amount> const& earned, std::size_t model) {
        if constexpr (Models == 1)
            (*sink_)(earned);
        else
            (*sink_)(earned, model);
    }
    constexpr void step(std::size_t, credit<Amount> const& earned, std::size_t model) {
        one(earned, model);
    }

    template <class RowOf>
    constexpr void equal(std::size_t conversion, equal_credits<Amount> const& all, RowOf row_of,
                         std::size_t model) {
        for (auto i = all.first; i < all.first + all.length; ++i)
            one(credit<Amount>{conversion, row_of(i), all.amount, all.share}, model);
    }

    template <class RowAt>
    constexpr void equal_at(std::size_t begin, std::size_t conversion,
                            equal_credits<Amount> const& all, RowAt row_at, std::size_t model) {
        equal(
            conversion, all, [&](std::size_t i) { return row_at(begin + i); }, model);
    }

    template <class RowAt>
    constexpr void finish(RowAt) {}

  private:
    Sink* sink_;
};

/// Adds credits up in a tally. Equal credits are prepared once, several models look up a
/// touchpoint's place once, and the credits of many neighbours are gathered, so that a customer
/// with overlapping windows costs no more than the touchpoints and conversions themselves.
template <class Amount, takes_portions Tally, std::size_t Models>
class tallied_credits {
    using portion = typename Tally::portion;

  public:
    constexpr explicit tallied_credits(Tally& tally) : tally_{&tally} {}

    constexpr void prefetch(std::size_t touchpoint) const { tally_->prefetch(touchpoint); }

    constexpr void begin(std::size_t length) {
        if constexpr (Models > 1)
            places_.assign(length, no_row);
    }

    constexpr void one(credit<Amount> const& earned, std::size_t model) {
        tally_->add(tally_->place_of(earned.conversion, earned.touchpoint),
                    portion{earned.amount, earned.share}, model);
    }

    constexpr void step(std::size_t i, credit<Amount> const& earned, std::size_t model) {
        tally_->add(place(i, earned.conversion, earned.touchpoint),
                    portion{earned.amount, earned.share}, model);
    }

    template <class RowOf>
    constexpr void equal(std::size_t conversion, equal_credits<Amount> const& all, RowOf row_of,
                         std::size_t model) {
        portion const one{all.amount, all.share};
        for (auto i = all.first; i < all.first + all.length; ++i)
            tally_->add(place(i, conversion, row_of(i)), one, model);
    }

    template <class RowAt>
    constexpr void equal_at(std::size_t begin, std::size_t conversion,
                            equal_credits<Amount> const& all, RowAt row_at, std::size_t model) {
        portion const one{all.amount, all.share};
        auto const first = begin + all.first;
        auto const last = first + all.length;
        if constexpr (Tally::by_touchpoint)
            if (all.length >= worth_gathering && one.amount.whole()) {
                gather(first, last, row_at, one, model);
                return;
            }
        for (auto position = first; position < last; ++position)
            tally_->add(tally_->place_of(conversion, row_at(position)), one, model);
    }

    template <class RowAt>
    constexpr void finish(RowAt row_at) {
        if constexpr (Tally::by_touchpoint)
            for (std::size_t model = 0; model < Models; ++model)
                empty(row_at, model);
    }

  private:
    static constexpr std::size_t worth_gathering = 24;

    constexpr std::size_t place(std::size_t i, std::size_t conversion, std::size_t touchpoint) {
        if constexpr (Models == 1) {
            return tally_->place_of(conversion, touchpoint);
        } else {
            if (places_[i] == no_row)
                places_[i] = tally_->place_of(conversion, touchpoint);
            return places_[i];
        }
    }

    template <class RowAt>
    constexpr void gather(std::size_t first, std::size_t last, RowAt row_at, portion const& one,
                          std::size_t model) {
        portion_sum const sum{one.amount.units(), one.share, 1};
        if (!gathered_[model].takes(first, sum))
            empty(row_at, model);
        gathered_[model].add(first, last, sum);
    }

    template <class RowAt>
    constexpr void empty(RowAt row_at, std::size_t model) {
        gathered_[model].empty_into([&](std::size_t position, portion_sum const& sum) {
            tally_->add(tally_->place_of(no_row, row_at(position)), sum, model);
        });
    }

    Tally* tally_;
    std::vector<std::size_t> places_;  // of the touchpoints of a path, once looked up
    std::array<stretch_sums<portion_sum>, Models> gathered_;
};

/// What turns a model's paths into credits.
template <class Amount, class Model>
struct crediting_of {
    using type = crediting<Amount>;
    static constexpr type make(Model const&) { return {}; }
};
template <class Amount, shape_model Model>
struct crediting_of<Amount, Model> {
    using type = shape_crediting<Amount, Model>;
    static constexpr type make(Model const& m) { return type{m}; }
};

}  // namespace attribution::detail
