// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/load_scores.hpp>
#include <customer_success/records.hpp>
#include <customer_success/workload_model.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// Who carries how much, and who takes the next client.
namespace customer_success {

struct scored_deal {
    deal about;
    expected_work work = 0;
    deal_score score = {};
};

/// What a specialist carries.
struct portfolio {
    std::string name;
    std::int64_t open_deals = 0;
    std::int64_t tenths = 0;                             // the sum of their scores
    std::map<std::string, std::int64_t> concluded = {};  // deals by visa type
    std::vector<std::string> languages = {}, scopes = {};
    bool takes_clients = false;  // the skills are known
};

/// Where a client goes.
struct assignment {
    new_client client;
    std::optional<expected_work> work = {};  // empty: nothing could be expected
    deal_score score = {};
    std::size_t eligible = 0;
    std::string specialist = {};  // empty: nobody
    std::int64_t before = 0;      // tenths that the specialist carried
    std::string reason = {};      // why nobody
    std::string because = {};     // what decided
};

struct workload_plan {
    std::vector<scored_deal> past = {};  // that taught
    std::vector<scored_deal> open = {};  // by id
    std::vector<expected_work> borders = {};
    std::vector<portfolio> before = {}, after = {};  // the least load first
    std::vector<assignment> assignments = {};        // in the order of arrival
};

/// Scores open deals, and routes new clients in the order (arrival, id): among those who speak the
/// language and have the visa type in their scope, to the least portfolio; of several, to the fewest open
/// deals, then the most concluded deals of that visa type, then by name. Each assignment adds to the
/// portfolio before the next one.
///
/// Edges: all records count; hand over the first row of each id. Deals and clients without number of
///        applicants have no score.
[[nodiscard]] workload_plan plan_workload(std::vector<deal> const& deals,
                                          std::vector<specialist> const& specialists,
                                          std::vector<new_client> clients,
                                          workload_study const& study);

}  // namespace customer_success
