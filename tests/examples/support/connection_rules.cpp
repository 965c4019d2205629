// SPDX-License-Identifier: BSL-1.0
#include <support/connection_rules.hpp>

#include <attribution/quality/validate.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

struct event {
    std::optional<std::string> user;
    std::string channel;
    int at;
    bool connects;
};

}  // namespace

TEST_CASE("connection_rules: connects of what is connected, disconnects of what is not") {
    std::vector<event> const log{
        {"ann", "mail", 2, false},  // of the connect below, which is earlier
        {"ann", "mail", 1, true},  {"ann", "mail", 3, false},  // odd
        {"ann", "mail", 4, true},  {"bob", "mail", 4, true},  {"ann", "chat", 4, true},
        {"ann", "mail", 5, true},  // odd
        {"ann", "mail", 6, false}, {"ann", "mail", 7, false}, {"", "mail", 1, false},
        {"", "mail", 2, true},     {"", "mail", 3, true},     {std::nullopt, "mail", 1, false}};
    auto const found = attribution::validate(
        log, examples::connections_pair_up("tool", &event::user, &event::channel, &event::at,
                                           &event::connects));
    REQUIRE(found.size() == 2);
    CHECK(found[0].rule == "connect while not connected");
    CHECK(found[0].text == "the user has the tool connected already");
    CHECK(found[0].rows == std::vector<std::size_t>{6});
    CHECK(found[1].rule == "disconnect while connected");
    CHECK(found[1].rows == std::vector<std::size_t>{2});
}
