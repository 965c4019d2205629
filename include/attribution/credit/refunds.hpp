// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/amount/allocate.hpp>
#include <attribution/concepts.hpp>
#include <attribution/credit/credit.hpp>
#include <attribution/credit/ledger.hpp>
#include <attribution/credit/stored_credits.hpp>
#include <attribution/credit/tally.hpp>
#include <attribution/engine/values/group_value.hpp>
#include <attribution/engine/values/interner.hpp>
#include <attribution/engine/values/optional_value.hpp>
#include <attribution/engine/values/project.hpp>
#include <attribution/engine/values/record_keys.hpp>
#include <attribution/engine/values/time_line.hpp>
#include <attribution/numeric/float_bits.hpp>
#include <attribution/numeric/wide_integer.hpp>
#include <attribution/records/records.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution {

/// What refunds took back. Made by `take_back`.
template <amount Amount>
struct taken_credits {
    using credit_type = credit<Amount>;

    /// What the refunds took back, in the order in which they happened; rows are those of what the
    /// sale gave. `refund[i]` is the refund's row of `credits[i]`.
    std::vector<credit_type> credits;
    std::vector<std::size_t> refund;

    /// Refunds of a sale that is not there, by row: nothing was taken back. Let them stand alone as
    /// conversions of negative value, or mend the data.
    std::vector<std::size_t> unmatched;

    /// Refunds of more than what their sale had left, by row: the excess is an unattributed credit.
    std::vector<std::size_t> excessive;
};

/// The same for the sales of a ledger.
template <class Ledger>
struct taken_back : taken_credits<typename Ledger::amount_type> {
    /// The sales' credits and, after each sale's, what its refunds took back: net per touchpoint.
    Ledger net;
};

namespace detail {

/// The multiple of 2^exponent nearest to a finite value of at least 0.
inline double nearest_multiple(double value, int exponent) {
    auto const parts = take_apart(value);
    int const shift = exponent - parts.exponent;
    if (shift <= 0)
        return value;
    if (shift > 54)
        return 0;
    auto const rounded = (parts.mantissa + (std::uint64_t{1} << (shift - 1))) >> shift;
    return std::ldexp(static_cast<double>(rounded), exponent);
}

/// What sales have left to give back, touchpoint by touchpoint; only of those that are refunded.
///
/// Parts of floating amounts and of shares are whole multiples of the last digit of what was given,
/// so that subtracting them is exact, in any order: what was given less all that was taken back is
/// exactly what is left. All that is left can so be seen from the credits.
template <amount Amount>
class sale_book {
    static constexpr bool real = std::floating_point<Amount>;
    using units = units_of<Amount>;
    using unit_type = typename units::type;
    using number = std::conditional_t<real, double, int128>;

    struct line {
        std::size_t row;
        number given{};  // by the sale alone
        number left{};
        double share_given = 0;
        double share_left = 0;
    };
    struct sale {
        bool refunded = false;
        number given{};
        std::vector<std::size_t> lines;
    };

  public:
    static number count(Amount const& whole) { return number{units::count(whole)}; }

    explicit sale_book(std::size_t sales) : sales_(sales) {}

    void expect_refunds(std::size_t of) { sales_[of].refunded = true; }
    [[nodiscard]] bool expects_refunds(std::size_t of) const { return sales_[of].refunded; }

    /// Adds the credit in `row`, from that sale to the touchpoint of that number.
    void add(std::size_t of, std::size_t touchpoint, std::size_t row, Amount const& whole,
             double share) {
        if (!is_finite_amount(whole) || !is_share(share))
            throw std::domain_error{"take_back: the credit in row " + std::to_string(row) +
                                    " has an amount that is not a finite number, or a share that "
                                    "is not in [-1, 1]"};
        auto& from = sales_[of];
        auto const place = places_({of, touchpoint});
        if (place == lines_.size()) {
            lines_.push_back({touchpoint == no_row ? no_row : row});
            from.lines.push_back(place);
        }
        auto& to = lines_[place];
        auto const amount = count(whole);
        if (share > 0) {
            from.given = bounded(from.given + amount);
            to.given = bounded(to.given + amount);
            to.share_given += share;
        }
        to.left = bounded(to.left + amount);
        to.share_left += share;
        if (to.share_given > 1 + 1e-9)
            throw std::invalid_argument{
                "take_back: with the credit in row " + std::to_string(row) +
                ", a touchpoint has more than the whole of its sale; are credits there twice?"};
    }

