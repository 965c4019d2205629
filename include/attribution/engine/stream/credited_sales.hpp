// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/stream/held_records.hpp>
#include <attribution/engine/wire/bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// A conversion that was credited, and the places of the touchpoints that it was credited to,
/// ascending.
template <class Record>
struct credited_sale {
    std::shared_ptr<Record const> record;
    std::vector<std::size_t> touchpoints;
};

/// The conversions that one customer's touchpoints have been credited with, in the order of time. No
/// touchpoint comes before one that has been credited, so that the places stay.
template <class Record>
class credited_sales {
  public:
    /// How many of those that were credited to a touchpoint satisfy a predicate.
    template <class Step, class Predicate>
    [[nodiscard]] std::size_t count(Step const& s, Predicate const& alike) const {
        return static_cast<std::size_t>(
            std::count_if(all_.begin(), all_.end(), [&](credited_sale<Record> const& one) {
                return std::binary_search(one.touchpoints.begin(), one.touchpoints.end(),
                                          s.row()) &&
                       alike(*one.record);
            }));
    }

    /// Makes room for one more, so that `add` does not throw.
    void make_room() {
        if (all_.size() == all_.capacity())
            all_.reserve(2 * all_.size() + 1);
    }
    void add(credited_sale<Record> one) noexcept {
        if (!one.touchpoints.empty())
            all_.push_back(std::move(one));
    }

    /// The first so many touchpoints are gone.
    void forget(std::size_t touchpoints) noexcept {
        for (auto& one : all_) {
            auto const gone =
                std::lower_bound(one.touchpoints.begin(), one.touchpoints.end(), touchpoints);
            one.touchpoints.erase(one.touchpoints.begin(), gone);
            for (auto& place : one.touchpoints)
                place -= touchpoints;
        }
        std::erase_if(all_, [](auto const& one) { return one.touchpoints.empty(); });
    }

    template <class Members>
    void write(byte_writer& out, Members const& members) const {
        out.count(all_.size());
        for (auto const& one : all_) {
            members.write(out, *one.record);
            out.count(one.touchpoints.size());
            for (auto const place : one.touchpoints)
                out.count(place);
        }
    }
    /// Errors:     partial_error if a place is not one of so many touchpoints, or out of order.
    template <class Members>
    [[nodiscard]] static credited_sales read(byte_reader& in, Members const& members,
                                             std::size_t touchpoints) {
        credited_sales sales;
        for (auto left = in.size(); left > 0; --left) {
            credited_sale<Record> one{std::make_shared<Record const>(members.read(in)), {}};
            for (auto places = in.size(); places > 0; --places) {
                auto const place = in.count();
                if (place >= touchpoints ||
                    (!one.touchpoints.empty() && place <= one.touchpoints.back()))
                    byte_reader::refuse("a conversion was credited to touchpoints that are not "
                                        "there, or not in order");
                one.touchpoints.push_back(static_cast<std::size_t>(place));
            }
            if (one.touchpoints.empty())
                byte_reader::refuse("a credited conversion has no touchpoint");
            sales.all_.push_back(std::move(one));
        }
        return sales;
    }

  private:
    std::vector<credited_sale<Record>> all_;
};

/// What a desk holds of one customer; `Remembers` what was credited, or not.
template <class Touchpoints, class Conversions, bool Remembers>
struct held_customer : held_records<Touchpoints, Conversions> {
    static constexpr bool remembers = Remembers;
    struct nothing {};
    using credited_type =
        std::conditional_t<Remembers, credited_sales<typename Conversions::record_type>, nothing>;

    [[no_unique_address]] credited_type credited_before = {};
};

}  // namespace attribution::detail
