// SPDX-License-Identifier: BSL-1.0
#include <pipeline/records.hpp>

#include <support/key_bridge.hpp>

#include <string>
#include <utility>

namespace pipeline {

namespace {

using examples::not_in_file;
template <class Record>
using fields = examples::record_fields<Record>;

}  // namespace

fields<touchpoint> touchpoint_fields(std::string const& type) {
    return {{"touchpoint_type", &touchpoint::type, not_in_file},
            {"touchpoint_id", &touchpoint::id, type + "_touchpoint_id"},
            {"channel_name", &touchpoint::channel},
            {"contact_id", &touchpoint::contact},
            {"account_id", &touchpoint::account, not_in_file},
            {"touchpoint_date", &touchpoint::time, type + "_touchpoint_date"}};
}

fields<opportunity> opportunity_fields() {
    return {{"opportunity_id", &opportunity::id},
            {"account_id", &opportunity::account},
            {"pipeline_amount", &opportunity::amount},
            {"opportunity_created_date", &opportunity::created, "Opportunity_Created_Date"},
            {"sales_segment", &opportunity::segment}};
}

records load(std::filesystem::path const& directory, std::filesystem::path const& spend,
             examples::reading how) {
    records all{.input = std::move(how)};
    examples::record_reader tables{all.input, all.texts};
    auto const read_touchpoints = [&](std::string const& type, std::string const& file) {
        tables.read(directory / file, touchpoint_fields(type), all.touchpoints,
                    {.type = all.texts.names.keep(type)});
    };
    tables.read(directory / "de_hw_contact_data.csv",
                fields<contact>{{"contact_id", &contact::id}, {"account_id", &contact::account}},
                all.contacts);
    read_touchpoints("marketing", "de_hw_marketing_data.csv");
    read_touchpoints("sales", "de_hw_sales_outreach_data.csv");
    tables.read(directory / "de_hw_opportunity_data.csv", opportunity_fields(), all.opportunities);
    if (!spend.empty())
        tables.read(spend, examples::spend_fields(), all.spend.emplace());

    examples::key_bridge const account_of{all.contacts, &contact::id, &contact::account};
    account_of.lead(all.touchpoints, &touchpoint::contact, &touchpoint::account);
    all.decimals = tables.decimals();
    tables.settle(all.opportunities, &opportunity::amount, all.decimals);
    if (all.spend)
        tables.settle(*all.spend, &examples::expense::amount, all.decimals);
    return all;
}

}  // namespace pipeline
