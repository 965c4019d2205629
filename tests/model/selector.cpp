// SPDX-License-Identifier: BSL-1.0
#include <attribution/model/selector.hpp>

#include "support/model_suite.hpp"

#include <attribution/model/first_of_each.hpp>
#include <attribution/model/last.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/model/runs.hpp>
#include <attribution/model/sessions.hpp>

#include <cstddef>
#include <vector>

using namespace support;

namespace {

struct every_second {
    constexpr void operator()(auto const& path, att::selection& chosen) const {
        for (std::size_t i = 0; i < path.size(); i += 2)
            chosen.push_back(i);
    }
};
// Near misses: none of these is a selector.
struct returns_positions {
    att::selection operator()(any_path const&) const;
};
struct changes_itself {
    void operator()(any_path const&, att::selection&);
};
struct of_ints {
    void operator()(any_path const&, std::vector<int>&) const;
};

}  // namespace

static_assert(att::path_selector<every_second, any_path>);
static_assert(att::path_selector<decltype(att::last(3)), any_path>);
static_assert(att::path_selector<decltype(att::first_of_each(&touch::channel)), any_path>);
static_assert(att::path_selector<decltype(att::runs(&touch::channel)), any_path>);
static_assert(att::path_selector<decltype(att::sessions(tick{5})), any_path>);
static_assert(!att::path_selector<returns_positions, any_path>);
static_assert(!att::path_selector<changes_itself, any_path>);
static_assert(!att::path_selector<of_ints, any_path>);
static_assert(!att::path_selector<decltype(att::linear), any_path>);
