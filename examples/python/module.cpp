// SPDX-License-Identifier: BSL-1.0
// The module `attribution` for Python: columns of numpy and pandas in, data frames out.
#include "journeys.hpp"
#include "words.hpp"

#include <pybind11/chrono.h>
#include <pybind11/numpy.h>
#include <pybind11/operators.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace py = pybind11;
using namespace py::literals;
using namespace from_python;

namespace {

using policy = std::shared_ptr<policy_words const>;
using model = std::shared_ptr<model_words const>;

// Columns.

/// A column as numbers of this type; the same memory if it has them side by side already.
template <class Number>
py::array_t<Number> column_of(py::object const& column, std::string const& name) {
    auto const array =
        py::array_t<Number, py::array::c_style | py::array::forcecast>::ensure(column);
    if (!array || array.ndim() != 1)
        throw std::invalid_argument{name + ": a column of numbers is needed"};
    return array;
}
template <class Number>
std::span<Number const> cells(py::array_t<Number> const& column) {
    return {column.data(), static_cast<std::size_t>(column.size())};
}

char kind_of(py::object const& column) {
    return py::module_::import("numpy")
        .attr("asarray")(column)
        .attr("dtype")
        .attr("kind")
        .cast<char>();
}

/// Nanoseconds since 1970, in UTC; numpy's NaT if a time is missing.
py::array_t<std::int64_t> times_of(py::object const& column, std::string const& name,
                                   bool may_be_missing = false) {
    auto const numpy = py::module_::import("numpy");
    auto times = numpy.attr("asarray")(column);
    if (times.attr("dtype").attr("kind").cast<char>() == 'O')  // time zones
        times = py::module_::import("pandas")
                    .attr("to_datetime")(column, "utc"_a = true)
                    .attr("to_numpy")("datetime64[ns]");
    if (times.attr("dtype").attr("kind").cast<char>() != 'M')
        throw std::invalid_argument{name + ": a column of datetime64 is needed; pandas.to_datetime "
                                           "makes one"};
    auto const nanoseconds = times.attr("astype")("datetime64[ns]", "copy"_a = false);
    auto const result = column_of<std::int64_t>(nanoseconds.attr("view")("int64"), name);
    auto const all = cells(result);
    if (auto const missing = std::find(all.begin(), all.end(), no_time);
        !may_be_missing && missing != all.end())
        throw std::invalid_argument{name + ": row " + std::to_string(missing - all.begin()) +
                                    " has no time"};
    return result;
}

/// Zeros that take no memory until somebody reads them.
template <class Number>
py::array_t<Number> zeros(py::ssize_t size, char const* type) {
    return py::module_::import("numpy").attr("zeros")(size, type);
}

struct python_touchpoints {
    py::object key;
    py::array_t<std::int64_t> time;
    py::object channel;
    py::object usage;
};
struct python_conversions {
    py::object key;
    py::array_t<std::int64_t> time;
    py::array value;
    py::object lead;
    py::object opportunity;
};

python_touchpoints touchpoints(py::object key, py::object const& time, py::object channel,
                               py::object usage) {
    return {std::move(key), times_of(time, "touchpoints: time"), std::move(channel),
            std::move(usage)};
}
python_conversions conversions(py::object key, py::object const& time, py::object const& value,
                               py::object lead, py::object opportunity) {
    auto const kind = kind_of(value);
    if (kind != 'i' && kind != 'u' && kind != 'f')
        throw std::invalid_argument{
            "conversions: value: a column of whole or floating-point numbers "
            "is needed"};
    auto const numbers = kind == 'f'
                             ? py::array{column_of<double>(value, "conversions: value")}
                             : py::array{column_of<std::int64_t>(value, "conversions: value")};
    return {std::move(key), times_of(time, "conversions: time"), numbers, std::move(lead),
            std::move(opportunity)};
}

struct numbered_keys {
    py::array_t<std::int64_t> touchpoints;
    py::array_t<std::int64_t> conversions;
    bool numbered = false;
};

/// Whole numbers stay where they are; pandas numbers everything else, -1 for what is missing.
numbered_keys keys_of(py::object const& touchpoints, py::object const& conversions) {
    auto const whole = [](py::object const& column) {
        auto const kind = kind_of(column);
        return kind == 'i' || kind == 'u';
    };
    if (whole(touchpoints) && whole(conversions))
        return {column_of<std::int64_t>(touchpoints, "touchpoints: key"),
                column_of<std::int64_t>(conversions, "conversions: key")};
    if (whole(touchpoints) != whole(conversions))
        throw std::invalid_argument{"join: the keys of one side are whole numbers, those of the "
                                    "other are not; give both the "
                                    "same type, such as astype(str)"};
    auto const pandas = py::module_::import("pandas");
    auto const series = pandas.attr("Series");
    auto const both =
        pandas.attr("concat")(py::make_tuple(series(touchpoints).attr("astype")("object"),
                                             series(conversions).attr("astype")("object")));
    py::object const numbers = pandas.attr("factorize")(both).attr("__getitem__")(0);
    auto const first = py::len(touchpoints);
    auto const part = [&](py::object const& from, py::object const& to) {
        return column_of<std::int64_t>(numbers[py::slice(from, to, py::none())], "join: key");
    };
    return {part(py::none(), py::int_(first)), part(py::int_(first), py::none()), true};
}

/// The channels of touchpoints as numbers in the order of their names.
std::pair<py::array_t<std::int64_t>, std::vector<std::string>>
channels_of(py::object const& column) {
    py::tuple const made = py::module_::import("pandas").attr("factorize")(
        py::module_::import("pandas").attr("Series")(column).attr("astype")("object"),
        "sort"_a = true);
    auto const numbers = column_of<std::int64_t>(made[0], "touchpoints: channel");
    auto const all = cells(numbers);
    if (auto const missing = std::find(all.begin(), all.end(), -1); missing != all.end())
        throw std::invalid_argument{"touchpoints: row " + std::to_string(missing - all.begin()) +
                                    " has no channel; give those that are missing a name"};
    std::vector<std::string> names;
    for (auto const& name : made[1])
        names.push_back(py::str(name));
    return {numbers, names};
}

/// Python's objects must not be let go of by a thread without its lock.
std::shared_ptr<void> owner_of(py::tuple arrays) {
    return {new py::tuple(std::move(arrays)), [](py::tuple* kept) {
                py::gil_scoped_acquire const lock;
                delete kept;
            }};
}

/// While this computes, other threads of Python may run.
template <class Compute>
auto without_lock(Compute compute) {
    py::gil_scoped_release const others_may_run;
    return compute();
}

class python_journeys {
  public:
    python_journeys(python_conversions const& sales, python_touchpoints const& touches) {
        auto const keys = keys_of(touches.key, sales.key);
        touchpoint_table table;
        table.keys = {cells(keys.touchpoints), keys.numbered};
        table.times = cells(touches.time);
        table.has_channels = !touches.channel.is_none();
        table.has_usage = !touches.usage.is_none();
        auto channels = zeros<std::int64_t>(touches.time.size(), "int64");
        if (table.has_channels)
            std::tie(channels, table.channel_names) = channels_of(touches.channel);
        auto const used = table.has_usage ? column_of<double>(touches.usage, "touchpoints: usage")
                                          : zeros<double>(touches.time.size(), "float64");
        table.channels = cells(channels);
        table.usage = cells(used);
        table.owner = owner_of(py::make_tuple(keys.touchpoints, touches.time, channels, used));
        if (sales.value.dtype().kind() == 'f')
            join<double>(sales, keys, std::move(table));
        else
            join<std::int64_t>(sales, keys, std::move(table));
    }

