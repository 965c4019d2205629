// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/credit.hpp>
#include <attribution/crediting.hpp>
#include <attribution/detail/interner.hpp>
#include <attribution/detail/time_line.hpp>
#include <attribution/eligibility/policy.hpp>
#include <attribution/interval.hpp>
#include <attribution/join.hpp>
#include <attribution/partial/bytes.hpp>
#include <attribution/partial/sealed.hpp>
#include <attribution/path.hpp>
#include <attribution/streaming/customer_book.hpp>
#include <attribution/streaming/live_options.hpp>
#include <attribution/streaming/live_records.hpp>
#include <attribution/streaming/reach.hpp>
#include <attribution/streaming/stream_records.hpp>

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
#include <vector>

namespace attribution {

/// What became of a record that came.
enum class arrival {
    accepted,
    duplicate,   // the same key, time and id was there: nothing changed
    late,        // behind what may still be placed: nothing changed, it is yours to keep
    without_key  // a touchpoint of nobody: nothing changed
};

/// What a desk has seen, and what it holds.
struct live_counts {
    std::uint64_t touchpoints = 0;  // accepted
    std::uint64_t conversions = 0;  // accepted
    std::uint64_t duplicates = 0;
    std::uint64_t late_touchpoints = 0;
    std::uint64_t late_conversions = 0;
    std::uint64_t without_key = 0;          // touchpoints
    std::uint64_t held_customers = 0;       // in memory now
    std::uint64_t held_touchpoints = 0;     // in memory now
    std::uint64_t waiting_conversions = 0;  // accepted, not yet credited

