// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/sample.hpp>

#include <support/money_text.hpp>
#include <support/sample_table.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace goodpulse {

namespace {

using namespace date::literals;
using namespace examples::detail;
using examples::random_source;

constexpr date::sys_days analysis_date = 2024_y / 6 / 30;
constexpr date::sys_days first_lead = 2023_y / 2 / 1, last_lead = 2024_y / 5 / 15;
constexpr seconds last_second{86399};

constexpr std::array<std::string_view, 4> origins{"organic_search", "paid_search", "social",
                                                  "email"};
constexpr std::array<std::string_view, 4> types{"online_medium", "online_big", "industry",
                                                "offline"};
constexpr std::array<std::string_view, 7> statuses{
    "created", "approved", "invoiced", "processing", "shipped", "unavailable", "canceled"};

struct delivered_order {
    std::string id;
    sys_seconds at;
    std::int64_t days;
};

class world {
  public:
    explicit world(std::uint64_t seed) : random{seed} {}

    examples::sample<faults> build() {
        add_borders();
        add_faulty_orders();
        add_cohort_of_one();
        add_repeaters();
        add_customers_around_leads();
        while (planted.customers < 600)
            customer({draw()});
        add_reviews();
        add_leads();
        add_sellers();
        add_other_items();
        repeat_rows();
        return files();
    }

  private:
    // Building blocks. No call draws in two of its arguments: compilers differ in which is first.

    std::string id(std::string_view prefix) {
        constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
        auto text = fmt::format("{}{:05}", prefix, ++last_id);
        for (int i = 0; i < 4; ++i)
            text += random.pick(letters);
        return text;
    }

    static std::string text(sys_seconds at) { return date::format("%F %T", at); }
    static std::string money(std::int64_t cents) { return examples::format_decimal(cents, 2); }

    /// Between the first and the last lead, on no day that a border is on.
    sys_seconds draw() {
        for (;;) {
            auto const day = first_lead + date::days{random.between(1, 460)};
            auto const age = (analysis_date - day).count();
            if (age != 90 && age != 91 && age != 180 && age != 181)
                return day + between(random, seconds{0}, last_second);
        }
    }

    /// Never a whole number of the currency, which the borders are.
    std::int64_t value(std::int64_t low, std::int64_t high) {
        auto const whole = random.between(low, high);
        return 100 * whole + random.between(1, 99);
    }

    void pay(std::string const& order, std::int64_t cents, int parts) {
        for (int part = 1; part < parts; ++part) {
            auto const paid = cents / 3;
            payments.row(order, part, "voucher", money(paid));
            cents -= paid;
        }
        payments.row(order, parts, "credit_card", money(cents));
        planted.payments_of_several += parts > 1 ? parts : 0;
    }

    /// A row of orders, with a customer_id of its own for the same person.
    std::string order(std::string const& person, std::string_view status, sys_seconds at,
                      std::string const& delivered) {
        auto const name = id("OR");
        auto const key = id("CU");
        orders.row(name, key, status, text(at), delivered);
        if (!person.empty())
            customers.row(key, person);
        return name;
    }

    void delivered(std::string const& person, sys_seconds at, std::int64_t cents) {
        auto const days = random.between(1, 25);
        auto const arrival = date::floor<date::days>(at) + date::days{days};
        auto const name = order(person, "delivered", at,
                                text(arrival + between(random, seconds{0}, last_second)));
        pay(name, cents, random.chance(8) ? 2 : 1);
        bought.push_back({name, at, days});
        ++planted.delivered_orders;
    }

    std::string customer(std::vector<sys_seconds> const& times, std::int64_t cents = 0) {
        auto person = id("PE");
        for (auto const at : times)
            delivered(person, at, cents != 0 ? cents : value(times.size() > 1 ? 110 : 20, 320));
        ++planted.customers;
        planted.repeat_customers += times.size() > 1 ? 1 : 0;
        planted.regular_customers += times.size() > 1 && times.size() < 5 ? 1 : 0;
        planted.power_customers += times.size() >= 5 ? 1 : 0;
        return person;
    }

    /// A score for an order, by how long it took.
    void review(std::string const& name, delivered_order const& one,
                std::string_view comment = "") {
        auto const score =
            std::max<std::int64_t>(1, 5 - std::max<std::int64_t>(0, one.days - 1) / 5);
        reviews.row(name, one.id, score, comment, text(one.at + 30 * one_day));
    }

    void item(std::string const& order_id, std::string const& seller) {
        items.row(order_id, 1, seller, money(value(10, 150)));
    }

    // The world, fault by fault

