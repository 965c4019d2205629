// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/engine/credit/credit_history.hpp>
#include <attribution/engine/memory/all_or_nothing.hpp>
#include <attribution/engine/memory/temporary.hpp>
#include <attribution/engine/policy/policy_hooks.hpp>
#include <attribution/engine/stream/counting.hpp>
#include <attribution/engine/stream/credited_sales.hpp>
#include <attribution/engine/stream/customer_book.hpp>
#include <attribution/engine/stream/customer_codec.hpp>
#include <attribution/engine/stream/desk_options.hpp>
#include <attribution/engine/stream/held_records.hpp>
#include <attribution/engine/stream/live_crediting.hpp>
#include <attribution/engine/stream/live_records.hpp>
#include <attribution/engine/stream/remembered_ids.hpp>
#include <attribution/engine/stream/stream_keys.hpp>
#include <attribution/engine/stream/stream_times.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/stream/live_counts.hpp>
#include <attribution/stream/live_options.hpp>
#include <attribution/wire/configuration.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
class live_desk {
    using lateness_type = typename Options::lateness_type;
    using memory_type = typename Options::memory_type;

  public:
    using touchpoint_type = typename Touchpoints::record_type;
    using conversion_type = typename Conversions::record_type;
    using time_type = typename detail::stream_times<Touchpoints, Conversions>::time_type;
    using amount_type = typename Conversions::value_type;
    using credit_type = credit<amount_type>;
    static constexpr bool credits_at_once = Options::at_once;
    static constexpr bool deduplicates = Options::deduplicates;

