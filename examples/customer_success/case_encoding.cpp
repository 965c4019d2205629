// SPDX-License-Identifier: BSL-1.0
#include <customer_success/case_encoding.hpp>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace customer_success {

case_encoding::case_encoding(std::span<case_facts const> training)
    : categories_{{"visa_type", &case_facts::visa, {}, 0},
                  {"contract_category", &case_facts::contract, {}, 0},
                  {"country", &case_facts::country, {}, 0}} {
    if (training.empty())
        throw std::invalid_argument{"case_encoding: there is no case to learn levels from"};
    for (auto& category : categories_) {
        std::map<std::string, std::size_t> counts;
        for (auto const& one : training)
            ++counts[one.*category.of];
        std::size_t most = 0;
        for (auto const& [level, count] : counts) {
            if (count > most) {
                most = count;
                category.reference = category.levels.size();
            }
            category.levels.push_back(level);
        }
    }
}

std::vector<encoded_column> case_encoding::columns(bool regression) const {
    std::vector<encoded_column> all;
    if (regression)
        all.push_back({"(intercept)", ""});
    all.push_back({"n_applicants", "n_applicants"});
    for (auto const& category : categories_)
        for (std::size_t level = 0; level < category.levels.size(); ++level)
            if (!regression || level != category.reference)
                all.push_back({category.name + '=' + category.levels[level], category.name});
    return all;
}

Eigen::MatrixXd case_encoding::encoded(std::span<case_facts const> cases, bool regression) const {
    using Eigen::Index;
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(static_cast<Index>(cases.size()),
                                                   static_cast<Index>(columns(regression).size()));
    for (std::size_t i = 0; i < cases.size(); ++i) {
        auto const row = static_cast<Index>(i);
        Index column = 0;
        if (regression)
            result(row, column++) = 1;
        result(row, column++) = static_cast<double>(cases[i].applicants.value());
        for (auto const& category : categories_) {
            auto const& own = cases[i].*category.of;
            auto const found = std::ranges::lower_bound(category.levels, own);
            auto const known = found != category.levels.end() && *found == own;
            auto const level = known ? static_cast<std::size_t>(found - category.levels.begin())
                                     : category.reference;
            auto const before = regression && level > category.reference ? level - 1 : level;
            if (!regression || level != category.reference)
                result(row, column + static_cast<Index>(before)) = 1;
            column += static_cast<Index>(category.levels.size()) - (regression ? 1 : 0);
        }
    }
    return result;
}

}  // namespace customer_success
