// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace attribution::inline v0_1::detail {

/// Exists while a desk calls something that may call back: a sink, a model or a policy.
class outside_call {
  public:
    explicit outside_call(bool& calls) : calls_{calls} { calls_ = true; }
    outside_call(outside_call const&) = delete;
    outside_call& operator=(outside_call const&) = delete;
    ~outside_call() { calls_ = false; }

    static void refuse_while(bool calls) {
        if (calls)
            throw std::logic_error{
                "live: a sink, model or policy must not change its own desk while the desk calls "
                "it; collect the records, and pass them on when convert(...), advance(...) or "
                "finish(...) has returned"};
    }

  private:
    bool& calls_;
};

}  // namespace attribution::detail