    void add_borders() {
        for (int i = 0; i < 4; ++i) {
            customer({draw()}, 50'00);
            customer({draw()}, 200'00);
        }
        planted.customers_at_low_value = 4;
        planted.customers_at_high_value = 4;
        for (auto const days : {90, 180}) {
            auto const border = sys_seconds{analysis_date - date::days{days}};
            for (auto const at : {border, border + last_second})
                customer({at});
            customer({border - one_day});
            customer({border - seconds{1}});
        }
        planted.customers_at_recency_border = 4;
        planted.customers_past_recency_border = 4;
    }

    void add_faulty_orders() {
        for (auto const status : statuses)
            for (int i = 0; i < 2; ++i) {
                auto const at = draw();
                auto const name = order(id("PE"), status, at, "");
                pay(name, value(20, 320), 1);
                undelivered.push_back(name);
                ++planted.orders_not_delivered;
            }
        for (int i = 0; i < 2; ++i) {
            auto const at = draw();
            auto const cents = value(20, 320);
            pay(order("", "delivered", at, text(at + 5 * one_day)), cents, 1);
            ++planted.orders_of_nobody;
        }
        for (int i = 0; i < 3; ++i) {  // no payment
            auto const at = draw();
            order(id("PE"), "delivered", at, text(at + 5 * one_day));
            ++planted.orders_without_payment;
        }
        for (int i = 0; i < 4; ++i) {
            auto const cents = value(20, 320);
            auto const at = draw();
            pay(order(id("PE"), "delivered", at, ""), cents, 1);
            ++planted.orders_without_delivery;
        }
        for (int i = 0; i < 3; ++i) {
            auto const at = draw();
            auto const cents = value(20, 320);
            pay(order(id("PE"), "delivered", at, text(at - 2 * one_day)), cents, 1);
            ++planted.deliveries_before_purchase;
        }
        auto const alone = planted.orders_without_payment + planted.orders_without_delivery +
                           planted.deliveries_before_purchase;
        planted.customers += alone;
        planted.delivered_orders += alone;
    }

    /// The only customer of November 2022, back in December.
    void add_cohort_of_one() {
        customer({sys_seconds{date::sys_days{2022_y / 11 / 20}} + last_second,
                  date::sys_days{2022_y / 12 / 1}});
        ++planted.cohorts_of_one;
        ++planted.customers_before_leads;
    }

    void add_repeaters() {
        for (int i = 0; i < 47; ++i) {
            std::vector<sys_seconds> times;
            auto const many = i < 2 ? 5 : i < 5 ? 4 : 2;
            for (int n = 0; n < many; ++n)
                times.push_back(draw());
            customer(times);
        }
    }

    void add_customers_around_leads() {
        for (int i = 0; i < 6; ++i) {
            customer({first_lead - date::days{1 + i} + between(random, seconds{0}, last_second)});
            ++planted.customers_before_leads;
        }
        for (int i = 0; i < 8; ++i) {  // the first on the last day with leads
            customer({sys_seconds{last_lead + date::days{6 * i}} + seconds{60}});
            ++planted.customers_after_leads;
        }
        customer({analysis_date + last_second});
        ++planted.customers_after_leads;
    }

    void add_reviews() {
        for (std::size_t i = 0; i < bought.size(); ++i) {
            auto const name = id("RE");
            review(name, bought[i], i % 4 == 0 ? "Thank you, all fine" : "");
            if (i < 12) {
                review(id("RE"), bought[i]);
                ++planted.orders_with_two_reviews;
                planted.reviews_of_several += 2;
            } else if (i < 22 && i % 2 == 1) {
                // The next order has it, too, and no other.
                review(name, bought[++i]);
                ++planted.reviews_on_two_orders;
            } else if (i + 8 >= bought.size()) {
                review_rows_with_line_breaks(bought[i]);
            }
        }
    }

    /// The last one, again with a comment of two lines.
    void review_rows_with_line_breaks(delivered_order const& one) {
        reviews.rows.pop_back();
        review(id("RE"), one, "It came,\nand \"in time\"");
        ++planted.comments_with_line_breaks;
    }

    std::string lead(date::sys_days day, std::string_view origin) {
        auto const name = id("LE");
        auto const* const format = planted.lead_rows % 7 == 3 ? "%d-%m-%Y" : "%F";
        leads.row(name, date::format(format, day), origin);
        ++planted.lead_rows;
        return name;
    }

    void deal(std::string const& lead_id, std::string const& seller, date::sys_days won,
              std::string_view type) {
        deals.row(lead_id, seller, text(won + seconds{36000}), type);
    }

    /// Leads that never sold: without deal, or the sellers of deals without type.
    void add_leads() {
        lead(first_lead, "social");
        for (int i = 0; i < 60; ++i) {
            auto const origin = random.pick(origins);
            lead(first_lead + date::days{random.between(0, 460)}, origin);
        }
        for (int i = 0; i < 3; ++i)
            lead(first_lead + date::days{50 * i}, "");
        planted.leads_without_deal = planted.lead_rows;
        planted.leads_without_origin = 3;
        for (int i = 0; i < 2; ++i) {
            auto const day = first_lead + date::days{100 * (i + 1)};
            auto const name = lead(day, "social");
            deal(name, id("SE"), day + date::days{9}, "");
            ++planted.deals_without_type;
        }
        auto const seller = id("SE");
        deal(id("LE"), seller, last_lead, "offline");
        ++planted.deals_without_lead;
        for (auto const type : types) {
            auto const name = lead(last_lead, "paid_search");
            deal(name, id("SE"), last_lead + date::days{5}, type);
            ++planted.leads_of_last_day;
        }
    }

    void add_sellers() {
        planted.items_per_seller = 14;
        for (int i = 0; i < 20; ++i) {
            auto const origin = origins[static_cast<std::size_t>(i) % origins.size()];
            auto const day = first_lead + date::days{random.between(10, 90)};
            auto const seller = id("SE");
            if (i % 5 == 4) {
                auto const other = lead(day - date::days{5}, "referral");
                deal(other, seller, day + date::days{20}, random.pick(types));
                ++planted.sellers_with_two_leads;
            }
            auto const name = lead(day, origin);
            deal(name, seller, day + date::days{20}, random.pick(types));
            auto const sells = planted.items_per_seller * (origin == "email" ? 2 : 1);
            for (int n = 0; n < sells;) {
                auto const& one = random.pick(bought);
                if (one.at < day)
                    continue;
                item(one.id, seller);
                ++n;
            }
            if (i < 5) {  // the cohort of one bought before there was any lead
                auto const early = std::ranges::find_if(
                    bought, [](delivered_order const& one) { return one.at < first_lead; });
                item(early->id, seller);
                ++planted.items_before_lead;
            }
        }
    }

    void add_other_items() {
        for (int i = 0; i < 10; ++i) {
            auto const stranger = id("SE");
            for (int n = 0; n < 30; ++n) {
                item(random.pick(bought).id, stranger);
                ++planted.items_of_strangers;
            }
        }
        for (auto const& order_id : undelivered) {
            item(order_id, id("SE"));
            ++planted.items_not_delivered;
        }
    }

    void repeat_rows() {
        for (std::size_t i = 0; i < 3; ++i)
            orders.rows.push_back(orders.rows[100 + i]);
        planted.repeated_orders = 3;
        for (std::size_t i = 0; i < 2; ++i)
            reviews.rows.push_back(reviews.rows[60 + i]);
        planted.repeated_reviews = 2;
        planted.reviews_of_several += 4;
    }

    examples::sample<faults> files() {
        planted.order_rows = orders.size();
        planted.payment_rows = payments.size();
        planted.review_rows = reviews.size();
        planted.item_rows = items.size();
        return {{orders.file("olist_orders_dataset.csv"),
                 customers.file("olist_customers_dataset.csv", true, true),
                 payments.file("olist_order_payments_dataset.csv", false),
                 reviews.file("olist_order_reviews_dataset.csv"),
                 items.file("olist_order_items_dataset.csv"),
                 leads.file("olist_marketing_qualified_leads_dataset.csv"),
                 deals.file("olist_closed_deals_dataset.csv")},
                planted};
    }

    random_source random;
    int last_id = 0;
    faults planted;
    std::vector<delivered_order> bought;  // paid, and delivered
    std::vector<std::string> undelivered;
    sample_table orders{"order_id,customer_id,order_status,order_purchase_timestamp,"
                        "order_delivered_customer_date"};
    sample_table customers{"customer_id,customer_unique_id"};
    sample_table payments{"order_id,payment_sequential,payment_type,payment_value"};
    sample_table reviews{"review_id,order_id,review_score,review_comment_message,"
                         "review_creation_date"};
    sample_table items{"order_id,order_item_id,seller_id,price"};
    sample_table leads{"mql_id,first_contact_date,origin"};
    sample_table deals{"mql_id,seller_id,won_date,lead_type"};
};

}  // namespace

examples::sample<faults> sample(std::uint64_t seed) {
    return world{seed}.build();
}

}  // namespace goodpulse