    [[nodiscard]] py::object attribute(model const& m, policy const& p) const {
        auto found = without_lock([&] { return tables_->attribute(m, p); });
        return frame(py::dict("conversion"_a = array(std::move(found.conversion)),
                              "touchpoint"_a = array(std::move(found.touchpoint)),
                              "amount"_a = array(std::move(found.amount)),
                              "share"_a = array(std::move(found.share))));
    }
    [[nodiscard]] py::object report(model const& m, policy const& p) const {
        auto found = without_lock([&] { return tables_->report(m, p); });
        return frame(py::dict("channel"_a = names(found.channel),
                              "amount"_a = array(std::move(found.amount)),
                              "conversions"_a = array(std::move(found.conversions)),
                              "credits"_a = array(std::move(found.credits))));
    }
    [[nodiscard]] py::tuple markov(policy const& p, std::size_t order) const {
        return learned(without_lock([&] { return tables_->markov(p, order); }));
    }
    [[nodiscard]] py::tuple shapley(policy const& p) const {
        return learned(without_lock([&] { return tables_->shapley(p); }));
    }

  private:
    template <class Amount>
    void join(python_conversions const& sales, numbered_keys const& keys,
              touchpoint_table touches) {
        conversion_table<Amount> table;
        table.keys = {cells(keys.conversions), keys.numbered};
        table.times = cells(sales.time);
        py::array_t<Amount> const values{sales.value};
        table.values = cells(values);
        table.has_leads = !sales.lead.is_none();
        table.has_opportunities = !sales.opportunity.is_none();
        auto const instants = [&](py::object const& column, std::string const& name) {
            return column.is_none() ? zeros<std::int64_t>(sales.time.size(), "int64")
                                    : times_of(column, "conversions: " + name, true);
        };
        auto const leads = instants(sales.lead, "lead");
        auto const opportunities = instants(sales.opportunity, "opportunity");
        table.leads = cells(leads);
        table.opportunities = cells(opportunities);
        table.owner =
            owner_of(py::make_tuple(keys.conversions, sales.time, values, leads, opportunities));
        py::gil_scoped_release const others_may_run;
        tables_ = from_python::join(std::move(table), std::move(touches));
    }

