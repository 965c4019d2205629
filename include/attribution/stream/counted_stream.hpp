// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/records/once_per.hpp>
#include <attribution/stream/conversion_stream.hpp>

#include <concepts>
#include <tuple>
#include <utility>

namespace attribution::inline v0_1 {

/// A stream of conversions of which some do not count; made by `counted`.
template <class Stream, class... Rules>
class counted_stream : public Stream {
  public:
    using rules_type = std::tuple<Rules...>;
    /// Can each conversion be decided about when it comes? That needs rules for which all conversions
    /// of one instant are alike.
    static constexpr bool decides_at_once = (Rules::whole_instants && ...);
    /// Is what counted forgotten at some time?
    static constexpr bool forgets_counted =
        (!std::same_as<typename Rules::length_type, detail::without_end> && ...);

    constexpr counted_stream(Stream all, Rules... rules)
        : Stream(std::move(all)), rules_{std::move(rules)...} {}

    [[nodiscard]] constexpr rules_type const& rules() const& noexcept { return rules_; }
    [[nodiscard]] constexpr rules_type rules() const&& { return rules_; }

  private:
    [[no_unique_address]] rules_type rules_;
};

namespace detail {

template <class Stream, class... Rules>
inline constexpr bool is_conversion_stream<counted_stream<Stream, Rules...>> =
    is_conversion_stream<Stream>;

}  // namespace detail

/// Only conversions that count, as `counted` of records says.
///
/// Shape:      `live(counted(conversion_stream<install>(...), cooldown(date::days{90})), ...)`.
/// Edges:      a desk takes all conversions, decides about each when all before it have come, gives
///             no credits for those that do not count, and says how many there were:
///             `counts().not_counted`. The order is (time, id). With `at_once`, only `cooldown` can be
///             used: of two conversions at one instant, the first by id might come last.
/// Memory:     per customer and rule, the values that counted; those of rules with a length until the
///             horizon is that far beyond. `once_per(projection)` without a length remembers for ever
///             and so needs `keep_everything`.
/// Errors:     a static_assert says what is wrong with an argument.
template <class Stream, class... Rules>
    requires detail::is_conversion_stream<Stream>
[[nodiscard]] constexpr auto counted(Stream conversions, Rules... rules) {
    static_assert(sizeof...(Rules) != 0 && (detail::is_counting_rule<Rules> && ...),
                  "attribution: counted() takes conversion_stream(...) and rules: "
                  "cooldown(length), once_per(projection), once_per(projection, length)");
    return counted_stream<Stream, Rules...>{std::move(conversions), std::move(rules)...};
}

}  // namespace attribution
