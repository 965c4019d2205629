// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <range/v3/iterator/operations.hpp>
#include <range/v3/range/access.hpp>
#include <range/v3/range/concepts.hpp>

#include <cstddef>
#include <memory>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Do elements lie one after another, as in a vector or a span? Nearly all records do; range-v3 and the
/// standard library find out the same by several hundred instantiations, for each type of record.
template <class Range>
concept array_like = requires(Range& all) {
    requires std::is_pointer_v<decltype(all.data())>;
    requires std::is_same_v<decltype(all.size()), std::size_t>;
    requires std::is_same_v<decltype(*all.begin()), decltype(*all.data())>;
    requires std::is_same_v<decltype(*(all.end() - all.size())), decltype(*all.data())>;
};

template <class Range>
concept record_range = array_like<Range> || ranges::forward_range<Range>;

template <class Range>
struct record_in {
    using type = ranges::range_reference_t<Range>;
};
template <array_like Range>
struct record_in<Range> {
    using type = decltype(*std::declval<Range&>().data());
};
/// What a range's iterators refer to.
template <class Range>
using record_reference = typename record_in<Range>::type;

/// Whether a type says that it is a view is asked before whether it could be one.
template <class Range>
concept view_of_records = (ranges::enable_view<Range> && ranges::view_<Range>) ||
                          (std::ranges::enable_view<Range> && std::ranges::view<Range>);

template <class Range>
inline constexpr bool is_view = view_of_records<std::remove_cvref_t<Range>>;

/// Containers are borrowed by pointer; views are kept by value.
template <class Range>
inline constexpr bool can_borrow = is_view<Range> || std::is_lvalue_reference_v<Range>;

template <class Container>
struct borrowed {
    Container* container;
    constexpr Container& get() const { return *container; }
};

template <class View>
struct kept {
    View view;
    constexpr View const& get() const { return view; }
};

/// For ranges without random access, or that cannot be walked while const (such as filter views):
/// an iterator for every row. All copies share the iterators, because they may point into their
/// view.
template <class Holder>
struct indexed {
    Holder holder;
    std::vector<ranges::iterator_t<std::remove_reference_t<Holder>>> rows;

    explicit indexed(Holder range) : holder{std::forward<Holder>(range)} {
        for (auto it = ranges::begin(holder); it != ranges::end(holder); ++it)
            rows.push_back(it);
    }
};

template <class Range>
concept indexable = array_like<Range> ||
    (ranges::random_access_range<Range>&& ranges::sized_range<Range>);

template <class Range>
class rows {
    using plain = std::remove_reference_t<Range>;
    static constexpr bool by_value = is_view<Range>;
    static constexpr bool direct =
        indexable<std::conditional_t<by_value, std::remove_cvref_t<Range> const, plain>>;
    static constexpr bool in_array =
        array_like<std::conditional_t<by_value, std::remove_cvref_t<Range> const, plain>>;
    using held = std::conditional_t<by_value, std::remove_cvref_t<Range>, plain&>;
    using storage = std::conditional_t<
        !direct, std::shared_ptr<indexed<held> const>,
        std::conditional_t<by_value, kept<std::remove_cvref_t<Range>>, borrowed<plain>>>;

  public:
    constexpr explicit rows(Range&& range) : storage_{store(std::forward<Range>(range))} {}

    constexpr std::size_t size() const {
        if constexpr (in_array)
            return storage_.get().size();
        else if constexpr (direct)
            return static_cast<std::size_t>(ranges::size(storage_.get()));
        else
            return storage_->rows.size();
    }

    constexpr decltype(auto) operator[](std::size_t row) const {
        if constexpr (in_array)
            return storage_.get().data()[row];
        else if constexpr (direct)
            return ranges::begin(
                storage_.get())[static_cast<ranges::range_difference_t<plain>>(row)];
        else
            return *storage_->rows[row];
    }

  private:
    static constexpr storage store(Range&& range) {
        if constexpr (!direct)
            return std::make_shared<indexed<held> const>(std::forward<Range>(range));
        else if constexpr (by_value)
            return storage{std::forward<Range>(range)};
        else
            return storage{&range};
    }

    storage storage_;
};

}  // namespace attribution::detail
