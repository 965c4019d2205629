// SPDX-License-Identifier: BSL-1.0
// An estimator of your own: it learns in `fit`, over selectors too, and merges over the wire.
#include "subscribers.hpp"

#include <attribution/attribution.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace att = attribution;
using paper::click, paper::records, paper::subscription;

/// What was learned: a channel weighs as large a part of its paths as converted.
template <class Projection, class Channel>
struct win_rate_model : att::model_tag {
    Projection channel;
    att::model_card made_from;
    att::channel_numbers<Channel> channels;  // in their order
    std::vector<double> rates;

    win_rate_model(Projection p, att::model_card card)
        : channel(std::move(p)), made_from(std::move(card)) {}

    template <class Path>
    void operator()(Path const& path, att::weights w) const {
        att::weigh_channels(
            channels, path, channel, "win_rate: the channel of touchpoint row ",
            [&](std::size_t number) { return rates[number]; }, w);
    }
    att::model_card const& card() const& { return made_from; }
    att::model_card card() const&& { return made_from; }
};

/// What is counted, apart: equal counts have equal parts, whoever came first.
template <class Channel, att::amount Amount>
struct win_rate_parts {
    std::vector<Channel> channels;                              // ascending
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ends;  // of their paths: won, lost
    att::evidence<Amount> seen;

    static constexpr auto members() {  // how they are written and read
        return std::tuple{&win_rate_parts::channels, &win_rate_parts::ends, &win_rate_parts::seen};
    }
};

/// The paths through each channel that converted, and those that did not.
template <class Projection, class Channel, att::amount Amount>
class win_rate_counts {
  public:
    using channel_type = Channel;
    using amount_type = Amount;
    using parts_type = win_rate_parts<Channel, Amount>;

    explicit win_rate_counts(Projection projection) : projection_(std::move(projection)) {}

    std::uint32_t channel(att::channel_probe<Channel> const& seen) {
        auto const number = channels_(seen);
        ends_.resize(channels_.size());
        return number;
    }
    att::evidence<Amount>& evidence() { return seen_; }

    void add(std::span<std::uint32_t const> path, att::path_outcome<Amount> const& outcome) {
        if (!att::take_note(seen_, path.size(), outcome))
            return;
        std::vector<std::uint32_t> once(path.begin(), path.end());
        std::ranges::sort(once);
        once.erase(std::unique(once.begin(), once.end()), once.end());
        for (auto const one : once) {
            ends_[one].first += outcome.conversions;
            ends_[one].second += outcome.nulls;
        }
    }

    auto solve() const {
        att::require_conversions(seen_, "win_rate");
        auto const card = att::card_of(seen_, "win_rate", channels_.size());
        win_rate_model<Projection, Channel> model{projection_, card};
        auto const parts = take_apart();
        for (std::size_t i = 0; i < parts.channels.size(); ++i) {
            auto const [won, lost] = parts.ends[i];
            model.channels(parts.channels[i]);
            model.rates.push_back(
                att::rounded_weight(static_cast<double>(won) / static_cast<double>(won + lost)));
        }
        return model;
    }

    // The rest is for `merge` and for the wire.
    std::string counted_by() const { return "ends of paths by channel"; }
    parts_type take_apart() const {
        auto const [channels, place] = channels_.in_order();
        parts_type parts{channels, {}, seen_};
        parts.ends.resize(channels.size());
        for (std::size_t number = 0; number < ends_.size(); ++number)
            parts.ends[place[number]] = ends_[number];
        return parts;
    }
    void merge_parts(parts_type const& parts) {
        if (parts.ends.size() != parts.channels.size())
            throw std::invalid_argument{"win_rate: no paths give such counts"};
        auto whole = *this;  // if there are too many paths, nothing is added
        whole.seen_.merge(parts.seen);
        for (std::size_t i = 0; i < parts.channels.size(); ++i) {
            auto& own = whole.ends_[whole.channel(parts.channels[i])];
            own.first += parts.ends[i].first;
            own.second += parts.ends[i].second;
        }
        std::swap(*this, whole);
    }
    void merge(win_rate_counts const& other) { merge_parts(other.take_apart()); }

  private:
    Projection projection_;
    att::channel_numbers<Channel> channels_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ends_;  // by the channel's number
    att::evidence<Amount> seen_;
};

template <class Projection>
struct win_rate {
    Projection channel;

    explicit constexpr win_rate(Projection of) : channel(of) {}

    template <class Channel, att::amount Amount>
    auto counts() const {
        return win_rate_counts<Projection, Channel, Amount>{channel};
    }
};

int main() {
    auto const how = att::over(att::last(2), win_rate{&click::channel});
    auto const march = att::until(date::sys_days{date::year{2026} / 3 / 31});
    auto const clicks_of = [](records const& from) {
        return att::touchpoints(from.clicks, &click::reader, &click::on);
    };
    auto const sales_of = [](records const& from) {
        return att::conversions(from.subscriptions, &subscription::reader, &subscription::on,
                                &subscription::cents);
    };
    auto const count = [&](records const& part) {
        return att::learn(att::join(sales_of(part), clicks_of(part)), how, att::always, march);
    };

    auto const all = paper::march();
    records east;
    records west;
    for (auto const& one : all.clicks)
        (one.reader % 2 == 0 ? east : west).clicks.push_back(one);
    for (auto const& one : all.subscriptions)
        (one.reader % 2 == 0 ? east : west).subscriptions.push_back(one);

    // Counted where the data is, sent, and added up.
    att::configuration const rules{.model = "win rate of the last two clicks", .policy = "always"};
    auto counts = count(west);
    att::merge_bytes(counts, att::to_bytes(count(east), rules), rules);
    bool const same = att::to_bytes(counts, rules) == att::to_bytes(count(all), rules);
    std::cout << (same ? "the same bytes" : "other bytes") << " as in one place\n";

    auto const model = att::fit(sales_of(all), clicks_of(all), how, att::always, march);
    std::cout << model.card();
    auto const& learned = model.inner;
    for (std::size_t i = 0; i < learned.rates.size(); ++i)
        std::cout << learned.channels[i] << " wins " << learned.rates[i] << '\n';
    auto const report =
        att::attribute(sales_of(all), clicks_of(all), model, att::always, att::by(&click::channel));
    for (auto const& row : report.largest_first())
        std::cout << row.key.value_or("(unattributed)") << ": " << row.amount << '\n';
}
