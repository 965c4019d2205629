// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/optional_value.hpp>
#include <attribution/quality/findings.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// Where a check reports what it found.
class offences {
  public:
    constexpr explicit offences(std::size_t limit) : limit_{limit} {}

    /// The row with that number, from 0, breaks the rule. Once per row, in any order.
    constexpr void row(std::size_t number) {
        detail::keep_smallest(rows_, number, limit_);
        ++count_;
    }
    /// As above, with the reason; counts once.
    constexpr void row(std::size_t number, std::string why) {
        detail::keep_smallest(notes_, std::move(why), limit_);
        row(number);
    }
    /// All rows together break the rule, for that reason.
    constexpr void note(std::string why) {
        detail::keep_smallest(notes_, std::move(why), limit_);
        ++count_;
    }

    [[nodiscard]] constexpr std::size_t count() const noexcept { return count_; }
    [[nodiscard]] constexpr std::vector<std::size_t> const& rows() const& noexcept { return rows_; }
    [[nodiscard]] constexpr std::vector<std::size_t> rows() const&& { return rows_; }
    [[nodiscard]] constexpr std::vector<std::string> const& notes() const& noexcept {
        return notes_;
    }
    [[nodiscard]] constexpr std::vector<std::string> notes() const&& { return notes_; }

  private:
    std::size_t limit_;
    std::size_t count_ = 0;
    std::vector<std::size_t> rows_;
    std::vector<std::string> notes_;
};

/// Looks at rows, which have `size()` and `[number]`, and tells `offences` which rows break the
/// rule.
template <class Check, class Rows>
concept check_of = std::invocable<Check const&, Rows const&, offences&>;

/// A rule that records should keep: a value, made by `unique`, `required`, `must`, ... or from a
/// check of your own.
template <class Check>
struct basic_rule {
    std::string name;
    attribution::severity severity;
    std::string text;  // what is wrong with a row that breaks it
    Check check;

    basic_rule(std::string the_name, attribution::severity level, std::string what, Check how)
        : name(std::move(the_name)), severity{level}, text(std::move(what)), check(std::move(how)) {
    }

    /// The same rule with a more general type of check.
    template <class Other>
        requires(!std::same_as<Other, Check> && std::constructible_from<Check, Other>)
    basic_rule(basic_rule<Other> other)
        : name(std::move(other.name)), severity{other.severity}, text(std::move(other.text)),
          check(std::move(other.check)) {}

    /// The same rule with a severity of your choice.
    [[nodiscard]] basic_rule as(attribution::severity level) const {
        auto changed = *this;
        changed.severity = level;
        return changed;
    }
};

/// The rows of any range of `Record`, for rules that must have one type whatever they check.
template <class Record>
class record_rows {
  public:
    template <class Rows>
        requires(!std::same_as<Rows, record_rows>)
    explicit record_rows(Rows const& rows)
        : rows_{&rows}, size_{rows.size()}, at_{[](void const* all,
                                                   std::size_t i) -> Record const& {
              using reference = decltype(std::declval<Rows const&>()[0]);
              static_assert(std::is_lvalue_reference_v<reference> &&
                                std::is_convertible_v<reference, Record const&>,
                            "attribution: a rule<Record> checks ranges that hold Records; give "
                            "ranges that make their records on the fly their rules by rules(...)");
              return (*static_cast<Rows const*>(all))[i];
          }} {}
    template <class Rows>
        requires(!std::same_as<Rows, record_rows>)
    explicit record_rows(Rows const&&) = delete;  // it would refer to a temporary

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] Record const& operator[](std::size_t row) const { return at_(rows_, row); }

  private:
    void const* rows_;
    std::size_t size_;
    Record const& (*at_)(void const*, std::size_t);
};

/// Any rule for ranges of `Record`. Such rules can be kept in a container, chosen at run time and
/// passed on: `std::vector<rule<order>>`. Every rule of this library converts to it.
template <class Record>
using rule = basic_rule<std::function<void(record_rows<Record> const&, offences&)>>;

namespace detail {

/// Calls `use(row, value)` with the projected value of every record; an array of char is a text.
template <class Rows, class Projection, class Use>
constexpr void for_each_value(Rows const& rows, Projection const& projection, Use use) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto&& record = rows[row];
        using value = std::remove_cvref_t<decltype(std::invoke(projection, std::as_const(record)))>;
        if constexpr (is_text_array<value>)
            use(row, characters_of(std::invoke(projection, std::as_const(record))));
        else
            use(row, std::invoke(projection, std::as_const(record)));
    }
}

inline std::string rule_name(std::string_view kind, std::string_view subject) {
    return std::string{kind} + '(' + std::string{subject} + ')';
}

}  // namespace detail

}  // namespace attribution
