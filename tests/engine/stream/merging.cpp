// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/stream/merging.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

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
std::string merged(bool prefer_from) {
    std::vector<labelled<Safe>> into{{1, "a"}, {3, "b"}, {5, "c"}};
    std::vector<labelled<Safe>> from{{2, "A"}, {3, "B"}, {6, "C"}};
    attribution::detail::gathered all{into, from,
                                      [](auto const& x, auto const& y) { return x.at - y.at; },
                                      [&](auto const&, auto const&) { return prefer_from; }};
    std::string text = std::to_string(all.repeated()) + all[2].label + ' ';
    for (auto const& one : all.take())
        text += one.label;
    return text;
}

}  // namespace

TEST_CASE("two ordered lists become one, in which nothing is twice") {
    CHECK(merged<true>(false) == "1b aAbcC");
    CHECK(merged<true>(true) == "1B aABcC");
    CHECK(merged<false>(true) == "1B aABcC");
}
