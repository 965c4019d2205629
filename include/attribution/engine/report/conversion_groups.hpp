// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit/credit.hpp>
#include <attribution/engine/values/interner.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1::detail {

/// Numbers the groups of conversions; every dimension must be one of conversions.
template <class Conversions, class... Dimensions>
class conversion_groups {
    static_assert((Dimensions::of_conversions && ...),
                  "attribution: here by() needs projections of conversions only");
    using key_tuple = std::tuple<typename Dimensions::key...>;

  public:
    using key_type = std::conditional_t<sizeof...(Dimensions) == 1,
                                        std::tuple_element_t<0, key_tuple>, key_tuple>;

    constexpr conversion_groups(Conversions c, Dimensions... dimensions)
        : conversions_{std::move(c)}, dimensions_{std::move(dimensions)...} {}

    constexpr std::size_t operator()(std::size_t row) {
        return std::apply(
            [&](auto&... dimension) {
                return groups_({dimension.number(conversions_, conversions_, row, no_row)...});
            },
            dimensions_);
    }

    constexpr key_type key(std::size_t group) const {
        return key(groups_[group], std::index_sequence_for<Dimensions...>{});
    }

  private:
    template <class Ids, std::size_t... I>
    constexpr key_type key(Ids const& ids, std::index_sequence<I...>) const {
        return key_type{std::get<I>(dimensions_).at(ids[I])...};
    }

    Conversions conversions_;
    std::tuple<Dimensions...> dimensions_;
    interner<std::array<std::size_t, sizeof...(Dimensions)>> groups_;
};

}  // namespace attribution::detail
