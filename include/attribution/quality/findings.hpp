// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/memory/owned_range.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

/// How bad it is if a rule is broken.
enum class severity { info, warning, error };

[[nodiscard]] constexpr std::string_view to_string(severity level) noexcept {
    switch (level) {
    case severity::info:
        return "info";
    case severity::warning:
        return "warning";
    case severity::error:
        break;
    }
    return "error";
}

namespace detail {

/// Keeps the `limit` smallest of the elements that were put in, ascending.
template <class T>
constexpr void keep_smallest(std::vector<T>& kept, T element, std::size_t limit) {
    if (kept.size() >= limit && (limit == 0 || !(element < kept.back())))
        return;
    kept.insert(std::upper_bound(kept.begin(), kept.end(), element), std::move(element));
    if (kept.size() > limit)
        kept.pop_back();
}

}  // namespace detail

/// What one rule found.
struct finding {
    std::string rule;  // its name, such as "unique(order_id)"
    attribution::severity severity;
    std::string text;         // what is wrong with a row that breaks it
    std::size_t checked = 0;  // how many rows were looked at
    std::size_t count = 0;    // how many of them break the rule
    std::vector<std::size_t> rows = {};
    std::vector<std::string> notes = {};  // what is wrong with all rows together, such as a total

    friend bool operator==(finding const&, finding const&) = default;

    /// A line, such as `error finite(price): 2 of 11 rows: price is not a finite number (row 3, 9)`,
    /// and one for each note.
    friend std::ostream& operator<<(std::ostream& out, finding const& found) {
        out << to_string(found.severity) << ' ' << found.rule << ": " << found.count << " of "
            << found.checked << " rows";
        if (found.count != 0)
            out << ": " << found.text;
        for (auto const row : found.rows)
            out << (row == found.rows.front() ? " (row " : ", ") << row;
        if (!found.rows.empty())
            out << (found.rows.size() < found.count ? ", ...)" : ")");
        out << '\n';
        for (auto const& note : found.notes)
            out << "    " << note << '\n';
        return out;
    }
};

/// What a validation found: one finding per rule, also for rules that no row breaks; errors first,
/// then by the rule's name.
///
/// A commutative monoid: a new one is the identity, `merge` adds two. Findings of the same rule
/// (name, severity and text) become one: their counts add up, and the first few rows of all are
/// kept. Rules that compare rows with each other (`unique`, `fan_out`, `total`) see only the part
/// of the data that they are given; split the rows so that equal ids stay together.
class findings : public detail::owned_range<finding> {
  public:
    findings() = default;
    /// Keeps the first `limit` rows and notes of every rule.
    explicit findings(std::size_t limit) : limit_{limit} {}

    [[nodiscard]] std::size_t limit() const noexcept { return limit_; }

    /// How many rows break rules of that severity; a row that breaks two rules counts twice.
    [[nodiscard]] std::size_t count(severity level) const {
        std::size_t sum = 0;
        for (auto const& each : elements_)
            if (each.severity == level)
                sum += each.count;
        return sum;
    }
    /// How many rows break the rule of that name; also 0 if there is no such rule.
    [[nodiscard]] std::size_t count(std::string_view rule) const {
        std::size_t sum = 0;
        for (auto const& each : elements_)
            if (each.rule == rule)
                sum += each.count;
        return sum;
    }
    /// Is every rule of that severity or worse kept?
    [[nodiscard]] bool clean(severity from = severity::info) const {
        return std::all_of(elements_.begin(), elements_.end(), [from](finding const& each) {
            return each.count == 0 || each.severity < from;
        });
    }

    /// If memory runs out, nothing changes.
    void merge(findings const& other) {
        auto both = *this;
        both.limit_ = std::min(limit_, other.limit_);
        for (auto& each : both.elements_)
            both.shorten(each);
        for (auto const& each : other)
            both.add(each);
        *this = std::move(both);
    }
    /// As `merge`, for one finding.
    void add(finding part) {
        auto const key = [](finding const& f) {
            return std::tuple<int, std::string_view, std::string_view>{
                -static_cast<int>(f.severity), f.rule, f.text};
        };
        auto const place =
            std::lower_bound(elements_.begin(), elements_.end(), part,
                             [&](finding const& a, finding const& b) { return key(a) < key(b); });
        if (place == elements_.end() || key(*place) != key(part)) {
            std::sort(part.rows.begin(), part.rows.end());
            std::sort(part.notes.begin(), part.notes.end());
            shorten(part);
            elements_.insert(place, std::move(part));
            return;
        }
        auto both = *place;
        both.checked += part.checked;
        both.count += part.count;
        for (auto const row : part.rows)
            detail::keep_smallest(both.rows, row, limit_);
        for (auto& note : part.notes)
            detail::keep_smallest(both.notes, std::move(note), limit_);
        *place = std::move(both);
    }

    /// Each finding on a line, and each note.
    friend std::ostream& operator<<(std::ostream& out, findings const& all) {
        for (auto const& each : all)
            out << each;
        return out;
    }

    friend bool operator==(findings const& a, findings const& b) {
        return a.elements_ == b.elements_ && a.limit_ == b.limit_;
    }

  private:
    void shorten(finding& each) const {
        if (each.rows.size() > limit_)
            each.rows.resize(limit_);
        if (each.notes.size() > limit_)
            each.notes.resize(limit_);
    }

    std::size_t limit_ = std::numeric_limits<std::size_t>::max();
};

}  // namespace attribution
