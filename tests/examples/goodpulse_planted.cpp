// SPDX-License-Identifier: BSL-1.0

// Prints what goodpulse must say about its sample data, as far as the generator knows it: where (a
// rule of validation.csv, a figure, a reason in audit.csv, a number that the test counts itself),
// what and how often.

#include <goodpulse/sample.hpp>

#include <fmt/format.h>

#include <string_view>

namespace {

void line(std::string_view where, std::string_view what, int number) {
    fmt::print("{}\t{}\t{}\n", where, what, number);
}

}  // namespace

int main() {
    auto const planted = goodpulse::sample().planted_faults;
    auto const rule = [](std::string_view name, int count) { line("rule", name, count); };
    rule("unique(order id)", planted.repeated_orders);
    rule("order customer is known", planted.orders_of_nobody);
    rule("order is delivered", planted.orders_not_delivered);
    rule("delivered order has a payment", planted.orders_without_payment);
    rule("delivered order has arrived", planted.orders_without_delivery);
    rule("delivery is after the purchase", planted.deliveries_before_purchase);
    rule("fan_out(payment order)", planted.payments_of_several);
    rule("fan_out(review order)", planted.reviews_of_several);
    rule("unique(review of an order)", planted.repeated_reviews);
    rule("unique(review id)", planted.reviews_on_two_orders + planted.repeated_reviews);
    rule("lead has an origin", planted.leads_without_origin);
    rule("known(deal lead)", planted.deals_without_lead);
    rule("deal has a lead type", planted.deals_without_type);
    rule("unique(deal seller)", planted.sellers_with_two_leads);
    rule("known(item seller)", planted.items_of_strangers + planted.items_not_delivered);
    for (auto const* const not_planted :
         {"required(order id)",        "required(order customer)", "written_as_usual(order status)",
          "unique(customer id)",       "required(customer id)",    "required(customer person)",
          "required(payment order)",   "known(payment order)",     "payment is not negative",
          "required(review order)",    "known(review order)",      "unique(lead id)",
          "required(lead id)",         "unique(deal lead)",        "required(deal lead)",
          "required(deal seller)",     "required(item order)",     "known(item order)",
          "required(item seller)",     "input is UTF-8",           "input has commas",
          "time is whole microseconds"})
        rule(not_planted, 0);

    line("figure", "customers", planted.customers);
    line("figure", "orders", planted.delivered_orders);
    line("figure", "repeat_customers", planted.repeat_customers);
    line("figure", "orders_without_payment", planted.orders_without_payment);
    line("figure", "orders_with_several_reviews", planted.orders_with_two_reviews);

    line("counted", "regular", planted.regular_customers);
    line("counted", "power", planted.power_customers);
    line("counted", "order rows", planted.order_rows);
    line("counted", "payment rows", planted.payment_rows);
    line("counted", "review rows", planted.review_rows);
    line("counted", "item rows", planted.item_rows);
    line("counted", "lead rows", planted.lead_rows);
    line("counted", "line breaks", planted.comments_with_line_breaks);
    line("counted", "cohorts of one", planted.cohorts_of_one);
    line("counted", "low value border", planted.customers_at_low_value);
    line("counted", "high value border", planted.customers_at_high_value);
    line("counted", "recency border", planted.customers_at_recency_border);
    line("counted", "past recency border", planted.customers_past_recency_border);
    line("counted", "before leads", planted.customers_before_leads);
    line("counted", "after leads", planted.customers_after_leads);
    line("counted", "last day", planted.leads_of_last_day);
    line("counted", "without deal", planted.leads_without_deal);
    line("counted", "before lead", planted.items_before_lead);
    line("counted", "strangers", planted.items_of_strangers);
    line("counted", "per seller", planted.items_per_seller);
}
