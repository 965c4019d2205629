// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit.hpp>
#include <attribution/detail/group_value.hpp>
#include <attribution/detail/temporary.hpp>
#include <attribution/detail/time_line.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/partial/bytes.hpp>
#include <attribution/partial/sealed.hpp>
#include <attribution/streaming/customer_book.hpp>
#include <attribution/streaming/customer_codec.hpp>
#include <attribution/streaming/held_records.hpp>
#include <attribution/streaming/live_counts.hpp>
#include <attribution/streaming/live_crediting.hpp>
#include <attribution/streaming/live_options.hpp>
#include <attribution/streaming/live_records.hpp>
#include <attribution/streaming/reach.hpp>
#include <attribution/streaming/stream_keys.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace attribution {

/// Attributes records as they come; made by `live`. Not for several threads at once, see `sharded`.
template <class Touchpoints, class Conversions, class Model, class Policy, class Lateness,
          bool AtOnce, bool KeepsAll>
class live_desk {
  public:
    using touchpoint_type = typename Touchpoints::record_type;
    using conversion_type = typename Conversions::record_type;
    using time_type =
        std::common_type_t<typename Touchpoints::time_type, typename Conversions::time_type>;
    using amount_type = typename Conversions::value_type;
    using credit_type = credit<amount_type>;

    live_desk(Touchpoints touchpoints, Conversions conversions, Model m, Policy p, Lateness late)
        : model_(std::move(m)), policy_(std::move(p)), lateness_{late},
          now_{std::make_unique<detail::present<Touchpoints, Conversions>>(
              std::move(touchpoints), std::move(conversions))} {}

