// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/sample_data.hpp>

#include <cstdint>

namespace goodpulse {

/// What sample() planted. Customers are people with a delivered order. The analysis date is the day of
/// the last delivered purchase.
///
/// The truth to be found: 8 % of the customers come back; the score is 5 up to 5 days of delivery and
/// one less for every 5 more; each seller that came by email sells twice as many items as any other
/// with a lead.
struct faults {
    int order_rows = 0, payment_rows = 0, review_rows = 0, item_rows = 0, lead_rows = 0;
    int customers = 0, repeat_customers = 0, delivered_orders = 0;
    int regular_customers = 0, power_customers = 0;  ///< 2 to 4 orders, 5 or more

    int orders_not_delivered = 0;     ///< of seven statuses
    int orders_without_payment = 0;   ///< delivered
    int payments_of_several = 0;      ///< rows of orders that have more than one
    int reviews_of_several = 0;       ///< rows of orders that have more than one
    int orders_with_two_reviews = 0;  ///< different ones
    int reviews_on_two_orders = 0;    ///< reviews that another order has, too
    int repeated_reviews = 0;         ///< rows that repeat an earlier one
    int comments_with_line_breaks = 0;
    int orders_without_delivery = 0;  ///< delivered, but nobody knows when
    int deliveries_before_purchase = 0;
    int orders_of_nobody = 0;  ///< the customer is unknown
    int repeated_orders = 0;   ///< rows that repeat an earlier one

    int cohorts_of_one = 0;           ///< and the one comes back a month later
    int customers_at_low_value = 0;   ///< revenue of exactly 50.00
    int customers_at_high_value = 0;  ///< revenue of exactly 200.00
    int customers_at_recency_border =
        0;  ///< last bought exactly 90 or 180 days before, to 23:59:59
    int customers_past_recency_border = 0;  ///< one day earlier, from 00:00:00

    int customers_before_leads = 0;  ///< bought first before the first lead
    int customers_after_leads = 0;   ///< bought once, on the last day with leads or later
    int leads_of_last_day = 0;       ///< of different types
    int leads_without_deal = 0;
    int leads_without_origin = 0;
    int deals_without_type = 0;
    int deals_without_lead = 0;      ///< of a lead that is not there
    int items_before_lead = 0;       ///< sold by a seller whose lead came later
    int items_of_strangers = 0;      ///< sold by sellers without a lead
    int items_not_delivered = 0;     ///< of orders that are not delivered
    int sellers_with_two_leads = 0;  ///< the first of another origin, before the other
    int items_per_seller = 0;        ///< after the lead; twice as many by email
};

[[nodiscard]] examples::sample<faults> sample(std::uint64_t seed = examples::default_sample_seed);

}  // namespace goodpulse
