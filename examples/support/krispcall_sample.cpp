// SPDX-License-Identifier: BSL-1.0
#include <support/sample_data.hpp>
#include <support/sample_table.hpp>

#include <support/money_text.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace examples {

namespace {

using namespace date::literals;
using namespace detail;

constexpr auto second = seconds{1};
constexpr auto hour = seconds{3600};
constexpr sys_seconds first_day = date::sys_days{2024_y / 2 / 1};

constexpr std::array<std::string_view, 2> always_connected{"web", "mobile"};
constexpr std::array<std::string_view, 10> platforms{
    "ledgerly", "deskpilot",  "mailnest", "quoteforge", "taskharbor",
    "shopkite", "ticketwren", "formlane", "chatbarn",   "plannermint"};
constexpr std::array<std::string_view, 20> first_names{
    "ada",  "bram", "cleo", "dora", "emil", "fern", "gus",  "hana", "ines", "jory",
    "kaya", "levi", "mina", "nils", "orla", "pia",  "quin", "rosa", "sven", "tova"};
constexpr std::array<std::string_view, 8> name_begins{"Amber", "Birch",  "Cobalt", "Delta",
                                                      "Elder", "Falcon", "Garnet", "Harbor"};
constexpr std::array<std::string_view, 5> name_ends{"works", "field", "bridge", "mill", "point"};

/// One platform of one user: connected early, before the first payment, or late, after it.
struct connection {
    std::string user;
    std::string_view platform;
    sys_seconds from;
    std::optional<sys_seconds> until;
};

enum class kind { plain, refunded, zero_net, negative_net, thirds, no_integration, no_usage, bare };

// 40 accounts.
constexpr std::array<std::pair<kind, int>, 8> plan{{{kind::plain, 19},
                                                    {kind::refunded, 6},
                                                    {kind::zero_net, 2},
                                                    {kind::negative_net, 2},
                                                    {kind::thirds, 3},
                                                    {kind::no_integration, 4},
                                                    {kind::no_usage, 3},
                                                    {kind::bare, 1}}};

/// Every account follows the same calendar, in days around its first payment:
///
///     -30..-10 early connects    1..10 late connects    11..59 usage    60..120 first refund
///     130..190 disconnects
struct account {
    kind what;
    std::string name;
    std::vector<std::string> users = {};  // the owner first
    sys_seconds paid = {};
    std::optional<sys_seconds> refunded = {};
    std::vector<connection> connections = {};  // the owner's: first early and open, then late
    timeline times = {};

    std::string const& owner() const { return users.front(); }
    connection const& early() const { return connections[0]; }
    connection const& late() const { return connections[1]; }
    sys_seconds usage_begin() const { return paid + 11 * one_day; }
    sys_seconds usage_end() const { return paid + 59 * one_day; }
};

class krispcall_world {
  public:
    explicit krispcall_world(std::uint64_t seed) : random{seed} {}

    sample<krispcall_faults> build() {
        add_accounts();
        add_usage();
        add_usage_out_of_life();
        add_usage_at_edges();
        add_usage_not_connected();
        add_unknown_users();
        add_duplicates();
        add_odd_integrations();
        return files();
    }

  private:
    // Building blocks

    /// `n` accounts of the kind.
    std::vector<account*> some(int n, auto const& is_wanted) {
        std::vector<account*> wanted;
        for (auto& one : accounts)
            if (is_wanted(one))
                wanted.push_back(&one);
        return draw(random, std::move(wanted), n);
    }

    std::vector<account*> plain(int n) {
        return some(n, [](account const& a) { return a.what == kind::plain; });
    }

    std::vector<account*> refunded(int n) {
        return some(n, [](account const& a) { return a.refunded && a.what != kind::no_usage; });
    }

    void call(account const& who, std::string_view user, std::string_view platform, sys_seconds at,
              seconds length) {
        auto const cost = format_decimal(random.between(10'000, 900'000), 6);
        usage.row("Outbound Calls", count(at), cost, fmt::format("{}.0 seconds", length.count()),
                  user, platform, who.name, who.owner(), "");
    }

