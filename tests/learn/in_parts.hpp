// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "learn/reference.hpp"
#include "support/random.hpp"

#include <attribution/learn/learn.hpp>
#include <attribution/wire/merge_bytes.hpp>
#include <attribution/wire/to_bytes.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace letters {

/// The counts of paths that were learned in three parts, each in another order: merged as they are, and
/// merged as bytes.
template <class Estimator>
auto in_parts(std::vector<row> const& paths, Estimator const& how,
              support::random_numbers& random) {
    auto counts = how.template counts<char, std::int64_t>();
    auto sent = how.template counts<char, std::int64_t>();
    attribution::configuration const what{.model = "learned in parts", .policy = "always"};
    std::vector<row> parts[3];
    for (auto const& one : paths) {
        auto& part = parts[random.between(0, 2)];
        part.insert(part.begin() + random.between(0, static_cast<int>(part.size())), one);
    }
    for (auto const i : {2, 0, 1}) {
        auto const part = attribution::learn(letters::rows(parts[i]), how);
        counts.merge(part);
        attribution::merge_bytes(sent, attribution::to_bytes(part, what), what);
    }
    return std::pair{std::move(counts), std::move(sent)};
}

}  // namespace letters
