// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/records.hpp"
#include "support/world.hpp"

#include <attribution/credit/credit.hpp>
#include <attribution/numeric/wide_integer.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <vector>

namespace support::reference {

/// A second opinion on what `attribute` does, written without the library's ideas: whole-number
/// weights, quadratic loops, 128-bit arithmetic. Numbers of models and policies are those of
/// `any_model` and `for_all_policies`.
using wide = att::detail::int128;

inline std::vector<wide> weigh(std::vector<touch> const& path, std::size_t model) {
    auto const n = path.size();
    std::vector<wide> w(n, 0);
    auto const ends = [&](wide first, wide middle, wide last, wide first_of_two, wide last_of_two) {
        for (std::size_t i = 0; i < n; ++i)
            w[i] = n == 1       ? 1
                   : n == 2     ? (i == 0 ? first_of_two : last_of_two)
                   : i == 0     ? first * wide(n - 2)
                   : i == n - 1 ? last * wide(n - 2)
                                : middle;
    };
    bool const any_a =
        std::any_of(path.begin(), path.end(), [](touch const& t) { return t.channel == 'a'; });
    if (model == 3)
        ends(2, 1, 2, 1, 1);
    if (model == 4)
        ends(1, 1, 3, 3, 1);
    for (std::size_t i = 0; i < n; ++i) {
        auto const since = wide{path[n - 1].at} - path[i].at;
        bool const seen_before =
            std::any_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](touch const& t) { return t.channel == path[i].channel; });
        switch (model) {
        case 0:
            w[i] = i == 0;
            break;
        case 1:
            w[i] = i == n - 1;
            break;
        case 2:
            w[i] = 1;
            break;
        case 5:
            w[i] = since < 62 ? wide{1} << static_cast<int>(61 - since) : since == 62;  // half up
            break;
        case 6:
            w[i] = path[i].usage;
            break;
        case 7:
            w[i] = !any_a || path[i].channel == 'a';
            break;
        case 8:
            w[i] = !seen_before;
            break;
        default:
            break;
        }
    }
    return w;
}

/// Is a touchpoint admitted that has `later` touchpoints of its customer between it and the sale?
inline bool admits(touch const& t, sale const& s, std::optional<tick> previous, std::size_t later,
                   int policy) {
    wide const age = wide{s.at} - t.at;
    bool const recent = age <= world::lookback && age >= 0;
    bool const a = t.channel == 'a';
    switch (policy) {
    case 0:
        return age >= 0;
    case 1:
        return recent;
    case 2:
        return age >= 0 && a;
    case 3:
        return age >= 0 && (a || recent);
    case 4:
        return age >= 0 && !recent;
    case 5:
        return age >= 0 && (!previous || t.at >= *previous) && !a;
    case 6:
        return age >= 0 && (!previous || t.at > *previous);
    case 7:
        return age >= 0 && later < 2;
    default:
        return age == 0 || (age < 0 && s.region == 'y');
    }
}

/// Largest remainder by hand: one unit after the other to whoever is owed most.
inline std::vector<wide> allocate(wide whole, std::vector<wide> const& w) {
    wide const sum = std::accumulate(w.begin(), w.end(), wide{0});
    wide const magnitude = whole < 0 ? -whole : whole;
    std::vector<wide> parts;
    std::vector<wide> owed;
    wide left = magnitude;
    for (auto const weight : w) {
        parts.push_back(magnitude * weight / sum);
        owed.push_back(magnitude * weight % sum);
        left -= parts.back();
    }
    for (; left > 0; left -= 1) {
        auto const next =
            std::max_element(owed.begin(), owed.end()) - owed.begin();  // the first of them
        parts[static_cast<std::size_t>(next)] += 1;
        owed[static_cast<std::size_t>(next)] = -1;
    }
    for (auto& part : parts)
        part = whole < 0 ? -part : part;
    return parts;
}

/// Conversion, touchpoint and amount of every credit.
struct line {
    std::size_t conversion;
    std::size_t touchpoint;
    wide amount;
    friend bool operator==(line const&, line const&) = default;
};

inline std::vector<line> attribute(world const& w, std::size_t model, int policy) {
    std::vector<line> lines;
    for (std::size_t row = 0; row < w.book.size(); ++row) {
        auto const& s = w.book[row];
        std::optional<tick> previous;
        for (std::size_t i = 0; i < w.book.size(); ++i)
            if (w.book[i].user == s.user && w.book[i].at < s.at)
                previous = std::max(previous.value_or(w.book[i].at), w.book[i].at);
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < w.log.size(); ++i) {
            std::size_t later = 0;
            for (std::size_t j = 0; j < w.log.size(); ++j)
                later += w.log[j].user == s.user && w.log[j].at <= s.at &&
                         (w.log[j].at > w.log[i].at || (w.log[j].at == w.log[i].at && j > i));
            if (w.log[i].user == s.user && admits(w.log[i], s, previous, later, policy))
                rows.push_back(i);
        }
        std::stable_sort(rows.begin(), rows.end(),
                         [&](std::size_t a, std::size_t b) { return w.log[a].at < w.log[b].at; });
        std::vector<touch> path;
        for (auto const i : rows)
            path.push_back(w.log[i]);
        auto const weights = weigh(path, model);
        if (std::all_of(weights.begin(), weights.end(), [](wide weight) { return weight == 0; })) {
            lines.push_back({row, att::no_row, s.value});
            continue;
        }
        auto const parts = allocate(s.value, weights);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (weights[i] != 0)
                lines.push_back({row, rows[i], parts[i]});
    }
    return lines;
}

}  // namespace support::reference
