// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"

#include <attribution/model/blend.hpp>

#include <array>
#include <concepts>
#include <string>

namespace support {

using any_path =
    decltype(att::join(sales(std::declval<std::array<sale, 1> const&>()),
                       touches(std::declval<std::array<touch, 1> const&>())))::path_type;

// Near misses: none of these is a model.
struct writes_nothing {
    void operator()(any_path const&) const;
};
struct not_const {
    void operator()(any_path const&, att::weights);
};
struct wants_floats {
    void operator()(any_path const&, std::span<float>) const;
};
static_assert(!att::model<writes_nothing, any_path>);
static_assert(!att::model<not_const, any_path>);
static_assert(!att::model<wants_floats, any_path>);
static_assert(!att::model<int, any_path>);
static_assert(att::model<void (*)(any_path const&, att::weights), any_path>);

template <std::size_t N, class Model>
constexpr void conserves(std::array<touch, N> const& log, Model const& m) {
    for (cents const value : {cents{1}, cents{100}, INT64_MIN + 1}) {
        auto const parts = split(value, log, m);
        cents total = 0;
        for (auto const part : parts) {
            require(value < 0 ? part <= 0 : part >= 0);
            total += part;
        }
        require(total == value);
        auto const refund = split(-value, log, m);
        for (std::size_t i = 0; i <= N; ++i)
            require(refund[i] == -parts[i]);
    }
}

/// What holds for every model, over paths of 0 to 5 touchpoints.
template <class Model>
constexpr bool model_suite(Model const& m) {
    static_assert(att::model<Model, any_path>);
    static_assert(std::derived_from<Model, att::model_tag>, "can take part in blends");
    static_assert(std::copy_constructible<Model>);
    conserves(path_at(), m);
    conserves(path_at(5), m);
    conserves(path_at(5, 8), m);
    conserves(path_at(8, 5, 5), m);
    conserves(path_at(1, 1, 1, 1), m);
    conserves(path_at(100, 99, 7, 3, 1), m);
    require(split(9, path_at(), m) == gives(9));        // nothing to credit: unattributed
    require(split(9, path_at(101), m) == gives(0, 9));  // nothing after the conversion
    require(split(9, path_at(5), m) == gives(9, 0));    // alone: all
    for (auto const& log : {path_at(1, 1, 50, 100), path_at(9, 8, 7, 6)}) {
        require(split(1000, log, 2 * m) == split(1000, log, m));
        require(split(1000, log, m + m) == split(1000, log, m));
    }
    return true;
}

}  // namespace support
