// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/records.hpp>

#include <support/checked_fields.hpp>
#include <support/key_bridge.hpp>
#include <support/parse_day.hpp>
#include <support/record_fields.hpp>

#include <functional>
#include <limits>
#include <utility>

namespace goodpulse {

namespace {

using examples::csv_field;
template <class Record>
using fields = examples::record_fields<Record>;

std::int64_t score_of(csv_field const& field) {
    auto const score = examples::count(field);
    if (score < 1 || score > 5)
        throw examples::input_error{field.where, examples::in_quotes(field.text) +
                                                     " is not a score, write 1 to 5"};
    return score;
}

/// A table of cohorts has a line for each period from the first purchase to the last: centuries of them
/// would say nothing, and take minutes.
examples::instant purchase_time(csv_field const& field, examples::reading& how) {
    using namespace date::literals;
    auto const time = iso_time(field, how);
    if (time < date::sys_days{1900_y / 1 / 1} || time >= date::sys_days{2200_y / 1 / 1})
        examples::detail::reject(field,
                                 "is no time of a purchase, correct it or leave the row out: "
                                 "write a time in the years 1900 to 2199");
    return time;
}

}  // namespace

records load(std::filesystem::path const& directory, examples::reading how) {
    records all;
    all.input = std::move(how);
    examples::record_reader tables{all.input};
    auto const read = [&](std::string const& table, auto const& columns, auto& into) {
        auto const file = directory / ("olist_" + table + "_dataset.csv");
        if constexpr (requires { into.emplace(); }) {
            if (std::filesystem::exists(file))
                tables.read(file, columns, into.emplace());
        } else {
            tables.read(file, columns, into);
        }
    };
    // They can be added up without overflow, also once for each of many reviews.
    examples::limited_amounts amounts{
        2, std::numeric_limits<std::int64_t>::max() / 1'000'000,
        "with this row the amounts are more than any shop earns, look "
        "for a misplaced decimal point"};
    auto const cents = std::ref(amounts);
    auto const text_or = [&](char const* otherwise) {
        return [&all, otherwise](csv_field const& field) {
            return key(field, all.input).value_or(otherwise);
        };
    };
    read("orders",
         fields<order>{{"order_id", &order::id},
                       {"customer_id", &order::customer},
                       {"order_status", &order::status},
                       {"order_purchase_timestamp", &order::bought,
                        [&all](csv_field const& field) { return purchase_time(field, all.input); }},
                       {"order_delivered_customer_date", &order::delivered}},
         all.orders);
    read(
        "customers",
        fields<customer>{{"customer_id", &customer::id}, {"customer_unique_id", &customer::person}},
        all.customers);
    read("order_payments",
         fields<payment>{{"order_id", &payment::order}, {"payment_value", &payment::cents, cents}},
         all.payments);
    read("order_reviews",
         fields<review>{{"review_id", &review::id},
                        {"order_id", &review::order},
                        {"review_score", &review::score, score_of}},
         all.reviews);
    read("order_items",
         fields<item>{{"order_id", &item::order},
                      {"seller_id", &item::seller},
                      {"price", &item::cents, cents}},
         all.items);
    read("marketing_qualified_leads",
         fields<lead>{{"mql_id", &lead::id},
                      {"first_contact_date", &lead::day, examples::day_of},
                      {"origin", &lead::origin, text_or("unknown")}},
         all.leads);
    read("closed_deals",
         fields<deal>{{"mql_id", &deal::lead},
                      {"seller_id", &deal::seller},
                      {"won_date", &deal::won},
                      {"lead_type", &deal::type, text_or("(none)")}},
         all.deals);
    examples::key_bridge const person_of{all.customers, &customer::id, &customer::person};
    person_of.lead(all.orders, &order::customer, &order::person);
    return all;
}

}  // namespace goodpulse
