// SPDX-License-Identifier: BSL-1.0
#include <attribution/engine/wire/findings_form.hpp>

#include "wire/support.hpp"

#include <doctest/doctest.h>

#include <string>

namespace att = attribution;
using form = att::detail::partial_form<att::findings>;

namespace {

att::configuration const how{.model = "", .policy = "", .more = {{"rules", "house rules 3"}}};

att::findings part(std::size_t first) {
    att::findings found{2};
    found.add({"required(user)",
               att::severity::error,
               "user is missing",
               10,
               3,
               {first, first + 1, first + 2},
               {}});
    found.add({"total", att::severity::warning, "the total is off", 10, 0, {}, {"by 5"}});
    return found;
}

}  // namespace

TEST_CASE("findings merge by way of bytes as they do without") {
    auto direct = part(20);
    direct.merge(part(1));
    auto sent = part(20);
    att::merge_bytes(sent, att::to_bytes(part(1), how), how);
    CHECK(sent == direct);
    CHECK(sent != part(1));
    CHECK(att::to_bytes(sent, how) == att::to_bytes(direct, how));
    att::findings fresh;
    att::merge_bytes(fresh, att::to_bytes(direct, how), how);
    CHECK(fresh == direct);
}

TEST_CASE("findings that nobody would have written are refused") {
    att::finding const one{"a", att::severity::error, "is odd", 5, 3, {1, 2}, {}};
    auto const accepted = [&](std::size_t limit, std::vector<att::finding> const& all) {
        att::detail::byte_writer out;
        out.count(limit);
        att::detail::write(out, all);
        att::findings into;
        return !support::failure_of([&] {
            att::merge_bytes(into, att::detail::seal(form::describe(into, how), out.bytes()), how);
        });
    };
    auto other = one;
    other.rule = "b";
    CHECK(accepted(2, {one, other}));
    CHECK(!accepted(2, {other, one}));
    CHECK(!accepted(2, {one, one}));
    CHECK(!accepted(1, {one}));
    other.rows = {2, 1};
    CHECK(!accepted(2, {other}));
    other = one;
    other.severity = static_cast<att::severity>(3);
    CHECK(!accepted(2, {other}));
    for (auto const level : {att::severity::info, att::severity::warning}) {
        other.severity = level;
        CHECK(accepted(2, {other}));
    }
}

TEST_CASE("damaged findings are refused whole") {
    auto found = part(3);
    auto const bytes = att::to_bytes(found, how);
    support::refuses_all_damage(bytes,
                                [&](std::string const& b) { att::merge_bytes(found, b, how); });
    CHECK(found == part(3));
}

TEST_CASE("damaged findings with a good checksum are an error or findings, never worse") {
    int accepted = 0;
    support::accepts_only_what_it_writes(form::describe({}, how), how, part(3), att::findings{},
                                         [&](att::findings const&) { ++accepted; });
    CHECK(accepted > 100);
}
