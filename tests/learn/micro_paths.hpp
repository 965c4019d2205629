// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// Eleven aggregated paths with loops, repeats and rows that never convert, and what independent
/// programs make of them: two libraries that agree on the rule-based results, and an exact solver
/// of absorbing chains for the removal effects of order 1 to 3.
namespace micro {

struct row {
    std::string_view path;
    std::int64_t conversions;
    double value;
    std::int64_t nulls;
};

inline constexpr std::array<row, 11> paths{{
    {"A", 3, 30, 5},
    {"A > B", 2, 25.5, 4},
    {"B > A", 1, 7.25, 0},
    {"A > A", 1, 10, 2},
    {"A > B > C", 4, 100, 3},
    {"A > B > A", 2, 9.99, 1},
    {"C > C > B", 0, 0, 6},
    {"B > C > D > A", 1, 50, 2},
    {"D", 0, 0, 7},
    {"A > B > C > D > E", 1, 33.33, 1},
    {"E > E > E > A > E", 2, 20, 2},
}};

/// Conversions by channel, printed with 12 digits.
struct rule_based {
    std::string_view channel;
    double first_touch;
    double last_touch;
    double linear;
    double linear_over_distinct;
    double shapley_subset_game;
    double position_based_40_20_40;
    double linear_position_decay;
    double last_touch_preferring_other_than_A;
};

inline constexpr std::array<rule_based, 5> rules{{
    {"A", 13, 8, 9.01666666667, 9.28333333333, 9.28333333333, 9.63333333333, 8.33333333333, 4},
    {"B", 2, 2, 3.95, 4.28333333333, 4.28333333333, 3.16666666667, 3.9, 5},
    {"C", 0, 4, 1.78333333333, 1.78333333333, 1.78333333333, 1.76666666667, 2.4, 4},
    {"D", 0, 0, 0.45, 0.45, 0.45, 0.166666666667, 0.566666666667, 1},
    {"E", 2, 3, 1.8, 1.2, 1.2, 2.26666666667, 1.8, 3},
}};

struct exact_markov {
    std::string_view channel;
    double removal_conversions;
    double removal_value;
    double conversions;
    double value;
};

/// Of order 1, 2 and 3.
inline constexpr std::array<std::array<exact_markov, 5>, 3> markov{{
    {{
        {"A", 0.7544117647058823, 0.6988467274909405, 7.1506461644790855, 106.62569300451541},
        {"B", 0.35556236383442263, 0.3917104310457554, 3.3701763044177335, 59.76474457754768},
        {"C", 0.31722409857084777, 0.4187184479910496, 3.0067893819369553, 63.88546005089448},
        {"D", 0.11548687271518776, 0.11146821359949244, 1.0946353199442658, 17.007127679760522},
        {"E", 0.2508591065292096, 0.25421781153941003, 2.3777528292219596, 38.78697468728189},
    }},
    {{
        {"A", 0.9264705882352942, 0.8834813157618765, 7.092715231788078, 90.51182136273587},
        {"B", 0.6470588235294118, 0.7902611248995002, 4.953642384105959, 80.96150138176448},
        {"C", 0.3529411764705883, 0.6408571328695774, 2.7019867549668874, 65.65520435404468},
        {"D", 0.11764705882352933, 0.2912923410354109, 0.9006622516556283, 29.84262356855148},
        {"E", 0.17647058823529427, 0.186422903485161, 1.3509933774834444, 19.098849332903526},
    }},
    {{
        {"A", 0.9647058823529412, 0.9300940329290034, 7.260416666666665, 93.7227163072013},
        {"B", 0.6470588235294118, 0.7902611248995002, 4.869791666666666, 79.63218405382378},
        {"C", 0.3529411764705884, 0.6408571328695774, 2.656250000000001, 64.57720309013806},
        {"D", 0.11764705882352955, 0.2912923410354109, 0.8854166666666675, 29.35263368516448},
        {"E", 0.17647058823529427, 0.18642290348516088, 1.3281250000000009, 18.7852628636724},
    }},
}};

}  // namespace micro