    /// Calls `give(row of the touchpoint's first credit, amount, share)` for all that a refund takes
    /// back; returns whether it was more than there was.
    template <class Give>
    bool take(std::size_t of, Amount const& refund, std::size_t refund_row, Give give) {
        auto const& from = sales_[of];
        auto const value = count(refund);
        if (value == 0)
            return false;
        bool const negative = value < 0;
        if (negative == (from.given < 0))
            throw std::invalid_argument{"take_back: the refund in row " +
                                        std::to_string(refund_row) +
                                        " has the sign of its sale; a refund of a positive sale is "
                                        "negative"};
        auto const wanted = negative ? -value : value;
        number all{};
        for (auto const i : from.lines)
            all = bounded(all + left(lines_[i], negative));
        auto const rounding = rounding_of_sale(from.given);
        bool const everything = all <= wanted || all - wanted <= rounding;
        auto const fraction =
            everything ? 1.0 : static_cast<double>(wanted) / static_cast<double>(all);
        if (all > 0) {
            split(from, wanted, negative, everything, fraction);
            for (std::size_t i = 0; i < from.lines.size(); ++i) {
                auto& one = lines_[from.lines[i]];
                auto const share = share_part(one, everything, fraction);
                one.left += negative ? -parts_[i] : parts_[i];
                one.share_left -= share;
                if (parts_[i] != 0 || share != 0)
                    give(one.row, made(parts_[i], negative), 0 - std::min(share, 1.0));
            }
        }
        if (!everything || wanted - all <= rounding)
            return false;
        give(no_row, made(wanted - all, negative), 0.0);
        return true;
    }

  private:
    /// The sum of parts may be rounded up beyond the whole.
    static number bounded(number sum) {
        if constexpr (real)
            return std::clamp(sum, -std::numeric_limits<double>::max(),
                              std::numeric_limits<double>::max());
        else
            return sum;
    }

    static number rounding_of_sale(number given) {
        if constexpr (real)
            return rounding_of<Amount>(given < 0 ? -given : given);
        else
            return 0;
    }

    /// What there is left for refunds of that sign, at least 0.
    static number left(line const& one, bool negative) {
        return std::max(number{}, negative ? one.left : -one.left);
    }

    static Amount made(number magnitude, bool negative) {
        if constexpr (real) {
            auto const most = double{std::numeric_limits<Amount>::max()};
            auto const part = static_cast<Amount>(std::min(magnitude, most));
            return negative ? 0 - part : part;
        } else {
            return units::make(static_cast<unit_type>(negative ? -magnitude : magnitude));
        }
    }

    /// Into parts_: the magnitudes of what every line gives back.
    void split(sale const& from, number wanted, bool negative, bool everything, double fraction) {
        parts_.clear();
        for (auto const i : from.lines)
            parts_.push_back(left(lines_[i], negative));
        if (everything)
            return;
        if constexpr (real) {
            for (std::size_t i = 0; i < parts_.size(); ++i)
                parts_[i] =
                    std::min(parts_[i], nearest_multiple(parts_[i] * fraction,
                                                         last_digit(lines_[from.lines[i]].given)));
        } else {
            weights_.clear();
            for (auto const& part : parts_) {
                if (!representable<std::uint64_t>(part))
                    throw std::overflow_error{"take_back: the credits of a refunded sale do not "
                                              "fit into the amount's type"};
                weights_.push_back(static_cast<std::uint64_t>(part));
            }
            splitter_.weigh_units(weights_);
            std::vector<unit_type> taken(parts_.size(), unit_type{});
            splitter_.split(static_cast<unit_type>(negative ? -wanted : wanted), std::span{taken});
            for (std::size_t i = 0; i < parts_.size(); ++i)
                parts_[i] = negative ? -int128{taken[i]} : int128{taken[i]};
        }
    }

