// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>

#include <support/instant.hpp>

#include <attribution/policy/between.hpp>
#include <attribution/policy/named.hpp>
#include <attribution/policy/policy.hpp>
#include <attribution/policy/where.hpp>
#include <attribution/policy/without_duplicates.hpp>

#include <date/date.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

/// The rules by which deals are credited, in the words of the library.
namespace customer_success {

inline constexpr auto half_life = date::days{14};

/// An activity is as much work as three emails.
[[nodiscard]] constexpr double usage_of(work const& one) {
    return one.kind == work_kind::activity ? 3 : 1;
}

/// Emails and activities have ids of their own; work without one repeats nothing.
[[nodiscard]] inline std::optional<std::string> id_of(work const& one) {
    if (!one.id)
        return std::nullopt;
    return (one.kind == work_kind::email ? "email " : "activity ") + *one.id;
}

/// Work on the days of the deal, each once.
template <class Touchpoints>
[[nodiscard]] auto in_its_deal(Touchpoints const& touches) {
    namespace att = attribution;
    return att::named("the days of the deal", att::between(&deal::begin, &deal::close)) &&
           att::without_duplicates(touches, id_of);
}

/// The same for deals that failed: no conversion has their days, so that they are looked up. The
/// deals are borrowed.
template <class Touchpoints>
[[nodiscard]] auto in_failed_deal(std::vector<deal> const& deals, Touchpoints const& touches) {
    namespace att = attribution;
    return att::where([all = deals_by_id{deals}](work const& one) {
               auto const* const its = all.of(one);
               return its && its->failed() && its->begin() <= one.at && one.at <= its->close();
           }) &&
           att::without_duplicates(touches, id_of);
}

[[nodiscard]] inline examples::instant latest(std::vector<work> const& works) {
    examples::instant last{};
    for (auto const& one : works)
        last = std::max(last, one.at);
    return last;
}

}  // namespace customer_success
