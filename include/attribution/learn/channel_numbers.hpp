// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/comes_before.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/numeric/checked_count.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace attribution::inline v0_1 {

/// The type by which a kept channel is looked up: text is not copied.
template <class Channel>
using channel_probe =
    std::conditional_t<std::same_as<Channel, std::string>, std::string_view,
                       std::conditional_t<std::same_as<Channel, std::optional<std::string>>,
                                          std::optional<std::string_view>, Channel>>;

/// Channels and their numbers, in the order in which they came.
template <class Channel>
class channel_numbers {
  public:
    using probe = channel_probe<Channel>;

    [[nodiscard]] std::size_t size() const { return known_.size(); }
    [[nodiscard]] Channel const& operator[](std::size_t number) const& { return known_[number]; }
    [[nodiscard]] Channel operator[](std::size_t number) const&& { return known_[number]; }
    [[nodiscard]] std::size_t find(probe const& channel) const { return known_.find(channel); }
    std::uint32_t operator()(probe const& channel) { return detail::as_number(known_(channel)); }

    /// The sorted channels, and the place of each channel's number among them.
    struct order {
        std::vector<Channel> channels;
        std::vector<std::uint32_t> place;
    };
    [[nodiscard]] order in_order() const {
        std::vector<std::uint32_t> numbers(size(), 0);
        std::iota(numbers.begin(), numbers.end(), std::uint32_t{0});
        std::sort(numbers.begin(), numbers.end(), [&](std::uint32_t a, std::uint32_t b) {
            return detail::comes_before(known_[a], known_[b]);
        });
        order result{{}, std::vector<std::uint32_t>(size(), 0)};
        for (auto const number : numbers) {
            result.place[number] = static_cast<std::uint32_t>(result.channels.size());
            result.channels.push_back(known_[number]);
        }
        return result;
    }

  private:
    detail::interner<Channel, probe> known_;
};

}  // namespace attribution
