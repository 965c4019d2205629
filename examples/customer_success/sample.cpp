// SPDX-License-Identifier: BSL-1.0
#include <customer_success/sample.hpp>

#include <support/money_text.hpp>
#include <support/random.hpp>
#include <support/sample_table.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace customer_success {

namespace {

using namespace date::literals;
using date::sys_days, date::sys_seconds, date::days;
using std::chrono::seconds, std::chrono::hours;

constexpr sys_days first_day = 2024_y / 1 / 8;
constexpr sys_days export_day = 2025_y / 12 / 20;

struct place {
    std::string_view country, language;
};
constexpr std::array<place, 5> places{
    {{"Brazil", "pt"}, {"Angola", "pt"}, {"Chile", "es"}, {"Canada", "en"}, {"Ireland", "en"}}};
constexpr std::array<std::string_view, 3> visas{"Work Permit", "Student", "Golden Visa"};
constexpr std::array<std::string_view, 3> activity_types{"call", "appointment", "document check"};

struct member {
    std::string_view name, languages, scopes;
};
constexpr std::array<member, 6> team{
    {{"Alba", "pt; en", "Student; Work Permit"},
     {"Boris", "pt; es", "Golden Visa; Student; Work Permit"},
     {"Clio", "en", "Golden Visa; Work Permit"},
     {"Dario", "es; en", "Student; Work Permit"},
     {"Edna", "pt", "Golden Visa; Student; Work Permit"},
     {"Hedda", "en; es; pt", "Golden Visa; Student; Work Permit"}}};

std::string day_text(sys_days day) {
    return date::format("%F", day);
}
std::string time_text(sys_seconds at) {
    return date::format("%FT%TZ", at);
}

enum class fate { concluded, open, suspended, closed_early };

struct made_deal {
    std::string id;
    fate what;
    sys_days start, end;  // the end of an open one: when it would end
    std::string_view owner;
    bool teaches;
    int works = 0;
    bool untouched = true;  // no fault was planted in it
};

class world {
  public:
    explicit world(std::uint64_t seed) : random_{seed} {}

    examples::sample<sample_faults> build() {
        for (int i = 0; i < 450; ++i)
            add_deal();
        add_broken_deals();
        add_misplaced_work();
        add_repeated_rows();
        add_team();
        add_clients();
        add_other_reports();
        return files();
    }

  private:
    // Building blocks: one draw in each statement, the order of evaluation is open.

    std::string id(char prefix) { return fmt::format("{}{:05}", prefix, ++last_id_); }

    std::string_view somebody_who_speaks(std::string_view language) {
        std::vector<std::string_view> able;
        for (auto const& one : team)
            if (one.languages.find(language) != one.languages.npos && one.name != closer)
                able.push_back(one.name);
        return random_.pick(able);
    }

    void count(made_deal& about, std::string_view who, sys_seconds at, bool email) {
        ++about.works;
        if (about.teaches)
            ++faults_.work_on_concluded;
        else
            ++faults_.work_elsewhere;
        auto& month = crm_[{std::string{who}, date::format("%Y-%m", at)}];
        ++month[email ? 0 : 1];
    }

    std::string email(made_deal& about, std::string_view who, sys_seconds at) {
        auto name = id('E');
        emails_.row(name, about.id, who, time_text(at));
        count(about, who, at, true);
        return name;
    }
    std::string activity(made_deal& about, std::string_view who, sys_seconds at) {
        auto name = id('A');
        activities_.row(name, about.id, who, time_text(at), random_.pick(activity_types));
        count(about, who, at, false);
        return name;
    }
    void work(made_deal& about, std::string_view who, sys_seconds at) {
        if (random_.chance(60))
            email(about, who, at);
        else
            activity(about, who, at);
    }

