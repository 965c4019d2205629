// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/memory/buffer_pool.hpp>
#include <attribution/engine/memory/index_iterator.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/values/common_time.hpp>
#include <attribution/engine/values/time_line.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

namespace attribution::inline v0_1 {

/// One conversion, as policies and models see it.
template <class Conversions, class Touchpoints>
class anchor {
  public:
    using conversion_records = Conversions;
    using touchpoint_records = Touchpoints;
    using time_type = detail::common_time_of_records<Conversions, Touchpoints>;

    constexpr anchor(Conversions const& conversions, Touchpoints const& touchpoints,
                     std::size_t row, std::optional<time_type> previous)
        : conversions_{&conversions}, touchpoints_{&touchpoints}, row_{row},
          at_(detail::meet<typename Touchpoints::time_type>(
              conversions.time(row), "attribute: the time of conversion row ", row)),
          previous_(previous) {}

    /// As above, for callers that know the conversion's time already.
    constexpr anchor(Conversions const& conversions, Touchpoints const& touchpoints,
                     std::size_t row, time_type const& at, std::optional<time_type> previous)
        : conversions_{&conversions}, touchpoints_{&touchpoints}, row_{row}, at_(at),
          previous_(previous) {}

    template <class C, class T, class... Rest>
        requires(std::same_as<std::remove_cvref_t<C>, Conversions>&&
                     std::same_as<std::remove_cvref_t<T>, Touchpoints> &&
                 !(std::is_lvalue_reference_v<C> && std::is_lvalue_reference_v<T>))
    anchor(C&&, T&&, Rest&&...)
    = delete;  // it would refer to a temporary; keep it in a variable

    /// The user's record.
    [[nodiscard]] constexpr decltype(auto) conversion() const { return (*conversions_)[row_]; }
    [[nodiscard]] constexpr std::size_t row() const { return row_; }
    [[nodiscard]] constexpr time_type at() const { return at_; }

    /// When the same key converted before: the latest instant of its conversions that is earlier than
    /// this one's. Several conversions at one instant, such as the items of an order, are not before
    /// each other.
    [[nodiscard]] constexpr std::optional<time_type> previous() const { return previous_; }

    [[nodiscard]] constexpr Touchpoints const& touchpoints() const { return *touchpoints_; }

  private:
    Conversions const* conversions_;
    Touchpoints const* touchpoints_;
    std::size_t row_;
    time_type at_;
    std::optional<time_type> previous_;
};

namespace detail {

/// A touchpoint in a path: its time, its row, and how many touchpoints of its key, itself included,
/// lie between it and the conversion (0 if it comes after the conversion).
template <class Time>
struct visit {
    Time at;
    std::size_t row;
    std::size_t recency;
};

template <class Time>
struct workspace {
    buffer_pool<double> weights;
    buffer_pool<visit<Time>> visits;
    buffer_pool<std::uint64_t> units;
    buffer_pool<std::size_t> indices;
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

    [[nodiscard]] constexpr Anchor const& about() const { return *anchor_; }
    [[nodiscard]] constexpr std::size_t row() const { return visit_.row; }
    [[nodiscard]] constexpr time_type at() const { return visit_.at; }

    /// Conversion time - touchpoint time; negative if the touchpoint came later.
    [[nodiscard]] constexpr auto age() const { return detail::distance(visit_.at, anchor_->at()); }

    /// 1 for the key's latest touchpoint at the conversion, 2 for the one before, ...; 0 for a
    /// touchpoint after the conversion. Counts all touchpoints of the key, eligible or not.
    [[nodiscard]] constexpr std::size_t recency() const { return visit_.recency; }

  private:
    Anchor const* anchor_;
    detail::visit<time_type> visit_;
};

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

    [[nodiscard]] constexpr std::size_t size() const { return visits_.size(); }
    [[nodiscard]] constexpr bool empty() const { return visits_.empty(); }
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

    [[nodiscard]] constexpr Anchor const& about() const { return *anchor_; }
    [[nodiscard]] constexpr decltype(auto) conversion() const { return anchor_->conversion(); }

    /// Buffers for models made of models; see `weigh_among`.
    [[nodiscard]] constexpr detail::workspace<time_type>& space() const { return *space_; }
    [[nodiscard]] constexpr std::span<detail::visit<time_type> const> visits() const {
        return visits_;
    }

  private:
    Anchor const* anchor_;
    std::span<detail::visit<time_type> const> visits_;
    detail::workspace<time_type>* space_;
};

}  // namespace attribution
