// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/values/customer_bucket.hpp>
#include <attribution/learn/channel_numbers.hpp>
#include <attribution/learn/estimator.hpp>
#include <attribution/learn/fit_error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

/// Another estimator's counts, for each bucket of customers that has any.
template <class Counts>
class bucket_counts {
  public:
    /// The counts of a bucket: `none` if there were none.
    Counts& in(std::uint32_t bucket, Counts const& none) {
        if (places_[bucket] == 0) {
            counts_.push_back(none);
            places_[bucket] = static_cast<std::uint32_t>(counts_.size());
        }
        return counts_[places_[bucket] - 1];
    }

    /// Calls `visit(bucket, counts)` for those that are there, ascending.
    template <class Visit>
    void for_each(Visit visit) const {
        for (std::uint32_t i = 0; i < customer_bucket::count; ++i)
            if (places_[i] != 0)
                visit(i, counts_[places_[i] - 1]);
    }

    /// All counts, each as often as its bucket was drawn; empty if there are none. They are merged in
    /// pairs, so that small counts meet small ones.
    [[nodiscard]] std::optional<Counts> drawn(bucket_draws const& draws) const {
        std::vector<Counts const*> all;
        for_each([&](std::uint32_t bucket, Counts const& one) {
            all.insert(all.end(), draws[bucket], &one);
        });
        if (all.empty())
            return std::nullopt;
        return merged(all);
    }

  private:
    static Counts merged(std::span<Counts const* const> all) {
        auto const half = all.size() / 2;
        if (half == 0)
            return *all.front();
        auto whole = merged(all.first(half));
        whole.merge(merged(all.subspan(half)));
        return whole;
    }

    std::vector<std::uint32_t> places_ = std::vector<std::uint32_t>(customer_bucket::count, 0);
    std::vector<Counts> counts_;  // of bucket i: at places_[i] - 1, unless that is 0
};

/// The model that was learned of all customers, and what it takes to learn it of others.
///
/// Cheap to copy if the model is: the counts are shared and never change.
template <class Model, class Counts>
class refittable_model : public Model {
  public:
    refittable_model(Model whole, std::shared_ptr<bucket_counts<Counts> const> counts)
        : Model{std::move(whole)}, counts_{std::move(counts)} {}

    /// The model of customers of whom those in bucket i were there `draws[i]` times; this model, where
    /// nothing can be learned of them.
    ///
    /// Errors:     those of the estimator's `solve`, but for fit_error.
    [[nodiscard]] Model refit(bucket_draws const& draws) const {
        if (auto const drawn = counts_->drawn(draws)) {
            try {
                return drawn->solve();
            } catch (fit_error const&) {
                return *this;
            }
        }
        return *this;
    }

  private:
    std::shared_ptr<bucket_counts<Counts> const> counts_;
};

template <class Counts>
struct parts_by_bucket {};

/// What counts are made of, bucket by bucket.
template <class Counts>
    requires requires {
        typename Counts::parts_type;
    }
struct parts_by_bucket<Counts> {
    struct parts_type {
        std::vector<std::pair<customer_bucket, typename Counts::parts_type>> buckets;  // ascending

        [[nodiscard]] static constexpr auto members() { return std::tuple{&parts_type::buckets}; }
        template <class NameOf>
        [[nodiscard]] static std::string kind(NameOf const& name_of) {
            return name_of(std::type_identity<typename Counts::parts_type>{}) + ", by " +
                   name_of(std::type_identity<customer_bucket>{});
        }
    };
};

/// Counts for another estimator, kept by bucket of customers. A commutative monoid, see
/// `learned_counts`.
///
/// Paths are those of the customer who was begun last.
template <class Counts>
class counts_by_bucket : public parts_by_bucket<Counts> {
  public:
    using channel_type = typename Counts::channel_type;
    using amount_type = typename Counts::amount_type;

    explicit counts_by_bucket(Counts none) : none_(std::move(none)) { begin_customer(0); }

    void begin_customer(std::uint32_t bucket) {
        now_ = bucket;
        static_cast<void>(now());
    }

    std::uint32_t channel(channel_probe<channel_type> const& seen) { return now().channel(seen); }
    [[nodiscard]] decltype(auto) evidence() & { return now().evidence(); }
    [[nodiscard]] auto evidence() const&& { return whole().evidence(); }

    void add(std::span<std::uint32_t const> path, path_outcome<amount_type> const& outcome) requires
        requires(Counts& c) {
        c.add(path, outcome);
    }
    { now().add(path, outcome); }
    void add(std::span<std::uint32_t const> path, std::span<std::int64_t const> ages,
             path_outcome<amount_type> const& outcome) requires requires(Counts& c) {
        c.add(path, ages, outcome);
    }
    { now().add(path, ages, outcome); }

    void merge(counts_by_bucket const& other) {
        auto all = buckets_;
        other.buckets_.for_each([&](std::uint32_t bucket, Counts const& theirs) {
            all.in(bucket, none_).merge(theirs);
        });
        buckets_ = std::move(all);
    }

    [[nodiscard]] auto solve() const {
        auto model = whole().solve();
        return refittable_model<decltype(model), Counts>{
            std::move(model), std::make_shared<bucket_counts<Counts> const>(buckets_)};
    }

    /// Only if the counts have these members, see `separable` and `choose_order`.
    [[nodiscard]] std::string counted_by() const requires requires(Counts const& c) {
        c.counted_by();
    }
    { return none_.counted_by() + ", by bucket of customers"; }
    [[nodiscard]] auto take_apart() const requires requires(Counts const& c) { c.take_apart(); }
    {
        typename counts_by_bucket::parts_type parts;
        buckets_.for_each([&](std::uint32_t bucket, Counts const& own) {
            parts.buckets.emplace_back(customer_bucket{bucket}, own.take_apart());
        });
        return parts;
    }
    template <class Parts>
    void merge_parts(Parts const& parts) requires requires(Counts& c) {
        c.merge_parts(parts.buckets.front().second);
    }
    {
        auto all = buckets_;
        std::uint32_t next = 0;
        for (auto const& [bucket, part] : parts.buckets) {
            if (bucket.number < next || bucket.number >= customer_bucket::count)
                throw std::invalid_argument{
                    "with_refits: these are not the counts of buckets of customers"};
            next = bucket.number + 1;
            all.in(bucket.number, none_).merge_parts(part);
        }
        buckets_ = std::move(all);
    }
    [[nodiscard]] auto quality() const requires requires(Counts const& c) { c.quality(); }
    { return whole().quality(); }

  private:
    Counts& now() { return buckets_.in(now_, none_); }

    [[nodiscard]] Counts whole() const {
        bucket_draws once{};
        once.fill(1);
        return *buckets_.drawn(once);
    }

    Counts none_;
    bucket_counts<Counts> buckets_;
    std::uint32_t now_ = 0;
};

}  // namespace attribution::detail