    live_counts& operator+=(live_counts const& other) {
        touchpoints += other.touchpoints;
        conversions += other.conversions;
        duplicates += other.duplicates;
        late_touchpoints += other.late_touchpoints;
        late_conversions += other.late_conversions;
        without_key += other.without_key;
        held_customers += other.held_customers;
        held_touchpoints += other.held_touchpoints;
        waiting_conversions += other.waiting_conversions;
        return *this;
    }
    friend bool operator==(live_counts const&, live_counts const&) = default;
};

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
    /// Errors:     std::domain_error if its time is not a number. Whatever is thrown, nothing
    ///             changed.
    /// Complexity: one look-up of the customer, and O(log t) for its t touchpoints if it is the
    ///             latest of them, O(t) if it has to be placed before others; two other customers
    ///             are looked at for what can be forgotten.
    arrival touch(touchpoint_type record) {
        check_time(now_->touchpoints.time(record));
        tidy_some();
        auto const key = key_of(now_->touchpoints, record);
        if (!key)
            return counted(arrival::without_key, counts_.without_key);
        auto* const known = book_.find(*key);
        auto const place = known ? place_of(known->touches, record) : 0;
        if (known && place < known->touches.size() && !before(record, known->touches[place]))
            return counted(arrival::duplicate, counts_.duplicates);
        if (is_late(known, time_type(now_->touchpoints.time(record))))
            return counted(arrival::late, counts_.late_touchpoints);
        auto const take_in = [&](customer_type& customer) {
            customer.touches.insert(customer.touches.begin() + static_cast<std::ptrdiff_t>(place),
                                    std::move(record));
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
    /// Errors:     as `attribute`; std::domain_error if its time or value is not a number. Whatever
    ///             is thrown, the conversion was not taken and nothing changed; but credits handed
    ///             out before stay handed out.
    template <class Sink>
    arrival convert(conversion_type record, Sink&& sink) {
        check_sink<Sink>();
        check_conversion(record);
        tidy_some();
        auto const key = key_of(now_->conversions, record);
        auto* const known = key ? book_.find(*key) : &nobody_;
        auto const place = known ? place_of(*known, record) : 0;
        if (known && place < known->conversions.size() && same(known->conversions[place], record))
            return counted(arrival::duplicate, counts_.duplicates);
        if (is_late(known, record, place))
            return counted(arrival::late, counts_.late_conversions);
        if (key)
            book_.add(*key, [&](node& owner) { take(owner.second, &owner, place, record, sink); });
        else
            take(nobody_, nullptr, place, record, sink);
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
    [[nodiscard]] conversion_type const& conversion(credit_type const&) const {
        return *now_->conversion;
    }
    [[nodiscard]] touchpoint_type const& touchpoint(credit_type const& earned) const {
        return now_->touches[earned.touchpoint];
    }

    /// A sink such as `by(...)`, bound to what flows through this desk, which must outlive it.
    template <std::size_t Models = 1, class Sink>
    [[nodiscard]] auto bind(Sink const& sink) const {
        if constexpr (Models == 1)
            return sink.bind(conversions(), touchpoints());
        else
            return sink.template bind<Models>(conversions(), touchpoints());
    }

    [[nodiscard]] live_counts counts() const {
        auto all = counts_;
        all.held_customers = book_.size();
        all.waiting_conversions = waiting_.size();
        return all;
    }

    /// A number that depends on the record's key only; reads nothing that ever changes.
    [[nodiscard]] std::size_t scatter_touchpoint(touchpoint_type const& record) const {
        return scatter(now_->touchpoints, record);
    }
    [[nodiscard]] std::size_t scatter_conversion(conversion_type const& record) const {
        return scatter(now_->conversions, record);
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
        auto const write = [&](customer_type const& customer) {
            body.count(customer.touches.size());
            for (auto const& one : customer.touches) {
                check_members(now_->touchpoints, touch, one);
                touch.write(body, one);
            }
            body.count(customer.conversions.size());
            for (auto const& one : customer.conversions) {
                detail::write(body, one.at);
                detail::write(body, one.id);
                detail::write(body, one.record.has_value());
                if (one.record) {
                    check_members(now_->conversions, sale, *one.record);
                    sale.write(body, *one.record);
                }
            }
        };
        write(nobody_);
        body.count(book_.size());
        book_.for_each_node([&](auto const& each) {
            detail::write(body, each.first);
            write(each.second);
        });
        return detail::seal(describe(how, touch, sale), body.bytes());
    }

    /// Makes this desk the one that the snapshot was taken of.
    ///
    /// Errors:     partial_error if the bytes are damaged, of a desk of another configuration or of
    ///             other members. Whatever is thrown, nothing has changed.
    template <class TouchpointMembers, class ConversionMembers>
    void restore(std::string_view bytes, configuration const& how, TouchpointMembers const& touch,
                 ConversionMembers const& sale) {
        detail::byte_reader in{detail::unseal(describe(how, touch, sale), bytes)};
        live_desk fresh{now_->touchpoints, now_->conversions, model_, policy_, lateness_};
        fresh.horizon_ = detail::read<time_type>(in);
        if (!detail::is_on_time_line(fresh.horizon_))
            detail::byte_reader::refuse("the watermark is not a number");
        fresh.ended_ = detail::read<bool>(in);
        for (auto* count : {&fresh.counts_.touchpoints, &fresh.counts_.conversions,
                            &fresh.counts_.duplicates, &fresh.counts_.late_touchpoints,
                            &fresh.counts_.late_conversions, &fresh.counts_.without_key})
            *count = in.count();
        fresh.read_customer(in, nullptr, touch, sale);
        for (auto left = in.size(); left > 0; --left) {
            auto const key = detail::read<stored_key>(in);
            if (fresh.book_.find(probe_key(key)) != nullptr)
                detail::byte_reader::refuse("a customer is there twice");
            fresh.read_customer(in, &fresh.book_.add(probe_key(key)), touch, sale);
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
    using live_conversions = detail::live_conversions<Touchpoints, Conversions>;
    using live_touchpoints = detail::live_touchpoints<Touchpoints, Conversions>;
    using anchor_type = anchor<live_conversions, live_touchpoints>;
    using reach = detail::reach<Policy, time_type>;
    using conversion_id = typename Conversions::id_type;
    using probe_key =
        typename detail::common_key<detail::present_key<typename Conversions::key_type>,
                                    detail::present_key<typename Touchpoints::key_type>>::type;
    using stored_key = detail::stored_for<probe_key>;

    /// A conversion; its record is there as long as it waits for its credits.
    struct dated {
        time_type at;
        conversion_id id;
        std::optional<conversion_type> record;
    };
    struct customer_type {
        std::vector<touchpoint_type> touches;  // in the order (time, id)
        std::vector<dated> conversions;        // in the order (time, id)
    };
    using book_type = detail::customer_book<stored_key, probe_key, customer_type>;
    using node = typename book_type::node;

    /// When a conversion can be credited, as far as is known, and whose it is.
    struct deadline {
        time_type closes;
        time_type at;
        conversion_id id;
        node* owner;  // or nobody
    };
    struct sooner {
        bool operator()(deadline const& a, deadline const& b) const {
            return std::tie(a.closes, a.at, a.id) < std::tie(b.closes, b.at, b.id);
        }
    };

    [[nodiscard]] live_conversions conversions() const { return live_conversions{*now_}; }
    [[nodiscard]] live_touchpoints touchpoints() const { return live_touchpoints{*now_}; }

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
    void check_conversion(conversion_type const& record) const {
        check_time(now_->conversions.time(record));
        if (!has_finite_value(record))
            throw std::domain_error{"live: the value of a conversion is not a finite number"};
    }
    [[nodiscard]] bool has_finite_value(conversion_type const& record) const {
        if constexpr (std::floating_point<amount_type>)
            return detail::is_finite(static_cast<double>(now_->conversions.value(record)));
        else
            return true;
    }

    static arrival counted(arrival became, std::uint64_t& count) {
        ++count;
        return became;
    }

    /// The customer's key, or nothing if it is missing. Looks into the record.
    template <class Stream, class Record>
    static std::optional<probe_key> key_of(Stream const& stream, Record const& record) {
        decltype(auto) key = stream.key(record);
        static_assert(!std::same_as<probe_key, std::string_view> ||
                          std::is_lvalue_reference_v<decltype(key)> ||
                          std::same_as<std::remove_cvref_t<decltype(key)>, std::string_view>,
                      "attribution: live() needs text keys that are members of the record, not "
                      "text made on the fly");
        if constexpr (detail::may_be_empty<std::remove_cvref_t<decltype(key)>>)
            return key.has_value() ? std::optional<probe_key>{*key} : std::nullopt;
        else
            return std::optional<probe_key>{key};
    }

    template <class Stream, class Record>
    static std::size_t scatter(Stream const& stream, Record const& record) {
        static_assert(detail::hashes<probe_key>,
                      "attribution: sharded() needs keys that std::hash can hash");
        auto const key = key_of(stream, record);
        // Not the bits by which the desk itself files its customers.
        return key ? detail::scatter(detail::hash_of(*key)) >> 16 : 0;
    }

    [[nodiscard]] time_type time_of(conversion_type const& record) const {
        return time_type(now_->conversions.time(record));
    }
    [[nodiscard]] conversion_id id_of(conversion_type const& record) const {
        return conversion_id(now_->conversions.id(record));
    }

    [[nodiscard]] bool before(touchpoint_type const& a, touchpoint_type const& b) const {
        auto const& touches = now_->touchpoints;
        auto const one = touches.time(a);
        auto const other = touches.time(b);
        return one < other || (!(other < one) && touches.id(a) < touches.id(b));
    }
    /// Of the first touchpoint that is not before the record.
    [[nodiscard]] std::size_t place_of(std::vector<touchpoint_type> const& touches,
                                       touchpoint_type const& record) const {
        if (touches.empty() || before(touches.back(), record))
            return touches.size();
        return static_cast<std::size_t>(
            std::lower_bound(touches.begin(), touches.end(), record,
                             [&](auto const& a, auto const& b) { return before(a, b); }) -
            touches.begin());
    }
    [[nodiscard]] bool before(dated const& a, time_type at, conversion_id const& id) const {
        return a.at < at || (!(at < a.at) && a.id < id);
    }
    [[nodiscard]] std::size_t place_of(customer_type const& customer,
                                       conversion_type const& record) const {
        return place_of(customer, time_of(record), id_of(record));
    }
    [[nodiscard]] std::size_t place_of(customer_type const& customer, time_type at,
                                       conversion_id const& id) const {
        return static_cast<std::size_t>(
            std::lower_bound(customer.conversions.begin(), customer.conversions.end(), at,
                             [&](dated const& a, time_type const& t) { return before(a, t, id); }) -
            customer.conversions.begin());
    }
    [[nodiscard]] bool same(dated const& known, conversion_type const& record) const {
        auto const id = id_of(record);
        return known.at == time_of(record) && !(known.id < id) && !(id < known.id);
    }

    /// A touchpoint of that instant.
    [[nodiscard]] bool is_late(customer_type const* known, time_type at) const {
        if (ended_ || at < horizon_)
            return true;
        return AtOnce && known && !known->conversions.empty() &&
               !(known->conversions.back().at < at);
    }
    [[nodiscard]] bool is_late(customer_type const* known, conversion_type const& record,
                               std::size_t place) const {
        if (ended_ || time_of(record) < horizon_)
            return true;
        return AtOnce && known && known != &nobody_ && place < known->conversions.size();
    }

    /// Takes the conversion in, and credits it if that is to be done at once: as the last thing, so
    /// that no credit is given for a conversion that there was no room for.
    template <class Sink>
    void take(customer_type& customer, node* owner, std::size_t place, conversion_type& record,
              Sink& sink) {
        auto const at = time_of(record);
        auto const added = customer.conversions.insert(customer.conversions.begin() +
                                                           static_cast<std::ptrdiff_t>(place),
                                                       dated{at, id_of(record), std::nullopt});
        try {
            if constexpr (AtOnce) {
                std::optional<time_type> previous;
                if (owner && place > 0)
                    previous = customer.conversions[place - 1].at;
                decide(owner ? &customer : nullptr, record, previous, sink);
            } else {
                added->record.emplace(std::move(record));
                waiting_.insert(deadline{at, at, added->id, owner});
            }
        } catch (...) {
            customer.conversions.erase(added);
            throw;
        }
    }

    template <class Sink>
    void release(Sink& sink) {
        while (!waiting_.empty()) {
            auto const first = waiting_.begin();
            if (!ended_ && !(first->closes < horizon_))
                return;
            auto* const owner = first->owner;
            auto& customer = owner ? owner->second : nobody_;
            auto const place = place_of(customer, first->at, first->id);
            auto& one = customer.conversions[place];
            std::optional<time_type> previous;
            if (owner && place > 0)
                previous = customer.conversions[place - 1].at;
            // Before its time has come, nobody knows which conversion came before it.
            if constexpr (detail::decides_time<Policy>) {
                auto const window = window_of(customer, *one.record, previous);
                if (!window.empty() && first->closes < window.until) {
                    auto later = waiting_.extract(first);
                    later.value().closes = window.until;
                    waiting_.insert(std::move(later));
                    continue;
                }
            }
            decide(owner ? &customer : nullptr, *one.record, previous, sink);
            one.record.reset();
            waiting_.erase(first);
        }
    }

    void show(customer_type const* customer, conversion_type const& record) {
        now_->touches = customer ? std::span<touchpoint_type const>{customer->touches}
                                 : std::span<touchpoint_type const>{};
        now_->conversion = &record;
    }
    [[nodiscard]] interval<time_type> window_of(customer_type const& customer,
                                                conversion_type const& record,
                                                std::optional<time_type> const& previous) {
        show(&customer, record);
        auto const sales = conversions();
        auto const touches = touchpoints();
        return detail::search_window(policy_, anchor_type{sales, touches, 0, previous});
    }

    template <class Sink>
    void decide(customer_type const* customer, conversion_type const& record,
                std::optional<time_type> const& previous, Sink& sink) {
        using step_type = step<anchor_type>;
        show(customer, record);
        auto const sales = conversions();
        auto const touches = touchpoints();
        anchor_type const about{sales, touches, 0, previous};
        auto const window = detail::search_window(policy_, about);
        detail::live_times<live_touchpoints> const times{touches};
        eligible_.clear();
        if (!window.empty()) {
            auto const converted = times.not_after(about.at());
            auto const last = times.not_after(window.until);
            for (auto i = times.before(window.from); i < last; ++i) {
                detail::visit<time_type> const one{time_type(touches.time(i)), i,
                                                   i < converted ? converted - i : 0};
                if (detail::admits_within_window(policy_, step_type{about, one}))
                    eligible_.push_back(one);
            }
        }
        path<anchor_type> const steps{about, {eligible_.data(), eligible_.size()}, space_};
        credits_(steps, sales.value(0), model_, [&](credit_type const& earned) { sink(earned); });
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
                earliest = std::min(earliest, one.at);
                break;
            }
        if constexpr (!KeepsAll) {
            show_touches(customer);
            auto const touches = touchpoints();
            auto const gone =
                reach::begin(policy_, earliest, detail::live_times<live_touchpoints>{touches});
            if (gone != 0) {
                auto& all = customer.touches;
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
            while (gone < sales.size() && !sales[gone].record && sales[gone].at < floor)
                ++gone;
        } else {
            while (gone + 1 < sales.size() && !sales[gone].record && !sales[gone + 1].record &&
                   sales[gone + 1].at < horizon_)
                ++gone;
        }
        sales.erase(sales.begin(), sales.begin() + static_cast<std::ptrdiff_t>(gone));
        return customer.touches.empty() && sales.empty();
    }
    void show_touches(customer_type const& customer) { now_->touches = customer.touches; }

    template <class Stream, class Members, class Record>
    static void check_members(Stream const& stream, Members const& members, Record const& record) {
        detail::byte_writer out;
        members.write(out, record);
        detail::byte_reader in{out.bytes()};
        auto const copy = members.read(in);
        bool equal =
            stream.key(copy) == stream.key(record) && stream.time(copy) == stream.time(record) &&
            !(stream.id(copy) < stream.id(record)) && !(stream.id(record) < stream.id(copy));
        if constexpr (requires { stream.value(record); })
            equal = equal && stream.value(copy) == stream.value(record);
        if (!equal)
            throw std::invalid_argument{"live: members(...) of a snapshot must hold what the "
                                        "record's key, time, id and value are read from"};
    }

    template <class TouchpointMembers, class ConversionMembers>
    [[nodiscard]] detail::description describe(configuration how, TouchpointMembers const& touch,
                                               ConversionMembers const& sale) const {
        how.more.emplace_back("credits", AtOnce ? "at once" : "when settled");
        how.more.emplace_back("keeps", KeepsAll ? "everything" : "what the policy can reach");
        if constexpr (!std::same_as<Lateness, detail::no_lateness>)
            how.more.emplace_back("allowed lateness",
                                  std::to_string(detail::measure<Lateness>::count(lateness_)) +
                                      ", " + detail::form_name<Lateness>());
        return {"desk",
                "key " + detail::form_name<stored_key>() + ", time " +
                    detail::form_name<time_type>() + ", id " + detail::form_name<conversion_id>() +
                    ", touchpoints " + touch.name() + ", conversions " + sale.name(),
                how};
    }

    /// Reads a customer of a snapshot; of nobody, if there is no node.
    template <class TouchpointMembers, class ConversionMembers>
    void read_customer(detail::byte_reader& in, node* owner, TouchpointMembers const& touch,
                       ConversionMembers const& sale) {
        auto const require = [](bool holds) {
            if (!holds)
                detail::byte_reader::refuse("the records of a customer are not in order, or "
                                            "not the customer's");
        };
        auto const owned = [&](auto const& stream, auto const& record) {
            auto const key = key_of(stream, record);
            return owner ? key && *key == probe_key(owner->first) : !key;
        };
        auto& customer = owner ? owner->second : nobody_;
        for (auto left = in.size(); left > 0; --left) {
            auto record = touch.read(in);
            require(detail::is_on_time_line(now_->touchpoints.time(record)) && owner &&
                    owned(now_->touchpoints, record) &&
                    (customer.touches.empty() || before(customer.touches.back(), record)));
            customer.touches.push_back(std::move(record));
            ++counts_.held_touchpoints;
        }
        for (auto left = in.size(); left > 0; --left) {
            auto const at = detail::read<time_type>(in);
            auto id = detail::read<conversion_id>(in);
            require(detail::is_on_time_line(at) &&
                    (customer.conversions.empty() || before(customer.conversions.back(), at, id)));
            dated one{at, std::move(id), std::nullopt};
            if (detail::read<bool>(in)) {
                auto record = sale.read(in);
                require(!AtOnce && owned(now_->conversions, record) && same(one, record) &&
                        has_finite_value(record));
                waiting_.insert(deadline{at, at, one.id, owner});
                one.record.emplace(std::move(record));
            }
            customer.conversions.push_back(std::move(one));
        }
    }

    [[no_unique_address]] Model model_;
    [[no_unique_address]] Policy policy_;
    [[no_unique_address]] Lateness lateness_;
    std::unique_ptr<detail::present<Touchpoints, Conversions>> now_;
    book_type book_;
    customer_type nobody_;          // conversions without key
    std::size_t nobodys_kept_ = 0;  // of these, when they were last tidied
    std::multiset<deadline, sooner> waiting_;
    time_type horizon_ = detail::first_instant<time_type>();
    bool ended_ = false;
    live_counts counts_;
    detail::crediting<amount_type> credits_;
    detail::workspace<time_type> space_;
    std::vector<detail::visit<time_type>> eligible_;
};

/// Attributes touchpoints and conversions as they come, with the models, policies and sinks of
/// `attribute`, to the same credits.
///
/// Shape:      `touchpoint_stream<...>(...)`, `conversion_stream<...>(...)`, a model, a policy, and
///             options: `allowed_lateness(length)`, `at_once`, `keep_everything`.
/// Returns:    a desk: `touch(t)`, `convert(c, sink)`, `advance(watermark, sink)`, `finish(sink)`.
/// Same bytes: credits are those of `attribute` over the accepted records, the rows in the order of
///             ids, whatever the order in which they came.
/// Waiting:    a conversion is credited when (watermark - allowed lateness) has passed it and, if
///             the policy looks at what comes after the conversion, its window: then nothing can
///             change it. With `at_once`, when it comes.
/// Memory:     touchpoints that neither a waiting conversion nor one to come can reach, by the
///             policy's expression, are forgotten as records come. Policies that reach back without
///             end (`always`, `where(...)`, `!lookback(...)`, `since_previous_conversion`) need
///             `&& lookback(...)`, `&& maximum_age(...)` or `&& last_touches(k)` beside them, or
///             `keep_everything`. A policy of your own may say how far it reaches with a member
///             `earliest(at)`: no conversion at `at` or later admits touchpoints before that.
/// Edges:      the id of a credited conversion is known again as long as touchpoints of its time
///             would be kept (with last_touches alone: until the horizon passes it); after that it
///             is late. `about().previous()` is empty if the previous conversion lies before the
///             policy's reach; no policy of the library can tell the difference.
/// Errors:     a static_assert says what cannot flow, and what to do.
/// Example:    examples/recipes/as_it_happens.cpp
template <class Touchpoints, class Conversions, class Model, class Policy, class... Options>
[[nodiscard]] auto live(Touchpoints touchpoints, Conversions conversions, Model m, Policy p,
                        Options... options) {
    static_assert(detail::is_touchpoint_stream<Touchpoints>,
                  "attribution: the first argument of live() must be made by "
                  "touchpoint_stream<record>(key, time, id)");
    static_assert(detail::is_conversion_stream<Conversions>,
                  "attribution: the second argument of live() must be made by "
                  "conversion_stream<record>(key, time, id, value)");
    static_assert((detail::is_live_option<Options> && ...),
                  "attribution: live() takes the options allowed_lateness(length), at_once and "
                  "keep_everything");
    static_assert(same_time_line<typename Conversions::time_type, typename Touchpoints::time_type>,
                  "attribution: the times of conversions and touchpoints are not on one time line; "
                  "convert one of them in its projection");
    static_assert(policy<Policy>, "attribution: this is not a policy; wrap a predicate of a "
                                  "touchpoint in where(...)");
    using time =
        std::common_type_t<typename Conversions::time_type, typename Touchpoints::time_type>;
    constexpr bool everything = (std::same_as<Options, keep_everything_fn> || ...);
    constexpr bool immediately = (std::same_as<Options, at_once_fn> || ...);
    static_assert(!detail::names_rows<Policy>,
                  "attribution: without_duplicates(...) is made for the rows of one range and says "
                  "nothing about a stream; live() already takes every id once");
    static_assert(everything || detail::reach<Policy, time>::ends,
                  "attribution: this policy can reach back to any touchpoint, so that live() could "
                  "never forget one; add how far it reaches (policy && lookback(length), && "
                  "maximum_age(length), && last_touches(k)), or pass keep_everything");
    static_assert(everything || !detail::decides_time<Policy> || detail::closes<Policy, time>,
                  "attribution: this policy's window never ends, so that live() could never credit "
                  "a conversion; give it an end, or pass keep_everything and call finish()");
    static_assert(!immediately || !detail::decides_time<Policy>,
                  "attribution: this policy looks at what comes after a conversion, which cannot "
                  "be known at once; leave out at_once");
    auto const late = detail::lateness_among(options...);
    using length = std::remove_const_t<decltype(late)>;
    if constexpr (!std::same_as<length, detail::no_lateness>)
        static_assert(detail::length_on<length, time>,
                      "attribution: allowed_lateness() needs a std::chrono duration for time "
                      "points, a number for times that are numbers");
    return live_desk<Touchpoints, Conversions, Model, Policy, length, immediately, everything>{
        std::move(touchpoints), std::move(conversions), std::move(m), std::move(p), late};
}

}  // namespace attribution
