// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "faults/failing.hpp"

#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace att = attribution;

/// A few records whose texts are too long to be kept without an allocation.
namespace faults {

/// A key that can be ordered, but not hashed.
struct code {
    std::string text;
    friend auto operator<=>(code const&, code const&) = default;
};

struct touch {
    std::int64_t id;
    std::optional<std::string> user;
    std::int64_t at;
    std::string channel;
    int number;  // of the user
    code ordered;

    friend bool operator==(touch const&, touch const&) = default;
};

struct sale {
    std::int64_t id;
    std::optional<std::string> user;
    std::int64_t at;
    std::int64_t cents;
    std::string region;
    int number;
    code ordered;

    friend bool operator==(sale const&, sale const&) = default;
};

inline std::string const ann = "a customer who is called Ann";
inline std::string const bob = "a customer who is called Bob";
inline std::string const eve = "a customer who is called Eve";
inline std::string const search = "a search engine with advertisements";
inline std::string const letter = "a letter that came in the mail";
inline std::string const north = "the region of the far north";
inline std::string const south = "the region of the deep south";

inline touch touched(std::int64_t id, std::string const& user, std::int64_t at,
                     std::string const& channel) {
    return {id, user, at, channel, static_cast<int>(user.back()), {user}};
}
inline sale sold(std::int64_t id, std::string const& user, std::int64_t at, std::int64_t cents,
                 std::string const& region) {
    return {id, user, at, cents, region, static_cast<int>(user.back()), {user}};
}

/// In the order (key, time), so that they can be promised to be sorted.
inline std::vector<touch> const journal{touched(1, ann, 1, search), touched(2, ann, 2, letter),
                                        touched(3, ann, 4, search), touched(4, ann, 4, letter),
                                        touched(5, bob, 3, letter), touched(6, eve, 2, search)};
inline std::vector<sale> const book{sold(1, ann, 3, 1'000, north), sold(2, ann, 5, -77, south),
                                    sold(3, bob, 4, 101, south), sold(4, bob, 90, 5, north)};

template <class Range>
auto touches(Range&& records) {
    return att::touchpoints(std::forward<Range>(records), watched(&touch::user),
                            watched(&touch::at));
}
template <class Range>
auto sales(Range&& records) {
    return att::conversions(std::forward<Range>(records), watched(&sale::user), watched(&sale::at),
                            watched(&sale::cents));
}

}  // namespace faults
