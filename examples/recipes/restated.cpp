// SPDX-License-Identifier: BSL-1.0
// March was reported in April, and is another one in May. Why? Every cent that moved has one reason.
#include <attribution/attribution.hpp>

#include <date/date.h>

#include <iostream>
#include <string>
#include <vector>

namespace att = attribution;

struct touch {
    std::string id;
    std::string user;
    date::sys_days at;
    std::string channel;
};
struct order {
    std::string id;
    std::string user;
    date::sys_days at;
    long long cents;
};
struct refund {
    std::string order;
    date::sys_days at;
    long long cents;
};

int main() {
    auto const march = [](int day) { return date::sys_days{date::year{2026} / 3 / day}; };
    std::vector<touch> log{{"t1", "ann", march(1), "search"},
                           {"t2", "ann", march(4), "mail"},
                           {"t3", "visitor 7", march(2), "display"},
                           {"t4", "bob", march(5), "search"}};
    std::vector<order> book{{"o1", "ann", march(9), 9'000}, {"o2", "bob", march(9), 5'000}};
    std::vector<refund> refunds;
    auto const credits = [&](auto const& model) {
        auto const ledger = att::attribute(
            att::conversions(book, &order::user, &order::at, &order::cents),
            att::touchpoints(log, &touch::user, &touch::at), model, att::lookback(date::days{30}));
        auto const back = att::conversions(refunds, &refund::order, &refund::at, &refund::cents);
        return att::take_back(ledger, back, &order::id).net;
    };
    auto const log_then = log;
    auto const book_then = book;
    auto const reported =
        att::attribute(att::conversions(book_then, &order::user, &order::at, &order::cents),
                       att::touchpoints(log_then, &touch::user, &touch::at), att::linear,
                       att::lookback(date::days{30}));

    log[2].user = "ann";                             // she logged in
    book.push_back({"o3", "cid", march(9), 1'000});  // came late
    refunds.push_back({"o2", date::year{2026} / 4 / 9, -2'000});

    auto const show = [](char const* what, auto const& moved) {
        std::cout << what << '\n';
        for (auto const& row : moved)
            std::cout << "  " << row.key.value_or("(unattributed)") << ": " << row.amount << ", "
                      << to_string(row.reason) << '\n';
        std::cout << "  in all " << moved.total() << '\n';
    };
    auto const as_then = credits(att::linear);
    auto const now = credits(att::last_touch);
    show("by the model of April",
         att::difference(reported, as_then, &order::id, &touch::id, &touch::channel));
    show("and by the new one",
         att::difference(as_then, now, &order::id, &touch::id, &touch::channel));
}
