// SPDX-License-Identifier: BSL-1.0
#include <support/sample_data.hpp>
#include <support/sample_table.hpp>

#include <support/money_text.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace examples {

namespace {

using namespace date::literals;
using namespace detail;

constexpr auto window = 90 * one_day;
constexpr auto second = seconds{1};
constexpr auto hour = seconds{3600};
constexpr sys_seconds first_creation = date::sys_days{2023_y / 4 / 1};

constexpr std::array<std::string_view, 5> marketing_channels{
    "Search ads", "Newsletter", "Podcast", "Trade fair, spring", "Trade fair, autumn"};
constexpr std::array<std::string_view, 2> sales_channels{"Cold call", "Letter"};
constexpr std::array<std::string_view, 3> segments{"Startups", "Health, public", "Logistics"};

struct account {
    std::string id;
    std::vector<std::string> contacts = {};
    std::vector<sys_seconds> created = {};  // of its opportunities
    timeline times = {};

    // An instant that lies in the window of each opportunity lies between these.
    sys_seconds window_start() const { return created.back() - window; }
    sys_seconds window_end() const { return created.front(); }
};

class pipeline_world {
  public:
    explicit pipeline_world(std::uint64_t seed) : random{seed}, spend_random{seed ^ 0x5350454E44} {}

    sample<pipeline_faults> build() {
        add_accounts();
        add_edges();
        add_useless_touches();
        add_ties();
        add_broken_contacts();
        add_broken_opportunities();
        add_duplicates();
        add_spend();
        return files();
    }

  private:
    // Building blocks

    std::string id(std::string_view prefix) {
        constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
        auto text = fmt::format("{}{:05}", prefix, ++last_id);
        for (int i = 0; i < 4; ++i)
            text += random.pick(letters);
        return text;
    }

    static std::string text(sys_seconds at) {
        auto const day = date::floor<date::days>(at);
        auto const date = date::year_month_day{day};
        auto const time = date::hh_mm_ss<seconds>{at - day};
        return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", int{date.year()},
                           unsigned{date.month()}, unsigned{date.day()}, time.hours().count(),
                           time.minutes().count(), time.seconds().count());
    }

    // The order in which a compiler evaluates arguments is open: one draw in each statement.
    sample_table& sales_touch(std::string_view contact, sys_seconds at) {
        auto const name = id("ST");
        sales.row(name, random.pick(sales_channels), contact, text(at));
        return sales;
    }

    sample_table& marketing_touch(std::string_view contact, sys_seconds at) {
        auto const name = id("MT");
        marketing.row(name, random.pick(marketing_channels), contact, text(at));
        return marketing;
    }

    sample_table& touch(std::string_view contact, sys_seconds at) {
        return random.chance(15) ? marketing_touch(contact, at) : sales_touch(contact, at);
    }

    sample_table& touch(account& who, sys_seconds at) {
        return touch(random.pick(who.contacts), at);
    }

    /// A touch somewhere between; away from the ends, where the planted touches are.
    sample_table& touch_between(account& who, sys_seconds low, sys_seconds high) {
        return touch(who, who.times.draw(random, low + hour, high - hour));
    }

    sample_table& touch_in_window(account& who) {
        return touch_between(who, who.window_start(), who.window_end());
    }

    void opportunity(std::string_view account_id, sys_seconds at) {
        auto const name = id("OP");
        auto const decimals = random.chance(3) ? 0 : static_cast<int>(random.between(5, 9));
        auto const digits = random.between(1'000'000'000, 9'999'999'999);
        auto const amount = decimals == 0 ? digits / 100'000 : digits;
        opportunities.row(name, account_id, format_decimal(amount, decimals), text(at),
                          random.pick(segments));
    }

    /// An account whose opportunities are close together, so that all have touches in common.
    account make_account(int opportunity_count) {
        auto made = account{.id = id("AC")};
        for (auto n = random.between(1, 4); n > 0; --n) {
            made.contacts.push_back(id("CT"));
            contacts.row(made.contacts.back(), made.id);
        }
        auto at = first_creation + between(random, seconds{0}, 500 * one_day);
        for (int n = 0; n < opportunity_count; ++n) {
            opportunity(made.id, at);
            made.times.take(at);
            made.created.push_back(at);
            at += between(random, one_day, 20 * one_day);
        }
        return made;
    }

