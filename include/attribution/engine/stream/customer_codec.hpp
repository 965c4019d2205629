// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/counting.hpp>
#include <attribution/engine/stream/held_records.hpp>
#include <attribution/engine/stream/stream_ids.hpp>
#include <attribution/engine/stream/stream_keys.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/engine/wire/bytes.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace attribution::inline v0_1::detail {

/// Is the value of a conversion a number that can be split?
template <class Conversions>
[[nodiscard]] bool has_finite_value(Conversions const& stream,
                                    typename Conversions::reference record) {
    if constexpr (std::floating_point<typename Conversions::value_type>)
        return is_finite(static_cast<double>(stream.value(record)));
    else
        return true;
}

/// Writes and reads what a desk holds of a customer; the records as `members(...)` says.
template <class Touchpoints, class Conversions, class TouchpointMembers, class ConversionMembers>
class customer_codec {
  public:
    using customer_type = held_records<Touchpoints, Conversions>;
    using keys = stream_keys<Touchpoints, Conversions>;
    using key_type = std::optional<typename keys::probe>;
    using time_type = typename customer_type::time_type;
    using id_type = typename Conversions::id_type;
    static constexpr bool may_lie_beyond =
        !std::same_as<typename customer_type::beyond, std::monostate>;

    customer_codec(Touchpoints const& touchpoints, Conversions const& conversions,
                   TouchpointMembers const& touch, ConversionMembers const& sale)
        : touchpoints_{touchpoints}, conversions_{conversions}, touch_{touch}, sale_{sale} {}

    /// What the bytes hold, for people.
    [[nodiscard]] std::string name() const {
        return "key " + form_name<typename keys::stored>() + ", time " + form_name<time_type>() +
               ", id " + form_name<id_type>() + ", touchpoints " + TouchpointMembers::name() +
               ", conversions " + ConversionMembers::name() + rules();
    }

    /// All but what is spare.
    ///
    /// Errors:     std::invalid_argument if a record would be read back as a different one.
    void write(byte_writer& out, customer_type const& customer, spare_records spare = {}) const {
        auto const touches = std::span{customer.touchpoints}.subspan(spare.touchpoints);
        out.count(touches.size());
        for (auto const& one : touches)
            write_record(out, touchpoints_, touch_, one);
        auto const sales = std::span{customer.conversions}.subspan(spare.conversions);
        out.count(sales.size());
        for (auto const& one : sales) {
            detail::write(out, one.when.at);
            if constexpr (may_lie_beyond)
                detail::write(out, one.when.own);
            detail::write(out, one.when.id);
            if constexpr (counts_some<Conversions>)
                out.count(static_cast<std::uint64_t>(one.verdict));
            detail::write(out, one.record.has_value());
            if (one.record)
                write_record(out, conversions_, sale_, *one.record);
        }
    }

    /// The customer with that key. Without a key there are only conversions.
    ///
    /// Errors:     partial_error if records are not in order, have another key, or hold times or
    ///             values that are not numbers.
    [[nodiscard]] customer_type read(byte_reader& in, key_type const& key) const {
        auto const require = [](bool holds) {
            if (!holds)
                byte_reader::refuse("the records of a customer are not in order, or not the "
                                    "customer's");
        };
        customer_type customer;
        auto& touches = customer.touchpoints;
        for (auto left = in.size(); left > 0; --left) {
            auto record = touch_.read(in);
            require(is_on_time_line(touchpoints_.time(record)) &&
                    is_met([&] { (void)times::of_touchpoint(touchpoints_.time(record)); }) && key &&
                    (touches.empty() || may_follow(touches.back(), record)));
            touches.push_back(std::move(record));
        }
        auto& sales = customer.conversions;
        for (auto left = in.size(); left > 0; --left) {
            auto const at = detail::read<time_type>(in);
            typename customer_type::beyond own{};
            if constexpr (may_lie_beyond)
                own = detail::read<typename customer_type::beyond>(in);
            typename customer_type::conversion one{
                {.at = at, .id = detail::read<id_type>(in), .own = own}, std::nullopt};
            if (is_missing(one.when.id))
                customer.number(one.when, sales.size());
            require(is_on_time_line(at) && (sales.empty() || sales.back().when < one.when));
            if constexpr (counts_some<Conversions>) {
                auto const verdict = in.count();
                require(verdict <= static_cast<std::uint64_t>(decision::does_not_count));
                one.verdict = static_cast<decision>(verdict);
            }
            if (detail::read<bool>(in)) {
                one.record.emplace(sale_.read(in));
                require(
                    is_met([&] { (void)times::of_conversion(conversions_.time(*one.record)); }));
                auto const when = customer_type::stamp_of(conversions_, *one.record);
                require((key || !keys::of(conversions_, *one.record)) && !when.precedes(one.when) &&
                        !one.when.precedes(when) && has_finite_value(conversions_, *one.record));
            }
            sales.push_back(std::move(one));
        }
        return customer;
    }