    /// Takes a touchpoint.
    ///
    /// Errors:     std::domain_error if its time or id is not a number. Whatever is thrown, nothing
    ///             changed.
    /// Complexity: one look-up of the customer, and O(log t) for its t touchpoints if it is the
    ///             latest of them, O(t) if it has to be placed before others; two other customers
    ///             are looked at for what can be forgotten.
    arrival touch(touchpoint_type record) {
        check_place(now_->touchpoints, record);
        tidy_some();
        auto const& stream = now_->touchpoints;
        auto const key = keys::of(stream, record);
        if (!key)
            return counted(arrival::without_key, counts_.without_key);
        auto* const known = book_.find(*key);
        auto const place = known ? known->place_of(stream, record) : 0;
        if (known && known->holds(stream, record, place))
            return counted(arrival::duplicate, counts_.duplicates);
        if (is_late(known, time_type(stream.time(record))))
            return counted(arrival::late, counts_.late_touchpoints);
        auto const take_in = [&](customer_type& customer) {
            auto& all = customer.touchpoints;
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(place), std::move(record));
        };
        if (known)
            take_in(*known);
        else
            book_.add(*key, [&](node& fresh) { take_in(fresh.second); });
        ++counts_.held_touchpoints;
        return counted(arrival::accepted, counts_.touchpoints);
    }

    /// The same, and hands the record to `late_records` if it is late.
    template <class LateRecords>
    arrival touch(touchpoint_type record, LateRecords&& late_records) {
        auto const became = touch(record);
        if (became == arrival::late)
            late_records(record);
        return became;
    }

    /// Takes a conversion. The sink gets its credits at once if the desk was made so, else from
    /// `advance`.
    ///
    /// Errors:     as `attribute`; std::domain_error if its time, id or value is not a number.
    ///             Whatever is thrown, the conversion was not taken and nothing changed; but credits
    ///             handed out before stay handed out.
    template <class Sink>
    arrival convert(conversion_type record, Sink&& sink) {
        check_sink<Sink>();
        check_conversion(record);
        tidy_some();
        auto const key = keys::of(now_->conversions, record);
        auto const when = customer_type::stamp_of(now_->conversions, record);
        auto* const known = key ? book_.find(*key) : &nobody_;
        auto const place = known ? known->place_of(when) : 0;
        if (known && known->holds(when, place))
            return counted(arrival::duplicate, counts_.duplicates);
        if (is_late(known, when.at, place))
            return counted(arrival::late, counts_.late_conversions);
        if (key)
            book_.add(*key, [&](node& owner) { take(&owner, when, place, record, sink); });
        else
            take(nullptr, when, place, record, sink);
        return counted(arrival::accepted, counts_.conversions);
    }

    /// The same, and hands the record to `late_records` if it is late.
    template <class Sink, class LateRecords>
    arrival convert(conversion_type record, Sink&& sink, LateRecords&& late_records) {
        auto const became = convert(record, sink);
        if (became == arrival::late)
            late_records(record);
        return became;
    }

    /// Takes a conversion whose credits `advance` will give.
    arrival convert(conversion_type record) requires(!AtOnce) {
        return convert(std::move(record), [](credit_type const&) {});
    }

    /// Says that time has come to `watermark`: from now on, what is more than the allowed lateness
    /// before it is late. Gives the credits of conversions that nothing can change any more.
    ///
    /// Shape:      in the order of (when the conversion's window closed, its time, its id), each
    ///             conversion's credits as `attribute` gives them: the order does not depend on how
    ///             records came, nor on the steps of the watermark.
    /// Edges:      a watermark that goes back changes nothing. Records at the very instant of
    ///             (watermark - lateness) are still in time.
    /// Errors:     as `attribute`; time has come to the watermark all the same, the conversion
    ///             waits on, and credits handed out before stay handed out. The next `advance`,
    ///             also one to the same watermark, goes on with that conversion.
    template <class Sink>
    void advance(time_type watermark, Sink&& sink) {
        check_sink<Sink>();
        check_time(watermark);
        auto horizon = watermark;
        if constexpr (!std::same_as<Lateness, detail::no_lateness>)
            horizon = detail::earlier_by(watermark, lateness_);
        if (horizon_ < horizon)
            horizon_ = horizon;
        release(sink);
    }

    /// The same for a desk that credits at once, where nothing waits.
    void advance(time_type watermark) requires(AtOnce) {
        advance(watermark, [](credit_type const&) {});
    }

    /// Says that the stream has ended: gives the credits of all that waits, and every further
    /// record is late.
    template <class Sink>
    void finish(Sink&& sink) {
        check_sink<Sink>();
        ended_ = true;
        release(sink);
    }

    /// Forgets now, in one go, what otherwise goes bit by bit as records come.
    void tidy() {
        book_.for_each([&](auto& customer) { return forget(customer); });
        forget(nobody_);
    }

    /// Room for so many customers, so that no record has to wait for more to be made.
    void reserve(std::size_t customers) { book_.reserve(customers); }

    /// Valid while a sink is given a credit: its records.
    [[nodiscard]] conversion_type const& conversion(credit_type const&) const& {
        return *now_->conversion;
    }
    [[nodiscard]] touchpoint_type const& touchpoint(credit_type const& earned) const& {
        return now_->touches[earned.touchpoint];
    }

    /// A sink such as `by(...)`, bound to what flows through this desk, which must outlive it.
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
        return all;
    }

    /// A number that depends on the record's key only; reads nothing that ever changes.
    [[nodiscard]] std::size_t scatter_touchpoint(touchpoint_type const& record) const {
        return keys::scatter(now_->touchpoints, record);
    }
    [[nodiscard]] std::size_t scatter_conversion(conversion_type const& record) const {
        return keys::scatter(now_->conversions, record);
    }

    /// All of the desk as bytes: `restore` them, and it goes on as if nothing had happened.
    ///
    /// Shape:      the records' members that matter, `members(&touch::user, ...)`: those that the
    ///             desk reads, and those that models, policies and sinks do.
    /// Errors:     std::invalid_argument if the members do not hold key, time, id or value.
    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] std::string snapshot(configuration const& how, TouchpointMembers const& touch,
                                       ConversionMembers const& sale) const {
        detail::byte_writer body;
        detail::write(body, horizon_);
        detail::write(body, ended_);
        for (auto const count :
             {counts_.touchpoints, counts_.conversions, counts_.duplicates,
              counts_.late_touchpoints, counts_.late_conversions, counts_.without_key})
            body.count(count);
        detail::customer_codec const codec{now_->touchpoints, now_->conversions, touch, sale};
        codec.write(body, nobody_);
        body.count(book_.size());
        book_.for_each_node([&](auto const& each) {
            detail::write(body, each.first);
            codec.write(body, each.second);
        });
        return detail::seal(describe(how, codec.name()), body.bytes());
    }

    /// Makes this desk the one that the snapshot was taken of.
    ///
    /// Errors:     partial_error if the bytes are damaged, of a desk of another configuration or of
    ///             other members. Whatever is thrown, nothing has changed.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, configuration const& how, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        detail::customer_codec const codec{now_->touchpoints, now_->conversions, touch, sale};
        detail::byte_reader in{detail::unseal(describe(how, codec.name()), bytes)};
        live_desk fresh{now_->touchpoints, now_->conversions, model_, policy_, lateness_};
        fresh.horizon_ = detail::read<time_type>(in);
        if (!detail::is_on_time_line(fresh.horizon_))
            detail::byte_reader::refuse("the watermark is not a number");
        fresh.ended_ = detail::read<bool>(in);
        for (auto* count : {&fresh.counts_.touchpoints, &fresh.counts_.conversions,
                            &fresh.counts_.duplicates, &fresh.counts_.late_touchpoints,
                            &fresh.counts_.late_conversions, &fresh.counts_.without_key})
            *count = in.count();
        fresh.take_over(codec.read(in, std::nullopt), nullptr);
        for (auto left = in.size(); left > 0; --left) {
            auto const stored = detail::read<typename keys::stored>(in);
            typename keys::probe const key{stored};
            if (detail::is_missing(key))
                detail::byte_reader::refuse("the key of a customer is not a number");
            if (fresh.book_.find(key) != nullptr)
                detail::byte_reader::refuse("a customer is there twice");
            auto customer = codec.read(in, key);
            fresh.take_over(std::move(customer), &fresh.book_.add(key));
        }
        in.finish();
        std::swap(book_, fresh.book_);
        std::swap(nobody_, fresh.nobody_);
        std::swap(waiting_, fresh.waiting_);
        horizon_ = fresh.horizon_;
        ended_ = fresh.ended_;
        counts_ = fresh.counts_;
        nobodys_kept_ = 0;
    }

  private:
    using customer_type = detail::held_records<Touchpoints, Conversions>;
    using stamp_type = typename customer_type::stamp_type;
    using keys = detail::stream_keys<Touchpoints, Conversions>;
    using reach = detail::reach<Policy, time_type>;
    using book_type =
        detail::customer_book<typename keys::stored, typename keys::probe, customer_type>;
    using node = typename book_type::node;

    /// When a conversion can be credited, as far as is known, and whose it is.
    struct deadline {
        time_type closes;
        stamp_type when;
        node* owner;  // or nobody

        friend bool operator<(deadline const& a, deadline const& b) {
            return std::tie(a.closes, a.when) < std::tie(b.closes, b.when);
        }
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
    template <class Stream, class Record>
    static void check_place(Stream const& stream, Record const& record) {
        check_time(stream.time(record));
        if constexpr (detail::holds_floating<typename Stream::id_type>)
            if (!detail::equals_itself(stream.id(record)))
                throw std::domain_error{"live: an id is not a number"};
    }
    void check_conversion(conversion_type const& record) const {
        check_place(now_->conversions, record);
        if (!detail::has_finite_value(now_->conversions, record))
            throw std::domain_error{"live: the value of a conversion is not a finite number"};
    }
    static arrival counted(arrival became, std::uint64_t& count) {
        ++count;
        return became;
    }

    /// A touchpoint of that instant.
    [[nodiscard]] bool is_late(customer_type const* known, time_type at) const {
        if (ended_ || at < horizon_)
            return true;
        return AtOnce && known && !known->conversions.empty() &&
               !(known->conversions.back().when.at < at);
    }
    /// A conversion of that instant, to be put at that place.
    [[nodiscard]] bool is_late(customer_type const* known, time_type at, std::size_t place) const {
        if (ended_ || at < horizon_)
            return true;
        return AtOnce && known && known != &nobody_ && place < known->conversions.size();
    }

    /// Takes the conversion in, and credits it if that is to be done at once: as the last thing, so
    /// that no credit is given for a conversion that there was no room for.
    template <class Sink>
    void take(node* owner, stamp_type const& when, std::size_t place, conversion_type& record,
              Sink& sink) {
        auto& all = customer_of(owner).conversions;
        auto const added =
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(place), {when, std::nullopt});
        try {
            if constexpr (AtOnce) {
                credit_now(owner, place, record, sink);
            } else {
                added->record.emplace(std::move(record));
                waiting_.insert(deadline{when.at, when, owner});
            }
        } catch (...) {
            all.erase(added);
            throw;
        }
    }

    template <class Sink>
    void release(Sink& sink) {
        while (!waiting_.empty()) {
            auto const first = waiting_.begin();
            if (!ended_ && !(first->closes < horizon_))
                return;
            auto& customer = customer_of(first->owner);
            auto const place = customer.place_of(first->when);
            auto& one = customer.conversions[place];
            // Before its time has come, nobody knows which conversion came before it.
            if constexpr (detail::decides_time<Policy>) {
                look_at(first->owner, *one.record);
                auto const window = credits_.window(*now_, previous(first->owner, place), policy_);
                if (!window.empty() && first->closes < window.until) {
                    auto later = waiting_.extract(first);
                    later.value().closes = window.until;
                    waiting_.insert(std::move(later));
                    continue;
                }
            }
            credit_now(first->owner, place, *one.record, sink);
            one.record.reset();
            waiting_.erase(first);
        }
    }

    template <class Sink>
    void credit_now(node* owner, std::size_t place, conversion_type const& record, Sink& sink) {
        look_at(owner, record);
        credits_(*now_, previous(owner, place), model_, policy_, sink);
    }
    void look_at(node const* owner, conversion_type const& record) {
        now_->touches = owner ? std::span<touchpoint_type const>{owner->second.touchpoints}
                              : std::span<touchpoint_type const>{};
        now_->conversion = &record;
    }
    [[nodiscard]] customer_type& customer_of(node* owner) {
        return owner ? owner->second : nobody_;
    }
    /// Nobody's conversions are of as many customers.
    [[nodiscard]] static std::optional<time_type> previous(node const* owner, std::size_t place) {
        return owner ? owner->second.previous(place) : std::nullopt;
    }

    void tidy_some() {
        book_.for_some(2, [&](auto& customer) { return forget(customer); });
        if (nobody_.conversions.size() > 2 * nobodys_kept_ + 16) {
            forget(nobody_);
            nobodys_kept_ = nobody_.conversions.size();
        }
    }

    /// Forgets what no conversion of this customer can need, neither a waiting one nor one to come.
    /// Returns whether nothing is left of it.
    bool forget(customer_type& customer) {
        auto& sales = customer.conversions;
        auto earliest = horizon_;
        for (auto const& one : sales)
            if (one.record) {
                earliest = std::min(earliest, one.when.at);
                break;
            }
        if constexpr (!KeepsAll) {
            now_->touches = customer.touchpoints;
            auto const touches = touchpoints();
            auto const gone = reach::begin(policy_, earliest, detail::live_times{touches});
            if (gone != 0) {
                auto& all = customer.touchpoints;
                all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(gone));
                if (all.size() < all.capacity() / 4)
                    all.shrink_to_fit();
                counts_.held_touchpoints -= gone;
            }
        }
        // A conversion behind the policy's reach is no predecessor that could be told from none.
        std::size_t gone = 0;
        if constexpr (reach::has_floor && !KeepsAll) {
            auto const floor = std::min(horizon_, reach::floor(policy_, earliest));
            while (gone < sales.size() && !sales[gone].record && sales[gone].when.at < floor)
                ++gone;
        } else {
            while (gone + 1 < sales.size() && !sales[gone].record && !sales[gone + 1].record &&
                   sales[gone + 1].when.at < horizon_)
                ++gone;
        }
        sales.erase(sales.begin(), sales.begin() + static_cast<std::ptrdiff_t>(gone));
        return customer.empty();
    }

    [[nodiscard]] detail::description describe(configuration how, std::string values) const {
        how.more.emplace_back("credits", AtOnce ? "at once" : "when settled");
        how.more.emplace_back("keeps", KeepsAll ? "everything" : "what the policy can reach");
        if constexpr (!std::same_as<Lateness, detail::no_lateness>)
            how.more.emplace_back("allowed lateness",
                                  std::to_string(detail::measure<Lateness>::count(lateness_)) +
                                      ", " + detail::form_name<Lateness>());
        return {"desk", std::move(values), how};
    }

    /// Takes over a customer of a snapshot.
    void take_over(customer_type&& customer, node* owner) {
        for (auto const& one : customer.conversions)
            if (one.record) {
                if constexpr (AtOnce)
                    detail::byte_reader::refuse("a conversion waits where none does");
                waiting_.insert(deadline{one.when.at, one.when, owner});
            }
        counts_.held_touchpoints += customer.touchpoints.size();
        customer_of(owner) = std::move(customer);
    }

    [[no_unique_address]] Model model_;
    [[no_unique_address]] Policy policy_;
    [[no_unique_address]] Lateness lateness_;
    std::unique_ptr<detail::present<Touchpoints, Conversions>> now_;
    book_type book_;
    customer_type nobody_;          // conversions without key
    std::size_t nobodys_kept_ = 0;  // of these, when they were last tidied
    std::multiset<deadline> waiting_;
    time_type horizon_ = detail::first_instant<time_type>();
    bool ended_ = false;
    live_counts counts_;
    detail::live_crediting<Touchpoints, Conversions> credits_;
};

}  // namespace attribution
