// SPDX-License-Identifier: BSL-1.0
// The route that is open to everything: the user's structs, lambdas for projections and models,
// policies joined with &&.
#include "ours.hpp"

#include <attribution/attribute.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/report/by.hpp>

#include <algorithm>

namespace harness {

namespace {

constexpr auto first = [](auto const&, att::weights w) { w.front() = 1; };
constexpr auto linear = [](auto const&, att::weights w) { std::fill(w.begin(), w.end(), 1.0); };

struct by_lambdas {
    static constexpr auto channel = [](touch const& t) { return t.channel; };
    static auto touches(workload::data const& data) {
        return att::touchpoints(
            data.touch_rows(), [](touch const& t) { return t.customer; },
            [](touch const& t) { return t.at; });
    }
    static auto sales(workload::data const& data) {
        return att::conversions(
            data.sale_rows(), [](sale const& s) { return s.customer; },
            [](sale const& s) { return s.at; }, [](sale const& s) { return s.value; });
    }
};

template <class Records, class Model>
void add_lambdas(workload::plan const& plan, model which, Model const& ours) {
    add({"generic", reference::name_of(which), plan}, {which}, [ours](workload::data const& data) {
        auto const policy =
            att::where([](touch const& t) { return t.channel < workload::channels; }) &&
            att::lookback(workload::lookback);
        return by_channel(att::attribute(Records::sales(data), Records::touches(data), ours, policy,
                                         att::by(Records::channel)));
    });
}

template <class Records>
void add_models(workload::plan const& plan) {
    add_lambdas<Records>(plan, model::first, first);
    add_lambdas<Records>(plan, model::linear, linear);
    add_lambdas<Records>(plan, model::time_decay, att::time_decay(workload::half_life));
}

}  // namespace

void add_generic(std::size_t touches) {
    add_models<in_order<by_lambdas>>({touches, order::sorted});
    add_models<by_lambdas>({touches, order::shuffled});
}

}  // namespace harness