    void use(account const& who, std::string_view user, std::string_view platform, sys_seconds at) {
        if (random.chance(70)) {
            call(who, user, platform, at, between(random, seconds{5}, seconds{900}));
        } else {
            auto const cost = format_decimal(random.between(10'000, 200'000), 6);
            usage.row("Outbound SMS", count(at), cost, "", user, platform, who.name, who.owner(),
                      random.between(1, 4));
        }
    }

    static std::int64_t count(sys_seconds at) { return at.time_since_epoch().count(); }

    sys_seconds some_time(account& who) {
        return who.times.draw(random, who.usage_begin(), who.usage_end());
    }

    void integration(std::string_view event, std::string_view user, std::string_view platform,
                     sys_seconds at) {
        integrations.row(fmt::format("Integration {}", event), count(at), user, platform, "");
    }

    void connect(account& who, std::string const& user, std::string_view platform, bool early,
                 bool left_open) {
        auto const from =
            early ? who.times.draw(random, who.paid - 30 * one_day, who.paid - 10 * one_day)
                  : who.times.draw(random, who.paid + one_day, who.paid + 10 * one_day);
        integration("Connected", user, platform, from);
        auto made = connection{user, platform, from, {}};
        if (left_open) {
            ++faults.connects_left_open;
        } else {
            made.until = who.times.draw(random, who.paid + 130 * one_day, who.paid + 190 * one_day);
            integration("Disconnected", user, platform, *made.until);
        }
        who.connections.push_back(std::move(made));
    }

    void pay(account const& who, sys_seconds at, std::int64_t cents) {
        std::string parts;
        for (auto rest = cents; rest > 0;) {
            auto const part =
                rest > 1000 && random.chance(60) ? random.between(500, rest - 500) : rest;
            parts += fmt::format("{}{}", parts.empty() ? "" : ", ", part);
            rest -= part;
        }
        payments.row("New Payment Made", count(at), who.owner(), money(cents), parts, "", "", "");
        ++faults.payment_rows;
    }

    void refund(account const& who, sys_seconds at, std::int64_t cents) {
        auto const day = date::year_month_day{date::floor<date::days>(who.paid)};
        payments.row("Refund Granted", count(at), "", "", "", money(cents),
                     fmt::format("{:04}-{:02}-{:02}T00:00:00", int{day.year()},
                                 unsigned{day.month()}, unsigned{day.day()}),
                     who.owner());
        ++faults.refund_rows;
    }

    static std::string money(std::int64_t cents) {
        return format_decimal(cents, 2, decimal_style::shortest);
    }

    // The world, fault by fault

    void add_accounts() {
        std::vector<kind> kinds;
        for (auto const& [what, n] : plan)
            kinds.insert(kinds.end(), static_cast<std::size_t>(n), what);
        random.shuffle(kinds);
        for (auto const what : kinds) {
            auto const number = accounts.size();
            auto& made = accounts.emplace_back(
                account{what, fmt::format("{}{}", name_begins[number % name_begins.size()],
                                          name_ends[number / name_begins.size()])});
            made.paid = first_day + between(random, seconds{0}, 60 * one_day);
            made.times.take(made.paid);
            add_users(made);
            add_money(made);
            if (what != kind::no_integration && what != kind::bare)
                add_connections(made);
            else
                ++faults.accounts_without_integration;
        }
    }

    void add_users(account& made) {
        auto domain = made.name;
        domain.front() = static_cast<char>(domain.front() - 'A' + 'a');
        auto names = std::vector<std::string_view>(first_names.begin(), first_names.end());
        random.shuffle(names);
        auto const members = made.what == kind::plain ? random.between(1, 7) : random.between(0, 2);
        std::string list;
        for (auto i = 0; i <= members; ++i) {
            made.users.push_back(
                fmt::format("{}@{}.example", names[static_cast<std::size_t>(i)], domain));
            if (i > 1)
                list += ',';
            if (i > 0)
                list += made.users.back();
        }
        workspaces.row(++faults.accounts, made.name, made.users.size(), made.owner(), list);
    }

