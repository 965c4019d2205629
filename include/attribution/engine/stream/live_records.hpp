// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/stream_times.hpp>

#include <cstddef>
#include <span>
#include <utility>

/// One customer's touchpoints and one conversion, in the form in which models, policies and sinks
/// see records.
namespace attribution::inline v0_1::detail {

/// The records that are being looked at.
template <class Touchpoints, class Conversions>
struct present {
    Touchpoints touchpoints;
    Conversions conversions;
    std::span<typename Touchpoints::record_type const> touches = {};
    typename Conversions::record_type const* conversion = nullptr;

    present(Touchpoints t, Conversions c) : touchpoints(std::move(t)), conversions(std::move(c)) {}
};

/// Touchpoint rows are places among the customer's touchpoints.
template <class Touchpoints, class Conversions>
class live_touchpoints {
  public:
    using reference = typename Touchpoints::reference;
    using key_type = typename Touchpoints::key_type;
    using time_type = typename Touchpoints::time_type;
    static constexpr bool has_stable_keys = true;

    explicit live_touchpoints(present<Touchpoints, Conversions> const& now) : now_{&now} {}

    [[nodiscard]] std::size_t size() const { return now_->touches.size(); }
    [[nodiscard]] reference operator[](std::size_t row) const { return now_->touches[row]; }
    [[nodiscard]] decltype(auto) key(std::size_t row) const {
        return now_->touchpoints.key((*this)[row]);
    }
    [[nodiscard]] time_type time(std::size_t row) const {
        return now_->touchpoints.time((*this)[row]);
    }

  private:
    present<Touchpoints, Conversions> const* now_;
};

/// The only row is the conversion.
template <class Touchpoints, class Conversions>
class live_conversions {
  public:
    using reference = typename Conversions::reference;
    using key_type = typename Conversions::key_type;
    using time_type = typename Conversions::time_type;
    using value_type = typename Conversions::value_type;
    static constexpr bool has_stable_keys = true;
    static constexpr bool rows_change =
        true;  // a row is another record from one conversion to the next

    explicit live_conversions(present<Touchpoints, Conversions> const& now) : now_{&now} {}

    [[nodiscard]] std::size_t size() const { return now_->conversion ? 1 : 0; }
    [[nodiscard]] reference operator[](std::size_t) const { return *now_->conversion; }
    [[nodiscard]] decltype(auto) key(std::size_t row) const {
        return now_->conversions.key((*this)[row]);
    }
    [[nodiscard]] time_type time(std::size_t row) const {
        return now_->conversions.time((*this)[row]);
    }
    [[nodiscard]] value_type value(std::size_t row) const {
        return now_->conversions.value((*this)[row]);
    }

  private:
    present<Touchpoints, Conversions> const* now_;
};

/// How many of the touchpoints, which are in order of time, lie before an instant.
template <class Touchpoints, class Conversions>
class live_times {
  public:
    using rows = live_touchpoints<Touchpoints, Conversions>;
    using times = stream_times<Touchpoints, Conversions>;
    using time_type = typename times::time_type;

    explicit live_times(rows const& touches) : rows_{touches} {}

    /// Usually none lies before it, and one look is enough.
    [[nodiscard]] std::size_t before(time_type at) const {
        if (rows_.size() == 0 || !(time(0) < at))
            return 0;
        return first([&](std::size_t row) { return !(time(row) < at); });
    }
    [[nodiscard]] std::size_t not_after(time_type at) const {
        return first([&](std::size_t row) { return at < time(row); });
    }

  private:
    [[nodiscard]] time_type time(std::size_t row) const {
        return times::of_touchpoint(rows_.time(row));
    }
    template <class Test>
    [[nodiscard]] std::size_t first(Test test) const {
        std::size_t low = 0;
        auto high = rows_.size();
        while (low < high) {
            auto const middle = low + (high - low) / 2;
            if (test(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    rows const& rows_;
};

}  // namespace attribution::detail
