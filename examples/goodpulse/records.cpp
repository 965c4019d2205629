// SPDX-License-Identifier: BSL-1.0
#include <goodpulse/records.hpp>

#include <support/checked_fields.hpp>
#include <support/key_bridge.hpp>
#include <support/parse_day.hpp>

#include <limits>
#include <utility>

namespace goodpulse {

namespace {

namespace fs = std::filesystem;

/// Reads the rows of a table into structs.
class table_reader {
  public:
    table_reader(fs::path directory, records& all) : directory_{std::move(directory)}, all_{all} {}

    template <class Record>
    std::vector<Record> read(std::string const& table, std::vector<std::string> const& columns,
                             auto make) {
        std::vector<Record> rows;
        for (auto const row : examples::csv_reader{file(table), columns, all_.input})
            rows.push_back(make(row));
        return rows;
    }

    template <class Record>
    std::optional<std::vector<Record>>
    read_if_there(std::string const& table, std::vector<std::string> const& columns, auto make) {
        if (!fs::exists(file(table)))
            return std::nullopt;
        return read<Record>(table, columns, make);
    }

    std::int64_t cents(examples::csv_field const& field) { return amounts_.read(field); }

  private:
    [[nodiscard]] fs::path file(std::string const& table) const {
        return directory_ / ("olist_" + table + "_dataset.csv");
    }

    fs::path directory_;
    records& all_;
    /// They can be added up without overflow, also once for each of many reviews.
    examples::limited_amounts amounts_{
        2, std::numeric_limits<std::int64_t>::max() / 1'000'000,
        "with this row the amounts are more than any shop earns, look "
        "for a misplaced decimal point"};
};

std::int64_t score_of(examples::csv_field const& field) {
    auto const score = examples::count(field);
    if (score < 1 || score > 5)
        throw examples::input_error{field.where, examples::in_quotes(field.text) +
                                                     " is not a score, write 1 to 5"};
    return score;
}

void name_people(records& all) {
    examples::key_bridge const person_of{all.customers, &customer::id, &customer::person};
    for (auto& order : all.orders)
        order.person = person_of(order.customer);
}

}  // namespace

records load(fs::path const& directory, examples::reading how) {
    records all;
    all.input = std::move(how);
    auto& in = all.input;
    auto tables = table_reader{directory, all};
    all.orders = tables.read<order>(
        "orders",
        {"order_id", "customer_id", "order_status", "order_purchase_timestamp",
         "order_delivered_customer_date"},
        [&](auto const& row) {
            auto const delivered = row["order_delivered_customer_date"];
            return order{.id = key(row["order_id"], in),
                         .customer = key(row["customer_id"], in),
                         .person = {},
                         .status = std::string{row["order_status"].text},
                         .bought = iso_time(row["order_purchase_timestamp"], in),
                         .delivered = missing(delivered, in)
                                          ? std::nullopt
                                          : std::optional{iso_time(delivered, in)}};
        });
    all.customers = tables.read<customer>(
        "customers", {"customer_id", "customer_unique_id"}, [&](auto const& row) {
            return customer{key(row["customer_id"], in), key(row["customer_unique_id"], in)};
        });
    all.payments =
        tables.read<payment>("order_payments", {"order_id", "payment_value"}, [&](auto const& row) {
            return payment{key(row["order_id"], in), tables.cents(row["payment_value"])};
        });
    all.reviews = tables.read<review>(
        "order_reviews", {"review_id", "order_id", "review_score"}, [&](auto const& row) {
            return review{key(row["review_id"], in), key(row["order_id"], in),
                          score_of(row["review_score"])};
        });
    all.items = tables.read_if_there<item>(
        "order_items", {"order_id", "seller_id", "price"}, [&](auto const& row) {
            return item{key(row["order_id"], in), key(row["seller_id"], in),
                        tables.cents(row["price"])};
        });
    all.leads = tables.read_if_there<lead>(
        "marketing_qualified_leads", {"mql_id", "first_contact_date", "origin"},
        [&](auto const& row) {
            return lead{key(row["mql_id"], in), day_of(row["first_contact_date"]),
                        key(row["origin"], in).value_or("unknown")};
        });
    all.deals = tables.read_if_there<deal>(
        "closed_deals", {"mql_id", "seller_id", "won_date", "lead_type"}, [&](auto const& row) {
            return deal{key(row["mql_id"], in), key(row["seller_id"], in),
                        iso_time(row["won_date"], in),
                        key(row["lead_type"], in).value_or("(none)")};
        });
    name_people(all);
    return all;
}

}  // namespace goodpulse
