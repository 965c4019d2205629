// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/small_world.hpp"

#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

/// Counted paths in letters, and a solver as one would first write it.
namespace letters {

namespace att = attribution;

struct row {
    std::string path;  // a letter per channel
    std::int64_t conversions = 0;
    std::int64_t value = 0;
    std::int64_t nulls = 0;
};

inline auto rows(std::vector<row> const& paths) {
    return att::aggregated_paths(paths, &row::path, &row::conversions, &row::value, &row::nulls);
}

/// Up to 10 rows over up to 5 channels; at least one of them converts.
inline std::vector<row> draw(support::random_numbers& random, int channels = 5) {
    std::vector<row> drawn;
    auto const count = random.between(1, 10);
    for (int i = 0; i < count; ++i) {
        row one;
        auto const length = random.between(1, 7);
        for (int j = 0; j < length; ++j)
            one.path += static_cast<char>('A' + random.between(0, channels - 1));
        one.conversions = random.between(0, 3);
        one.value = one.conversions == 0 ? 0 : random.between(1, 500);
        one.nulls = random.between(0, 4);
        drawn.push_back(one);
    }
    drawn[0].conversions += 1;
    drawn[0].value += 10;
    return drawn;
}

struct flow {
    double converts = 0;
    double value = 0;
};

/// P(conversion) and value per path of the chain of that order, avoiding every state that holds
/// `without`: Gaussian elimination with pivoting, on x = ends + hops * x.
inline flow solve(std::vector<row> const& paths, std::size_t order, char without,
                  bool keep = false) {
    std::map<std::string, std::map<std::string, double>> hops;  // from -> to, "" is the start
    std::map<std::string, double> converts, nulls, value, leaving;
    double total = 0;
    for (auto const& one : paths) {
        auto const weight = static_cast<double>(one.conversions + one.nulls);
        if (one.path.empty() || weight == 0)
            continue;
        std::vector<std::string> states;
        if (one.path.size() <= order)
            states.push_back(one.path);
        else
            for (std::size_t i = 0; i + order <= one.path.size(); ++i)
                states.push_back(one.path.substr(i, order));
        std::vector<std::string> collapsed;
        for (auto const& state : states)
            if (keep || collapsed.empty() || collapsed.back() != state)
                collapsed.push_back(state);
        total += weight;
        hops[""][collapsed.front()] += weight;
        for (std::size_t i = 0; i + 1 < collapsed.size(); ++i) {
            hops[collapsed[i]][collapsed[i + 1]] += weight;
            leaving[collapsed[i]] += weight;
        }
        leaving[collapsed.back()] += weight;
        converts[collapsed.back()] += static_cast<double>(one.conversions);
        nulls[collapsed.back()] += static_cast<double>(one.nulls);
        value[collapsed.back()] += static_cast<double>(one.value);
    }
    leaving[""] = total;
    std::map<std::string, std::size_t> place;
    for (auto const& [state, weight] : leaving)
        if (state.find(without) == state.npos)
            place.emplace(state, place.size());
    auto const n = place.size();
    std::vector<std::vector<long double>> a(n, std::vector<long double>(n + 2, 0));
    for (auto const& [state, i] : place) {
        a[i][i] += 1;
        for (auto const& [to, weight] : hops[state])
            if (place.count(to) != 0)
                a[i][place[to]] -= weight / leaving[state];
        a[i][n] = converts[state] / leaving[state];
        a[i][n + 1] = value[state] / leaving[state];
    }
    for (std::size_t k = 0; k < n; ++k) {
        std::size_t best = k;
        for (std::size_t i = k; i < n; ++i)
            if (std::fabs(a[i][k]) > std::fabs(a[best][k]))
                best = i;
        std::swap(a[k], a[best]);
        for (std::size_t i = 0; i < n; ++i) {
            if (i == k)
                continue;
            auto const factor = a[i][k] / a[k][k];
            for (std::size_t j = k; j < n + 2; ++j)
                a[i][j] -= factor * a[k][j];
        }
    }
    auto const start = place[""];
    return {static_cast<double>(a[start][n] / a[start][start]),
            static_cast<double>(a[start][n + 1] / a[start][start])};
}

inline bool close(double a, double b, double tolerance = 1e-11) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

}  // namespace letters
