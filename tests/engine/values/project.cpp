// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/values/project.hpp>

#include "support/records.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <utility>

namespace {

using namespace support;
using att::detail::project;

struct visit {
    std::string channel;
    constexpr std::string const& name() const { return channel; }
};

template <class Projection, class Record>
using projected = decltype(project(std::declval<Projection>(), std::declval<Record>()));

// A record that stays is looked at where it is; one that goes gives its member away.
static_assert(std::same_as<projected<std::string visit::*, visit const&>, std::string const&>);
static_assert(std::same_as<projected<std::string visit::*, visit>, std::string>);
static_assert(std::same_as<projected<std::string const& (visit::*)() const, visit>, std::string>);
static_assert(std::same_as<projected<std::string const& (*)(visit const&), visit>, std::string>);
static_assert(std::same_as<projected<std::string const& (*)(visit const&), visit const&>,
                           std::string const&>);
static_assert(std::same_as<projected<std::string && (*)(visit const&), visit const&>, std::string>);
static_assert(std::same_as<projected<std::identity, visit>, visit>);
static_assert(std::same_as<projected<std::identity, visit const&>, visit const&>);

}  // namespace

TEST_CASE("projections are members, member functions and callables") {
    visit const one{"mail"};
    CHECK(&project(&visit::channel, one) == &one.channel);
    CHECK(&project(&visit::name, one) == &one.channel);
    CHECK(project([](visit const& v) { return v.channel.size(); }, one) == 4);
    CHECK(project(&visit::channel, visit{"a text too long for the place of a short one"}) ==
          "a text too long for the place of a short one");
    CHECK(project(&visit::name, visit{"a text too long for the place of a short one"}) ==
          "a text too long for the place of a short one");
}