    /// Some second of the days from `first` to `last`, not in the hours in which faults are planted.
    sys_seconds some_time(sys_days first, sys_days last) {
        auto const day = first + days{random_.between(0, (last - first).count())};
        return day + hours{8} + seconds{random_.between(0, 36'000)};
    }

    fate draw_fate(sys_days end) {
        if (end > export_day)
            return fate::open;
        auto const drawn = random_.between(1, 100);
        return drawn <= 7 ? fate::suspended : drawn <= 13 ? fate::closed_early : fate::concluded;
    }

    struct kind {
        place from;
        std::string_view visa, contract;
        std::int64_t applicants;

        /// Thousandths of emails and activities, before chance.
        [[nodiscard]] std::int64_t expected() const {
            std::int64_t mean = 9000;
            mean = mean *
                   (visa == "Golden Visa" ? golden_visa_percent
                    : visa == "Student"   ? student_percent
                                          : 100) /
                   100;
            mean = mean * (contract == "Premium" ? premium_percent : 100) / 100;
            for (std::int64_t i = 1; i < applicants; ++i)
                mean = mean * (100 + applicant_percent) / 100;
            return mean;
        }
    };

    kind draw_kind() {
        auto const from = random_.pick(places);
        auto const visa = random_.pick(visas);
        auto const premium = random_.chance(30);
        auto const first = random_.between(1, 4);
        auto const second = random_.between(1, 4);
        return {from, visa, premium ? "Premium" : "Standard", std::min(first, second)};
    }

    void deal_row(made_deal const& one, kind const& about, std::string_view applicants,
                  std::string_view language, sys_days end) {
        auto const completed = one.what == fate::concluded || one.what == fate::closed_early;
        auto const stage = random_.chance(50) ? "Residence Card" : "Documents";
        deals_.row(one.id, 'C' + one.id.substr(1), about.visa, about.contract, about.from.country,
                   applicants, day_text(one.start), one.what == fate::open ? "" : day_text(end),
                   completed                     ? "completed"
                   : one.what == fate::suspended ? "suspended"
                                                 : "open",
                   one.what == fate::concluded      ? stage
                   : one.what == fate::closed_early ? "New Clients"
                                                    : "",
                   one.owner, language,
                   examples::format_decimal(60'000 + 25'000 * about.applicants, 2));
    }

    /// Work on the days of the deal; an open one was worked on so far.
    void add_work(made_deal& one, kind const& about) {
        auto const chance = random_.between(50, 150);
        auto const whole = (about.expected() * chance / 100 + 500) / 1000;
        auto const works =
            one.what == fate::closed_early ? std::min<std::int64_t>(whole, 3) : whole;
        auto const last = std::min(one.end, export_day);
        auto const closes = one.what == fate::concluded && random_.chance(70);
        for (std::int64_t i = 0; i < works; ++i) {
            auto const at = some_time(one.start, last);
            auto const who =
                random_.chance(80) ? one.owner : somebody_who_speaks(about.from.language);
            work(one, who, at);
        }
        if (closes)
            activity(one, closer, last + hours{20});
    }

    made_deal& add_deal() {
        auto const about = draw_kind();
        auto const start = first_day + days{random_.between(0, 690)};
        auto const end = start + days{random_.between(15, 130)};
        made_deal one{.id = id('D'),
                      .what = draw_fate(end),
                      .start = start,
                      .end = end,
                      .owner = {},
                      .teaches = false};
        one.owner = random_.chance(8) ? closer : somebody_who_speaks(about.from.language);
        one.teaches = one.what == fate::concluded;
        deal_row(one, about, fmt::format("{}", about.applicants), about.from.language, end);
        add_work(one, about);
        switch (one.what) {
        case fate::concluded:
            ++faults_.concluded;
            ++crm_[{std::string{one.owner}, date::format("%Y-%m", end)}][2];
            break;
        case fate::open:
            ++faults_.open;
            break;
        case fate::suspended:
            ++faults_.suspended;
            break;
        case fate::closed_early:
            ++faults_.closed_early;
            break;
        }
        return made_.emplace_back(std::move(one));
    }

    // Faults

    void add_broken_deals() {
        auto const broken = [&](fate what, std::string_view applicants, sys_days end,
                                std::string_view owner, std::string_view language) {
            auto const about = kind{places[0], visas[0], "Standard", 1};
            made_deal one{.id = id('D'),
                          .what = what,
                          .start = first_day + days{300},
                          .end = end,
                          .owner = owner,
                          .teaches = false,
                          .untouched = false};
            deal_row(one, about, applicants, language, end);
            for (int i = 0; i < 4; ++i) {
                auto const at = some_time(one.start, one.start + days{20});
                work(one, "Edna", at);
            }
            if (what == fate::open)
                ++faults_.open;
            made_.push_back(std::move(one));
        };
        auto const later = first_day + days{360};
        for (auto const* const nothing : {"", "", " "}) {
            broken(fate::concluded, nothing, later, "Alba", "pt");
            ++faults_.applicants_missing;
        }
        for (int i = 0; i < 2; ++i, ++faults_.ends_before_start)
            broken(fate::concluded, "2", first_day + days{299}, "Boris", "pt");
        for (auto const* const language : {"PT ", "pT", " pt"}) {
            broken(fate::open, "1", later, "Edna", language);
            ++faults_.languages_rewritten;
        }
        for (int i = 0; i < 2; ++i, ++faults_.owners_unknown)
            broken(fate::open, "3", later, "Zelda", "pt");
    }

    /// Deals that teach and that nothing was planted in yet, which is to happen now.
    std::vector<made_deal*> fresh(int n) {
        std::vector<made_deal*> able;
        for (auto& one : made_)
            if (one.teaches && one.untouched)
                able.push_back(&one);
        auto chosen = examples::detail::draw(random_, std::move(able), n);
        for (auto* one : chosen)
            one->untouched = false;
        return chosen;
    }

    void add_misplaced_work() {
        for (int i = 0; i < 5; ++i, ++faults_.emails_of_unknown_deals, ++faults_.work_elsewhere) {
            auto const name = id('E');
            emails_.row(name, fmt::format("D9{:04}", i), "Alba", "2025-03-01T10:00:00Z");
            odd_.insert(name);
        }
        for (auto* one : fresh(6)) {
            odd_.insert(email(*one, "Zelda", one->start + hours{7}));
            ++faults_.emails_by_strangers;
        }
        // These count as work, but earn nothing.
        auto const outside = [&](made_deal& one, sys_seconds at, bool is_email, int& counter) {
            odd_.insert(is_email ? email(one, one.owner, at) : activity(one, one.owner, at));
            --faults_.work_on_concluded;
            ++counter;
        };
        for (auto* one : fresh(7))
            outside(*one, one->end + days{1}, false, faults_.activities_after_end);
        for (auto* one : fresh(4))
            outside(*one, one->start - seconds{1}, true, faults_.emails_before_start);
        // One second into a month of the deal's days, where there is one.
        for (auto& one : made_) {
            auto const month = date::year_month_day{one.start};
            auto const next = sys_days{(month.year() / month.month() + date::months{1}) / 1};
            if (one.teaches && next <= one.end && faults_.emails_at_month_ends < 8) {
                email(one, one.owner, next + seconds{1});
                ++faults_.emails_at_month_ends;
            }
        }
    }

    static std::string with_field(std::string row, std::size_t field, std::string_view text) {
        std::size_t begin = 0;
        for (; field > 0; --field)
            begin = row.find(',', begin) + 1;
        auto const end = std::min(row.find(',', begin), row.size());
        return row.replace(begin, end - begin, text);
    }

    /// Later rows of ids that are there: put after all others, so that the first ones count.
    void add_repeated_rows() {
        for (auto* table : {&emails_, &activities_, &deals_})
            random_.shuffle(table->rows);
        auto const row_of = [&](made_deal const& one) {
            return *std::ranges::find_if(
                deals_.rows, [&](std::string const& row) { return row.starts_with(one.id); });
        };
        for (auto const* one : fresh(3)) {
            deals_.rows.push_back(row_of(*one));
            ++faults_.deals_repeated;
        }
        for (auto const* one : fresh(2)) {
            deals_.rows.push_back(with_other_name(row_of(*one), 10));
            ++faults_.deals_contradicted;
        }
        for (std::size_t i = 0; i < 12; ++i, ++faults_.emails_repeated)
            emails_.rows.push_back(some_row(emails_, 20 * i));
        for (std::size_t i = 0; i < 5; ++i, ++faults_.activities_contradicted)
            activities_.rows.push_back(with_other_name(some_row(activities_, 15 * i), 2));
    }

    static std::string with_other_name(std::string const& row, std::size_t field) {
        auto const changed = with_field(row, field, "Clio");
        return changed == row ? with_field(row, field, "Dario") : changed;
    }

    /// A row from there on that nothing is wrong with; it is about to be repeated.
    std::string some_row(examples::detail::sample_table const& table, std::size_t from) {
        auto const row = *std::find_if(
            table.rows.begin() + static_cast<std::ptrdiff_t>(from), table.rows.end(),
            [&](std::string const& one) { return !odd_.contains(one.substr(0, one.find(','))); });
        auto const deal_id = row.substr(row.find(',') + 1, 6);
        auto const& about = *std::ranges::find(made_, deal_id, &made_deal::id);
        ++(about.teaches ? faults_.repeats_on_concluded : faults_.work_elsewhere);
        return row;
    }

    void add_team() {
        for (auto const& one : team)
            skills_.row(one.name, one.languages, one.scopes);
    }

    void client(std::string_view visa, place from, std::string_view applicants) {
        auto const at = sys_seconds{export_day} + hours{++faults_.clients};
        clients_.row(fmt::format("N{:03}", faults_.clients), visa, "Standard", from.country,
                     applicants, from.language, time_text(at));
    }

    void add_clients() {
        for (int i = 0; i < 15; ++i) {
            auto const about = draw_kind();
            auto const applicants = random_.between(1, 5);
            client(about.visa, about.from, fmt::format("{}", applicants));
        }
        client("Student", {"Chile", "qu"}, "1");
        ++faults_.clients_nobody_understands;
        client("Diplomat", {"Chile", "es"}, "2");
        ++faults_.clients_nobody_can_serve;
        client("Pensioner", {"Brazil", "pt"}, "1");
        ++faults_.clients_in_between;
        skills_.row("Ines", "is", "Pensioner");  // knows the visa type, not the language
        client("Student", {"Chile", "es"}, "");
        ++faults_.clients_without_applicants;
        client("Student", {"Peru", "es"}, "2");
        ++faults_.clients_from_new_countries;
    }

    /// Reports that others made, right but for two lines each.
    void add_other_reports() {
        for (auto const& one : made_) {
            auto const wrong = faults_.interactions_wrong < 2;
            interactions_.row(one.id, one.works + (wrong ? 1 : 0));
            faults_.interactions_wrong += wrong ? 1 : 0;
        }
        for (auto const& [key, counts] : crm_) {
            auto const wrong = faults_.crm_lines_wrong < 2;
            crm_report_.row(key.first, key.second, counts[0], counts[1],
                            counts[2] + (wrong ? 1 : 0));
            faults_.crm_lines_wrong += wrong ? 1 : 0;
        }
    }

    examples::sample<sample_faults> files() {
        faults_.deal_rows = deals_.size();
        faults_.email_rows = emails_.size();
        faults_.activity_rows = activities_.size();
        return {{deals_.file("deals_base.csv"), emails_.file("emails.csv", false),
                 activities_.file("activities.csv", true, true), skills_.file("cs_skills.csv"),
                 clients_.file("new_clients.csv", false), interactions_.file("interactions.csv"),
                 crm_report_.file("crm_report.csv")},
                faults_};
    }

    examples::random_source random_;
    int last_id_ = 0;
    std::vector<made_deal> made_;
    std::map<std::pair<std::string, std::string>, std::array<int, 3>> crm_;
    std::set<std::string> odd_;  // ids of work that something is wrong with
    sample_faults faults_;
    examples::detail::sample_table deals_{
        "deal_id,client_id,visa_type,contract_category,country,n_applicants,start_date,end_date,"
        "status,stage_closed,cs_owner,client_language,fee"};
    examples::detail::sample_table emails_{"email_id,deal_id,cs_name,sent_at"};
    examples::detail::sample_table activities_{"activity_id,deal_id,cs_name,completed_at,type"};
    examples::detail::sample_table skills_{"cs_name,languages,product_scopes"};
    examples::detail::sample_table clients_{
        "client_id,visa_type,contract_category,country,n_applicants,client_language,arrived_at"};
    examples::detail::sample_table interactions_{"deal_id,interactions"};
    examples::detail::sample_table crm_report_{
        "cs_name,month,emails_sent,activities_completed,deals_concluded"};
};

}  // namespace

examples::sample<sample_faults> customer_success_sample(std::uint64_t seed) {
    return world{seed}.build();
}

}  // namespace customer_success
