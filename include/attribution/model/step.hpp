// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/time_line.hpp>

#include <cstddef>

namespace attribution::inline v0_1 {

namespace detail {

/// A touchpoint in a path: its time, its row, and how many touchpoints of its key, itself included,
/// lie between it and the conversion (0 if it comes after the conversion).
template <class Time>
struct visit {
    Time at;
    std::size_t row;
    std::size_t recency;
};

}  // namespace detail

/// One touchpoint of a path, together with the conversion it leads to.
template <class Anchor>
class step {
  public:
    using anchor_type = Anchor;
    using time_type = typename Anchor::time_type;

    constexpr step(Anchor const& about, detail::visit<time_type> const& visit)
        : anchor_{&about}, visit_{visit} {}
    // It would refer to a temporary; keep it in a variable.
    step(Anchor const&&, detail::visit<time_type> const&) = delete;

    /// The user's records.
    [[nodiscard]] constexpr decltype(auto) touchpoint() const {
        return anchor_->touchpoints()[visit_.row];
    }
    [[nodiscard]] constexpr decltype(auto) conversion() const { return anchor_->conversion(); }

    [[nodiscard]] constexpr Anchor const& about() const noexcept { return *anchor_; }
    [[nodiscard]] constexpr std::size_t row() const noexcept { return visit_.row; }
    [[nodiscard]] constexpr time_type at() const { return visit_.at; }

    /// Conversion time - touchpoint time; negative if the touchpoint came later.
    [[nodiscard]] constexpr auto age() const { return detail::distance(visit_.at, anchor_->at()); }

    /// 1 for the key's latest touchpoint at the conversion, 2 for the one before, ...; 0 for a
    /// touchpoint after the conversion. Counts all touchpoints of the key, eligible or not.
    [[nodiscard]] constexpr std::size_t recency() const noexcept { return visit_.recency; }

  private:
    Anchor const* anchor_;
    detail::visit<time_type> visit_;
};

}  // namespace attribution