    static py::object frame(py::dict const& columns) {
        return py::module_::import("pandas").attr("DataFrame")(columns, "copy"_a = false);
    }
    /// The vector's memory as an array, which then owns it.
    template <class Number>
    static py::object array(std::vector<Number> numbers) {
        auto* const kept = new std::vector<Number>(std::move(numbers));
        py::capsule const owner{
            kept, [](void* memory) { delete static_cast<std::vector<Number>*>(memory); }};
        return py::array_t<Number>{static_cast<py::ssize_t>(kept->size()), kept->data(), owner};
    }
    static py::object array(amounts numbers) {
        return std::visit([](auto& all) { return array(std::move(all)); }, numbers);
    }
    /// The channels of these numbers; None for that of nobody.
    [[nodiscard]] py::list names(std::vector<std::int64_t> const& numbers) const {
        py::list result;
        for (auto const number : numbers)
            if (number < 0)
                result.append(py::none());
            else
                result.append(
                    tables_->touchpoints().channel_names[static_cast<std::size_t>(number)]);
        return result;
    }
    [[nodiscard]] py::tuple learned(learned_words found) const {
        auto& effects = found.effects;
        auto const table = frame(py::dict("channel"_a = names(effects.channel),
                                          "conversions"_a = array(std::move(effects.conversions)),
                                          "value"_a = array(std::move(effects.value))));
        return py::make_tuple(std::const_pointer_cast<model_words>(found.model), table,
                              effects.card);
    }

