// SPDX-License-Identifier: BSL-1.0
// Runs the matching and credit scenarios of the W3C's draft "Attribution Level 1" through policies and a
// model of this library: w3c_attribution DIRECTORY. Exits with 77 if the directory is not there.
//
// What the draft says about budgets, quotas and noise is not attribution and not looked at. It divides a
// value by lot where credits do not divide it; the library divides by largest remainder. No scenario
// has such a value, and the test says so if one comes.
#include <attribution/attribution.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <string>
#include <vector>

namespace att = attribution;
using nlohmann::json;

namespace {

constexpr long long day = 86'400;
constexpr std::size_t most_credits = 10;
using sites = std::vector<std::string>;

/// The last two labels: all domains of the scenarios are under ".example".
std::string site_of(std::string const& domain) {
    auto const last = domain.rfind('.');
    auto const before = last == std::string::npos ? last : domain.rfind('.', last - 1);
    return before == std::string::npos ? domain : domain.substr(before + 1);
}
sites sites_in(json const& options, char const* name) {
    sites all;
    for (auto const& one : options.value(name, sites{}))
        all.push_back(site_of(one));
    return all;
}
template <class T>
bool none_or_among(std::vector<T> const& wanted, T const& one) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

struct impression {
    int browser = 0;
    long long at;
    std::string site, caller;
    std::size_t index;
    int priority, match_value;
    long long lifetime;
    sites conversion_sites, conversion_callers;
};

struct measurement {
    int browser = 0;
    long long at;
    std::string site, caller;
    long long value;
    long long lookback;
    std::vector<int> match_values;
    sites impression_sites, impression_callers;
    std::array<double, most_credits> credit{};
    std::vector<long long> expected;

    [[nodiscard]] long long since() const { return at - lookback; }
};

impression impression_of(json const& event) {
    auto const& options = event.at("options");
    std::string const site = event.at("site");
    return {.at = event.at("seconds"),
            .site = site,
            .caller = event.value("intermediarySite", site),
            .index = options.at("histogramIndex"),
            .priority = options.value("priority", 0),
            .match_value = options.value("matchValue", 0),
            .lifetime = options.value("lifetimeDays", 30) * day,
            .conversion_sites = sites_in(options, "conversionSites"),
            .conversion_callers = sites_in(options, "conversionCallers")};
}

measurement measurement_of(json const& event) {
    auto const& options = event.at("options");
    std::string const site = event.at("site");
    measurement one{.at = event.at("seconds"),
                    .site = site,
                    .caller = event.value("intermediarySite", site),
                    .value = options.value("value", 1),
                    .lookback = options.value("lookbackDays", 30) * day,
                    .match_values = options.value("matchValues", std::vector<int>{}),
                    .impression_sites = sites_in(options, "impressionSites"),
                    .impression_callers = sites_in(options, "impressionCallers"),
                    .expected = event.at("expected")};
    auto const credit = options.value("credit", std::vector<double>{1});
    std::copy(credit.begin(), credit.end(), one.credit.begin());
    return one;
}

/// The draft's matching in the library's words.
auto rules() {
    auto const matches = att::where([](impression const& i, measurement const& m) {
        return none_or_among(i.conversion_sites, m.site) &&
               none_or_among(i.conversion_callers, m.caller) &&
               none_or_among(m.impression_sites, i.site) &&
               none_or_among(m.impression_callers, i.caller) &&
               none_or_among(m.match_values, i.match_value);
    });
    return att::between(&measurement::since, &measurement::at) &&
           att::lifetime(&impression::lifetime) && matches;
}

std::vector<long long> histogram_of(std::vector<impression> const& shown, measurement const& one) {
    std::vector<measurement> const asked{one};
    double credit[most_credits];
    std::copy(one.credit.begin(), one.credit.end(), credit);
    std::vector<long long> sums(one.expected.size(), 0);
    att::attribute(
        att::conversions(asked, &measurement::browser, &measurement::at, &measurement::value),
        att::touchpoints(shown, &impression::browser, &impression::at),
        att::ranked(credit, &impression::priority), rules(), [&](att::credit<long long> const& c) {
            if (c.attributed())
                sums.at(shown[c.touchpoint].index) += c.amount;
        });
    return sums;
}

/// Returns how many measurements differ.
int check(std::filesystem::path const& file, int& measured) {
    std::ifstream in{file};
    std::vector<impression> shown;
    int wrong = 0;
    auto const scenario = json::parse(in);
    for (auto const& event : scenario.at("events"))
        if (event.at("event") == "saveImpression") {
            shown.push_back(impression_of(event));
        } else {
            auto const one = measurement_of(event);
            ++measured;
            if (auto const found = histogram_of(shown, one); found != one.expected) {
                std::cerr << file.filename().string() << ", at " << one.at << " s: " << json(found)
                          << " instead of " << json(one.expected) << '\n';
                ++wrong;
            }
        }
    return wrong;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2 || !std::filesystem::is_directory(arguments[1])) {
        std::cout << "no scenarios; set ATTRIBUTION_DATA_DIR to run them\n";
        return 77;
    }
    std::set<std::filesystem::path> files;
    for (auto const& one : std::filesystem::directory_iterator{arguments[1]})
        if (one.path().extension() == ".json" && one.path().filename() != "CONFIG.json")
            files.insert(one.path());
    int wrong = 0;
    int measured = 0;
    for (auto const& file : files)
        wrong += check(file, measured);
    std::cout << files.size() << " scenarios, " << measured << " measurements, " << wrong
              << " differ\n";
    return wrong == 0 && measured != 0 ? 0 : 1;
}
