// SPDX-License-Identifier: BSL-1.0
#include <support/sample_data.hpp>

#include <scratch.hpp>

#include <support/csv.hpp>
#include <support/parse.hpp>
#include <support/text_table.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

// Each fault is counted again from the rows of the files, without the generator's knowledge.

using date::sys_seconds;
using examples::csv_reader;
using examples::krispcall_faults;
using examples::pipeline_faults;
using std::chrono::seconds;

namespace {

bool nothing_in(examples::csv_field const& field) {
    return examples::missing(field, examples::reading{});
}

sys_seconds seconds_in(examples::csv_field const& field) {
    auto how = examples::reading{};
    return date::floor<seconds>(examples::iso_time(field, how));
}

constexpr auto window = seconds{90 * 86400};
constexpr auto second = seconds{1};

template <class Faults>
void write(scratch const& here, examples::sample<Faults> const& sample) {
    auto out = examples::output_directory{here.directory};
    examples::write_files(sample.files, out);
    out.commit();
}

std::string text(examples::csv_field const& field) {
    return std::string{field.text};
}

int count(bool condition) {
    return condition ? 1 : 0;
}

pipeline_faults recount_pipeline(scratch const& here) {
    auto const file = [&](std::string const& name) { return here.directory / name; };
    pipeline_faults found;

    std::map<std::string, std::string> account_of;  // contact -> account, "" if missing
    std::map<std::string, std::vector<sys_seconds>> created;
    for (auto const row :
         csv_reader{file("de_hw_contact_data.csv"), {"contact_id", "account_id"}}) {
        ++found.contact_rows;
        auto const no_account = nothing_in(row["account_id"]);
        if (nothing_in(row["contact_id"])) {
            CHECK(row["contact_id"].text == "null");
            CHECK(row["account_id"].text == "null");
            ++found.null_contacts;
            continue;
        }
        found.contacts_without_account += count(no_account);
        auto const fresh =
            account_of.emplace(text(row["contact_id"]), no_account ? "" : text(row["account_id"]))
                .second;
        CHECK(fresh);
    }
    std::set<std::string> opportunity_ids;
    for (auto const row : csv_reader{file("de_hw_opportunity_data.csv"),
                                     {"opportunity_id", "account_id", "pipeline_amount",
                                      "Opportunity_Created_Date", "sales_segment"}}) {
        ++found.opportunity_rows;
        CHECK(opportunity_ids.insert(text(row["opportunity_id"])).second);
        CHECK(decimal(row["pipeline_amount"], 9) > 0);
        if (nothing_in(row["account_id"]))
            ++found.opportunities_without_account;
        else
            created[text(row["account_id"])].push_back(seconds_in(row["Opportunity_Created_Date"]));
    }
    for (auto const& [contact, account] : account_of)
        if (!account.empty() && !created.contains(account))
            created[account];
    for (auto const& [account, instants] : created)
        found.accounts_without_opportunity += count(instants.empty());

    std::map<std::string, std::vector<sys_seconds>> touches;  // of the accounts
    std::set<std::string> seen;
    std::set<std::string> channels;
    auto const read = [&](std::string const& name, std::string const& kind, int& rows) {
        auto const id = kind + "_touchpoint_id";
        auto const time = kind + "_touchpoint_date";
        std::map<std::string, std::string> row_of;
        for (auto const row : csv_reader{file(name), {id, "channel_name", "contact_id", time}}) {
            ++rows;
            channels.insert(text(row["channel_name"]));
            auto const contact = text(row["contact_id"]);
            auto const whole = text(row["channel_name"]) + '|' + contact + '|' + text(row[time]);
            if (!seen.insert(text(row[id])).second) {
                CHECK(row_of[text(row[id])] == whole);
                ++found.duplicate_touches;
                continue;
            }
            row_of[text(row[id])] = whole;
            if (nothing_in(row["contact_id"])) {
                CHECK(kind == "sales");
                found.sales_contact_empty += count(contact.empty());
                found.sales_contact_null += count(contact == "null");
                found.sales_contact_upper_null += count(contact == "NULL");
            } else if (!account_of.contains(contact)) {
                ++found.orphan_touches;
            } else if (auto const& account = account_of[contact]; account.empty()) {
                ++found.touches_without_account;
            } else {
                touches[account].push_back(seconds_in(row[time]));
            }
        }
    };
    read("de_hw_marketing_data.csv", "marketing", found.marketing_rows);
    read("de_hw_sales_outreach_data.csv", "sales", found.sales_rows);

    std::map<std::string, std::set<std::string>> months;  // with a row of spend, by channel
    std::set<std::string> all_months;
    for (auto const row :
         csv_reader{file("de_hw_spend_data.csv"), {"channel", "period", "spend"}}) {
        ++found.spend_rows;
        auto const cents = examples::decimal(row["spend"], 2);
        CHECK(cents >= 0);
        found.spend_rows_of_zero += count(cents == 0);
        auto const channel = text(row["channel"]);
        auto const month = text(row["period"]);
        CHECK(month.size() == 7);
        CHECK(months[channel].insert(month).second);
        all_months.insert(month);
        found.spend_rows_without_touches += count(!channels.contains(channel));
    }
    for (auto const& channel : channels)
        found.spend_rows_left_out += static_cast<int>(all_months.size() - months[channel].size());
    for (auto const& [account, instants] : touches)
        for (auto const at : instants)
            CHECK(all_months.contains(date::format("%Y-%m", at)));

    for (auto& [account, instants] : created) {
        if (instants.empty())
            found.touches_without_opportunity += static_cast<int>(touches[account].size());
        for (auto const at : instants)
            found.opportunities_without_touch +=
                count(std::ranges::none_of(touches[account], [&](sys_seconds touch) {
                    return touch >= at - window && touch <= at;
                }));
        if (instants.empty())
            continue;
        std::set<sys_seconds> used;
        for (auto const touch : touches[account]) {
            int before = 0;
            int after = 0;
            int inside = 0;
            for (auto const at : instants) {
                (touch < at - window ? before : touch > at ? after : inside) += 1;
                found.touches_one_second_early += count(touch == at - window - second);
                found.touches_at_window_start += count(touch == at - window);
                found.touches_at_creation += count(touch == at);
                found.touches_one_second_late += count(touch == at + second);
            }
            found.touches_before_window += count(inside == 0 && before > 0);
            found.touches_after_creation += count(inside == 0 && after > 0);
            found.touches_between_creations += count(inside > 0 && after > 0);
            CHECK((inside == 0 || before == 0));  // no window misses a touch that another has
            CHECK((before == 0 || after == 0));
            if (!used.insert(touch).second)
                found.touches_at_same_instant += count(inside > 0);
        }
    }
    return found;
}

struct life {
    std::optional<sys_seconds> paid, refunded;
    std::int64_t cents = 0;
    bool integration = false, usage = false;
    std::map<std::string, std::int64_t> platforms = {};  // milliseconds of usage that counts
};

struct interval {
    sys_seconds from;
    sys_seconds until = sys_seconds::max();
    bool contains(sys_seconds at) const { return from <= at && at <= until; }
};

krispcall_faults recount_krispcall(scratch const& here) {
    auto const file = [&](std::string const& name) { return here.directory / name; };
    krispcall_faults found;

    std::map<std::string, life> lives;            // by owner
    std::map<std::string, std::string> owner_of;  // of a user
    std::map<std::string, std::string> workspace_of;
    for (auto const row : csv_reader{
             file("final_workspace_data.csv"),
             {"workspace_id", "workspace_name", "total_users", "owner_email", "member_emails"}}) {
        CHECK(examples::count(row["workspace_id"]) == ++found.accounts);
        auto const owner = text(row["owner_email"]);
        CHECK(lives.emplace(owner, life{}).second);
        workspace_of[owner] = text(row["workspace_name"]);
        CHECK(owner_of.emplace(owner, owner).second);
        std::int64_t users = 1;
        auto members = row["member_emails"].text;
        while (!members.empty()) {
            auto const end = std::min(members.find(','), members.size());
            CHECK(owner_of.emplace(members.substr(0, end), owner).second);
            members.remove_prefix(std::min(end + 1, members.size()));
            ++users;
        }
        CHECK(examples::count(row["total_users"]) == users);
    }

    std::set<std::string> payers;
    for (auto const row :
         csv_reader{file("final_payment_refund_data.csv"),
                    {"event", "time", "$email", "Amount", "Amount Breakdown", "Refund Amount",
                     "Refunded Transaction Date", "User Email"}}) {
        auto const at = unix_seconds(row["time"]);
        if (row["event"].text == "New Payment Made") {
            ++found.payment_rows;
            auto& of = lives.at(text(row["$email"]));
            auto const cents = examples::decimal(row["Amount"], 2);
            of.cents += cents;
            of.paid = std::min(of.paid.value_or(at), at);
            std::int64_t sum = 0;
            auto parts = row["Amount Breakdown"].text;
            while (!parts.empty()) {
                auto const end = std::min(parts.find(", "), parts.size());
                sum += examples::count({parts.substr(0, end), row.where("Amount Breakdown")});
                parts.remove_prefix(std::min(end + 2, parts.size()));
            }
            CHECK(sum == cents);
        } else {
            CHECK(row["event"].text == "Refund Granted");
            ++found.refund_rows;
            auto& of = lives.at(text(row["User Email"]));
            of.cents -= examples::decimal(row["Refund Amount"], 2);
            of.refunded = std::min(of.refunded.value_or(at), at);
        }
    }

    using user_platform = std::pair<std::string, std::string>;
    std::map<user_platform, std::vector<std::pair<sys_seconds, bool>>> events;
    for (auto const row : csv_reader{file("final_integration_data.csv"),
                                     {"event", "time", "distinct_id", "Integration Platform"}}) {
        ++found.integration_rows;
        auto const user = text(row["distinct_id"]);
        lives.at(owner_of.at(user)).integration = true;
        auto const connects = row["event"].text == "Integration Connected";
        CHECK((connects || row["event"].text == "Integration Disconnected"));
        events[{user, text(row["Integration Platform"])}].emplace_back(unix_seconds(row["time"]),
                                                                       connects);
    }
    std::map<user_platform, std::vector<interval>> connections;
    for (auto& [who, list] : events) {
        std::ranges::sort(list);
        auto& intervals = connections[who];
        std::size_t closed = 0;
        for (auto const& [at, connects] : list) {
            if (connects) {
                found.overlapping_connects += count(closed < intervals.size());
                intervals.push_back({at});
            } else if (closed < intervals.size()) {
                intervals[closed++].until = at;
            } else {
                ++found.unmatched_disconnects;
            }
        }
        found.connects_left_open += static_cast<int>(intervals.size() - closed);
    }

    auto const connected = [&](std::string const& user, std::string const& platform,
                               sys_seconds at) {
        return std::ranges::any_of(connections[{user, platform}],
                                   [&](interval const& i) { return i.contains(at); });
    };
    std::set<std::string> rows;
    for (auto const row : csv_reader{file("final_calls_sms_detailed_data.csv"),
                                     {"event", "time", "Cost", "Duration", "Email", "Platform",
                                      "Workspace", "Owner", "Segments"}}) {
        ++found.usage_rows;
        std::string whole;
        for (auto const* column : {"event", "time", "Cost", "Duration", "Email", "Platform",
                                   "Workspace", "Owner", "Segments"})
            whole += text(row[column]) + '|';
        if (!rows.insert(whole).second) {
            ++found.duplicate_usage;
            continue;
        }
        CHECK(examples::decimal(row["Cost"], 6) > 0);
        auto const owner = text(row["Owner"]);
        auto& of = lives.at(owner);
        of.usage = true;
        CHECK(row["Workspace"].text == workspace_of.at(owner));
        auto const user = text(row["Email"]);
        auto const platform = text(row["Platform"]);
        auto const at = unix_seconds(row["time"]);
        auto const call = row["event"].text == "Outbound Calls";
        CHECK((call || row["event"].text == "Outbound SMS"));
        CHECK(call == nothing_in(row["Segments"]));
        CHECK(call != nothing_in(row["Duration"]));
        std::int64_t const used =
            call ? seconds_of(row["Duration"]).count() : examples::count(row["Segments"]);
        CHECK(used > 0);

        if (!owner_of.contains(user)) {
            ++found.usage_of_unknown_user;
            continue;
        }
        CHECK(owner_of[user] == owner);
        auto const web = platform == "web" || platform == "mobile";
        auto const usable = web || connected(user, platform, at);
        auto const before = at < *of.paid;
        auto const after = of.refunded && at > *of.refunded;
        if (before || after) {
            found.usage_before_payment += count(before);
            found.usage_after_refund += count(after);
            found.usage_off_on_web += count(web);
            CHECK(usable);
        } else if (!usable) {
            ++found.usage_not_connected;
            found.usage_of_colleague += count(std::ranges::any_of(owner_of, [&](auto const& other) {
                return other.second == owner && connected(other.first, platform, at);
            }));
        } else {
            of.platforms[platform] += used;
            found.usage_on_web += count(web);
            found.usage_at_payment += count(at == *of.paid);
            found.usage_at_refund += count(at == of.refunded);
            for (auto const& i : connections[{user, platform}]) {
                found.usage_at_connect += count(at == i.from);
                found.usage_at_disconnect += count(at == i.until);
            }
        }
    }

    for (auto const& [owner, of] : lives) {
        CHECK(of.paid);
        found.accounts_without_integration += count(!of.integration);
        found.accounts_without_usage += count(!of.usage);
        found.accounts_with_zero_net += count(of.cents == 0);
        found.accounts_with_negative_net += count(of.cents < 0);
        std::set<std::int64_t> amounts;
        for (auto const& [platform, used] : of.platforms)
            amounts.insert(used);
        found.accounts_in_thirds +=
            count(of.platforms.size() == 3 && amounts.size() == 1 && of.cents % 3 != 0);
    }
    return found;
}

/// Compares field by field, so that a difference names itself.
template <class Faults>
void check_equal(Faults const& planted, Faults const& found,
                 std::vector<std::pair<std::string_view, int Faults::*>> const& fields) {
    for (auto const& named : fields) {
        CAPTURE(named.first);
        auto const field = named.second;
        CHECK(planted.*field > 0);
        CHECK(planted.*field == found.*field);
    }
    CHECK(fields.size() * sizeof(int) == sizeof(Faults));
}

#define FIELD(name)                                                                                \
    { #name, &faults::name }

void check_pipeline(pipeline_faults const& planted, pipeline_faults const& found) {
    using faults = pipeline_faults;
    check_equal(planted, found,
                {FIELD(opportunity_rows),
                 FIELD(contact_rows),
                 FIELD(marketing_rows),
                 FIELD(sales_rows),
                 FIELD(sales_contact_empty),
                 FIELD(sales_contact_null),
                 FIELD(sales_contact_upper_null),
                 FIELD(null_contacts),
                 FIELD(contacts_without_account),
                 FIELD(touches_without_account),
                 FIELD(orphan_touches),
                 FIELD(duplicate_touches),
                 FIELD(touches_before_window),
                 FIELD(touches_one_second_early),
                 FIELD(touches_at_window_start),
                 FIELD(touches_at_creation),
                 FIELD(touches_after_creation),
                 FIELD(touches_one_second_late),
                 FIELD(touches_between_creations),
                 FIELD(touches_at_same_instant),
                 FIELD(opportunities_without_account),
                 FIELD(opportunities_without_touch),
                 FIELD(accounts_without_opportunity),
                 FIELD(touches_without_opportunity),
                 FIELD(spend_rows),
                 FIELD(spend_rows_of_zero),
                 FIELD(spend_rows_without_touches),
                 FIELD(spend_rows_left_out)});
}

void check_krispcall(krispcall_faults const& planted, krispcall_faults const& found) {
    using faults = krispcall_faults;
    check_equal(planted, found,
                {FIELD(accounts),
                 FIELD(payment_rows),
                 FIELD(refund_rows),
                 FIELD(integration_rows),
                 FIELD(usage_rows),
                 FIELD(usage_before_payment),
                 FIELD(usage_after_refund),
                 FIELD(usage_off_on_web),
                 FIELD(usage_at_payment),
                 FIELD(usage_at_refund),
                 FIELD(usage_not_connected),
                 FIELD(usage_of_colleague),
                 FIELD(usage_at_connect),
                 FIELD(usage_at_disconnect),
                 FIELD(usage_of_unknown_user),
                 FIELD(usage_on_web),
                 FIELD(duplicate_usage),
                 FIELD(accounts_without_integration),
                 FIELD(accounts_without_usage),
                 FIELD(accounts_with_zero_net),
                 FIELD(accounts_with_negative_net),
                 FIELD(accounts_in_thirds),
                 FIELD(unmatched_disconnects),
                 FIELD(connects_left_open),
                 FIELD(overlapping_connects)});
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits.
std::uint64_t fingerprint(std::vector<examples::sample_file> const& files) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (auto const& file : files)
        for (char const c : file.content)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return hash;
}

std::string const& content(std::vector<examples::sample_file> const& files, std::string_view name) {
    auto const found = std::ranges::find(files, name, &examples::sample_file::name);
    REQUIRE(found != files.end());
    return found->content;
}

}  // namespace

TEST_CASE("sample_data: the pipeline has exactly the faults that were planted") {
    for (std::uint64_t const seed : {examples::default_sample_seed, std::uint64_t{0},
                                     std::uint64_t{1}, std::uint64_t{77}, ~std::uint64_t{0}}) {
        CAPTURE(seed);
        scratch const here;
        auto const sample = examples::pipeline_sample(seed);
        write(here, sample);
        check_pipeline(sample.planted_faults, recount_pipeline(here));
    }
}

TEST_CASE("sample_data: KrispCall has exactly the faults that were planted") {
    for (std::uint64_t const seed : {examples::default_sample_seed, std::uint64_t{0},
                                     std::uint64_t{1}, std::uint64_t{77}, ~std::uint64_t{0}}) {
        CAPTURE(seed);
        scratch const here;
        auto const sample = examples::krispcall_sample(seed);
        write(here, sample);
        check_krispcall(sample.planted_faults, recount_krispcall(here));
    }
}

TEST_CASE("sample_data: the size is moderate") {
    auto const pipeline = examples::pipeline_sample().planted_faults;
    CHECK(std::abs(pipeline.opportunity_rows - 300) < 30);
    CHECK(std::abs(pipeline.sales_rows + pipeline.marketing_rows - 2500) < 250);
    auto const krispcall = examples::krispcall_sample().planted_faults;
    CHECK(krispcall.accounts == 40);
    CHECK(std::abs(krispcall.usage_rows - 1000) < 100);
}

TEST_CASE("sample_data: the same bytes for a seed, on every compiler") {
    auto const pipeline = examples::pipeline_sample().files;
    REQUIRE(pipeline.size() == 5);
    CHECK(fingerprint({pipeline.begin(), pipeline.begin() + 4}) == 9225250805575919269U);
    CHECK(pipeline.back().name == "de_hw_spend_data.csv");
    CHECK(fingerprint({pipeline.back()}) == 3090060622671799393U);
    CHECK(fingerprint(examples::krispcall_sample().files) == 10763105481362798468U);
    CHECK(fingerprint(examples::pipeline_sample(1).files) !=
          fingerprint(examples::pipeline_sample(2).files));
    CHECK(fingerprint(examples::krispcall_sample(1).files) !=
          fingerprint(examples::krispcall_sample(2).files));
}

TEST_CASE("sample_data: the form of the files") {
    auto const pipeline = examples::pipeline_sample().files;
    auto const krispcall = examples::krispcall_sample().files;
    auto const mark = std::string_view{"\xEF\xBB\xBF"};
    CHECK(content(pipeline, "de_hw_contact_data.csv")
              .starts_with("\xEF\xBB\xBF"
                           "contact_id,account_id\r\n"));
    int without_final_line_end = 0;
    for (auto const* files : {&pipeline, &krispcall}) {
        CHECK(files->size() == (files == &pipeline ? 5 : 4));
        for (auto const& file : *files) {
            CAPTURE(file.name);
            auto const& bytes = file.content;
            CHECK(bytes.starts_with(mark) == (file.name == "de_hw_contact_data.csv"));
            CHECK(std::ranges::count(bytes, '\r') == std::ranges::count(bytes, '\n'));
            without_final_line_end += count(!bytes.ends_with("\r\n"));
        }
    }
    CHECK(without_final_line_end == 4);
    auto const quoted_comma = [](std::string const& bytes) {
        return bytes.find(",\"") != std::string::npos;
    };
    CHECK(quoted_comma(content(pipeline, "de_hw_marketing_data.csv")));
    CHECK(quoted_comma(content(pipeline, "de_hw_opportunity_data.csv")));
    CHECK(quoted_comma(content(krispcall, "final_workspace_data.csv")));
    CHECK(quoted_comma(content(krispcall, "final_payment_refund_data.csv")));
}
