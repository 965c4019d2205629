// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/buffer_pool.hpp>
#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/model/anchor.hpp>
#include <attribution/model/step.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace attribution::inline v0_1 {

namespace detail {

template <class Time>
struct workspace {
    buffer_pool<double> weights;
    buffer_pool<visit<Time>> visits;
    buffer_pool<std::uint64_t> units;
    buffer_pool<std::size_t> indices;
};

}  // namespace detail

/// The touchpoints that may earn credit from one conversion, in the order (time, row).
///
/// A random-access range of steps, never empty when a model sees it. Borrowed: valid during the
/// call that receives it.
template <class Anchor>
class path {
  public:
    using anchor_type = Anchor;
    using time_type = typename Anchor::time_type;

    constexpr path(Anchor const& about, std::span<detail::visit<time_type> const> visits,
                   detail::workspace<time_type>& space)
        : anchor_{&about}, visits_{visits}, space_{&space} {}
    // It would refer to a temporary; keep it in a variable.
    path(Anchor const&&, std::span<detail::visit<time_type> const>,
         detail::workspace<time_type>&) = delete;

    [[nodiscard]] constexpr std::size_t size() const noexcept { return visits_.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return visits_.empty(); }
    [[nodiscard]] constexpr step<Anchor> operator[](std::size_t i) const {
        return {*anchor_, visits_[i]};
    }
    [[nodiscard]] constexpr auto begin() const& { return detail::index_iterator<path>{*this, 0}; }
    [[nodiscard]] constexpr auto end() const& {
        return detail::index_iterator<path>{*this, size()};
    }
    template <class Self = path>
    constexpr void begin() const&& {
        detail::refuse_temporary<Self>();
    }
    template <class Self = path>
    constexpr void end() const&& {
        detail::refuse_temporary<Self>();
    }

    [[nodiscard]] constexpr Anchor const& about() const noexcept { return *anchor_; }
    [[nodiscard]] constexpr decltype(auto) conversion() const { return anchor_->conversion(); }

    /// Buffers for models made of models; see `weigh_among`.
    [[nodiscard]] constexpr detail::workspace<time_type>& space() const noexcept { return *space_; }
    [[nodiscard]] constexpr std::span<detail::visit<time_type> const> visits() const noexcept {
        return visits_;
    }

  private:
    Anchor const* anchor_;
    std::span<detail::visit<time_type> const> visits_;
    detail::workspace<time_type>* space_;
};

}  // namespace attribution
