// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <customer_success/records.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace customer_success {

/// A column of a design: what it measures, and of which feature it is a part.
struct encoded_column {
    std::string term;     // visa_type=Student
    std::string feature;  // visa_type
};

/// What a case is like, in numbers: the number of applicants, and for each of visa type, contract
/// category and country which of the levels it has that the training deals have.
///
/// The language is not among them: it follows from the country. Nor is anything that is known at the
/// end only.
///
/// Edges:  the reference of a feature is its most frequent level, of several the first by name. A level
///         that no training deal has counts as the reference.
class case_encoding {
  public:
    /// Errors: std::invalid_argument if there is no case to learn from.
    explicit case_encoding(std::span<case_facts const> training);

    /// For regression: ones, applicants, and all levels but the references.
    [[nodiscard]] Eigen::MatrixXd design(std::span<case_facts const> cases) const {
        return encoded(cases, true);
    }
    [[nodiscard]] std::vector<encoded_column> design_columns() const { return columns(true); }

    /// For trees: applicants, and all levels.
    [[nodiscard]] Eigen::MatrixXd one_hot(std::span<case_facts const> cases) const {
        return encoded(cases, false);
    }
    [[nodiscard]] std::vector<encoded_column> one_hot_columns() const { return columns(false); }

    struct levels_of {
        std::string name;  // visa_type
        std::string case_facts::*of;
        std::vector<std::string> levels;  // by name
        std::size_t reference;
    };
    [[nodiscard]] std::vector<levels_of> const& categories() const { return categories_; }

  private:
    [[nodiscard]] Eigen::MatrixXd encoded(std::span<case_facts const> cases, bool regression) const;
    [[nodiscard]] std::vector<encoded_column> columns(bool regression) const;

    std::vector<levels_of> categories_;
};

}  // namespace customer_success
