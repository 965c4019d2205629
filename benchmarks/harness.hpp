// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "reference.hpp"
#include "workload.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace harness {

using reference::amounts, reference::model;
using workload::order, workload::spread;

/// One way to do a task. Its benchmark is named who/what/order/threads/touchpoints, for example
/// `columns/linear/sorted/1/1000000`.
struct contender {
    std::string who;
    std::string what;
    workload::plan plan;
    unsigned threads = 1;
};

/// Called with the workload; says what is wrong with the results, or nothing.
using check = std::function<std::string(workload::data const&)>;
/// Does the task, and whatever must not be optimised away.
using task = std::function<void(workload::data const&)>;

/// A contender and what it does. Nothing is timed before `verify` has been run and was content.
struct measurement {
    std::string name;
    workload::plan plan;
    check verify;
    task run;
};

/// All that was added, in that order.
std::vector<measurement> const& all();

void add(contender const& one, check verify, task run);

/// Adds a contender that computes these models in one run, which must agree with the
/// reference to 1e-9.
void add(contender const& one, std::vector<model> const& models,
         std::function<std::vector<amounts>(workload::data const&)> run);

/// Empty if each amount agrees with the reference to 1e-9.
std::string difference(amounts const& got, amounts const& expected, double tolerance = 1e-9);

/// What fits every task whose result says nothing.
std::string nothing_to_verify(workload::data const&);

// What there is to measure, over so many touchpoints; each in the file of its name.
void add_limits(std::size_t touches);
void add_plain(std::size_t touches);
void add_records(std::size_t touches);
void add_generic(std::size_t touches);
void add_amounts(std::size_t touches);
void add_skewed(std::size_t touches);
void add_live(std::size_t touches);
void add_reports(std::size_t touches);
void add_partials(std::size_t touches);
void add_sqlite(std::size_t touches);

}  // namespace harness
