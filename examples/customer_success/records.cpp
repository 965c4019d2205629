// SPDX-License-Identifier: BSL-1.0
#include <customer_success/records.hpp>

#include <support/checked_fields.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace customer_success {

namespace {

namespace fs = std::filesystem;
using examples::csv_field, examples::csv_row, examples::input_error, examples::reading;

std::string text(csv_field const& field) {
    return std::string{examples::trimmed(field.text)};
}

std::optional<std::string> id(csv_field const& field, reading const& how) {
    return missing(field, how) ? std::nullopt : std::optional{text(field)};
}

/// All fields as one text: two rows are equal if these are.
std::string whole_row(csv_row const& row, std::vector<std::string> const& columns) {
    std::string all;
    for (auto const& column : columns)
        all += fmt::format("{}\n", row[column].text);
    return all;
}

date::sys_days day(csv_field const& field) {
    constexpr std::string_view shape = "0000-00-00";
    auto const written = field.text;
    auto const fits = [](char c, char s) {
        return s == '0' ? examples::detail::is_digit(c) : c == s;
    };
    auto const number = [&](std::size_t from, std::size_t size) {
        int value = 0;
        for (char const c : written.substr(from, size))
            value = value * 10 + (c - '0');
        return value;
    };
    if (!std::ranges::equal(written, shape, fits))
        examples::detail::reject(field, "is not a day, write it like 2021-12-31");
    auto const found = date::year{number(0, 4)} / number(5, 2) / number(8, 2);
    if (!found.ok())
        examples::detail::reject(field, "is a day that does not exist, correct it");
    return date::sys_days{found};
}

std::optional<std::int64_t> applicants(csv_field const& field, reading const& how) {
    if (missing(field, how))
        return std::nullopt;
    auto const number = count(field);
    if (number < 1 || number > 1000)
        examples::detail::reject(field, "is no number of applicants, 1 to 1000 are");
    return number;
}

case_facts facts(csv_row const& row, reading const& how) {
    auto const field = row["client_language"];
    auto const written = missing(field, how) ? std::string_view{} : field.text;
    return {.applicants = applicants(row["n_applicants"], how),
            .visa = text(row["visa_type"]),
            .contract = text(row["contract_category"]),
            .country = text(row["country"]),
            .language = examples::folded(written),
            .language_as_written = examples::folded(written) == written};
}

deal_state state(csv_field const& status, csv_field const& stage) {
    if (status.text == "open")
        return deal_state::open;
    if (status.text == "suspended")
        return deal_state::suspended;
    if (status.text != "completed")
        examples::detail::reject(
            status, "is no status this program knows, write open, completed or suspended");
    return examples::folded(stage.text) == "new clients" ? deal_state::closed_early
                                                         : deal_state::concluded;
}

/// Cents. All of them together take a sixteenth of 64 bits at most, so that no sum overflows.
class fees {
  public:
    std::int64_t read(csv_field const& field) {
        if (decimal(field, 2) < 0)
            examples::detail::reject(field, "is less than nothing, a fee is not");
        return amounts_(field);
    }

