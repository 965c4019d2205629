// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace examples {

/// A model that is to tell the future must not be trained on it. In one fold, records
/// [first_tested, end_tested) are told by a model that was trained on earlier ones.
struct ordered_fold {
    std::vector<std::size_t> training = {};
    std::size_t first_tested = 0, end_tested = 0;
};

/// Folds for cross-validation of `size` records that stand in the order of their times: the tested
/// parts are of equal size, follow each other, and end with the last record.
///
/// Shape:      n records -> `folds` folds of n / (folds + 1) tested records. A record is trained on if it
///             stands before the tested ones and `known(record, first tested record)` holds: say there
///             whether its outcome was known when the fold began.
/// Edges:      with fewer than folds + 1 records there are no folds.
/// Errors:     std::invalid_argument if `folds` is 0.
/// Complexity: O(folds * n) calls of `known`.
/// Source:     Bergmeir, Benítez, "On the use of cross-validation for time series predictor evaluation",
///             2012; leaving out what was not known yet: López de Prado, "Advances in Financial Machine
///             Learning", 2018, section 7.4 ("purging"). Sizes as TimeSeriesSplit of scikit-learn.
template <std::predicate<std::size_t, std::size_t> Known>
[[nodiscard]] std::vector<ordered_fold> ordered_folds(std::size_t size, std::size_t folds,
                                                      Known known) {
    if (folds == 0)
        throw std::invalid_argument{"ordered_folds: no folds, ask for at least one"};
    std::vector<ordered_fold> result;
    auto const tested = size / (folds + 1);
    if (tested == 0)
        return result;
    for (auto left = folds; left > 0; --left) {
        auto& fold = result.emplace_back();
        fold.first_tested = size - left * tested;
        fold.end_tested = fold.first_tested + tested;
        for (std::size_t record = 0; record < fold.first_tested; ++record)
            if (known(record, fold.first_tested))
                fold.training.push_back(record);
    }
    return result;
}

}  // namespace examples