    static double share_part(line const& one, bool everything, double fraction) {
        auto const share = std::max(one.share_left, 0.0);
        if (everything)
            return share;
        auto const finest = std::max(take_apart(one.share_given).exponent, -62);  // as in a tally
        return std::min(share, nearest_multiple(share * fraction, finest));
    }

    /// The exponent of the last binary digit that the type keeps of such an amount.
    static int last_digit(double amount) {
        using limits = std::numeric_limits<Amount>;
        return std::max(take_apart(amount).exponent + 53 - limits::digits,
                        limits::min_exponent - limits::digits);
    }

    std::vector<sale> sales_;
    std::vector<line> lines_;
    interner<std::array<std::size_t, 2>> places_;
    std::vector<number> parts_;
    std::vector<std::uint64_t> weights_;
    splitter splitter_;
};

/// Numbers the ids of sales as they meet those of refunds.
template <class Id, class Refunds>
class sale_ids {
    using common =
        typename common_key<value_type_in<Id>, value_type_in<typename Refunds::key_type>>::type;

  public:
    static constexpr std::size_t none = no_row;

    /// The number of the sale, a new one if it has none yet; none if the id is missing.
    std::size_t operator()(Id const& id) {
        return is_missing(id) ? none : numbers_(probe(value_in(id)));
    }
    [[nodiscard]] std::size_t of_refund(Refunds const& refunds, std::size_t row) const {
        return with_key<common>(refunds, row, none,
                                [&](common const& id) { return numbers_.find(probe(id)); });
    }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

  private:
    using probe = probe_for<common>;
    interner<stored_for<common>, probe> numbers_;
};

template <class Refunds, class Amount>
constexpr void check_refunds() {
    static_assert(is_conversion_records<Refunds>,
                  "attribution: take_back() needs refunds as conversions(log, &refund::order_id, "
                  "&refund::at, &refund::value), whose key is the id of the sale");
    if constexpr (is_conversion_records<Refunds>)
        static_assert(std::is_same_v<typename Refunds::value_type, Amount>,
                      "attribution: refunds and sales must have one type of value");
    static_assert(std::is_signed_v<typename units_of<Amount>::type>,
                  "attribution: refunds are negative, so the amount must be signed");
}

/// The sale of every refund, by row.
template <class Ids, class Refunds>
std::vector<std::size_t> sales_of(Ids const& ids, Refunds const& refunds) {
    std::vector<std::size_t> sales;
    sales.reserve(refunds.size());
    for (std::size_t row = 0; row < refunds.size(); ++row)
        sales.push_back(ids.of_refund(refunds, row));
    return sales;
}

/// The rows of refunds as they happened.
template <class Refunds>
std::vector<std::size_t> by_time(Refunds const& refunds) {
    using time = typename Refunds::time_type;
    std::vector<std::pair<time, std::size_t>> order;
    order.reserve(refunds.size());
    for (std::size_t row = 0; row < refunds.size(); ++row)
        order.emplace_back(
            on_time_line(refunds.time(row), "take_back: the time of the refund in row ", row), row);
    std::sort(order.begin(), order.end());
    std::vector<std::size_t> rows;
    rows.reserve(order.size());
    for (auto const& [at, row] : order)
        rows.push_back(row);
    return rows;
}

/// Applies all refunds, and calls `applied(sale, value)` for each that has a sale.
template <amount Amount, class Refunds, class Applied>
void take_all(sale_book<Amount>& book, Refunds const& refunds,
              std::vector<std::size_t> const& sale_of, std::vector<std::size_t> const& row_of_sale,
              taken_credits<Amount>& result, Applied applied) {
    for (auto const row : detail::by_time(refunds)) {
        auto const sale = sale_of[row];
        if (sale == no_row) {
            result.unmatched.push_back(row);
            continue;
        }
        auto const value = refunds.value(row);
        if (!is_finite_amount(value))
            throw std::domain_error{"take_back: the value of the refund in row " +
                                    std::to_string(row) + " is not a finite number"};
        bool const excessive =
            book.take(sale, value, row, [&](std::size_t touchpoint, Amount part, double share) {
                result.credits.push_back({row_of_sale[sale], touchpoint, part, share});
                result.refund.push_back(row);
            });
        if (excessive)
            result.excessive.push_back(row);
        applied(row_of_sale[sale], value);
    }
}

}  // namespace detail

