// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/common_key.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Numbers pairs of a user and a channel, neither missing; text is compared by its characters.
template <class User, class Channel>
class subject_numbers {
  public:
    using user_type = probe_for<User>;
    using channel_type = probe_for<Channel>;
    using probe = std::pair<user_type, channel_type>;
    static constexpr auto none = static_cast<std::size_t>(-1);

    std::size_t operator()(std::pair<User, Channel> const& who) {
        auto const number = numbers_(probe(who));
        if (number == met_.size())
            met_.push_back(who);
        return number;
    }
    [[nodiscard]] std::size_t find(probe const& who) const { return numbers_.find(who); }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }
    /// The pair as it was first seen.
    [[nodiscard]] std::pair<User, Channel> const& operator[](std::size_t number) const {
        return met_[number];
    }

  private:
    interner<std::pair<stored_for<User>, stored_for<Channel>>, probe> numbers_;
    std::vector<std::pair<User, Channel>> met_;
};

}  // namespace attribution::detail
