// SPDX-License-Identifier: BSL-1.0
// Task T as one would write it without a library: a map of vectors, std::sort and a merge, and by
// hand over sorted columns.
#include "plain.hpp"

#include "harness.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

namespace harness {

namespace {

using workload::touch;

constexpr auto earlier = [](auto const& a, auto const& b) { return a.at < b.at; };

template <class Key, class Touch>
using map_of_vectors = std::unordered_map<Key, std::vector<Touch>>;

template <class Key, class Touch>
map_of_vectors<Key, Touch> collect(std::vector<Touch> const& touches) {
    map_of_vectors<Key, Touch> journeys;
    for (auto const& one : touches)
        journeys[one.customer].push_back(one);
    for (auto& [customer, own] : journeys)
        if (!std::is_sorted(own.begin(), own.end(), earlier))
            std::sort(own.begin(), own.end(), earlier);
    return journeys;
}

template <model Model, class Journeys, class Sale>
amounts credit_from(Journeys const& journeys, std::vector<Sale> const& sales) {
    amounts credited{};
    std::vector<typename Journeys::mapped_type::value_type const*> path;
    for (auto const& sale : sales) {
        path.clear();
        if (auto const found = journeys.find(sale.customer); found != journeys.end())
            for (auto const& one : found->second)
                if (sale.at - workload::lookback <= one.at && one.at <= sale.at)
                    path.push_back(&one);
        if (path.empty())
            credited.back() += sale.value;
        else
            plain::credit<Model>(
                credited, sale.value, sale.at, path.size(),
                [&](std::size_t i) { return path[i]->channel; },
                [&](std::size_t i) { return path[i]->at; });
    }
    return credited;
}

template <model Model>
std::vector<amounts> by_map(workload::data const& data) {
    return {credit_from<Model>(collect<std::uint32_t>(data.touch_rows()), data.sale_rows())};
}

template <model Model>
std::vector<amounts> by_map_of_names(workload::data const& data) {
    return {credit_from<Model>(collect<std::string>(data.named_touches()), data.named_sales())};
}

template <model Model>
std::vector<amounts> by_hand(workload::data const& data) {
    auto const& touches = data.touches;
    return {plain::merge<Model>(
        touches.at.size(),
        [&](std::size_t i) { return plain::place(touches.customer[i], touches.at[i]); },
        [&](std::size_t i) { return touches.channel[i]; }, data.sales)};
}

template <model Model>
std::vector<amounts> by_sort(workload::data const& data) {
    auto touches = data.touch_rows();
    std::sort(touches.begin(), touches.end(), [](touch const& a, touch const& b) {
        return a.customer != b.customer ? a.customer < b.customer : a.at < b.at;
    });
    std::vector<std::size_t> places(data.sales.at.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        auto const& own = data.sales;
        return own.customer[a] != own.customer[b] ? own.customer[a] < own.customer[b]
                                                  : own.at[a] < own.at[b];
    });
    workload::sale_columns sales;
    for (auto const place : places) {
        sales.customer.push_back(data.sales.customer[place]);
        sales.at.push_back(data.sales.at[place]);
        sales.value.push_back(data.sales.value[place]);
    }
    return {plain::merge<Model>(
        touches.size(),
        [&](std::size_t i) { return plain::place(touches[i].customer, touches[i].at); },
        [&](std::size_t i) { return touches[i].channel; }, sales)};
}

template <model Model>
void add_model(std::size_t touches) {
    auto const* const what = reference::name_of(Model);
    for (auto const how : {order::sorted, order::shuffled})
        add({"map_of_vectors", what, {touches, how}}, {Model}, by_map<Model>);
    add({"by_hand", what, {touches, order::sorted}}, {Model}, by_hand<Model>);
    add({"sort_and_merge", what, {touches, order::shuffled}}, {Model}, by_sort<Model>);
    add({"map_of_names", what, {touches, order::shuffled}}, {Model}, by_map_of_names<Model>);
}

/// What of the map of vectors is the map: its credit alone.
void add_with_index_built(std::size_t touches) {
    using journeys = map_of_vectors<std::uint32_t, touch>;
    static std::map<std::size_t, journeys> built;
    auto const run = [](workload::data const& data) {
        auto& index = built[data.touches.at.size()];
        if (index.empty())
            index = collect<std::uint32_t>(data.touch_rows());
        return std::vector{credit_from<model::linear>(index, data.sale_rows())};
    };
    add({"map_built_before", "linear", {touches, order::sorted}}, {model::linear}, run);
}

}  // namespace

void add_plain(std::size_t touches) {
    add_model<model::first>(touches);
    add_model<model::last>(touches);
    add_model<model::linear>(touches);
    add_model<model::position>(touches);
    add_model<model::time_decay>(touches);
    add_with_index_built(touches);
}

}  // namespace harness
