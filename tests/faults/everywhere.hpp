// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "faults/failing.hpp"
#include "faults/show.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <type_traits>

namespace faults {

/// What is promised about an object when a call that changes it has failed.
enum class promise {
    as_before,  // it is as it was, and the call can be made again
    goes_on,    // the same call, made again, does what is left to do
    nothing     // it can be destroyed
};

/// How many calls were made to fail at how many points; printed at the end.
void count_call();
void count_point();

namespace detail {

enum class outcome { returned, failed, other_exception };

template <class Call>
outcome attempt(source from, Call call) {
    try {
        call();
        return outcome::returned;
    } catch (std::bad_alloc const&) {
        return from == source::allocation ? outcome::failed : outcome::other_exception;
    } catch (planted const&) {
        return from == source::user_code ? outcome::failed : outcome::other_exception;
    } catch (...) {
        return outcome::other_exception;
    }
}

struct texts {
    std::string before;
    std::string result;
    std::string after;
};

/// What is wrong when the call fails at that point, or null.
template <class Make, class Call, class Look>
char const* wrong_at(source from, std::size_t number, bool for_good, bool& reached, promise kept,
                     texts const& expected, Make const& make, Call const& call, Look const& look) {
    auto object = make();
    std::optional<decltype(call(object))> result;
    auto became = outcome::returned;
    {
        failing_point const point{from, number, for_good};
        became = attempt(from, [&] { result.emplace(call(object)); });
        reached = point.reached();
    }
    if (became == outcome::other_exception)
        return "another exception comes out";
    if (became == outcome::returned)
        return show(*result) == expected.result && look(object) == expected.after
                   ? nullptr
                   : "it succeeds with another result";
    if (kept == promise::nothing)
        return nullptr;
    if (kept == promise::as_before && look(object) != expected.before)
        return "the object is not as before";
    auto const again = attempt(from, [&] { result.emplace(call(object)); });
    if (again != outcome::returned || show(*result) != expected.result)
        return "the call made again gives another result";
    return look(object) == expected.after ? nullptr : "the call made again leaves another object";
}

}  // namespace detail

/// Makes the call fail at every allocation and at every call of user code, one at a time and for
/// good: the very exception must come out, nothing may leak, and the promise must be kept.
///
/// `make()` gives the object that `call(object)` changes and `look(object)` shows.
template <class Make, class Call, class Look>
void fails_everywhere(char const* what, promise kept, Make make, Call call_object, Look look) {
    auto const call = [&](auto& object) {
        if constexpr (std::is_void_v<decltype(call_object(object))>) {
            call_object(object);
            return 0;
        } else {
            return call_object(object);
        }
    };
    count_call();
    detail::texts expected;
    {
        auto object = make();
        expected.before = look(object);
        expected.result = show(call(object));
        expected.after = look(object);
    }
    for (auto const from : {source::allocation, source::user_code})
        for (bool const for_good : {false, true}) {
            bool reached = true;
            for (std::size_t number = 1; reached; ++number) {
                auto const blocks = blocks_out();
                auto const* wrong = detail::wrong_at(from, number, for_good, reached, kept,
                                                     expected, make, call, look);
                if (wrong == nullptr && blocks_out() != blocks)
                    wrong = "memory leaks";
                if (wrong != nullptr) {
                    auto const where = std::string{what} + ": " + wrong + " when " +
                                       (from == source::allocation ? "allocation " : "user call ") +
                                       std::to_string(number) +
                                       (for_good ? " and all later ones fail" : " fails");
                    FAIL_CHECK(where);
                    break;
                }
                if (reached)
                    count_point();
            }
        }
}

/// The same for a call that changes nothing.
template <class Call>
void fails_everywhere(char const* what, Call call) {
    fails_everywhere(
        what, promise::as_before, [] { return 0; }, [&](int) { return call(); },
        [](int) { return std::string{}; });
}

}  // namespace faults
