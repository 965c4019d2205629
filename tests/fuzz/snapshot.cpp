// SPDX-License-Identifier: BSL-1.0
// Any bytes as a snapshot of a desk: refused with partial_error, and the desk is as it was; or
// restored, and the desk goes on like another that was restored from its own snapshot.
#include "fuzz/sealing.hpp"
#include "support/records.hpp"

#include <attribution/model/linear.hpp>
#include <attribution/model/time_decay.hpp>
#include <attribution/policy/between.hpp>
#include <attribution/policy/last_touches.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/policy/maximum_age.hpp>
#include <attribution/policy/since_previous_conversion.hpp>
#include <attribution/stream/live.hpp>
#include <attribution/wire/members.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using fuzzing::require;
using support::tick;

namespace {

template <class Id>
struct tap {
    std::optional<std::string> user;
    tick at = 0;
    Id id = {};
};
template <class Value, class Id = std::int32_t>
struct buy {
    using id_type = Id;

    std::optional<std::string> user;
    tick at = 0;
    Id id = {};
    Value value = 0;
};
using maybe = std::optional<std::int32_t>;

att::configuration const how{.model = "m", .policy = "p"};

template <class Id>
auto tap_members() {
    return att::members(&tap<Id>::user, &tap<Id>::at, &tap<Id>::id);
}
template <class Id = std::int32_t>
auto taps() {
    return att::touchpoint_stream<tap<Id>>(&tap<Id>::user, &tap<Id>::at, &tap<Id>::id);
}
template <class Value, class Id = std::int32_t>
auto buys() {
    using sale = buy<Value, Id>;
    return att::conversion_stream<sale>(&sale::user, &sale::at, &sale::id, &sale::value);
}

template <class Desk>
std::string snapshot(Desk const& desk) {
    using sale = typename Desk::conversion_type;
    return desk.snapshot(how, tap_members<typename sale::id_type>(),
                         att::members(&sale::user, &sale::at, &sale::id, &sale::value));
}
template <class Desk>
void restore(Desk& desk, std::string_view bytes) {
    using sale = typename Desk::conversion_type;
    desk.restore(bytes, how, tap_members<typename sale::id_type>(),
                 att::members(&sale::user, &sale::at, &sale::id, &sale::value));
}

template <class Desk>
using id_of = typename Desk::conversion_type::id_type;

/// (user, conversion, touchpoint if there is one, amount, share)
template <class Desk>
using credits =
    std::vector<std::tuple<std::optional<std::string>, id_of<Desk>, std::optional<id_of<Desk>>,
                           typename Desk::amount_type, double>>;

template <class Desk>
auto keeping(Desk const& desk, credits<Desk>& into) {
    return [&](auto const& earned) {
        auto const& sold = desk.conversion(earned);
        std::optional<id_of<Desk>> touched;
        if (earned.attributed())
            touched.emplace(desk.touchpoint(earned).id);
        into.emplace_back(sold.user, sold.id, touched, earned.amount, earned.share);
    };
}

std::optional<std::string> user_of(std::size_t number) {
    return number == 0 ? std::nullopt : std::optional{std::string(number - 1, 'u')};
}

/// Missing, where it can be.
template <class Id>
Id id_from(std::size_t number) {
    if constexpr (!std::same_as<Id, std::int32_t>)
        if (number == 0)
            return std::nullopt;
    return static_cast<std::int32_t>(number);
}

/// Gives two desks the same records and steps, and sees that they do the same.
template <class Desk>
void go_on(Desk& one, Desk& other, fuzzing::input in) {
    using sale = typename Desk::conversion_type;
    using touch = typename Desk::touchpoint_type;
    credits<Desk> given;
    credits<Desk> expected;
    // What one desk knows again may be late to the other, which has forgotten it sooner.
    auto const alike = [](att::arrival a, att::arrival b) {
        auto const refused = [](att::arrival became) {
            return became == att::arrival::duplicate || became == att::arrival::late;
        };
        require(a == b || (refused(a) && refused(b)), "both take the same records");
    };
    for (int step = 0; step < 100 && !in.empty(); ++step) {
        auto const what = in.below(8);
        auto const user = user_of(in.below(4));
        auto const at = in.below(16) == 0 ? in.number() : static_cast<tick>(in.below(32));
        auto const id = id_from<id_of<Desk>>(in.below(8));
        if (what < 3) {
            alike(one.touch(touch{user, at, id}), other.touch(touch{user, at, id}));
        } else if (what < 6) {
            sale const sold{user, at, id, static_cast<typename Desk::amount_type>(in.number())};
            alike(one.convert(sold, keeping(one, given)),
                  other.convert(sold, keeping(other, expected)));
        } else if (what == 6) {
            one.advance(at, keeping(one, given));
            other.advance(at, keeping(other, expected));
        } else {
            one.tidy();
            restore(one, snapshot(one));
        }
    }
    one.finish(keeping(one, given));
    other.finish(keeping(other, expected));
    one.tidy();
    other.tidy();
    // Conversions of several users may share instant and id, and then stand in any order.
    std::sort(given.begin(), given.end());
    std::sort(expected.begin(), expected.end());
    require(given == expected, "both give the same credits");
    auto const held = [](att::live_counts const& all) {
        return std::tuple{all.touchpoints,      all.conversions,         all.held_customers,
                          all.held_touchpoints, all.waiting_conversions, all.remembered_ids};
    };
    require(held(one.counts()) == held(other.counts()), "both hold the same");
}

template <class Make>
void check(Make make, fuzzing::input in) {
    auto source = make();
    using sale = typename decltype(source)::conversion_type;
    auto const ignore = [](auto const&) {};
    for (tick at = 0; at < 9; ++at) {
        auto const id = id_from<typename sale::id_type>(static_cast<std::size_t>(at));
        (void)source.touch({user_of(static_cast<std::size_t>(1 + at % 2)), at, id});
        (void)source.convert(sale{user_of(static_cast<std::size_t>(at % 3)), at, id, 100}, ignore);
    }
    source.advance(6, ignore);

    auto desk = make();
    (void)desk.touch({"u", 1, 1});
    (void)desk.convert(sale{"u", 2, 1, 7}, ignore);
    auto const before = snapshot(desk);
    auto const good = snapshot(source);
    auto const parts = att::detail::unsealed(good);
    std::string const bytes =
        in.below(4) == 0
            ? fuzzing::sealed(parts.about, in.rest())
            : fuzzing::sealed(parts.about, fuzzing::edited(std::string{parts.body}, in));
    try {
        restore(desk, bytes);
    } catch (att::partial_error const&) {
        require(snapshot(desk) == before, "a desk that refuses stays as it was");
        return;
    }
    auto twin = make();
    restore(twin, snapshot(desk));
    require(twin.counts() == desk.counts(), "a restored desk counts the same");
    go_on(desk, twin, in);
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    fuzzing::input in{bytes, size};
    switch (in.below(5)) {
    case 0:
        check(
            [] {
                return att::live(buys<double>(), taps(), att::time_decay(3),
                                 att::since_previous_conversion && att::lookback(5),
                                 att::allowed_lateness(tick{2}));
            },
            in);
        break;
    case 1:
        check(
            [] {
                return att::live(buys<std::int64_t>(), taps(), att::linear, att::last_touches(2),
                                 att::at_once);
            },
            in);
        break;
    case 2:  // waits for what comes after the conversion
        check(
            [] {
                using sale = buy<std::int64_t>;
                auto const soon = [](sale const& s) { return std::max(s.at, s.at / 2 + 5); };
                return att::live(buys<std::int64_t>(), taps(), att::linear,
                                 att::between(&sale::at, soon) && att::maximum_age(1));
            },
            in);
        break;
    case 3:  // ids that may be missing, and that name an order for a while
        check(
            [] {
                return att::live(buys<std::int64_t, maybe>(), taps<maybe>(), att::linear,
                                 att::lookback(5), att::allowed_lateness(tick{2}),
                                 att::deduplicate_conversions(tick{4}));
            },
            in);
        break;
    default:  // for ever
        check(
            [] {
                return att::live(buys<std::int64_t, maybe>(), taps<maybe>(), att::linear,
                                 att::since_previous_conversion && att::last_touches(2),
                                 att::at_once, att::deduplicate_conversions());
            },
            in);
    }
    return 0;
}