    void add_money(account& made) {
        auto const refund_in = [&](std::int64_t low, std::int64_t high) {
            return made.times.draw(random, made.paid + low * one_day, made.paid + high * one_day);
        };
        auto const first = 500 * random.between(3, 30);
        pay(made, made.paid, made.what == kind::thirds ? 10'000 : first);
        switch (made.what) {
        case kind::thirds:
            break;
        case kind::refunded:
            pay(made, refund_in(20, 50), first);
            made.refunded = refund_in(60, 120);
            refund(made, *made.refunded, first);
            break;
        case kind::zero_net:
            made.refunded = refund_in(60, 120);
            refund(made, *made.refunded, first);
            ++faults.accounts_with_zero_net;
            break;
        case kind::negative_net:
            made.refunded = refund_in(60, 100);
            refund(made, *made.refunded, first);
            refund(made, refund_in(110, 120), 500);
            ++faults.accounts_with_negative_net;
            break;
        default:
            for (auto n = random.between(0, 2); n > 0; --n) {
                auto const cents = 25 * random.between(20, 600);
                pay(made, refund_in(20, 150), cents);
            }
        }
    }

    void add_connections(account& made) {
        auto names = std::vector<std::string_view>(platforms.begin(), platforms.end());
        random.shuffle(names);
        connect(made, made.owner(), names[0], true, true);
        connect(made, made.owner(), names[1], false, false);
        if (made.what == kind::thirds)
            connect(made, made.owner(), names[2], false, true);
        else
            for (std::size_t i = 1; i < made.users.size(); ++i)
                if (random.chance(60)) {
                    auto const early = random.chance(30);
                    auto const left_open = random.chance(80);
                    connect(made, made.users[i], names[1 + i], early, left_open);
                }
    }

    /// Usage that counts, and has nothing special about it.
    void add_usage() {
        for (auto& one : accounts) {
            if (one.what == kind::no_usage || one.what == kind::bare) {
                ++faults.accounts_without_usage;
                continue;
            }
            if (one.what == kind::thirds) {
                ++faults.accounts_in_thirds;
                auto const length = between(random, seconds{60}, seconds{600});
                for (auto const& connected : one.connections)
                    for (int i = 0; i < 3; ++i)
                        call(one, connected.user, connected.platform, some_time(one), length);
                continue;
            }
            for (auto n = random.between(18, 36); n > 0; --n) {
                if (one.connections.empty() || random.chance(60)) {
                    auto const platform = random.pick(always_connected);
                    auto const& user = random.pick(one.users);
                    use(one, user, platform, some_time(one));
                    ++faults.usage_on_web;
                } else {
                    auto const& connected = random.pick(one.connections);
                    use(one, connected.user, connected.platform, some_time(one));
                }
            }
        }
    }

    /// The first of each by one second; some over web, which is connected but pays no bills.
    void add_usage_out_of_life() {
        auto const plant = [&](account* one, int number, sys_seconds low, sys_seconds high) {
            auto const web = number % 3 == 1;
            use(*one, one->owner(), web ? "mobile" : one->early().platform,
                one->times.draw(random, low, high));
            faults.usage_off_on_web += web ? 1 : 0;
        };
        for (auto* one : plain(12)) {
            auto const number = faults.usage_before_payment++;
            auto const latest = one->paid - second;
            plant(one, number, number == 0 ? latest : one->paid - 9 * one_day, latest);
        }
        for (auto* one : refunded(10)) {
            auto const number = faults.usage_after_refund++;
            auto const earliest = *one->refunded + second;
            plant(one, number, earliest, number == 0 ? earliest : earliest + 8 * one_day);
        }
    }

    void add_usage_at_edges() {
        auto const owner_uses = [&](account* one, std::string_view platform, sys_seconds at,
                                    int& counter) {
            use(*one, one->owner(), platform, at);
            ++counter;
        };
        for (auto* one : plain(7))
            owner_uses(one, one->early().platform, one->paid, faults.usage_at_payment);
        for (auto* one : refunded(6))
            owner_uses(one, one->early().platform, *one->refunded, faults.usage_at_refund);
        for (auto* one : plain(8))
            owner_uses(one, one->late().platform, one->late().from, faults.usage_at_connect);
        for (auto* one : plain(5))
            owner_uses(one, one->late().platform, *one->late().until, faults.usage_at_disconnect);
    }

    void add_usage_not_connected() {
        auto const plant = [&](account* one, std::string_view user, std::string_view platform,
                               sys_seconds at) {
            use(*one, user, platform, at);
            ++faults.usage_not_connected;
        };
        for (auto* one : plain(6))
            plant(one, one->owner(), one->late().platform, one->late().from - second);
        for (auto* one : plain(6))
            plant(one, one->owner(), one->late().platform, *one->late().until + second);
        for (auto* one : plain(9))
            plant(one, one->owner(), "faxmachine", some_time(*one));
        for (auto* one : plain(4)) {
            plant(one, one->users[1], one->early().platform, some_time(*one));
            ++faults.usage_of_colleague;
        }
    }

    void add_unknown_users() {
        for (auto* one : plain(7)) {
            use(*one, fmt::format("guest{}@nowhere.example", ++faults.usage_of_unknown_user), "web",
                some_time(*one));
        }
    }

    void add_duplicates() {
        for (auto* one : plain(8)) {
            use(*one, one->owner(), one->early().platform, some_time(*one));
            usage.rows.push_back(usage.rows.back());
            ++faults.duplicate_usage;
        }
    }

    /// On platforms that nobody uses, so that they change nothing above.
    void add_odd_integrations() {
        for (auto* one : plain(5)) {  // never connected
            integration("Disconnected", one->owner(), "cardindex", some_time(*one));
            ++faults.unmatched_disconnects;
        }
        for (auto* one : plain(3)) {  // disconnected before it is connected, and once too often
            auto const& late = one->late();
            integration("Disconnected", late.user, late.platform, late.from - hour);
            integration("Disconnected", late.user, late.platform, *late.until + hour);
            faults.unmatched_disconnects += 2;
        }
        auto number = 0;
        for (auto* one : plain(6)) {  // first in, first out
            auto const first = some_time(*one);
            auto const user = one->owner();
            integration("Connected", user, "pagerbook", first);
            integration("Connected", user, "pagerbook", first + 2 * one_day);
            integration("Disconnected", user, "pagerbook", first + 5 * one_day);
            ++faults.overlapping_connects;
            if (number++ % 2 == 0)
                ++faults.connects_left_open;
            else
                integration("Disconnected", user, "pagerbook", first + 9 * one_day);
        }
    }

    sample<krispcall_faults> files() {
        for (auto* table : {&payments, &integrations, &usage})
            random.shuffle(table->rows);
        faults.integration_rows = integrations.size();
        faults.usage_rows = usage.size();
        return {{workspaces.file("final_workspace_data.csv"),
                 payments.file("final_payment_refund_data.csv"),
                 integrations.file("final_integration_data.csv"),
                 usage.file("final_calls_sms_detailed_data.csv", false)},
                faults};
    }

    random_source random;
    std::vector<account> accounts;
    krispcall_faults faults;
    sample_table workspaces{"workspace_id,workspace_name,total_users,owner_email,member_emails"};
    sample_table payments{"event,time,$email,Amount,Amount Breakdown,Refund Amount,"
                          "Refunded Transaction Date,User Email"};
    sample_table integrations{
        "event,time,distinct_id,Integration Platform,$distinct_id_before_identity"};
    sample_table usage{"event,time,Cost,Duration,Email,Platform,Workspace,Owner,Segments"};
};

}  // namespace

sample<krispcall_faults> krispcall_sample(std::uint64_t seed) {
    return krispcall_world{seed}.build();
}

}  // namespace examples
