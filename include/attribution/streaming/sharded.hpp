// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/streaming/live.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// Several desks, each with the customers of one part of the keys: for many threads.
///
/// Customers do not know of each other, so a record needs its own customer's desk only. Every
/// function may be called from any thread at any time; two threads wait for each other only if
/// their records belong to the same desk. A sink is called under the lock of its desk: it must not
/// call back, and a sink that is given to several calls at once must be safe for that itself.
/// Without sinks of that kind, give each desk its own: `for_each_desk`.
///
/// Same bytes: credits are those of one desk. Their order is that of each desk's, and desk after
///             desk in `advance` and `finish`.
template <class Desk>
class sharded {
  public:
    using touchpoint_type = typename Desk::touchpoint_type;
    using conversion_type = typename Desk::conversion_type;
    using time_type = typename Desk::time_type;

    /// `make()` gives a new desk; all must be alike.
    ///
    /// Errors:     std::invalid_argument if there are no desks.
    template <class Make>
    sharded(std::size_t desks, Make make) {
        if (desks == 0)
            throw std::invalid_argument{"sharded: there must be at least one desk"};
        for (std::size_t i = 0; i < desks; ++i)
            shards_.push_back(std::make_unique<shard>(make()));
    }

    [[nodiscard]] std::size_t size() const { return shards_.size(); }

    template <class... LateRecords>
    arrival touch(touchpoint_type record, LateRecords&&... late_records) {
        auto& own = *shards_[shards_.front()->desk.scatter_touchpoint(record) % size()];
        std::lock_guard const lock{own.busy};
        return own.desk.touch(std::move(record), late_records...);
    }
    template <class... Sinks>
    arrival convert(conversion_type record, Sinks&&... sinks) {
        auto& own = *shards_[shards_.front()->desk.scatter_conversion(record) % size()];
        std::lock_guard const lock{own.busy};
        return own.desk.convert(std::move(record), sinks...);
    }
    template <class... Sink>
    void advance(time_type watermark, Sink&&... sink) {
        for_each_desk([&](Desk& desk) { desk.advance(watermark, sink...); });
    }
    template <class Sink>
    void finish(Sink&& sink) {
        for_each_desk([&](Desk& desk) { desk.finish(sink); });
    }
    void tidy() {
        for_each_desk([](Desk& desk) { desk.tidy(); });
    }

    /// Calls `use(desk)` for one desk after the other, each under its lock.
    template <class Use>
    void for_each_desk(Use use) {
        for (auto const& one : shards_) {
            std::lock_guard const lock{one->busy};
            use(one->desk);
        }
    }

    [[nodiscard]] live_counts counts() {
        live_counts all;
        for_each_desk([&](Desk& desk) { all += desk.counts(); });
        return all;
    }

  private:
    struct shard {
        std::mutex busy;
        Desk desk;

        explicit shard(Desk made) : desk(std::move(made)) {}
    };

    std::vector<std::unique_ptr<shard>> shards_;
};

template <class Make>
sharded(std::size_t, Make) -> sharded<std::invoke_result_t<Make&>>;

}  // namespace attribution