    live_desk(Touchpoints touchpoints, Conversions conversions, Model m, Policy p, Options options)
        : model_(std::move(m)), policy_(std::move(p)), options_{options},
          now_{std::make_unique<detail::present<Touchpoints, Conversions>>(std::move(touchpoints),
                                                                           std::move(conversions))},
          ids_{options.memory} {}

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
        check_time(watermark);
        auto const horizon = times::horizon(watermark, [&](auto at) {
            if constexpr (std::same_as<lateness_type, detail::no_lateness>)
                return at;
            else
                return detail::earlier_by(at, options_.lateness);
        });
        if (horizon_ < horizon)
            horizon_ = horizon;
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
        ended_ = true;
        release(sink);
    }

    /// Forgets at once what is otherwise forgotten bit by bit as records come.
    void tidy() {
        refuse_while_calling();
        book_.for_each([&](auto& customer) { return forget(customer, forgetting::all); });
        forget(nobody_, forgetting::all);
        ids_.forget(horizon_);
    }

    /// Reserves room for so many customers, so that no record has to wait while the room grows.
    void reserve(std::size_t customers) { book_.reserve(customers); }

    /// The records of a credit. Valid while a sink is given the credit.
    [[nodiscard]] conversion_type const& conversion(credit_type const&) const& {
        return *now_->conversion;
    }
    [[nodiscard]] touchpoint_type const& touchpoint(credit_type const& earned) const& {
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

    [[nodiscard]] live_counts counts() const {
        auto all = counts_;
        all.held_customers = book_.size();
        all.waiting_conversions = waiting_.size();
        all.remembered_ids = ids_.size();
        return all;
    }

    /// A number that depends only on the record's key; reads nothing that ever changes.
    [[nodiscard]] std::size_t scatter_touchpoint(touchpoint_type const& record) const {
        return keys::scatter(now_->touchpoints, record);
    }
    [[nodiscard]] std::size_t scatter_conversion(conversion_type const& record) const {
        return keys::scatter(now_->conversions, record);
    }
    /// The same for the conversion's id; the same number for all ids if ids are ordered but have no
    /// hash.
    [[nodiscard]] std::size_t scatter_id(conversion_type const& record) const {
        if constexpr (detail::hashes<id_type>)
            return detail::scatter(detail::hash_of(detail::keep_id(now_->conversions.id(record))));
        else
            return 0;
    }

    /// The whole desk as bytes. A desk that is made from them by `restore` goes on as if nothing
    /// had happened. Equal desks have equal bytes, whatever the order in which customers came and
    /// wherever the desk was restored, on every machine: what `tidy` would forget is left out, for
    /// bit by bit it is forgotten in the order of a hash table.
    ///
    /// Shape:      the members of the records that matter, `members(&touch::user, ...)`: those that
    ///             the desk reads, and those that models, policies and sinks read.
    /// Errors:     std::invalid_argument if the members do not include key, time, id or value.
    ///             std::logic_error from within a sink, when only some credits have been handed
    ///             out.
    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] std::string snapshot(configuration const& how, TouchpointMembers const& touch,
                                       ConversionMembers const& sale) const {
        refuse_while_calling();
        detail::byte_writer body;
        detail::write(body, horizon_);
        detail::write(body, ended_);
        for (auto const count :
             {counts_.touchpoints, counts_.conversions, counts_.duplicates,
              counts_.late_touchpoints, counts_.late_conversions, counts_.without_key})
            body.count(count);
        detail::customer_codec const codec{now_->touchpoints, now_->conversions, touch, sale};
        codec.write(body, nobody_, spare_of(nobody_));
        auto const needed = needed_by_bytes();
        body.count(needed.size());
        for (auto const& [key, each, spare] : needed) {
            body.raw(key);
            codec.write(body, *each, spare);
            if constexpr (detail::counts_some<Conversions>)
                counting::write(body, now_->conversions, counted_of(*each));
            if constexpr (remembers) {
                auto before = each->credited_before;
                before.forget(spare.touchpoints);
                before.write(body, sale);
            }
        }
        if constexpr (detail::counts_some<Conversions>)
            body.count(counts_.not_counted);
        if constexpr (deduplicates) {
            auto const is_needed = [&](auto const& one) { return ids_.is_needed(one, horizon_); };
            body.count(
                static_cast<std::uint64_t>(std::count_if(ids_.begin(), ids_.end(), is_needed)));
            for (auto const& one : ids_) {
                if (!is_needed(one))
                    continue;
                detail::write(body, one.id);
                detail::write(body, one.at);
            }
        }
        return detail::seal(describe(how, codec.name()), body.bytes());
    }

    /// Makes this desk equal to the desk from which the snapshot was taken.
    ///
    /// Errors:     partial_error if the bytes are damaged, or come from a desk of another
    ///             configuration or with other members. If anything is thrown, nothing has changed.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, configuration const& how, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        refuse_while_calling();
        detail::customer_codec const codec{now_->touchpoints, now_->conversions, touch, sale};
        detail::byte_reader in{detail::unseal(describe(how, codec.name()), bytes)};
        live_desk fresh{now_->touchpoints, now_->conversions, model_, policy_, options_};
        fresh.horizon_ = detail::read<time_type>(in);
        if (!detail::is_on_time_line(fresh.horizon_))
            detail::byte_reader::refuse("the watermark is not a number");
        fresh.ended_ = detail::read<bool>(in);
        for (auto* count : {&fresh.counts_.touchpoints, &fresh.counts_.conversions,
                            &fresh.counts_.duplicates, &fresh.counts_.late_touchpoints,
                            &fresh.counts_.late_conversions, &fresh.counts_.without_key})
            *count = in.count();
        fresh.take_over(customer_type{codec.read(in, std::nullopt), {}}, nullptr);
        for (auto left = in.size(); left > 0; --left) {
            auto const stored = detail::read<typename keys::stored>(in);
            typename keys::probe const key{stored};
            if (detail::is_missing(key))
                detail::byte_reader::refuse("the key of a customer is not a number");
            if (fresh.book_.find(key) != nullptr)
                detail::byte_reader::refuse("a customer is there twice");
            customer_type customer{codec.read(in, key), {}};
            if constexpr (detail::counts_some<Conversions>)
                customer.counted = counting::read(in, now_->conversions);
            if constexpr (remembers)
                customer.credited_before =
                    customer_type::credited_type::read(in, sale, customer.touchpoints.size());
            fresh.take_over(std::move(customer), &fresh.book_.add(key));
        }
        if constexpr (detail::counts_some<Conversions>)
            fresh.counts_.not_counted = in.count();
        if constexpr (deduplicates)
            for (auto left = in.size(); left > 0; --left) {
                auto id = detail::read<id_type>(in);
                auto const at = detail::read<time_type>(in);
                if (!detail::is_on_time_line(at) || !fresh.ids_.append({std::move(id), at}))
                    detail::byte_reader::refuse("the remembered ids are not in order");
            }
        in.finish();
        // From here on nothing throws.
        book_.swap(fresh.book_);
        ids_.swap(fresh.ids_);
        std::swap(nobody_, fresh.nobody_);
        std::swap(waiting_, fresh.waiting_);
        horizon_ = fresh.horizon_;
        ended_ = fresh.ended_;
        counts_ = fresh.counts_;
        nobodys_kept_ = 0;
    }

  private:
    static constexpr bool remembers = detail::asks_credited<Policy>;
    using customer_type = detail::held_customer<Touchpoints, Conversions, remembers>;
    using held_conversion = typename customer_type::conversion;
    using stamp_type = typename customer_type::stamp_type;
    using times = detail::stream_times<Touchpoints, Conversions>;
    using keys = detail::stream_keys<Touchpoints, Conversions>;
    using counting = detail::counting<Conversions>;
    using book_type =
        detail::customer_book<typename keys::stored, typename keys::probe, customer_type>;
    using node = typename book_type::node;
    using id_type = typename Conversions::id_type;

    /// Asks the desks of all parts for the ids that they have seen.
    template <class Desk>
    friend class sharded;

    /// When a conversion can be credited, as far as is known yet, and whose conversion it is.
    struct deadline {
        time_type closes;
        stamp_type when;
        node* owner;  // null if the key is missing

        friend bool operator<(deadline const& a, deadline const& b) {
            if (a.closes < b.closes || b.closes < a.closes)
                return a.closes < b.closes;
            if (a.when.precedes(b.when) || b.when.precedes(a.when))
                return a.when.precedes(b.when);
            return a.owner == b.owner ? a.when < b.when : book_type::before(a.owner, b.owner);
        }
    };

    /// Exists while the desk calls something that may call back.
    class calling {
      public:
        explicit calling(bool& now) : now_{now} { now_ = true; }
        calling(calling const&) = delete;
        calling& operator=(calling const&) = delete;
        ~calling() { now_ = false; }

      private:
        bool& now_;
    };

    [[nodiscard]] auto conversions() const { return detail::live_conversions{*now_}; }
    [[nodiscard]] auto touchpoints() const { return detail::live_touchpoints{*now_}; }

    template <class Sink>
    static constexpr void check_sink() {
        static_assert(std::invocable<Sink&, credit_type const&>,
                      "attribution: a sink must be callable with a credit; bind by(...) to the "
                      "desk first: auto sums = desk.bind(by(&touch::channel))");
    }
    template <class Time>
    static void check_time(Time const& at) {
        if (!detail::is_on_time_line(at))
            throw std::domain_error{"live: a time is not a number"};
    }
    void refuse_while_calling() const {
        if (calls_)
            throw std::logic_error{
                "live: a sink, model or policy must not change its own desk while the desk calls "
                "it; "
                "collect the records, and pass them on when convert(...), advance(...) or "
                "finish(...) has returned"};
    }
    void check_conversion(conversion_type const& record) const {
        check_time(now_->conversions.time(record));
        if (!detail::has_finite_value(now_->conversions, record))
            throw std::domain_error{"live: the value of a conversion is not a finite number"};
    }
    static arrival counted(arrival became, std::uint64_t& count) {
        ++count;
        return became;
    }

    /// Is a touchpoint at that instant late?
    [[nodiscard]] bool is_late(customer_type const* known, time_type at) const {
        if (ended_ || at < horizon_)
            return true;
        return credits_at_once && known && !known->conversions.empty() &&
               !(known->conversions.back().when.at < at);
    }
    /// Is a conversion at that instant late? Conversions at one instant do not change each other's
    /// credits.
    [[nodiscard]] bool is_late_sale(customer_type const* known, stamp_type const& when) const {
        if (ended_ || when.at < horizon_)
            return true;
        return credits_at_once && known && known != &nobody_ && !known->conversions.empty() &&
               when.is_earlier_than(known->conversions.back().when);
    }

    template <class LateRecords>
    arrival accept(touchpoint_type& record, LateRecords&& late_records) {
        auto const& stream = now_->touchpoints;
        refuse_while_calling();
        auto const at = times::of_touchpoint(stream.time(record));
        check_time(at);
        tidy_some();
        auto const key = keys::of(stream, record);
        if (!key)
            return counted(arrival::without_key, counts_.without_key);
        auto* const owner = book_.find(*key);
        auto* const known = owner ? &owner->second : nullptr;
        auto const place = known ? known->place_of(stream, record) : 0;
        if (known && known->holds(stream, record, place))
            return counted(arrival::duplicate, counts_.duplicates);
        if (is_late(known, at)) {
            late_records(record);
            return counted(arrival::late, counts_.late_touchpoints);
        }
        auto const take_in = [&](customer_type& customer) {
            detail::insert_or_nothing(customer.touchpoints, place, std::move(record),
                                      [](touchpoint_type&) {});
        };
        if (known)
            take_in(*known);
        else
            book_.add(*key, [&](node& fresh) { take_in(fresh.second); });
        ++counts_.held_touchpoints;
        return counted(arrival::accepted, counts_.touchpoints);
    }

    /// `of_ids` is the desk that remembers the conversion's id.
    template <class Sink, class LateRecords>
    arrival accept(conversion_type& record, Sink& sink, LateRecords&& late_records,
                   live_desk& of_ids) {
        check_sink<Sink>();
        refuse_while_calling();
        check_conversion(record);
        tidy_some();
        auto const key = keys::of(now_->conversions, record);
        auto when = customer_type::stamp_of(now_->conversions, record);
        auto* const owner = key ? book_.find(*key) : nullptr;
        auto* const known = owner ? &owner->second : key ? nullptr : &nobody_;
        auto const place = known ? known->place_for(when) : 0;
        auto& ids = of_ids.ids_;
        ids.forget_some(2, of_ids.horizon_);
        if ((known && known->holds(when, place)) || ids.hold(when.id, when.at))
            return counted(arrival::duplicate, counts_.duplicates);
        if (is_late_sale(known, when)) {
            late_records(record);
            return counted(arrival::late, counts_.late_conversions);
        }
        ids.add(when.id, when.at, [&] {
            if (known)
                take(owner, when, place, record, sink);
            else
                book_.add(*key, [&](node& fresh) { take(&fresh, when, place, record, sink); });
        });
        return counted(arrival::accepted, counts_.conversions);
    }

    /// Takes the conversion in. Crediting it at once, if that is asked for, comes last, so that no
    /// credit is given for a conversion for which there was no room.
    template <class Sink>
    void take(node* owner, stamp_type const& when, std::size_t place, conversion_type& record,
              Sink& sink) {
        auto& customer = customer_of(owner);
        detail::insert_or_nothing(customer.conversions, place, held_conversion{when, std::nullopt},
                                  [&](held_conversion& added) {
                                      if constexpr (credits_at_once) {
                                          calling const now{calls_};
                                          credit_if_it_counts(owner, place, added, record, sink);
                                      } else {
                                          added.record.emplace(std::move(record));
                                          waiting_.insert(deadline{when.at, when, owner});
                                      }
                                  });
        customer.credited = std::min(customer.credited, place);
    }

    template <class Sink>
    void release(Sink& sink) {
        calling const now{calls_};
        while (!waiting_.empty()) {
            auto const first = waiting_.begin();
            if (!ended_ && !(first->closes < horizon_))
                return;
            auto& customer = customer_of(first->owner);
            auto const place = customer.place_of(first->when);
            auto& one = customer.conversions[place];
            if constexpr (detail::counts_some<Conversions>) {
                decide(first->owner, one, *one.record, customer.counted);
                if (one.does_not_count()) {
                    one.record.reset();
                    waiting_.erase(first);
                    ++counts_.not_counted;
                    continue;
                }
            }
            // Until the watermark passes the conversion, its previous conversion is not known.
            if constexpr (detail::decides_time<Policy>) {
                look_at(first->owner, *one.record);
                auto const window =
                    credits_.window(*now_, previous(first->owner, place, first->when), policy_);
                if (!window.empty() && first->closes < window.until) {
                    waiting_.insert(deadline{window.until, first->when, first->owner});
                    waiting_.erase(first);
                    continue;
                }
            }
            credit_now(first->owner, place, first->when, *one.record, sink);
            one.record.reset();
            waiting_.erase(first);
        }
    }

    template <class Sink>
    void credit_now(node* owner, std::size_t place, stamp_type const& when,
                    conversion_type const& record, Sink& sink) {
        look_at(owner, record);
        if constexpr (remembers) {
            auto& before = customer_of(owner).credited_before;
            detail::credited_sale<conversion_type> noted{
                std::make_shared<conversion_type const>(record), {}};
            before.make_room();
            credits_(*now_, previous(owner, place, when), model_,
                     detail::settled_policy{policy_, before}, [&](credit_type const& earned) {
                         sink(earned);
                         if (earned.attributed())
                             noted.touchpoints.push_back(earned.touchpoint);
                     });
            before.add(std::move(noted));
        } else {
            credits_(*now_, previous(owner, place, when), model_, policy_, sink);
        }
    }
    /// For a desk that credits at once.
    template <class Sink>
    void credit_if_it_counts(node* owner, std::size_t place, held_conversion& added,
                             conversion_type const& record, Sink& sink) {
        if constexpr (detail::counts_some<Conversions>) {
            auto counted = customer_of(owner).counted;  // the old one stays if the sink throws
            decide(owner, added, record, counted);
            if (added.does_not_count()) {
                ++counts_.not_counted;
                return;
            }
            credit_now(owner, place, added.when, record, sink);
            customer_of(owner).counted = std::move(counted);
        } else {
            credit_now(owner, place, added.when, record, sink);
        }
    }
    /// Decides whether a conversion counts, unless that has been decided. All conversions of the
    /// customer before it have been decided about. Without a key it counts.
    void
    decide(node const* owner, held_conversion& one, conversion_type const& record,
           typename counting::memory& counted) const requires detail::counts_some<Conversions> {
        if (owner == nullptr || one.verdict != detail::decision::open)
            return;
        auto const& rules = now_->conversions.rules();
        auto const at = now_->conversions.time(record);
        if (counted.refuses(rules, record, at).because != detail::none_before) {
            one.verdict = detail::decision::does_not_count;
        } else {
            counted.note(rules, record, at, 0);
            one.verdict = detail::decision::counts;
        }
    }
    /// What is needed of what counted of a customer.
    [[nodiscard]] auto counted_of(customer_type const& customer) const {
        auto counted = customer.counted;
        counting::forget(now_->conversions, counted, earliest_open(customer));
        return counted;
    }
    void look_at(node const* owner, conversion_type const& record) {
        now_->touches = owner ? std::span<touchpoint_type const>{owner->second.touchpoints}
                              : std::span<touchpoint_type const>{};
        now_->conversion = &record;
    }
    [[nodiscard]] customer_type& customer_of(node* owner) {
        return owner ? owner->second : nobody_;
    }
    /// Conversions with a missing key belong to as many customers.
    [[nodiscard]] static std::optional<time_type> previous(node const* owner, std::size_t place,
                                                           stamp_type const& when) {
        return owner ? owner->second.previous(place, when) : std::nullopt;
    }

    /// Forgets only when a quarter or more can go, so that the rest is not moved each time.
    void tidy_some() {
        book_.for_some(2, [&](auto& customer) { return forget(customer, forgetting::a_quarter); });
        if (nobody_.conversions.size() > 2 * nobodys_kept_ + 16) {
            forget(nobody_, forgetting::all);
            nobodys_kept_ = nobody_.conversions.size();
        }
    }

    enum class forgetting { all, a_quarter };

    template <class T>
    static bool is_worth_it(forgetting what, std::size_t gone, std::vector<T> const& of) {
        return gone != 0 && (what == forgetting::all || gone >= of.size() / 4);
    }

    /// No waiting and no future conversion of this customer is before that time.
    [[nodiscard]] time_type earliest_open(customer_type const& customer) const {
        auto const& sales = customer.conversions;
        if (sales.empty() || customer.first_waiting() == sales.size())
            return horizon_;
        return std::min(horizon_, sales[customer.first_waiting()].when.at);
    }

    /// What no waiting and no future conversion of this customer can need.
    [[nodiscard]] detail::spare_records spare_of(customer_type const& customer) const {
        auto const waits = customer.conversions.empty() ? 0 : customer.first_waiting();
        auto const earliest = earliest_open(customer);
        detail::spare_records spare;
        if constexpr (!Options::keeps_everything) {
            now_->touches = customer.touchpoints;
            auto const touches = touchpoints();
            spare.touchpoints =
                detail::first_needed(policy_, earliest, detail::live_times{touches});
        }
        // A previous conversion before the policy's reach cannot be told from none. A conversion is
        // not needed either if another one comes between it and all conversions from `earliest` on.
        if constexpr (detail::says_earliest<Policy, time_type> && !Options::keeps_everything) {
            spare.conversions =
                customer.before(waits, std::min(horizon_, detail::earliest(policy_, earliest)));
        } else {
            spare.conversions = customer.before(waits, earliest);
            spare.conversions -= spare.conversions != 0 ? 1 : 0;
            while (spare.conversions != 0 &&
                   customer.conversions[spare.conversions].does_not_count())
                --spare.conversions;
        }
        return spare;
    }

    /// Forgets what is spare of a customer. Returns whether nothing is left of the customer.
    bool forget(customer_type& customer, forgetting what) {
        auto const spare = spare_of(customer);
        if (is_worth_it(what, spare.touchpoints, customer.touchpoints)) {
            detail::erase_front_or_nothing(customer.touchpoints, spare.touchpoints);
            counts_.held_touchpoints -= spare.touchpoints;
            if constexpr (remembers)
                customer.credited_before.forget(spare.touchpoints);
        }
        if (is_worth_it(what, spare.conversions, customer.conversions)) {
            detail::erase_front_or_nothing(customer.conversions, spare.conversions);
            customer.credited -= spare.conversions;
        }
        if constexpr (detail::counts_some<Conversions>)
            counting::forget(now_->conversions, customer.counted, earliest_open(customer));
        return customer.empty();
    }

    [[nodiscard]] detail::description describe(configuration how, std::string values) const {
        how.more.emplace_back("credits", credits_at_once ? "at once" : "when settled");
        how.more.emplace_back("keeps", Options::keeps_everything ? "everything"
                                                                 : "what the policy can reach");
        if constexpr (detail::counts_some<Conversions>)
            how.more.emplace_back("counts", counting::name(now_->conversions));
        if constexpr (!std::same_as<lateness_type, detail::no_lateness>)
            how.more.emplace_back(
                "allowed lateness",
                std::to_string(detail::measure<lateness_type>::count(options_.lateness)) + ", " +
                    detail::form_name<lateness_type>());
        if constexpr (std::same_as<memory_type, detail::for_ever>)
            how.more.emplace_back("deduplicates conversions", "for ever");
        else if constexpr (deduplicates)
            how.more.emplace_back(
                "deduplicates conversions",
                std::to_string(detail::measure<memory_type>::count(options_.memory)) + ", " +
                    detail::form_name<memory_type>());
        return {"desk", std::move(values), how};
    }

    /// The customers of whom something is needed, in the order of their keys as they are written.
    /// This order does not depend on hashes, which standard libraries compute differently.
    [[nodiscard]] auto needed_by_bytes() const {
        struct written {
            std::string key;
            customer_type const* customer;
            detail::spare_records spare;
        };
        std::vector<written> all;
        all.reserve(book_.size());
        book_.for_each_node([&](auto const& each) {
            auto const spare = spare_of(each.second);
            if (spare.touchpoints == each.second.touchpoints.size() &&
                spare.conversions == each.second.conversions.size()) {
                if constexpr (!detail::counts_some<Conversions>)
                    return;
                else if (counted_of(each.second).empty())
                    return;
            }
            detail::byte_writer key;
            detail::write(key, each.first);
            all.push_back({key.take(), &each.second, spare});
        });
        std::sort(all.begin(), all.end(),
                  [](auto const& a, auto const& b) { return a.key < b.key; });
        return all;
    }

    /// Do the numbers by which customers, and remembered ids, are scattered satisfy a test?
    template <class Test>
    [[nodiscard]] bool all_scattered(Test test) const {
        bool all = true;
        book_.for_each_node([&](auto const& each) {
            all = all && test(keys::scatter_key(typename keys::probe(each.first)));
        });
        if constexpr (deduplicates && detail::hashes<id_type>)
            for (auto const& one : ids_)
                all = all && test(detail::scatter(detail::hash_of(one.id)));
        return all;
    }

    /// Takes a customer over from a snapshot.
    void take_over(customer_type&& customer, node* owner) {
        for (auto const& one : customer.conversions)
            if (one.record) {
                if constexpr (credits_at_once)
                    detail::byte_reader::refuse(
                        "a conversion waits in a desk that credits at once");
                waiting_.insert(deadline{one.when.at, one.when, owner});
            }
        counts_.held_touchpoints += customer.touchpoints.size();
        customer_of(owner) = std::move(customer);
    }

    [[no_unique_address]] Model model_;
    [[no_unique_address]] Policy policy_;
    [[no_unique_address]] Options options_;
    std::unique_ptr<detail::present<Touchpoints, Conversions>> now_;
    book_type book_;
    customer_type nobody_;          // conversions with a missing key
    std::size_t nobodys_kept_ = 0;  // how many of these the last tidying left
    std::multiset<deadline> waiting_;
    time_type horizon_ = detail::first_instant<time_type>();
    bool ended_ = false;
    bool calls_ = false;  // is it calling something that may call back?
    detail::remembered_ids<id_type, time_type, memory_type> ids_;
    live_counts counts_;
    detail::live_crediting<Touchpoints, Conversions> credits_;
};

}  // namespace attribution
