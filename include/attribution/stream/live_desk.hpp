// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/memory/all_or_nothing.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/engine/stream/customer_codec.hpp>
#include <attribution/engine/stream/desk_state.hpp>
#include <attribution/engine/stream/forgetting.hpp>
#include <attribution/engine/stream/live_crediting.hpp>
#include <attribution/engine/stream/live_records.hpp>
#include <attribution/engine/stream/outside_call.hpp>
#include <attribution/engine/stream/settling.hpp>
#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/engine/stream/watermark.hpp>
#include <attribution/engine/values/stable_number.hpp>
#include <attribution/stream/live_counts.hpp>
#include <attribution/stream/merge.hpp>
#include <attribution/stream/snapshot.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace attribution::inline v0_1 {

template <class Desk>
class sharded;

/// Attributes records as they arrive; made by `live`. It must not be used by several threads at
/// once, see `sharded`.
///
/// Errors:     std::logic_error if a sink, model or policy that the desk calls changes the desk:
///             touch, convert, advance, finish, tidy, snapshot and restore are then refused before
///             anything has changed. Reading its counts, conversion and touchpoint is fine.
template <class Touchpoints, class Conversions, class Model, class Policy, class Options>
class live_desk : public snapshots<live_desk<Touchpoints, Conversions, Model, Policy, Options>>,
                  public merges<live_desk<Touchpoints, Conversions, Model, Policy, Options>> {
  public:
    using touchpoint_type = typename Touchpoints::record_type;
    using conversion_type = typename Conversions::record_type;
    using time_type = typename detail::stream_times<Touchpoints, Conversions>::time_type;
    using amount_type = typename Conversions::value_type;
    using credit_type = credit<amount_type>;
    using key_type = typename detail::stream_keys<Touchpoints, Conversions>::probe;
    static constexpr bool credits_at_once = Options::at_once;
    static constexpr bool deduplicates = Options::deduplicates;

    live_desk(Touchpoints touchpoints, Conversions conversions, Model m, Policy p, Options options)
        : model_(std::move(m)), policy_(std::move(p)), options_{options},
          now_{std::make_unique<present_type>(std::move(touchpoints), std::move(conversions))},
          state_{options.memory} {}

    /// Takes a touchpoint.
    ///
    /// Errors:     std::domain_error if its time is not a number. If anything is thrown, also by
    ///             the record's own operations, nothing has changed.
    /// Complexity: one look-up of the customer; O(log t) for the customer's t touchpoints if this
    ///             is the latest of them, O(t) if it must be placed before others. Two other
    ///             customers are checked for what can be forgotten, which costs amortised O(log t)
    ///             of their touchpoints, however many conversions they have. Records whose move may
    ///             throw are copied when others are placed before them, or removed.
    arrival touch(touchpoint_type record) {
        return accept(record, [](touchpoint_type&) {});
    }

    /// As above, and hands a late record to `late_records` before it is counted. If that throws,
    /// the record may be sent again.
    template <class LateRecords>
    arrival touch(touchpoint_type record, LateRecords&& late_records) {
        return accept(record, late_records);
    }

    /// Takes a conversion. The sink gets its credits now if the desk credits at once, otherwise
    /// from `advance`.
    ///
    /// Errors:     as `attribute`; std::domain_error if its time or value is not a number. If
    ///             anything is thrown, also by the record's own operations, the conversion was not
    ///             taken and nothing has changed; but credits handed out before stay handed out.
    template <class Sink>
    arrival convert(conversion_type record, Sink&& sink) {
        return accept(
            record, sink, [](conversion_type&) {}, *this);
    }

    /// As above, and hands a late record to `late_records`.
    template <class Sink, class LateRecords>
    arrival convert(conversion_type record, Sink&& sink, LateRecords&& late_records) {
        return accept(record, sink, late_records, *this);
    }

    /// Takes a conversion whose credits `advance` will give.
    arrival convert(conversion_type record) requires(!credits_at_once) {
        return convert(std::move(record), [](credit_type const&) {});
    }

    /// Moves the time of the desk on to `watermark`: from now on, a record more than the allowed
    /// lateness before it is late. Gives the credits of conversions that nothing can change any
    /// more.
    ///
    /// Shape:      in the order of (when the conversion's window closed, its time, its id, its
    ///             key), each conversion's credits as `attribute` gives them. The order does not
    ///             depend on the order of arrival, nor on the steps of the watermark, nor on
    ///             restarts. Keys that are not ordered are taken by their hash. A missing id or key
    ///             comes before others; conversions of one customer at one instant without an id
    ///             come in the order of arrival.
    /// Units:      an instant of any clock with the same epoch, coarser or finer than the records'
    ///             clock.
    /// Edges:      a watermark that goes back changes nothing. Records at the very instant of
    ///             (watermark - lateness) are still in time.
    /// Errors:     as `attribute`. The watermark has moved all the same, the conversion still
    ///             waits, and credits handed out before stay handed out. The next `advance`, even
    ///             to the same watermark, continues with that conversion.
    template <class Watermark = time_type, class Sink>
    void advance(Watermark const& watermark, Sink&& sink) {
        static_assert(same_time_line<Watermark, time_type>,
                      "attribution: the watermark is not on the time line of the records");
        check_sink<Sink>();
        refuse_while_calling();
        state_.time.advance(watermark, options_.lateness);
        release(sink);
    }

    /// As above, for a desk that credits at once, where nothing waits.
    template <class Watermark = time_type>
    void advance(Watermark const& watermark) requires(credits_at_once) {
        advance(watermark, [](credit_type const&) {});
    }

    /// Ends the stream: gives the credits of all waiting conversions; every further record is late.
    template <class Sink>
    void finish(Sink&& sink) {
        check_sink<Sink>();
        refuse_while_calling();
        state_.time.end();
        release(sink);
    }

    /// Forgets at once what is otherwise forgotten bit by bit as records come.
    void tidy() {
        refuse_while_calling();
        forgets().all();
    }

    /// Reserves room for so many customers, so that no record has to wait while the room grows.
    void reserve(std::size_t customers) { state_.book.reserve(customers); }

    /// The records of a credit. Valid while a sink is given the credit.
    [[nodiscard]] conversion_type const& conversion(credit_type const&) const& noexcept {
        return *now_->conversion;
    }
    [[nodiscard]] touchpoint_type const& touchpoint(credit_type const& earned) const& noexcept {
        return now_->touches[earned.touchpoint];
    }

    /// A sink such as `by(...)`, bound to the records of this desk, which must outlive it.
    template <std::size_t Models = 1, class Sink>
    [[nodiscard]] auto bind(Sink const& sink) const& {
        if constexpr (Models == 1)
            return sink.bind(conversions(), touchpoints());
        else
            return sink.template bind<Models>(conversions(), touchpoints());
    }

    template <class Self = live_desk>
    void conversion(credit_type const&) const&& {
        detail::refuse_temporary<Self>();
    }
    template <class Self = live_desk>
    void touchpoint(credit_type const&) const&& {
        detail::refuse_temporary<Self>();
    }
    template <std::size_t Models = 1, class Sink>
    void bind(Sink const&) const&& {
        detail::refuse_temporary<Sink>();
    }

    [[nodiscard]] live_counts counts() const noexcept { return state_.seen(); }

    /// A number that depends only on the record's key; reads nothing that ever changes.
    [[nodiscard]] std::uint64_t scatter_touchpoint(touchpoint_type const& record) const {
        return keys::scatter(now_->touchpoints, record);
    }
    [[nodiscard]] std::uint64_t scatter_conversion(conversion_type const& record) const {
        return keys::scatter(now_->conversions, record);
    }
    /// The same for the conversion's id; the same number for all ids if ids are only ordered.
    [[nodiscard]] std::uint64_t scatter_id(conversion_type const& record) const {
        if constexpr (detail::has_lot<id_type>)
            return detail::lot_of(detail::keep_id(now_->conversions.id(record)));
        else
            return 0;
    }

  private:
    /// They ask for what the desk knows: `sharded`, the desks of all parts for their ids.
    template <class Desk>
    friend class sharded;
    template <class Desk>
    friend class snapshots;
    template <class Desk>
    friend class merges;

    static constexpr bool keeps_everything = Options::keeps_everything;
    static constexpr bool merges_keys = !detail::decides_time<Policy> &&
                                        !detail::asks_credited<Policy> &&
                                        !detail::counts_some<Conversions>;
    using present_type = detail::present<Touchpoints, Conversions>;
    static constexpr bool remembers = detail::asks_credited<Policy>;
    using state_type =
        detail::desk_state<Touchpoints, Conversions, typename Options::memory_type, remembers>;
    using customer_type = typename state_type::customer_type;
    using held_conversion = typename state_type::held_conversion;
    using deadline = typename state_type::deadline;
    using stamp_type = typename state_type::stamp_type;
    using times = typename state_type::times;
    using keys = typename state_type::keys;
    using node = typename state_type::node;
    using id_type = typename state_type::id_type;

    [[nodiscard]] auto conversions() const { return detail::live_conversions{*now_}; }
    [[nodiscard]] auto touchpoints() const { return detail::live_touchpoints{*now_}; }

    template <class Sink>
    static constexpr void check_sink() {
        static_assert(std::invocable<Sink&, credit_type const&>,
                      "attribution: a sink must be callable with a credit; bind by(...) to the "
                      "desk first: auto sums = desk.bind(by(&touch::channel))");
    }
    void refuse_while_calling() const { detail::outside_call::refuse_while(calls_); }
    [[nodiscard]] auto forgets() {
        return detail::forgetting<keeps_everything, state_type, present_type, Policy>{state_, *now_,
                                                                                      policy_};
    }
    [[nodiscard]] auto settles() {
        return detail::settling{state_, *now_, credits_, model_, policy_};
    }
    template <class Sink>
    void release(Sink& sink) {
        detail::outside_call const now{calls_};
        settles().waiting(sink);
    }
    void check_conversion(conversion_type const& record) const {
        detail::check_instant(now_->conversions.time(record));
        if (!detail::has_finite_value(now_->conversions, record))
            throw std::domain_error{"live: the value of a conversion is not a finite number"};
    }
    static arrival counted(arrival became, std::uint64_t& count) {
        ++count;
        return became;
    }

    /// Is a touchpoint at that instant late?
    [[nodiscard]] bool is_late(customer_type const* known, time_type at) const {
        if (state_.time.has_passed(at))
            return true;
        return credits_at_once && known && !known->conversions.empty() &&
               !(known->conversions.back().when.at < at);
    }
    /// Is a conversion at that instant late? Conversions at one instant do not change each other's
    /// credits.
    [[nodiscard]] bool is_late_sale(customer_type const* known, stamp_type const& when) const {
        if (state_.time.has_passed(when.at))
            return true;
        return credits_at_once && known && known != &state_.nobody && !known->conversions.empty() &&
               when.is_earlier_than(known->conversions.back().when);
    }

    template <class Stream>
    [[nodiscard]] std::optional<key_type> known_key(Stream const& stream,
                                                    typename Stream::reference record) const {
        auto const key = keys::of(stream, record);
        return key ? std::optional<key_type>{state_.known_as(*key)} : key;
    }
    /// As `scatter_touchpoint`, of the key by which the customer is known.
    template <class Stream>
    [[nodiscard]] std::uint64_t scatter_known(Stream const& stream,
                                              typename Stream::reference record) const {
        auto const key = known_key(stream, record);
        return key ? keys::scatter_key(*key) : 0;
    }

    template <class LateRecords>
    arrival accept(touchpoint_type& record, LateRecords&& late_records) {
        auto const& stream = now_->touchpoints;
        refuse_while_calling();
        auto const at = times::of_touchpoint(stream.time(record));
        detail::check_instant(at);
        forgets().some();
        auto const key = known_key(stream, record);
        if (!key)
            return counted(arrival::without_key, state_.counts.without_key);
        auto* const owner = state_.book.find(*key);
        auto* const known = owner ? &owner->second : nullptr;
        auto const place = known ? known->place_of(stream, record) : 0;
        if (known && known->holds(stream, record, place))
            return counted(arrival::duplicate, state_.counts.duplicates);
        if (is_late(known, at)) {
            late_records(record);
            return counted(arrival::late, state_.counts.late_touchpoints);
        }
        auto const take_in = [&](customer_type& customer) {
            detail::insert_or_nothing(customer.touchpoints, place, std::move(record),
                                      [](touchpoint_type&) {});
        };
        if (known)
            take_in(*known);
        else
            state_.book.add(*key, [&](node& fresh) { take_in(fresh.second); });
        ++state_.counts.held_touchpoints;
        return counted(arrival::accepted, state_.counts.touchpoints);
    }

    /// `of_ids` is the desk that remembers the conversion's id.
    template <class Sink, class LateRecords>
    arrival accept(conversion_type& record, Sink& sink, LateRecords&& late_records,
                   live_desk& of_ids) {
        check_sink<Sink>();
        refuse_while_calling();
        check_conversion(record);
        forgets().some();
        auto const key = known_key(now_->conversions, record);
        auto when = customer_type::stamp_of(now_->conversions, record);
        auto* const owner = key ? state_.book.find(*key) : nullptr;
        auto* const known = owner ? &owner->second : key ? nullptr : &state_.nobody;
        auto const place = known ? known->place_for(when) : 0;
        auto& ids = of_ids.state_.ids;
        ids.forget_some(2, of_ids.state_.time.horizon());
        if ((known && known->holds(when, place)) || ids.hold(when.id, when.at))
            return counted(arrival::duplicate, state_.counts.duplicates);
        if (is_late_sale(known, when)) {
            late_records(record);
            return counted(arrival::late, state_.counts.late_conversions);
        }
        ids.add(when.id, when.at, [&] {
            if (known)
                take(owner, when, place, record, sink);
            else
                state_.book.add(*key,
                                [&](node& fresh) { take(&fresh, when, place, record, sink); });
        });
        return counted(arrival::accepted, state_.counts.conversions);
    }

    /// Takes the conversion in. Crediting it at once, if that is asked for, comes last, so that no
    /// credit is given for a conversion for which there was no room.
    template <class Sink>
    void take(node* owner, stamp_type const& when, std::size_t place, conversion_type& record,
              Sink& sink) {
        auto& customer = state_.customer_of(owner);
        detail::insert_or_nothing(customer.conversions, place, held_conversion{when, std::nullopt},
                                  [&](held_conversion& added) {
                                      if constexpr (credits_at_once) {
                                          detail::outside_call const now{calls_};
                                          settles().at_once(owner, place, added, record, sink);
                                      } else {
                                          added.record.emplace(std::move(record));
                                          state_.waiting.insert(deadline{when.at, when, owner});
                                      }
                                  });
        customer.credited = std::min(customer.credited, place);
    }

    /// Do the numbers by which customers, and remembered ids, are scattered satisfy a test?
    template <class Test>
    [[nodiscard]] bool all_scattered(Test test) const {
        bool all = true;
        state_.book.for_each_node([&](auto const& each) {
            all = all && test(keys::scatter_key(typename keys::probe(each.first)));
        });
        if constexpr (deduplicates && detail::has_lot<id_type>)
            for (auto const& one : state_.ids)
                all = all && test(detail::lot_of(one.id));
        return all;
    }

    [[no_unique_address]] Model model_;
    [[no_unique_address]] Policy policy_;
    [[no_unique_address]] Options options_;
    std::unique_ptr<present_type> now_;
    state_type state_;
    bool calls_ = false;  // is it calling something that may call back?
    detail::live_crediting<Touchpoints, Conversions> credits_;
};

}  // namespace attribution