  private:
    examples::limited_amounts amounts_{
        2, std::numeric_limits<std::int64_t>::max() / 16,
        "{} makes all fees add up to more than 64 bits hold, look for a "
        "misplaced decimal point"};
};

std::vector<deal> load_deals(fs::path const& file, reading& how) {
    std::vector<std::string> const columns{
        "deal_id",    "client_id", "visa_type", "contract_category", "country",  "n_applicants",
        "start_date", "end_date",  "status",    "stage_closed",      "cs_owner", "client_language",
        "fee"};
    std::vector<deal> deals;
    fees amounts;
    for (auto const row : examples::csv_reader{file, columns, how})
        deals.push_back({.id = id(row["deal_id"], how),
                         .client = text(row["client_id"]),
                         .facts = facts(row, how),
                         .start = day(row["start_date"]),
                         .end = missing(row["end_date"], how) ? std::nullopt
                                                              : std::optional{day(row["end_date"])},
                         .state = state(row["status"], row["stage_closed"]),
                         .owner = text(row["cs_owner"]),
                         .fee = amounts.read(row["fee"]),
                         .row = whole_row(row, columns)});
    return deals;
}

std::vector<work> load_works(fs::path const& file, work_kind kind, reading& how) {
    auto const email = kind == work_kind::email;
    std::vector<std::string> columns{email ? "email_id" : "activity_id", "deal_id", "cs_name",
                                     email ? "sent_at" : "completed_at"};
    if (!email)
        columns.emplace_back("type");
    std::vector<work> works;
    for (auto const row : examples::csv_reader{file, columns, how})
        works.push_back({.kind = kind,
                         .id = id(row[columns[0]], how),
                         .deal = id(row["deal_id"], how),
                         .specialist = text(row["cs_name"]),
                         .at = iso_time(row[columns[3]], how),
                         .type = email ? "email" : text(row["type"]),
                         .row = whole_row(row, columns)});
    return works;
}

/// A list like "pt; en"; words for nothing are no parts of it.
std::vector<std::string> parts(std::string_view list, std::string_view separators,
                               reading const& how) {
    std::vector<std::string> found;
    for (auto const part : examples::parts_of(list, separators))
        if (!examples::means_nothing(part, how.nothing))
            found.emplace_back(part);
    return found;
}

std::vector<specialist> load_specialists(fs::path const& file, reading& how) {
    std::vector<std::string> const columns{"cs_name", "languages", "product_scopes"};
    std::vector<specialist> all;
    for (auto const row : examples::csv_reader{file, columns, how})
        all.push_back({.id = id(row["cs_name"], how),
                       .languages = parts(examples::folded(row["languages"].text), ",;", how),
                       .scopes = parts(row["product_scopes"].text, ";", how),
                       .row = whole_row(row, columns)});
    return all;
}

std::vector<new_client> load_clients(fs::path const& file, reading& how) {
    std::vector<std::string> const columns{"client_id", "visa_type",    "contract_category",
                                           "country",   "n_applicants", "client_language",
                                           "arrived_at"};
    std::vector<new_client> clients;
    for (auto const row : examples::csv_reader{file, columns, how})
        clients.push_back({.id = id(row["client_id"], how),
                           .facts = facts(row, how),
                           .arrived = iso_time(row["arrived_at"], how),
                           .row = whole_row(row, columns)});
    return clients;
}

std::optional<std::vector<reported>> load_interactions(fs::path const& file, reading& how) {
    if (!fs::exists(file))
        return std::nullopt;
    std::vector<reported> lines;
    for (auto const row : examples::csv_reader{file, {"deal_id", "interactions"}, how})
        lines.push_back({text(row["deal_id"]), {count(row["interactions"])}});
    return lines;
}

std::optional<std::vector<reported>> load_crm_report(fs::path const& file, reading& how) {
    if (!fs::exists(file))
        return std::nullopt;
    std::vector<reported> lines;
    for (auto const row : examples::csv_reader{
             file,
             {"cs_name", "month", "emails_sent", "activities_completed", "deals_concluded"},
             how}) {
        static_cast<void>(iso_month(row["month"]));  // it must be one
        lines.push_back({text(row["cs_name"]) + ' ' + text(row["month"]),
                         {count(row["emails_sent"]), count(row["activities_completed"]),
                          count(row["deals_concluded"])}});
    }
    return lines;
}

}  // namespace

records load(fs::path const& directory, reading how) {
    records all;
    all.deals = load_deals(directory / "deals_base.csv", how);
    all.emails = load_works(directory / "emails.csv", work_kind::email, how);
    all.activities = load_works(directory / "activities.csv", work_kind::activity, how);
    all.specialists = load_specialists(directory / "cs_skills.csv", how);
    all.clients = load_clients(directory / "new_clients.csv", how);
    all.interactions = load_interactions(directory / "interactions.csv", how);
    all.crm_report = load_crm_report(directory / "crm_report.csv", how);
    all.input = std::move(how);
    return all;
}

}  // namespace customer_success
