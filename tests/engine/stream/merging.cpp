// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/merging.hpp>

#include "stream/support.hpp"

#include <attribution/stream/merge.hpp>

#include <doctest/doctest.h>

#include <compare>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace support;

namespace {

/// Its comparison fails once, after so many that do not; never, below 0.
struct fused_id {
    static inline int left = -1;
    int number;

    bool operator==(fused_id const&) const = default;
    std::strong_ordering operator<=>(fused_id const& other) const {
        if (left-- == 0)
            throw std::domain_error{"this id does not compare"};
        return number <=> other.number;
    }
};

/// Moves, or is copied because its move may throw.
template <bool Safe>
struct labelled {
    int at;
    std::string label;

    labelled(int when, std::string name) : at{when}, label(std::move(name)) {}
    labelled(labelled const&) = default;
    labelled(labelled&& other) noexcept(Safe) : at{other.at}, label(std::move(other.label)) {}
    labelled& operator=(labelled const&) = default;
    labelled& operator=(labelled&&) noexcept(Safe) = default;
};

template <bool Safe>
std::string merged() {
    std::vector<labelled<Safe>> into{{1, "a"}, {3, "b"}, {5, "c"}};
    std::vector<labelled<Safe>> from{{2, "A"}, {3, "B"}, {6, "C"}};
    attribution::detail::gathered all{into, from,
                                      [](auto const& x, auto const& y) { return x.at - y.at; }};
    std::string text = std::to_string(all.repeated()) + all[2].label + ' ';
    for (auto const& one : all.take())
        text += one.label;
    return text;
}

}  // namespace

TEST_CASE("two ordered lists become one, in which nothing is twice") {
    CHECK(merged<true>() == "1b aAbcC");
    CHECK(merged<false>() == "1b aAbcC");
}

TEST_CASE("a merge that fails on its way, at whichever comparison, leaves everything as it was") {
    struct visit {
        int user;
        tick at;
        fused_id id;
    };
    bool merged = false;
    int failures = 0;
    for (; !merged; ++failures) {
        auto desk = att::live(att::conversion_stream<visit>(&visit::user, &visit::at, &visit::id),
                              att::touchpoint_stream<visit>(&visit::user, &visit::at, &visit::id),
                              att::linear, att::lookback(5));
        for (int const user : {1, 2}) {
            (void)desk.touch({user, 2, {user}});
            for (int const id : {0, 2})
                (void)desk.convert({user, 3, {id + user}});
        }
        auto const before = desk.counts();
        fused_id::left = failures;
        try {
            auto const what = desk.merge(1, 2);
            merged = what == att::merge_counts{1, 2, 0, 0};
            REQUIRE(merged);
        } catch (std::domain_error const&) {
            CHECK(desk.counts() == before);
        }
        fused_id::left = -1;
        std::string said;
        desk.finish([&](auto const& earned) {
            said += std::to_string(desk.conversion(earned).id.number) + ':' +
                    std::to_string(desk.touchpoint(earned).user) + ' ';
        });
        CHECK(said == (merged ? "1:1 1:2 2:1 2:2 3:1 3:2 4:1 4:2 " : "1:1 2:2 3:1 4:2 "));
    }
    CHECK(failures > 10);
}
