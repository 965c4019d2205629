// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/model/model.hpp>
#include <attribution/model/shape.hpp>
#include <attribution/policy/policy.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <utility>

/// Makes memory run out, and the tests' own projections, models and policies throw, at a point of
/// one's choice.
namespace faults {

enum class source { allocation, user_code };

/// What failing user code throws: nothing the library could know.
struct planted {};

/// While it lives, the call of that number, from 1, fails: an allocation with std::bad_alloc, user
/// code with `planted`. On any thread. If it is for good, all later ones fail, too.
class failing_point {
  public:
    failing_point(source from, std::size_t number, bool for_good);
    failing_point(failing_point const&) = delete;
    failing_point& operator=(failing_point const&) = delete;
    ~failing_point();

    /// Has it failed?
    [[nodiscard]] bool reached() const;
};

/// How many blocks of memory are allocated now.
[[nodiscard]] std::ptrdiff_t blocks_out();

/// Called by all user code of these tests.
void user_code();

/// A projection, predicate or sink that may fail.
template <class Function>
struct watched {
    Function function;

    constexpr explicit watched(Function f) : function(std::move(f)) {}

    template <class... Arguments>
        requires std::invocable<Function const&, Arguments...>
    constexpr decltype(auto) operator()(Arguments&&... arguments) const {
        user_code();
        return std::invoke(function, std::forward<Arguments>(arguments)...);
    }
};

template <class Model>
struct watched_model : attribution::model_tag {
    Model inner;

    constexpr explicit watched_model(Model m) : inner(std::move(m)) {}
    void operator()(auto const& steps, attribution::weights w) const {
        user_code();
        inner(steps, w);
    }
};

template <class Model>
struct watched_shape : attribution::model_tag {
    Model inner;

    constexpr explicit watched_shape(Model m) : inner(std::move(m)) {}
    auto shape(std::size_t n) const {
        user_code();
        return inner.shape(n);
    }
    void operator()(auto const&, attribution::weights w) const { attribution::draw(*this, w); }
};

template <class Policy>
struct watched_window : attribution::policy_tag {
    Policy inner;

    constexpr explicit watched_window(Policy p) : inner(std::move(p)) {}
    template <class Anchor>
    auto window(Anchor const& about) const {
        user_code();
        return inner.window(about);
    }
};

}  // namespace faults
