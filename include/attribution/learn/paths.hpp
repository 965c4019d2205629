// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/engine/records/record_checks.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/records/conversions.hpp>

#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Rows of counted paths and how to read them; made by `aggregated_paths`.
template <class Range, class Sequence, class Conversions, class Value, class Nulls>
class aggregated_path_rows {
  public:
    using reference = ranges::range_reference_t<Range>;
    using sequence_type =
        decltype(detail::project(std::declval<Sequence const&>(), std::declval<reference>()));
    using channel_type = detail::kept_channel<ranges::range_reference_t<sequence_type>>;
    using value_type = std::remove_cvref_t<std::invoke_result_t<Value const&, reference>>;

    aggregated_path_rows(Range&& range, Sequence sequence, Conversions conversions, Value value,
                         Nulls nulls)
        : rows_{std::forward<Range>(range)}, sequence_(std::move(sequence)),
          conversions_(std::move(conversions)), value_(std::move(value)), nulls_(std::move(nulls)) {
    }

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] sequence_type sequence(std::size_t row) const {
        return detail::project(sequence_, rows_[row]);
    }
    [[nodiscard]] auto conversions(std::size_t row) const {
        return std::invoke(conversions_, rows_[row]);
    }
    [[nodiscard]] value_type value(std::size_t row) const {
        return std::invoke(value_, rows_[row]);
    }
    [[nodiscard]] auto nulls(std::size_t row) const { return std::invoke(nulls_, rows_[row]); }

  private:
    detail::rows<Range> rows_;
    [[no_unique_address]] Sequence sequence_;
    [[no_unique_address]] Conversions conversions_;
    [[no_unique_address]] Value value_;
    [[no_unique_address]] Nulls nulls_;
};

namespace detail {

template <class T>
inline constexpr bool is_aggregated = false;
template <class R, class S, class C, class V, class N>
inline constexpr bool is_aggregated<aggregated_path_rows<R, S, C, V, N>> = true;

}  // namespace detail

/// Says how to read rows of paths that were counted before, the form in which warehouses and other
/// attribution tools keep them.
///
/// Shape:      `sequence` gives a range of channels, first to last; `conversions` and `nulls` whole
///             numbers, how many paths of the row converted and how many did not; `value` what the
///             conversions were worth together.
/// Edges:      rows may repeat a sequence: they are added up. The value of a row without
///             conversions must be 0. The rows are borrowed.
/// Errors:     a static_assert says what is wrong with an argument.
template <class Range, class Sequence, class Conversions, class Value, class Nulls>
[[nodiscard]] auto aggregated_paths(Range&& range, Sequence sequence, Conversions conversions,
                                    Value value, Nulls nulls) {
    detail::check_range<Range>();
    using row = ranges::range_reference_t<Range>;
    static_assert(std::is_invocable_v<Sequence const&, row> &&
                      ranges::input_range<std::invoke_result_t<Sequence const&, row>>,
                  "attribution: the second argument must read a range of channels off a row; split "
                  "text with split_path");
    static_assert(
        std::integral<std::remove_cvref_t<std::invoke_result_t<Conversions const&, row>>> &&
            std::integral<std::remove_cvref_t<std::invoke_result_t<Nulls const&, row>>>,
        "attribution: conversions and nulls must be whole numbers of paths");
    static_assert(amount<std::remove_cvref_t<std::invoke_result_t<Value const&, row>>>,
                  "attribution: the value of a row must be an integer (minor units), a "
                  "floating-point number or money");
    return aggregated_path_rows<Range, Sequence, Conversions, Value, Nulls>{
        std::forward<Range>(range), std::move(sequence), std::move(conversions), std::move(value),
        std::move(nulls)};
}

/// The channels of a path kept as text, such as "search > email > search", without the blanks
/// around them. The pieces refer to `text`.
[[nodiscard]] inline std::vector<std::string_view> split_path(std::string_view text,
                                                              std::string_view separator = ">") {
    std::vector<std::string_view> channels;
    auto const add = [&](std::string_view piece) {
        auto const first = piece.find_first_not_of(' ');
        auto const last = piece.find_last_not_of(' ');
        channels.push_back(first == std::string_view::npos ? std::string_view{}
                                                           : piece.substr(first, last - first + 1));
    };
    if (text.find_first_not_of(' ') == std::string_view::npos)
        return channels;
    for (auto end = text.find(separator); end != std::string_view::npos && !separator.empty();
         end = text.find(separator)) {
        add(text.substr(0, end));
        text.remove_prefix(end + separator.size());
    }
    add(text);
    return channels;
}

/// The same for a temporary text. It is gone afterwards, so the pieces are copies.
template <class Text>
    requires(!std::is_reference_v<Text> && std::ranges::range<Text> &&
             !std::ranges::borrowed_range<Text> && std::convertible_to<Text&, std::string_view>)
[[nodiscard]] std::vector<std::string> split_path(Text&& text, std::string_view separator = ">") {
    auto const pieces = split_path(std::string_view{text}, separator);
    return {pieces.begin(), pieces.end()};
}

}  // namespace attribution
