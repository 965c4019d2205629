// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/concepts.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/model_card.hpp>
#include <attribution/model/over.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace attribution::inline v0_1 {

/// A model learned over a selector, and the numbers behind it. It weighs over the same selector.
///
/// Cheap to copy if the selector and the model are.
template <class Selector, class Model>
class learned_over : public over_model<Selector, Model> {
    using base = over_model<Selector, Model>;
    static constexpr bool has_effects = requires(Model const& m) { m.effects(); };
    static constexpr bool has_card = requires(Model const& m) { m.card().more; };

  public:
    learned_over(Selector s, Model m) : base{std::move(s), std::move(m)} {
        if constexpr (has_card) {
            auto const& whole = base::inner;
            model_card card = whole.card();
            card.more.emplace(card.more.begin(), "paths over",
                              detail::selector_name(base::selector));
            card_ = std::make_shared<model_card const>(std::move(card));
        }
    }

    /// The effects of the model over which this is made.
    [[nodiscard]] decltype(auto) effects() const& requires has_effects {
        return base::inner.effects();
    }
    [[nodiscard]] auto effects() const&& requires has_effects { return base::inner.effects(); }

    /// The card of the model; it also names the selector that shortened the paths.
    [[nodiscard]] model_card const& card() const& requires has_card { return *card_; }
    [[nodiscard]] model_card card() const&& requires has_card { return *card_; }

    /// What would be learned of other customers, over the same selector; see `with_refits`.
    template <class Draws>
    [[nodiscard]] auto refit(Draws const& draws) const requires requires(Model const& m) {
        m.refit(draws);
    }
    {
        auto other = base::inner.refit(draws);
        return learned_over<Selector, decltype(other)>{base::selector, std::move(other)};
    }

  private:
    std::shared_ptr<model_card const> card_;
};

namespace detail {

template <class Counts>
struct same_parts {};
template <class Counts>
    requires requires {
        typename Counts::parts_type;
    }
struct same_parts<Counts> {
    using parts_type = typename Counts::parts_type;
};

}  // namespace detail

/// Another estimator's counts of shortened paths. They cannot be merged with counts of whole paths,
/// nor with counts over another selector. A commutative monoid, see `learned_counts`.
template <class Selector, class Counts>
class over_counts : public detail::same_parts<Counts> {
  public:
    using channel_type = typename Counts::channel_type;
    using amount_type = typename Counts::amount_type;

    over_counts(Selector s, Counts counts) : selector_(std::move(s)), counts_(std::move(counts)) {}

    void begin_customer(std::uint32_t bucket) requires requires(Counts& c) {
        c.begin_customer(bucket);
    }
    { counts_.begin_customer(bucket); }
    std::uint32_t channel(channel_probe<channel_type> const& seen) { return counts_.channel(seen); }
    [[nodiscard]] decltype(auto) evidence() & { return counts_.evidence(); }
    [[nodiscard]] auto evidence() const&& { return std::move(counts_).evidence(); }

    void add(std::span<std::uint32_t const> path, path_outcome<amount_type> const& outcome) requires
        requires(Counts& c) {
        c.add(path, outcome);
    }
    { counts_.add(path, outcome); }
    void add(std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
             path_outcome<amount_type> const& outcome) requires requires(Counts& c) {
        c.add(path, ages, outcome);
    }
    { counts_.add(path, ages, outcome); }

    /// Errors:     std::invalid_argument if `other` was counted over a selector of another name;
    ///             otherwise those of the other estimator's counts.
    void merge(over_counts const& other) {
        auto const own = detail::selector_name(selector_);
        auto const others = detail::selector_name(other.selector_);
        if (own != others)
            throw std::invalid_argument{"over: counts over '" + own + "' and over '" + others +
                                        "' cannot be merged"};
        counts_.merge(other.counts_);
    }

    [[nodiscard]] auto solve() const {
        auto model = counts_.solve();
        return learned_over<Selector, decltype(model)>{selector_, std::move(model)};
    }

    /// Only if the counts have these members, see `separable` and `choose_order`.
    [[nodiscard]] std::string counted_by() const requires requires(Counts const& c) {
        c.counted_by();
    }
    { return counts_.counted_by() + ", over " + detail::selector_name(selector_); }
    [[nodiscard]] auto take_apart() const requires requires(Counts const& c) { c.take_apart(); }
    { return counts_.take_apart(); }
    template <class Parts>
    void merge_parts(Parts const& parts) requires requires(Counts& c) {
        c.merge_parts(parts);
    }
    { counts_.merge_parts(parts); }
    [[nodiscard]] auto quality() const requires requires(Counts const& c) { c.quality(); }
    { return counts_.quality(); }

  private:
    [[no_unique_address]] Selector selector_;
    Counts counts_;
};

/// The estimator that `over` makes from another one.
template <class Selector, estimator Estimator>
struct over_estimator {
    static constexpr bool needs_touchpoints = true;
    [[no_unique_address]] Selector selector;
    [[no_unique_address]] Estimator inner;
    [[no_unique_address]] std::remove_cvref_t<decltype(Estimator::channel)> channel = inner.channel;

    template <class Channel, amount Amount>
    [[nodiscard]] auto counts() const {
        using counts_type = decltype(inner.template counts<Channel, Amount>());
        return over_counts<Selector, counts_type>{selector,
                                                  inner.template counts<Channel, Amount>()};
    }

    /// Calls `visit` with the path of the chosen touchpoints.
    template <class Path, class Visit>
    void prepare(Path const& whole, Visit const& visit) const {
        auto chosen = whole.space().indices.borrow();
        auto visits = whole.space().visits.borrow();
        detail::choose(whole, selector, *chosen);
        for (auto const index : chosen.span())
            visits->push_back(whole.visits()[index]);
        Path const part{whole.about(), visits.span(), whole.space()};
        if (part.empty())
            visit(part);
        else
            detail::prepare(inner, part, visit);
    }

    template <class Step>
    [[nodiscard]] std::int64_t
    age(Step const& one) const requires detail::tells_ages<Estimator, Step> {
        return inner.age(one);
    }

    [[nodiscard]] auto of_order(std::size_t order) const requires requires(Estimator const& e) {
        e.of_order(order);
    }
    {
        auto other = inner.of_order(order);
        return over_estimator<Selector, decltype(other)>{selector, std::move(other)};
    }
};

/// Learns from the touchpoints that the selector chooses, as if the others did not exist, and makes
/// a model over that selector.
///
/// Shape:      `fit(orders, touches, over(first_of_each(&touch::channel), markov(&touch::channel)))`.
/// Edges:      the selector also sees the paths of customers who never converted. Counted paths
///             (`aggregated_paths`) have no touchpoints to choose from: shorten their sequences
///             instead. How a selector shares out weights plays no part in learning; it matters
///             only when the model weighs. over(a, over(b, estimator)): `a` chooses first, then `b`
///             chooses among those.
/// Errors:     std::domain_error, naming the conversion, if a selector chooses a position outside
///             of the path.
template <class Selector, estimator Estimator>
[[nodiscard]] auto over(Selector s, Estimator how) {
    return over_estimator<Selector, Estimator>{std::move(s), std::move(how)};
}

}  // namespace attribution
