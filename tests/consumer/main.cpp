// SPDX-License-Identifier: BSL-1.0
#include <attribution/attribution.hpp>

#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace att = attribution;

#ifdef FOUND_VERSION
static_assert(att::version == std::array{FOUND_VERSION}, "the package and its headers disagree");
#endif

struct visit {
    std::string user;
    std::chrono::sys_seconds at;
    std::string channel;
};
struct order {
    std::string user;
    std::chrono::sys_seconds at;
    long cents;
};

int main() {
    using namespace std::chrono_literals;
    std::chrono::sys_seconds const noon{1'700'000'000s};
    std::vector<visit> const log{{"ann", noon, "ads"}, {"ann", noon + 1h, "mail"}};
    std::vector<order> const book{{"ann", noon + 2h, 1999}};
    auto const touches = att::touchpoints(log, &visit::user, &visit::at);
    auto const sales = att::conversions(book, &order::user, &order::at, &order::cents);
    auto const report =
        att::attribute(sales, touches, att::linear, att::lookback(24h)) | att::by(&visit::channel);
    return report[0].key == "ads" && report[0].amount == 1000 && report[1].amount == 999 ? 0 : 1;
}
