// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/composite_forms.hpp>

#include "engine/wire/forms.hpp"

#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;
using namespace support;

namespace {

struct visit {
    std::string channel;
    int at = 0;
    bool seen = false;  // not written

    static auto members() { return std::tuple{&visit::channel, &visit::at}; }
    friend bool operator==(visit const&, visit const&) = default;
};
struct parcel : visit {
    static auto members() { return std::tuple{&parcel::at}; }
    template <class NameOf>
    static std::string kind(NameOf name_of) {
        return "parcel at " + name_of(std::type_identity<int>{});
    }
};

}  // namespace

TEST_CASE("what is made of values comes back from its bytes, and never from fewer") {
    goes_and_comes(std::tuple{1, std::string{"a"}, 2.5});
    goes_and_comes(std::vector<std::pair<int, bool>>{{1, true}, {-2, false}});
    goes_and_comes(visit{"ad", -3});
    goes_and_comes(std::vector<visit>{{"ad", 1}, {"", 2}});
}

TEST_CASE("a record is written member by member, as it lists them") {
    CHECK(bytes_of(visit{"ad", 1, true}) == bytes_of(std::tuple{std::string{"ad"}, 1}));
    CHECK(!value_of<visit>(bytes_of(visit{"ad", 1, true})).seen);
    CHECK(att::detail::form_name<visit>() == "{text, int32}");
    CHECK(att::detail::form_name<parcel>() == "parcel at int32");
    CHECK(att::detail::form_name<std::vector<std::pair<int, bool>>>() == "list of (int32, bool)");
}

TEST_CASE("a list that says that it is longer than its bytes takes no memory") {
    CHECK(failure_of([] { (void)value_of<std::vector<int>>("\xff\xff\xff\xff\x0f\x01"); }) ==
          att::partial_failure::truncated);
}