/// Takes back from each touchpoint what it earned from a sale that is refunded.
///
/// Shape:      `refunds` are conversions whose *key is the sale's id*: `conversions(log,
///             &refund::order_id, &refund::at, &refund::cents)`; `id` is the projection of a sale
///             to it. A full refund takes back every credit of the sale, touch by touch; a partial
///             one is split in proportion to what is left of them, so that several partial ones
///             that add up to the sale take back all of it exactly.
/// Units:      a refund's value has the opposite sign of its sale's.
/// Edges:      Refunds are applied in the order (time, row). The share of what is taken back is
///             negative, and the same fraction of the touchpoint's share as the refund is of what
///             is left of the sale. So a tally shows 0 conversions after a full refund, 0.6 after
///             one of 40%, and never less than 0.
///             A refund beyond what is left takes all that is left, and the excess becomes an
///             unattributed credit of share 0: nothing is clipped. 500 back on a sale of 100 is 0
///             conversions, -400 unattributed. A refund of a sale worth 0 (goodwill) is all excess:
///             the sale stays one conversion. A refund of 0 takes nothing.
///             A missing id, an empty std::optional or a NaN, is nobody's: such a refund is
///             unmatched, such a sale is never refunded. Ids of two types are equal where they are
///             exactly equal.
///             Floating amounts: parts are rounded once to the last digit of the touchpoint's own
///             amount; a refund that leaves less than the rounding of its sale (10^-12 of it) is a
///             full one, and a full one takes back exactly what was given.
///             `result.net` is a ledger: it reconciles, and more refunds can be taken back from it.
/// Errors:     std::invalid_argument if two sales have one id, or a refund has the sign of its sale
///             (or is positive, and its sale is worth 0); std::domain_error, naming the row, if a
///             refund's time is a NaN or its value is not finite.
/// Complexity: O(r log r) for the refunds, O(n) per refund for its sale's n credits.
/// Example:    examples/recipes/refunds.cpp
template <class Conversions, class Touchpoints, amount Amount, class Refunds, class Id>
[[nodiscard]] auto take_back(ledger<Conversions, Touchpoints, Amount> const& sales,
                             Refunds const& refunds, Id id) {
    using ledger_type = ledger<Conversions, Touchpoints, Amount>;
    detail::check_refunds<Refunds, Amount>();
    static_assert(std::is_invocable_v<Id const&, typename Conversions::reference>,
                  "attribution: the third argument of take_back() must read the id off a sale: a "
                  "pointer to member or a callable");
    using id_type =
        std::remove_cvref_t<std::invoke_result_t<Id const&, typename Conversions::reference>>;

    auto const& conversions = sales.conversions();
    detail::sale_ids<id_type, Refunds> ids;
    std::vector<std::size_t> sale_of(conversions.size(), no_row);
    std::vector<std::size_t> row_of_sale;
    for (std::size_t row = 0; row < conversions.size(); ++row) {
        auto const sale = sale_of[row] = ids(detail::project(id, conversions[row]));
        if (sale == row_of_sale.size())
            row_of_sale.push_back(row);
        else if (sale != no_row)
            throw std::invalid_argument{"take_back: the sale in row " + std::to_string(row) +
                                        " has the id of an earlier one; which is refunded?"};
    }

    auto const refunded = detail::sales_of(ids, refunds);
    detail::sale_book<Amount> book{ids.size()};
    for (auto const sale : refunded)
        if (sale != no_row)
            book.expect_refunds(sale);
    for (auto const& one : sales) {
        if (one.conversion >= conversions.size())
            throw std::invalid_argument{"take_back: a credit names conversion row " +
                                        std::to_string(one.conversion) + ", which does not exist"};
        auto const sale = sale_of[one.conversion];
        if (sale != no_row && book.expects_refunds(sale))
            book.add(sale, one.touchpoint, one.touchpoint, one.amount, one.share);
    }

    auto changes = sales.changes();
    taken_credits<Amount> taken;
    detail::take_all(book, refunds, refunded, row_of_sale, taken,
                     [&](std::size_t row, Amount const& value) {
                         changes.push_back({row, value});
                     });
    std::vector<credit<Amount>> net(sales.begin(), sales.end());
    net.insert(net.end(), taken.credits.begin(), taken.credits.end());
    std::stable_sort(net.begin(), net.end(),
                     [](auto const& a, auto const& b) { return a.conversion < b.conversion; });
    return taken_back<ledger_type>{
        std::move(taken),
        ledger_type{conversions, sales.touchpoints(), std::move(net), std::move(changes)}};
}