    /// Errors:     partial_error if `is_own(key)` is false for the key of one of the records.
    template <class IsOwn>
    void check_keys(customer_type const& customer, IsOwn is_own) const {
        bool all = true;
        for (auto const& one : customer.touchpoints)
            all = all && is_own(keys::of(touchpoints_, one));
        for (auto const& one : customer.conversions)
            all = all && (!one.record || is_own(keys::of(conversions_, *one.record)));
        if (!all)
            byte_reader::refuse("the records of a customer are not the customer's");
    }

    /// What else is remembered of a customer: what counted, and what was credited. The first
    /// touchpoints are spare.
    template <class Customer>
    void write_memory(byte_writer& out, Customer const& customer, spare_records spare,
                      time_type const& horizon) const {
        if constexpr (counts_some<Conversions>)
            counting<Conversions>::write(
                out, conversions_, counting<Conversions>::needed(conversions_, customer, horizon));
        if constexpr (Customer::remembers) {
            auto before = customer.credited_before;
            before.forget(spare.touchpoints);
            before.write(out, sale_);
        }
    }
    template <class Customer>
    void read_memory(byte_reader& in, Customer& customer) const {
        if constexpr (counts_some<Conversions>)
            customer.counted = counting<Conversions>::read(in, conversions_);
        if constexpr (Customer::remembers)
            customer.credited_before =
                Customer::credited_type::read(in, sale_, customer.touchpoints.size());
    }
    /// Of a customer without touchpoints.
    template <class Customer>
    [[nodiscard]] bool needs_no_memory(Customer const& customer, time_type const& horizon) const {
        if constexpr (counts_some<Conversions>)
            return counting<Conversions>::needed(conversions_, customer, horizon).empty();
        else
            return true;
    }

  private:
    [[nodiscard]] std::string rules() const {
        if constexpr (counts_some<Conversions>)
            return ", counted by " + counting<Conversions>::name(conversions_);
        else
            return {};
    }
    using times = typename customer_type::times;

    /// Can an instant be told from those outside of the common clock? A desk takes no others.
    template <class Meet>
    [[nodiscard]] static bool is_met(Meet meet) {
        try {
            meet();
            return true;
        } catch (std::domain_error const&) {
            return false;
        }
    }
    /// Records without an id may share an instant.
    [[nodiscard]] bool may_follow(typename Touchpoints::reference a,
                                  typename Touchpoints::reference b) const {
        return customer_type::before(touchpoints_, a, b) ||
               (is_missing(touchpoints_.id(b)) && !customer_type::before(touchpoints_, b, a));
    }
    template <class Stream, class Members>
    static void write_record(byte_writer& out, Stream const& stream, Members const& members,
                             typename Stream::reference record) {
        byte_writer bytes;
        members.write(bytes, record);
        byte_reader in{bytes.bytes()};
        auto const copy = members.read(in);
        bool equal = keys::of(stream, copy) == keys::of(stream, record) &&
                     stream.time(copy) == stream.time(record) &&
                     same_id_or_none(stream.id(copy), stream.id(record));
        if constexpr (requires { stream.value(record); })
            equal = equal && stream.value(copy) == stream.value(record);
        if (!equal)
            throw std::invalid_argument{"live: members(...) of a snapshot must hold what the "
                                        "record's key, time, id and value are read from"};
        out.raw(bytes.bytes());
    }

    Touchpoints const& touchpoints_;
    Conversions const& conversions_;
    TouchpointMembers const& touch_;
    ConversionMembers const& sale_;
};

}  // namespace attribution::detail
