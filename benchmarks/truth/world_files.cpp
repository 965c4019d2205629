// SPDX-License-Identifier: BSL-1.0
#include "world.hpp"

#include <fmt/format.h>
#include <fmt/os.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

namespace truth {

namespace {

double hours(date::sys_seconds at) {
    return static_cast<double>(at.time_since_epoch().count()) / 3600;
}

/// A file of comma-separated values without quotes, whose columns are found by name.
class table {
  public:
    table(std::filesystem::path path, std::vector<std::string_view> columns)
        : path_{std::move(path)}, columns_(std::move(columns)), file_{path_} {
        if (!file_)
            throw std::runtime_error{path_.string() + " cannot be opened"};
        if (!next())
            throw std::runtime_error{path_.string() + " is empty; the first line names columns"};
        for (auto const column : columns_) {
            auto const found = std::ranges::find(fields_, column);
            if (found == fields_.end())
                throw std::runtime_error{fmt::format("{}:1: there is no column '{}'; it needs {}",
                                                     path_.string(), column,
                                                     fmt::join(columns_, ", "))};
            places_.push_back(static_cast<std::size_t>(found - fields_.begin()));
        }
        width_ = fields_.size();
    }

    /// Reads the next line that is not empty.
    bool next() {
        while (std::getline(file_, text_)) {
            ++line_;
            if (!text_.empty() && text_.back() == '\r')
                text_.pop_back();
            if (text_.empty())
                continue;
            if (auto const quote = text_.find('"'); quote != std::string::npos)
                throw std::runtime_error{
                    fmt::format("{}:{}:{}: a quote; values here have none, and no commas",
                                path_.string(), line_, quote + 1)};
            split();
            if (width_ != 0 && fields_.size() != width_)
                throw std::runtime_error{fmt::format("{}:{}: {} fields; the first line has {}",
                                                     path_.string(), line_, fields_.size(),
                                                     width_)};
            return true;
        }
        return false;
    }

    [[nodiscard]] std::string text(std::size_t column) const {
        return std::string{fields_[places_[column]]};
    }
    [[nodiscard]] double number(std::size_t column) const {
        auto const field = fields_[places_[column]];
        double value = 0;
        auto const [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
        if (error != std::errc{} || end != field.data() + field.size() || !std::isfinite(value) ||
            std::abs(value) > 1e9)
            fail(column, "a number between -1e9 and 1e9 is expected");
        return value;
    }
    [[noreturn]] void fail(std::size_t column, std::string_view expected) const {
        auto const field = fields_[places_[column]];
        throw std::runtime_error{fmt::format("{}:{}:{}: {} '{}': {}", path_.string(), line_,
                                             field.data() - text_.data() + 1, columns_[column],
                                             field, expected)};
    }

  private:
    void split() {
        fields_.clear();
        std::string_view rest = text_;
        for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
            fields_.push_back(rest.substr(0, comma));
            rest.remove_prefix(comma + 1);
        }
        fields_.push_back(rest);
    }

    std::filesystem::path path_;
    std::vector<std::string_view> columns_;
    std::ifstream file_;
    std::string text_;
    std::vector<std::string_view> fields_;
    std::vector<std::size_t> places_;
    std::size_t width_ = 0;
    std::size_t line_ = 0;
};

std::vector<channel> read_truth(std::filesystem::path const& file) {
    std::vector<channel> channels;
    table rows{file, {"channel", "kind", "share"}};
    double sum = 0;
    while (rows.next()) {
        if (std::ranges::find(channels, rows.text(0), &channel::name) != channels.end())
            rows.fail(0, "this channel had a row already");
        channels.push_back({rows.text(0), rows.text(1), rows.number(2)});
        sum += channels.back().share;
    }
    if (std::abs(sum - 1) > 1e-6)
        throw std::runtime_error{
            fmt::format("{}: the shares add up to {}, and must to 1", file.string(), sum)};
    return channels;
}

}  // namespace

void write(world const& one, std::filesystem::path const& folder) {
    std::filesystem::create_directories(folder);
    auto const start = hours(one.end);
    auto touches = fmt::output_file((folder / "touches.csv").string());
    touches.print("customer,channel,hours\n");
    std::vector<std::uint32_t> customers;
    for (auto const& touch : one.touches) {
        touches.print("{},{},{:.6f}\n", touch.customer, one.channels[touch.channel].name,
                      hours(touch.at) - start);
        customers.push_back(touch.customer);
    }
    std::unordered_map<std::uint32_t, date::sys_seconds> converted;
    for (auto const& sale : one.sales) {
        converted.emplace(sale.customer, sale.at);
        customers.push_back(sale.customer);
    }
    std::ranges::sort(customers);
    customers.erase(std::unique(customers.begin(), customers.end()), customers.end());
    auto outcomes = fmt::output_file((folder / "outcomes.csv").string());
    outcomes.print("customer,hours,converted\n");
    for (auto const customer : customers) {
        auto const found = converted.find(customer);
        outcomes.print("{},{:.6f},{}\n", customer,
                       found == converted.end() ? 0 : hours(found->second) - start,
                       found == converted.end() ? 0 : 1);
    }
    auto truth = fmt::output_file((folder / "truth.csv").string());
    truth.print("channel,kind,share\n");
    for (auto const& channel : one.channels)
        truth.print("{},{},{:.17g}\n", channel.name, channel.kind, channel.share);
}

world read(std::filesystem::path const& folder) {
    world one{folder.filename().string(), read_truth(folder / "truth.csv"), {}, {}, {}, 0, 0};
    struct outcome {
        std::uint32_t customer;
        double end;
    };
    std::unordered_map<std::string, outcome> customers;
    table outcomes{folder / "outcomes.csv", {"customer", "hours", "converted"}};
    while (outcomes.next()) {
        auto const number = static_cast<std::uint32_t>(customers.size());
        if (!customers.emplace(outcomes.text(0), outcome{number, outcomes.number(1)}).second)
            outcomes.fail(0, "this customer had a row already");
        auto const converted = outcomes.number(2);
        if (converted != 0 && converted != 1)
            outcomes.fail(2, "0 or 1 is expected");
        if (converted == 1)
            one.sales.push_back({number, one.end});
    }
    one.customers = customers.size();
    table touches{folder / "touches.csv", {"customer", "channel", "hours"}};
    while (touches.next()) {
        auto const customer = customers.find(touches.text(0));
        if (customer == customers.end())
            touches.fail(0, "outcomes.csv has no such customer");
        auto const channel = std::ranges::find(one.channels, touches.text(1), &channel::name);
        if (channel == one.channels.end())
            touches.fail(1, "truth.csv has no such channel");
        auto const before = (touches.number(2) - customer->second.end) * 3600;
        if (before > 0)
            touches.fail(2, "the customer was observed until before that");
        one.touches.push_back({customer->second.customer,
                               static_cast<std::uint32_t>(channel - one.channels.begin()),
                               one.end + std::chrono::seconds{std::llround(before)}});
    }
    return one;
}

}  // namespace truth