/// Takes back from credits that were kept, months after their sales are gone from memory.
///
/// Shape:      as above; `credits` are all that were kept of the sales that are refunded, what
///             earlier refunds took back included. In what comes back, `conversion` is the row of
///             the sale's first kept credit, and `touchpoint` that of the touchpoint's first one
///             of that sale. Keep these beside the others: the next refunds need them.
/// Edges:      as above, and the same credits as if all refunds had been taken back at once in the
///             order in which they were. A sale's own credits are those with a share above 0.
/// Errors:     as above; std::domain_error if a credit of a refunded sale has an amount that is not
///             finite, or a share outside of [-1, 1]; std::invalid_argument if a touchpoint has more
///             than its whole sale, as when credits are there twice.
/// Complexity: O(n) for n kept credits, and as above.
/// Example:    examples/recipes/refunds_months_later.cpp
template <class Range, class Sale, class Touchpoint, class Value, class Share, class Refunds>
[[nodiscard]] auto
take_back(stored_credit_records<Range, Sale, Touchpoint, Value, Share> const& credits,
          Refunds const& refunds) {
    using records_type = stored_credit_records<Range, Sale, Touchpoint, Value, Share>;
    using amount_type = typename records_type::amount_type;
    using touchpoint_id = detail::value_type_in<typename records_type::touchpoint_type>;
    detail::check_refunds<Refunds, amount_type>();

    detail::sale_ids<typename records_type::sale_type, Refunds> ids;
    std::vector<std::size_t> sale_of;
    sale_of.reserve(credits.size());
    std::vector<std::size_t> row_of_sale;
    for (std::size_t row = 0; row < credits.size(); ++row) {
        sale_of.push_back(ids(credits.sale(row)));
        if (sale_of[row] == row_of_sale.size())
            row_of_sale.push_back(row);
    }

    auto const refunded = detail::sales_of(ids, refunds);
    detail::sale_book<amount_type> book{ids.size()};
    for (auto const sale : refunded)
        if (sale != no_row)
            book.expect_refunds(sale);
    using probe = detail::probe_for<touchpoint_id>;
    detail::interner<detail::stored_for<touchpoint_id>, probe> touchpoints;
    for (std::size_t row = 0; row < credits.size(); ++row) {
        if (sale_of[row] == no_row || !book.expects_refunds(sale_of[row]))
            continue;
        decltype(auto) touchpoint = credits.touchpoint(row);
        auto const number = detail::is_missing(touchpoint)
                                ? no_row
                                : touchpoints(probe(detail::value_in(touchpoint)));
        book.add(sale_of[row], number, row, credits.amount(row), credits.share(row));
    }

    taken_credits<amount_type> taken;
    detail::take_all(book, refunds, refunded, row_of_sale, taken,
                     [](std::size_t, amount_type const&) {});
    return taken;
}

}  // namespace attribution
