// SPDX-License-Identifier: BSL-1.0
#include "journeys.hpp"
#include "words.hpp"

#include <attribution/attribute.hpp>
#include <attribution/learn/fit.hpp>
#include <attribution/learn/markov.hpp>
#include <attribution/learn/shapley.hpp>
#include <attribution/learn/until.hpp>
#include <attribution/report/by.hpp>

#include <stdexcept>
#include <utility>

namespace att = attribution;

namespace from_python {

namespace {

/// Does the model, or a part of it, satisfy the test?
template <class Test>
bool any_of(model_words const& words, Test const& test) {
    return test(words) || std::any_of(words.parts.begin(), words.parts.end(),
                                      [&](auto const& part) { return any_of(*part, test); });
}

bool asks_channels(policy_words const& words) {
    return words.what == policy_words::kind::channel_in ||
           std::any_of(words.parts.begin(), words.parts.end(),
                       [](auto const& part) { return asks_channels(*part); });
}

[[noreturn]] void lacks(std::string const& who, std::string const& column) {
    throw std::invalid_argument{
        who + " needs the column " + column + ", which was not given to " +
        (column == "channel" || column == "usage" ? "touchpoints()" : "conversions()")};
}

template <class Amount>
class tables final : public joined_tables {
  public:
    tables(conversion_table<Amount> conversions, touchpoint_table touchpoints)
        : conversions_{std::move(conversions)}, touchpoints_{std::move(touchpoints)},
          journeys_{att::join(records_of(conversions_), records_of(touchpoints_))} {}

    touchpoint_table const& touchpoints() const override { return touchpoints_; }

    ledger_columns attribute(std::shared_ptr<model_words const> model,
                             std::shared_ptr<policy_words const> policy) const override {
        check(*model, *policy);
        ledger_columns result;
        auto& amounts = result.amount.template emplace<std::vector<Amount>>();
        att::attribute(journeys_, asked_model{model, touchpoints_}, asked(policy),
                       [&](auto const& credit) {
                           result.conversion.push_back(row_number(credit.conversion));
                           result.touchpoint.push_back(row_number(credit.touchpoint));
                           amounts.push_back(credit.amount);
                           result.share.push_back(credit.share);
                       });
        return result;
    }

    report_columns report(std::shared_ptr<model_words const> model,
                          std::shared_ptr<policy_words const> policy) const override {
        check(*model, *policy);
        if (!touchpoints_.has_channels)
            lacks("report()", "channel");
        report_columns result;
        auto& amounts = result.amount.template emplace<std::vector<Amount>>();
        for (auto const& row : att::attribute(journeys_, asked_model{model, touchpoints_},
                                              asked(policy), att::by(att::column<channel>))) {
            result.channel.push_back(row.key.value_or(-1));
            amounts.push_back(row.amount);
            result.conversions.push_back(row.conversions);
            result.credits.push_back(static_cast<std::int64_t>(row.credits));
        }
        return result;
    }

    learned_words markov(std::shared_ptr<policy_words const> policy,
                         std::size_t order) const override {
        auto model = fitted(att::markov(att::column<channel>, {.order = order}), policy);
        return learned(std::move(model), [](auto const& effect) {
            return std::tuple{effect.channel, effect.credited_conversions, effect.credited_value};
        });
    }
    learned_words shapley(std::shared_ptr<policy_words const> policy) const override {
        return learned(fitted(att::shapley(att::column<channel>), policy), [](auto const& effect) {
            return std::tuple{effect.player, effect.conversions, effect.value};
        });
    }

  private:
    static std::int64_t row_number(std::size_t row) {
        return row == att::no_row ? -1 : static_cast<std::int64_t>(row);
    }
    [[nodiscard]] asked_policy asked(std::shared_ptr<policy_words const> policy) const {
        return {std::move(policy), touchpoints_};
    }

    /// Are the columns there that the words ask for?
    void check(model_words const& model, policy_words const& policy) const {
        using enum model_words::kind;
        if (!touchpoints_.has_channels) {
            if (asks_channels(policy))
                lacks("channel_is()", "channel");
            if (any_of(model, [](auto const& m) {
                    return m.what == first_of_each || m.what == last_of_each || m.what == runs ||
                           m.what == model_words::kind::learned ||
                           (m.policy && asks_channels(*m.policy));
                }))
                lacks("this model", "channel");
        }
        if (!touchpoints_.has_usage &&
            any_of(model, [](auto const& m) { return m.what == usage_weighted; }))
            lacks("usage_weighted", "usage");
        auto const by_milestones = [](auto const& m) {
            return m.what == w_shaped || m.what == full_path;
        };
        if (!conversions_.has_leads && any_of(model, by_milestones))
            lacks("this model", "lead");
        if (!conversions_.has_opportunities && any_of(model, by_milestones))
            lacks("this model", "opportunity");
        if (any_of(model, [&](auto const& m) {
                return m.what == model_words::kind::learned &&
                       m.learned_names != touchpoints_.channel_names;
            }))
            throw std::invalid_argument{"a learned model was learned from other channels than "
                                        "these touchpoints have; fit it on these"};
    }

    template <class Estimator>
    auto fitted(Estimator const& how, std::shared_ptr<policy_words const> const& policy) const {
        if (!touchpoints_.has_channels)
            lacks("a learned model", "channel");
        return att::fit(journeys_, how, asked(policy), att::until_end_of_data);
    }

    template <class Model, class Row>
    learned_words learned(Model model, Row row_of) const {
        learned_words result;
        for (auto const& effect : model.effects()) {
            auto const [number, conversions, value] = row_of(effect);
            result.effects.channel.push_back(number);
            result.effects.conversions.push_back(conversions);
            result.effects.value.push_back(value);
        }
        result.effects.card = model.card().text();
        auto words = std::make_shared<model_words>();
        words->what = model_words::kind::learned;
        words->what_was_learned = std::move(model);
        words->learned_names = touchpoints_.channel_names;
        result.model = std::move(words);
        return result;
    }

    conversion_table<Amount> conversions_;
    touchpoint_table touchpoints_;
    decltype(att::join(records_of(conversions_), records_of(touchpoints_))) journeys_;
};

}  // namespace

std::unique_ptr<joined_tables> join(conversion_table<std::int64_t> conversions,
                                    touchpoint_table touchpoints) {
    return std::make_unique<tables<std::int64_t>>(std::move(conversions), std::move(touchpoints));
}
std::unique_ptr<joined_tables> join(conversion_table<double> conversions,
                                    touchpoint_table touchpoints) {
    return std::make_unique<tables<double>>(std::move(conversions), std::move(touchpoints));
}

}  // namespace from_python