    /// `n` of the accounts that have one opportunity.
    std::vector<account*> some(int n) {
        std::vector<account*> pointers;
        for (auto& one : singles)
            pointers.push_back(&one);
        return draw(random, std::move(pointers), n);
    }

    // The world, fault by fault

    void add_accounts() {
        for (int i = 0; i < 200; ++i) {
            auto& made = singles.emplace_back(make_account(1));
            for (auto n = random.between(3, 13); n > 0; --n)
                touch_in_window(made);
        }
        for (int i = 0; i < 36; ++i) {
            auto made = make_account(i < 30 ? 2 : 3);
            for (auto n = random.between(3, 10); n > 0; --n)
                touch_in_window(made);
            if (i < 12) {
                touch_between(made, made.created[0], made.created[1]);
                ++faults.touches_between_creations;
            }
        }
        for (int i = 0; i < 40; ++i) {
            auto made = make_account(0);
            ++faults.accounts_without_opportunity;
            for (auto n = random.between(1, 5); n > 0; --n) {
                touch(made, first_creation + between(random, seconds{0}, 500 * one_day));
                ++faults.touches_without_opportunity;
            }
        }
    }

    void add_edges() {
        auto const plant = [&](int n, auto instant, auto... counters) {
            for (auto* one : some(n)) {
                auto const at = instant(*one);
                one->times.take(at);
                touch(*one, at);
                (++(faults.*counters), ...);
            }
        };
        using f = pipeline_faults;
        plant(
            14, [](account& a) { return a.window_start(); }, &f::touches_at_window_start);
        plant(
            13, [](account& a) { return a.window_end(); }, &f::touches_at_creation);
        plant(
            12, [](account& a) { return a.window_start() - second; }, &f::touches_one_second_early,
            &f::touches_before_window);
        plant(
            11, [](account& a) { return a.window_end() + second; }, &f::touches_one_second_late,
            &f::touches_after_creation);
    }

    void touch_before(account& who) {
        touch_between(who, who.window_start() - 200 * one_day, who.window_start());
        ++faults.touches_before_window;
    }

    void touch_after(account& who) {
        touch_between(who, who.window_end(), who.window_end() + 60 * one_day);
        ++faults.touches_after_creation;
    }

    void add_useless_touches() {
        for (auto* one : some(60))
            for (auto n = random.between(1, 3); n > 0; --n)
                touch_before(*one);
        for (auto* one : some(50))
            for (auto n = random.between(1, 2); n > 0; --n)
                touch_after(*one);
        for (int i = 0; i < 24; ++i) {
            auto lost = make_account(1);
            ++faults.opportunities_without_touch;
            if (i % 3 == 1)
                touch_before(lost);
            if (i % 3 == 2)
                touch_after(lost);
        }
    }

    void add_ties() {
        for (auto* one : some(15)) {
            auto const at =
                one->times.draw(random, one->window_start() + hour, one->window_end() - hour);
            marketing_touch(random.pick(one->contacts), at);
            sales_touch(random.pick(one->contacts), at);
            ++faults.touches_at_same_instant;
        }
    }

    /// A join that takes `null` for a name would connect all of these with each other.
    void add_broken_contacts() {
        auto const someday = [&] {
            return first_creation + between(random, seconds{0}, 500 * one_day);
        };
        auto const plant = [&](int n, std::string_view name, int& counter) {
            for (; n > 0; --n, ++counter)
                sales_touch(name, someday());
        };
        plant(40, "", faults.sales_contact_empty);
        plant(90, "null", faults.sales_contact_null);
        plant(20, "NULL", faults.sales_contact_upper_null);

        for (int i = 0; i < 2; ++i, ++faults.null_contacts)
            contacts.row("null", "null");
        for (std::string_view const name : {"", "null", "NULL"})
            for (int i = 0; i < 5; ++i, ++faults.contacts_without_account) {
                auto const contact = id("CT");
                contacts.row(contact, name);
                touch(contact, someday());
                ++faults.touches_without_account;
            }
        for (int i = 0; i < 25; ++i, ++faults.orphan_touches) {
            auto const contact = id("CT");
            touch(contact, someday());
        }
    }

