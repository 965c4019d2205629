// SPDX-License-Identifier: BSL-1.0
// What debugger.py looks at in gdb.
#include <attribution/attribute.hpp>
#include <attribution/model/linear.hpp>
#include <attribution/policy/lookback.hpp>
#include <attribution/records/conversions.hpp>
#include <attribution/records/touchpoints.hpp>
#include <attribution/report/by.hpp>

#include <vector>

namespace att = attribution;

struct visit {
    int user;
    int at;
    int channel;
};
struct order {
    int user;
    int at;
    long cents;
};

int main() {
    std::vector<visit> const log{{1, 1, 30}, {1, 2, 40}};
    std::vector<order> const book{{1, 5, 101}, {2, 6, 70}};
    auto const touches = att::touchpoints(log, &visit::user, &visit::at);
    auto const orders = att::conversions(book, &order::user, &order::at, &order::cents);
    auto const model = [](auto const& path, att::weights w) {
        auto const last = path[path.size() - 1];
        w.back() = last.recency() == 1 ? 1 : 0;  // stop in the model
    };
    auto const ledger = att::attribute(orders, touches, model, att::lookback(10));
    auto const report = ledger | att::by(&visit::channel);
    return ledger.size() == 2 && report.size() == 2 ? 0 : 1;  // stop at the end
}
