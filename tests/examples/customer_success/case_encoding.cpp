// SPDX-License-Identifier: BSL-1.0
#include <customer_success/case_encoding.hpp>

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

using customer_success::case_encoding, customer_success::case_facts;

namespace {

case_facts facts(int applicants, std::string visa, std::string country) {
    return {.applicants = applicants,
            .visa = std::move(visa),
            .contract = "Standard",
            .country = std::move(country)};
}

std::vector<std::string> terms(std::vector<customer_success::encoded_column> const& columns) {
    std::vector<std::string> names;
    for (auto const& column : columns)
        names.push_back(column.term);
    return names;
}

}  // namespace

TEST_CASE("case_encoding: the most frequent level is the reference, of several the first by name") {
    std::vector<case_facts> const training{facts(1, "Work", "Chile"), facts(2, "Study", "Brazil"),
                                           facts(3, "Work", "Angola")};
    case_encoding const encoding{training};
    CHECK(terms(encoding.design_columns()) ==
          std::vector<std::string>{"(intercept)", "n_applicants", "visa_type=Study",
                                   "country=Brazil", "country=Chile"});
    CHECK(terms(encoding.one_hot_columns()) ==
          std::vector<std::string>{"n_applicants", "visa_type=Study", "visa_type=Work",
                                   "contract_category=Standard", "country=Angola", "country=Brazil",
                                   "country=Chile"});
    Eigen::MatrixXd design(3, 5);
    design << 1, 1, 0, 0, 1,  //
        1, 2, 1, 1, 0,        //
        1, 3, 0, 0, 0;
    CHECK(encoding.design(training) == design);
    Eigen::MatrixXd one_hot(3, 7);
    one_hot << 1, 0, 1, 1, 0, 0, 1,  //
        2, 1, 0, 1, 0, 1, 0,         //
        3, 0, 1, 1, 1, 0, 0;
    CHECK(encoding.one_hot(training) == one_hot);
}

TEST_CASE("case_encoding: an unknown level counts as the reference") {
    std::vector<case_facts> const training{facts(1, "Work", "Chile"), facts(2, "Study", "Chile"),
                                           facts(2, "Study", "Peru")};
    case_encoding const encoding{training};
    std::vector<case_facts> const odd{facts(4, "Pilgrimage", "Atlantis")};
    std::vector<case_facts> const reference{facts(4, "Study", "Chile")};
    CHECK(encoding.design(odd) == encoding.design(reference));
    CHECK(encoding.one_hot(odd) == encoding.one_hot(reference));
}

TEST_CASE("case_encoding: nothing to learn from") {
    CHECK_THROWS_AS(case_encoding{std::vector<case_facts>{}}, std::invalid_argument);
}
