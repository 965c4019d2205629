// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/configuration.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

/// Exists while a thread is inside of an object whose functions it must not call again.
class inside {
  public:
    explicit inside(void const* what) : what_{what}, outer_{innermost()} {
        refuse(what);
        innermost() = this;
    }
    static void refuse(void const* what) {
        for (auto const* each = innermost(); each != nullptr; each = each->outer_)
            if (each->what_ == what)
                throw std::logic_error{
                    "sharded: what is called under the lock of a desk, such as a sink, must not "
                    "call these desks again; collect the records, and pass them on when the "
                    "call has returned"};
    }
    inside(inside const&) = delete;
    inside& operator=(inside const&) = delete;
    ~inside() { innermost() = outer_; }

  private:
    static inside const*& innermost() {
        thread_local inside const* here = nullptr;
        return here;
    }

    void const* what_;
    inside const* outer_;
};

}  // namespace detail

/// Several desks, each with the customers of one part of the keys: for many threads.
///
/// Customers do not depend on each other, so a record needs only the desk of its own customer.
/// Every function may be called from any thread at any time; two threads wait for each other only
/// if their records belong to the same desk. A sink is called under the lock of its desk; a sink
/// that several calls use at once must itself be safe for that. Otherwise give each desk a sink of
/// its own: `for_each_desk`.
///
/// Same bytes: credits are those of one desk. Each desk's credits come in its own order; in
///             `advance` and `finish`, desk after desk. Which desk a customer is at, and so the order
///             of the credits and a snapshot's bytes, is the same on every machine for keys that are
///             text, whole numbers, enumerators, times that count whole units, or pairs, tuples and
///             arrays of these; for others it is a matter of std::hash.
/// Edges:      with `deduplicate_conversions` all desks know an id: one of them, found by the id,
///             remembers it, and a conversion takes both locks.
/// Errors:     std::logic_error if a sink, or anything else that is called under a lock, calls a
///             function of these desks. Nothing has changed then.
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
    sharded(std::size_t desks, Make make) : make_{std::move(make)} {
        if (desks == 0)
            throw std::invalid_argument{"sharded: there must be at least one desk"};
        for (std::size_t i = 0; i < desks; ++i)
            shards_.push_back(std::make_unique<shard>(make_()));
    }

    [[nodiscard]] std::size_t size() const noexcept { return shards_.size(); }

    template <class... LateRecords>
    arrival touch(touchpoint_type record, LateRecords&&... late_records) {
        detail::inside const here{this};
        return at_its_desk(
            shards_.front()->desk.scatter_touchpoint(record), nullptr,
            [&](Desk const& desk) { return desk.scatter_known(desk.now_->touchpoints, record); },
            [&](Desk& desk) { return desk.touch(std::move(record), late_records...); });
    }
    template <class Sink, class LateRecords>
    arrival convert(conversion_type record, Sink&& sink, LateRecords&& late_records) {
        detail::inside const here{this};
        auto const& any = shards_.front()->desk;
        shard* of_ids = nullptr;
        if constexpr (Desk::deduplicates)
            of_ids = shards_[any.scatter_id(record) % size()].get();
        return at_its_desk(
            any.scatter_conversion(record), of_ids,
            [&](Desk const& desk) { return desk.scatter_known(desk.now_->conversions, record); },
            [&](Desk& desk) {
                return desk.accept(record, sink, late_records, of_ids ? of_ids->desk : desk);
            });
    }
    template <class Sink>
    arrival convert(conversion_type record, Sink&& sink) {
        return convert(std::move(record), sink, [](conversion_type&) {});
    }
    arrival convert(conversion_type record) requires(!Desk::credits_at_once) {
        return convert(std::move(record), [](typename Desk::credit_type const&) {});
    }
    template <class Watermark = time_type, class... Sink>
    void advance(Watermark const& watermark, Sink&&... sink) {
        detail::inside::refuse(this);
        std::lock_guard const alone{*advancing_};
        for_each_desk([&](Desk& desk) { desk.advance(watermark, sink...); });
    }
    template <class Sink>
    void finish(Sink&& sink) {
        detail::inside::refuse(this);
        std::lock_guard const alone{*advancing_};
        for_each_desk([&](Desk& desk) { desk.finish(sink); });
    }
    void tidy() {
        for_each_desk([](Desk& desk) { desk.tidy(); });
    }

    /// Says that two keys belong to one customer, as `merge` of one desk: the customer moves to the
    /// desk of `into`. All desks wait, and remember the key.
    ///
    /// Errors:     as for one desk; std::logic_error if the desks were advanced, or finished, one by
    ///             one and do not stand at one watermark, since one of them may have forgotten what
    ///             another needs.
    template <class Old, class Into>
    merge_counts merge(Old const& old, Into const& into) {
        detail::inside const here{this};
        std::lock_guard const alone{*advancing_};
        std::vector<std::unique_lock<std::mutex>> locks;
        for (auto const& one : shards_)
            locks.emplace_back(one->busy);
        auto const& first = shards_.front()->desk.state_;
        for (auto const& one : shards_)
            if (one->desk.state_.time != first.time)
                throw std::logic_error{"sharded: merge: the desks do not stand at one watermark; "
                                       "call advance for all of them"};
        auto const giver = first.known_as(Desk::key_of(old));
        auto const taker = first.known_as(Desk::key_of(into));
        auto& from = shards_[Desk::keys::scatter_key(giver) % size()]->desk;
        auto const to = Desk::keys::scatter_key(taker) % size();
        if (giver == taker)
            return shards_[to]->desk.merge_from(from, old, into);
        merge_counts what;
        auto const from_desk = [&](std::size_t i, auto const& next) -> void {
            if (i == size()) {
                what = shards_[to]->desk.merge_from(from, old, into);
            } else if (i == to) {
                next(i + 1, next);
            } else {
                shards_[i]->desk.state_.merged.add(giver, [&](auto& fresh) {
                    fresh.second.emplace(taker);
                    next(i + 1, next);
                });
            }
        };
        from_desk(0, from_desk);  // each desk forgets the key again if a later one throws
        return what;
    }

    /// Calls `use(desk)` for each desk, one after the other, under its lock.
    template <class Use>
    void for_each_desk(Use use) {
        detail::inside const here{this};
        for (auto const& one : shards_) {
            std::lock_guard const lock{one->busy};
            use(one->desk);
        }
    }

    /// All desks at one moment, as bytes. Shape and errors as for one desk.
    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] std::string snapshot(configuration const& how, TouchpointMembers const& touch,
                                       ConversionMembers const& sale) {
        detail::inside const here{this};
        std::vector<std::unique_lock<std::mutex>> locks;
        for (auto const& one : shards_)
            locks.emplace_back(one->busy);
        detail::byte_writer body;
        for (auto const& one : shards_)
            detail::write(body, one->desk.snapshot(how, touch, sale));
        return detail::seal(describe(how), body.bytes());
    }

    /// As above, with what the desks were made with, read from their values.
    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] std::string snapshot(TouchpointMembers const& touch,
                                       ConversionMembers const& sale) {
        return snapshot(shards_.front()->desk.made_with(), touch, sale);
    }

    /// Makes these desks equal to those from which the snapshot was taken. No other function may be
    /// called meanwhile, and what was bound to the desks before must not be used any more.
    ///
    /// Errors:     partial_error if the bytes are damaged, come from another number of desks, or of
    ///             another configuration; or from a program whose hash of keys, and so the desk of
    ///             each customer, is another. If anything is thrown, nothing has changed.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, configuration const& how, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        detail::inside const here{this};
        detail::byte_reader in{detail::unseal(describe(how), bytes)};
        std::vector<std::unique_ptr<shard>> fresh;
        for (std::size_t i = 0; i < size(); ++i) {
            fresh.push_back(std::make_unique<shard>(make_()));
            auto& desk = fresh.back()->desk;
            desk.restore(detail::read<std::string>(in), how, touch, sale);
            if (!desk.all_scattered([&](std::uint64_t number) { return number % size() == i; }))
                detail::byte_reader::refuse("the customers are spread over the desks in another "
                                            "way: by another hash, or in "
                                            "another order of desks");
        }
        in.finish();
        shards_.swap(fresh);
    }

    /// As above, from a snapshot that was taken without a configuration.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        restore(bytes, shards_.front()->desk.made_with(), touch, sale);
    }

    [[nodiscard]] live_counts counts() {
        live_counts all;
        for_each_desk([&](Desk& desk) {
            all += desk.counts();
            all.merged_keys = desk.counts().merged_keys;  // each desk has all of them
        });
        return all;
    }

  private:
    struct shard {
        std::mutex busy;
        Desk desk;

        explicit shard(Desk made) : desk(std::move(made)) {}
    };

    /// Calls `use` with the desk of a customer under its lock, and under that of another desk. The
    /// customer may have been merged into another one, whose desk has another number.
    template <class ScatterKnown, class Use>
    arrival at_its_desk(std::uint64_t number, shard* other, ScatterKnown scatter_known, Use use) {
        for (;;) {
            auto& own = *shards_[number % size()];
            std::unique_lock one{own.busy, std::defer_lock};
            std::unique_lock<std::mutex> another;
            if (other == nullptr || other == &own) {
                one.lock();
            } else {
                another = std::unique_lock{other->busy, std::defer_lock};
                std::lock(one, another);
            }
            if (own.desk.state_.merged.size() == 0)
                return use(own.desk);
            auto const known = scatter_known(own.desk);
            if (known % size() == number % size())
                return use(own.desk);
            number = known;
        }
    }

    [[nodiscard]] detail::description describe(configuration how) const {
        how.more.emplace_back(std::string{"desks"}, std::to_string(size()));
        return {"sharded desks", "one snapshot for each desk", how};
    }

    std::function<Desk()> make_;
    // Held while desks advance, or merge: then all of them stand at one watermark.
    std::unique_ptr<std::mutex> advancing_ = std::make_unique<std::mutex>();
    std::vector<std::unique_ptr<shard>> shards_;
};

template <class Make>
sharded(std::size_t, Make) -> sharded<std::invoke_result_t<Make&>>;

}  // namespace attribution