    std::unique_ptr<joined_tables> tables_;
};

// Words.

policy made(policy_words words) {
    return std::make_shared<policy_words const>(std::move(words));
}
model made(model_words words) {
    return std::make_shared<model_words const>(std::move(words));
}

model over(model_words::kind what, model const& m, length pause = {}) {
    model_words words{.what = what, .limit = pause};
    words.parts = {m};
    return made(std::move(words));
}

model preferred(policy const& p, model const& m) {
    model_words words{.what = model_words::kind::prefer, .policy = p};
    words.parts = {m};
    return made(std::move(words));
}

model blended(std::vector<std::pair<double, model>> const& parts) {
    if (parts.size() > 4)
        throw std::invalid_argument{"a blend has at most four models; blend two blends"};
    model_words words{.what = model_words::kind::blend};
    for (auto const& [portion, one] : parts) {
        static_cast<void>(portion * attribution::linear);  // the library says what is wrong with it
        words.portions.push_back(portion);
        words.parts.push_back(one);
    }
    return made(std::move(words));
}
std::vector<std::pair<double, model>> parts_of(model const& m) {
    if (m->what != model_words::kind::blend)
        return {{1.0, m}};
    std::vector<std::pair<double, model>> result;
    for (std::size_t i = 0; i < m->parts.size(); ++i)
        result.emplace_back(m->portions[i], m->parts[i]);
    return result;
}
model sum(model const& a, model const& b) {
    auto both = parts_of(a);
    auto const more = parts_of(b);
    both.insert(both.end(), more.begin(), more.end());
    return blended(both);
}

template <class Words>
std::shared_ptr<Words> shown(std::shared_ptr<Words const> words) {
    return std::const_pointer_cast<Words>(std::move(words));  // Python cannot change it
}

void define_policies(py::module_& module) {
    using enum policy_words::kind;
    py::class_<policy_words, std::shared_ptr<policy_words>> words{module, "Policy"};
    auto const combined = [](policy_words::kind what) {
        return [what](policy const& a, policy const& b) {
            return shown(made(policy_words{.what = what, .parts = {a, b}}));
        };
    };
    words.def("__and__", combined(both)).def("__or__", combined(either));
    words.def("__invert__", [](policy const& p) {
        return shown(made(policy_words{.what = not_this, .parts = {p}}));
    });
    for (auto const& [name, what] :
         {std::pair{"always", always}, std::pair{"at_any_time", at_any_time},
          std::pair{"since_previous_conversion", since_previous_conversion},
          std::pair{"after_previous_conversion", after_previous_conversion}})
        module.attr(name) = shown(made(policy_words{.what = what}));
    // The library's own are made once here, too: they say what is wrong with their arguments.
    module.def(
        "lookback",
        [](length limit) {
            static_cast<void>(attribution::lookback(limit));
            return shown(made(policy_words{.what = lookback, .limit = limit}));
        },
        "length"_a);
    module.def(
        "minimum_age",
        [](length limit) {
            static_cast<void>(attribution::minimum_age(limit));
            return shown(made(policy_words{.what = minimum_age, .limit = limit}));
        },
        "length"_a);
    module.def(
        "maximum_age",
        [](length limit) {
            static_cast<void>(attribution::maximum_age(limit));
            return shown(made(policy_words{.what = maximum_age, .limit = limit}));
        },
        "length"_a);
    module.def(
        "calendar_lookback",
        [](int days, int months) {
            if ((days == 0) == (months == 0))
                throw std::invalid_argument{"calendar_lookback: say either days or months"};
            static_cast<void>(attribution::calendar_lookback(date::days{days}));
            static_cast<void>(attribution::calendar_lookback(date::months{months}));
            return shown(made(policy_words{.what = days != 0 ? calendar_days : calendar_months,
                                           .count = days != 0 ? days : months}));
        },
        py::kw_only(), "days"_a = 0, "months"_a = 0);
    module.def(
        "last_touches",
        [](int count) {
            static_cast<void>(
                attribution::last_touches(count < 0 ? 0 : static_cast<std::size_t>(count)));
            return shown(made(policy_words{.what = last_touches, .count = count}));
        },
        "count"_a);
    module.def("channel_is", [](py::args const& names) {
        policy_words one{.what = channel_in};
        for (auto const& name : names)
            one.channels.push_back(py::str(name));
        return shown(made(std::move(one)));
    });
}

void define_models(py::module_& module) {
    using enum model_words::kind;
    py::class_<model_words, std::shared_ptr<model_words>> words{module, "Model"};
    words.def("__add__", [](model const& a, model const& b) { return shown(sum(a, b)); });
    words.def("__rmul__", [](model const& m, double portion) {
        auto const parts = parts_of(m);
        if (parts.size() != 1)
            throw std::invalid_argument{
                "a blend has no part of its own; give one to each model in it"};
        return shown(blended({{portion, parts[0].second}}));
    });
    for (auto const& [name, what] :
         {std::pair{"first_touch", first_touch}, std::pair{"last_touch", last_touch},
          std::pair{"linear", linear}, std::pair{"j_shaped", j_shaped},
          std::pair{"inverse_j_shaped", inverse_j_shaped},
          std::pair{"position_decay", position_decay}, std::pair{"w_shaped", w_shaped},
          std::pair{"full_path", full_path}, std::pair{"usage_weighted", usage_weighted}})
        module.attr(name) = shown(made(model_words{.what = what}));
    module.def(
        "position_based",
        [](double first, double last) {
            static_cast<void>(attribution::position_based(first, last));
            return shown(made(model_words{.what = position_based, .first = first, .last = last}));
        },
        "first"_a = 0.4, "last"_a = 0.4);
    module.def(
        "time_decay",
        [](length half_life) {
            static_cast<void>(attribution::time_decay(half_life));
            return shown(made(model_words{.what = time_decay, .limit = half_life}));
        },
        "half_life"_a);
    module.def(
        "stepped_time_decay",
        [](length half_life) {
            static_cast<void>(attribution::stepped_time_decay(half_life));
            return shown(made(model_words{.what = stepped_time_decay, .limit = half_life}));
        },
        "half_life"_a);
    module.def(
        "prefer", [](policy const& p, model const& m) { return shown(preferred(p, m)); },
        "policy"_a, "model"_a);
    module.def(
        "last_non_direct",
        [](policy const& direct) {
            auto const others =
                made(policy_words{.what = policy_words::kind::not_this, .parts = {direct}});
            return shown(preferred(others, made(model_words{.what = last_touch})));
        },
        "direct"_a);
    for (auto const& [name, what] :
         {std::pair{"over_first_of_each", first_of_each},
          std::pair{"over_last_of_each", last_of_each}, std::pair{"over_runs", runs}})
        module.def(
            name, [what = what](model const& m) { return shown(over(what, m)); }, "model"_a);
    module.def(
        "over_sessions",
        [](length pause, model const& m) {
            static_cast<void>(attribution::sessions(pause));
            return shown(over(sessions, m, pause));
        },
        "pause"_a, "model"_a);
}

}  // namespace

PYBIND11_MODULE(attribution, module) {
    module.doc() = "Which touchpoint earned this money? Columns in, data frames out.";
    define_policies(module);
    define_models(module);
    py::class_<python_touchpoints>{module, "Touchpoints"};
    py::class_<python_conversions>{module, "Conversions"};
    module.def("touchpoints", &touchpoints, "key"_a, "time"_a, "channel"_a = py::none(),
               "usage"_a = py::none());
    module.def("conversions", &conversions, "key"_a, "time"_a, "value"_a, py::kw_only(),
               "lead"_a = py::none(), "opportunity"_a = py::none());
    auto const everything = shown(made(policy_words{}));
    py::class_<python_journeys>{module, "Journeys"}
        .def("attribute", &python_journeys::attribute, "model"_a, "policy"_a = everything)
        .def("report", &python_journeys::report, "model"_a, "policy"_a = everything)
        .def("markov", &python_journeys::markov, "policy"_a = everything, "order"_a = 1)
        .def("shapley", &python_journeys::shapley, "policy"_a = everything);
    module.def(
        "join",
        [](python_conversions const& sales, python_touchpoints const& touches) {
            return python_journeys{sales, touches};
        },
        "conversions"_a, "touchpoints"_a);
}
