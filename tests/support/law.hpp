// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/random.hpp"

#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace support {

/// Says that the law that is being checked does not hold.
struct broken_law : std::logic_error {
    using std::logic_error::logic_error;
};

template <class... Details>
[[noreturn]] void broken(Details const&... details) {
    std::ostringstream text;
    (text << ... << details);
    throw broken_law{text.str()};
}

/// Part of a law; the line names it.
inline void holds(bool yes, int line = __builtin_LINE()) {
    if (!yes)
        broken("what line ", line, " says does not hold");
}

using drawn_law = std::function<void(random_numbers&)>;

void check_worlds(drawn_law const& law);

/// A law as a function that throws, of one that does, or that returns whether it holds.
template <class Law>
drawn_law throwing(Law law) {
    return [law](random_numbers& random) {
        if constexpr (std::is_void_v<std::invoke_result_t<Law const&, random_numbers&>>)
            law(random);
        else if (!law(random))
            broken("the law does not hold");
    };
}

/// Checks a law in many worlds, each drawn from `random`: 100,000, unless the environment variable
/// RC_PARAMS of RapidCheck says otherwise ("max_success=1000 seed=7"). A world that breaks it is
/// made smaller, and printed as a tape that `for_world` takes: that makes it an ordinary test.
template <class Law>
void for_all_worlds(Law law) {
    check_worlds(throwing(law));
}

/// Checks a law in the world of that tape.
template <class Law>
void for_world(random_numbers::tape const& tape, Law law) {
    random_numbers random{tape};
    throwing(law)(random);
}

}  // namespace support
