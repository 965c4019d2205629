// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/join/walking.hpp>
#include <attribution/model/path.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Conversions that are found first and credited later, several at a time: meanwhile the memory
/// prefetched for them arrives. In the order of rows, each is credited by itself, so that an error
/// comes from the first row that has one.
template <class Found, class Credit>
class credit_later {
  public:
    constexpr credit_later(visiting order, Credit credit_one)
        : capacity_{order == visiting::by_row ? 1 : most}, credit_(credit_one) {}

    constexpr bool full() const { return size_ == capacity_; }

    constexpr void add(std::size_t row, Found const& found) {
        rows_[size_] = row;
        found_[size_] = found;
        ++size_;
    }

    constexpr void credit_all() {
        for (std::size_t i = 0; i < size_; ++i)
            credit_(rows_[i], found_[i]);
        size_ = 0;
    }

  private:
    static constexpr std::size_t most = 32;

    std::size_t capacity_;
    Credit credit_;
    std::size_t size_ = 0;
    std::array<std::size_t, most> rows_{};
    std::array<Found, most> found_{};
};

template <class Found, class Credit>
constexpr auto later(visiting order, Credit credit_one) {
    return credit_later<Found, Credit>{order, credit_one};
}

/// Paths that are kept until they are credited.
template <class Path, class Anchor, class Time>
class kept_paths {
  public:
    struct place {
        std::size_t about;
        std::size_t first;
        std::size_t length;
    };

    constexpr place keep(Path const& steps) {
        place const kept{abouts_.size(), visits_.size(), steps.size()};
        abouts_.push_back(steps.about());
        visits_.insert(visits_.end(), steps.visits().begin(), steps.visits().end());
        return kept;
    }
    constexpr Path operator[](place const& kept) {
        return Path{abouts_[kept.about], std::span{visits_}.subspan(kept.first, kept.length),
                    space_};
    }
    constexpr void clear() {
        visits_.clear();
        abouts_.clear();
    }

  private:
    workspace<Time> space_;
    std::vector<visit<Time>> visits_;
    std::vector<Anchor> abouts_;
};

}  // namespace attribution::detail
