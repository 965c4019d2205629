// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/report/path_counts.hpp>

#include <attribution/report/top_paths.hpp>

#include <cstdint>
#include <vector>

namespace att = attribution;

namespace {

using row = att::path_row<int, std::int64_t>;

constexpr bool before(row const& a, row const& b) {
    return att::detail::more_frequent(a, b) && !att::detail::more_frequent(b, a);
}

static_assert(before({{9}, {3, 1}}, {{1}, {2, 9}}), "by conversions first");
static_assert(before({{9}, {2, 2}}, {{1}, {2, 1}}), "then by amount");
static_assert(before({{1}, {2, 1}}, {{1, 1}, {2, 1}}) && before({{1, 9}, {2, 1}}, {{2}, {2, 1}}),
              "then by the sequence");
static_assert(!att::detail::more_frequent(row{{1}, {2, 1}}, row{{1}, {2, 1}}));

}  // namespace
