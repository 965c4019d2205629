// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/amount/number_text.hpp>
#include <attribution/engine/learn/logistic_fit.hpp>
#include <attribution/engine/learn/set_counts.hpp>
#include <attribution/learn/fit_error.hpp>
#include <attribution/learn/logistic_model.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/drawn_part.hpp>
#include <attribution/numeric/product.hpp>
#include <attribution/numeric/sample_source.hpp>
#include <attribution/numeric/share.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// What many fits found.
struct bagged_fits {
    struct coefficient {
        double mean = 0;
        double deviation = 0;
        std::size_t fits = 0;
    };
    std::vector<coefficient> coefficients;  // by channel
    std::size_t left_out = 0;               // fits with paths of one kind only

    void note(model_card& card, bagging_options const& options) const {
        card.more.emplace_back(std::string{"fits"},
                               std::to_string(options.fits) + ", each of " +
                                   number_text(options.paths) + " of the paths and " +
                                   number_text(options.channels) + " of the channels");
        card.more.emplace_back(std::string{"penalty"}, number_text(options.ridge));
        card.more.emplace_back(std::string{"seed"}, std::to_string(options.seed));
        if (left_out != 0)
            card.warnings.push_back(
                std::to_string(left_out) +
                " fits saw no path that converted, or none that did not, and are left out: see "
                "more of the paths in each");
    }
};

/// The part of some channels that one fit sees, ascending: `inside[channel]` is its place among
/// them.
class drawn_channels {
  public:
    drawn_channels(std::size_t channels, std::size_t size, sample_source& random)
        : chosen_(channels), place_(channels, no_place) {
        std::iota(chosen_.begin(), chosen_.end(), std::uint32_t{0});
        for (std::size_t i = 0; i < size && size < channels; ++i)
            std::swap(chosen_[i], chosen_[i + random.below(channels - i)]);
        chosen_.resize(size);
        std::sort(chosen_.begin(), chosen_.end());
        for (std::size_t i = 0; i < size; ++i)
            place_[chosen_[i]] = static_cast<std::uint32_t>(i);
    }

    [[nodiscard]] std::vector<std::uint32_t> const& all() const { return chosen_; }
    [[nodiscard]] std::vector<std::uint32_t>
    places_of(std::vector<std::uint32_t> const& channels) const {
        std::vector<std::uint32_t> places;
        for (auto const channel : channels)
            if (place_[channel] != no_place)
                places.push_back(place_[channel]);
        return places;
    }

  private:
    static constexpr std::uint32_t no_place = 0xffff'ffff;
    std::vector<std::uint32_t> chosen_;
    std::vector<std::uint32_t> place_;
};

/// Fits many regressions, each to some of the paths, a range of `counted_set`, and of the channels.
///
/// Errors:     fit_error if every path converted, or a regression has no answer.
template <class Sets>
bagged_fits fit_in_bags(Sets const& sets, std::size_t channels, bagging_options const& options) {
    if (std::all_of(sets.begin(), sets.end(), [](auto const& one) { return one.nulls == 0; }))
        throw fit_error{fit_failure::no_null_path,
                        "bagged_logistic: every path converted, so that there is nothing to tell "
                        "them from"};
    auto const chance = static_cast<std::uint32_t>(std::max<std::int64_t>(
        1, billionths(options.paths, "bagged_logistic") * certain / billion));
    auto const size = static_cast<std::size_t>(std::max<std::int64_t>(
        1, (billionths(options.channels, "bagged_logistic") * static_cast<std::int64_t>(channels) +
            billion / 2) /
               billion));
    bagged_fits result{std::vector<bagged_fits::coefficient>(channels), 0};
    std::vector<std::vector<double>> found(channels);
    sample_source random{options.seed};
    std::vector<logistic_row> rows;
    for (std::size_t i = 0; i < options.fits; ++i) {
        drawn_channels const some{channels, size, random};
        rows.clear();
        double conversions = 0;
        double nulls = 0;
        for (auto const& one : sets) {
            auto const won = static_cast<double>(drawn_part(one.conversions, chance, random));
            auto const lost = static_cast<double>(drawn_part(one.nulls, chance, random));
            conversions += won;
            nulls += lost;
            if (won + lost > 0)
                rows.push_back({some.places_of(one.channels), won, lost});
        }
        if (conversions == 0 || nulls == 0) {
            ++result.left_out;
            continue;
        }
        auto const fit = logistic_regression{rows, size, options.ridge}();
        if (!fit.settled)
            throw fit_error{fit_failure::not_settled,
                            "bagged_logistic: a regression has no answer, because some channels "
                            "tell exactly who converts, or are always together; choose a positive "
                            "penalty"};
        for (std::size_t k = 0; k < size; ++k)
            found[some.all()[k]].push_back(fit.coefficients[k]);
    }
    for (std::size_t c = 0; c < channels; ++c) {
        auto& one = result.coefficients[c];
        one.fits = found[c].size();
        for (double const value : found[c])
            one.mean += value / static_cast<double>(one.fits);
        // A channel that is in every path has 0; what the regressions leave of it is their error, and
        // must not decide who earns anything.
        constexpr double accuracy = 1e-9;
        if (std::abs(one.mean) < accuracy)
            one.mean = 0;
        for (double const value : found[c])
            one.deviation += product(value - one.mean, value - one.mean);
        one.deviation =
            one.fits < 2 ? 0 : std::sqrt(one.deviation / static_cast<double>(one.fits - 1));
    }
    return result;
}

}  // namespace attribution::detail
