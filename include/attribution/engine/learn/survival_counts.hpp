// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/learn/aged_states.hpp>
#include <attribution/engine/learn/counted_parts.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1::detail {

/// The parts of a survival model's counts, in the form in which they are written and read.
template <class Channel, amount Amount>
struct survival_parts {
    /// Place of the channel * age_classes::number + class of age, ascending; ticks in this state;
    /// conversions in it; their value.
    using state = std::tuple<std::vector<std::uint32_t>, std::uint64_t, std::uint64_t,
                             std::optional<running_total<Amount>>>;

    std::vector<Channel> channels;  // ascending
    std::vector<state> states;
    evidence<Amount> seen;

    [[nodiscard]] static constexpr auto members() {
        return std::tuple{&survival_parts::channels, &survival_parts::states,
                          &survival_parts::seen};
    }
    template <class NameOf>
    [[nodiscard]] static std::string kind(NameOf const& name_of) {
        return "states of touchpoints by age of " + name_of(std::type_identity<Channel>{}) + ", " +
               name_of(std::type_identity<evidence<Amount>>{});
    }
};

/// Whoever converts in a state has been in it, and everything is in order.
///
/// Errors:     std::invalid_argument if no paths could give such counts.
template <class Channel, amount Amount>
void check(survival_parts<Channel, Amount> const& parts) {
    counts_check const require{"survival"};
    require.channels(parts.channels);
    constexpr auto most = int128{std::numeric_limits<std::uint64_t>::max()};
    int128 conversions = 0;
    int128 ticks = 0;
    typename survival_parts<Channel, Amount>::state const* last = nullptr;
    for (auto const& state : parts.states) {
        auto const& [touches, exposed, converted, value] = state;
        require(exposed != 0 && converted <= exposed && value.has_value() == (converted != 0));
        require(std::is_sorted(touches.begin(), touches.end()));
        for (auto const touch : touches)
            require(touch / age_classes::number < parts.channels.size());
        require(last == nullptr || comes_before(std::get<0>(*last), touches));
        last = &state;
        conversions += converted;
        ticks += exposed;
    }
    require(conversions == parts.seen.conversions && ticks >= parts.seen.paths() && ticks <= most);
}

}  // namespace attribution::detail