    void add_broken_opportunities() {
        for (std::string_view const name : {"", "null", "NULL"})
            for (int i = 0; i < 2; ++i, ++faults.opportunities_without_account)
                opportunity(name, first_creation + between(random, 90 * one_day, 500 * one_day));
    }

    void add_duplicates() {
        for (auto* one : some(18)) {
            auto& table = touch_in_window(*one);
            table.rows.push_back(table.rows.back());
            ++faults.duplicate_touches;
        }
    }

    /// Every channel costs something every month, with one exception of each kind.
    void add_spend() {
        std::vector<std::string_view> channels(marketing_channels.begin(),
                                               marketing_channels.end());
        channels.insert(channels.end(), sales_channels.begin(), sales_channels.end());
        auto const odd = draw(spend_random, channels, 2);
        auto const first = date::year_month{2022_y / 6};  // before the first touch
        auto const last = date::year_month{2024_y / 12};  // after the last
        auto const some_month = [&] {
            return date::year_month{2023_y / 6} +
                   date::months{static_cast<int>(spend_random.between(0, 11))};
        };
        auto const without_cost = some_month();
        auto const left_out = some_month();
        auto const row = [&](std::string_view channel, date::year_month month, std::int64_t cents) {
            spend.row(channel,
                      fmt::format("{:04}-{:02}", int{month.year()}, unsigned{month.month()}),
                      format_decimal(cents, 2));
        };
        for (auto const channel : channels)
            for (auto month = first; month <= last; month += date::months{1}) {
                auto const cents = spend_random.between(50'000, 900'000);
                if (channel == odd[0] && month == without_cost) {
                    row(channel, month, 0);
                    ++faults.spend_rows_of_zero;
                } else if (channel == odd[1] && month == left_out) {
                    ++faults.spend_rows_left_out;
                } else {
                    row(channel, month, cents);
                }
            }
        auto const cents = spend_random.between(50'000, 900'000);
        row("Billboard, airport", some_month(), cents);
        ++faults.spend_rows_without_touches;
        faults.spend_rows = spend.size();
    }

    sample<pipeline_faults> files() {
        for (auto* table : {&opportunities, &contacts, &marketing, &sales})
            random.shuffle(table->rows);
        faults.opportunity_rows = opportunities.size();
        faults.contact_rows = contacts.size();
        faults.marketing_rows = marketing.size();
        faults.sales_rows = sales.size();
        return {{opportunities.file("de_hw_opportunity_data.csv", false),
                 contacts.file("de_hw_contact_data.csv", true, true),
                 marketing.file("de_hw_marketing_data.csv", false),
                 sales.file("de_hw_sales_outreach_data.csv", false),
                 spend.file("de_hw_spend_data.csv")},
                faults};
    }

    random_source random;
    random_source spend_random;  // of its own, so that spend changes nothing else
    int last_id = 0;
    std::vector<account> singles;  // accounts with one opportunity that has touches in its window
    pipeline_faults faults;
    sample_table opportunities{
        "opportunity_id,account_id,pipeline_amount,Opportunity_Created_Date,sales_segment"};
    sample_table contacts{"contact_id,account_id"};
    sample_table marketing{
        "marketing_touchpoint_id,channel_name,contact_id,marketing_touchpoint_date"};
    sample_table sales{"sales_touchpoint_id,channel_name,contact_id,sales_touchpoint_date"};
    sample_table spend{"channel,period,spend"};
};

}  // namespace

sample<pipeline_faults> pipeline_sample(std::uint64_t seed) {
    return pipeline_world{seed}.build();
}

}  // namespace examples
