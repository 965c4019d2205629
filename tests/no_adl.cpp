// SPDX-License-Identifier: BSL-1.0
// A user's namespace may have functions that are called as ours are, and that take anything: no call
// inside of the library finds them.
#include <attribution/attribution.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace user {

/// What these functions would give; none is ever called.
struct nothing {};

// As good as the library's own where it takes what it is given by reference to const, better where
// it does not.
#define TAKES_ANYTHING(name)                                                                       \
    template <class... Anything>                                                                   \
    nothing name(Anything&&...) = delete;                                                          \
    template <class A>                                                                             \
    nothing name(A const&) = delete;                                                               \
    template <class A, class B>                                                                    \
    nothing name(A const&, B const&) = delete;                                                     \
    template <class A, class B, class C>                                                           \
    nothing name(A const&, B const&, C const&) = delete;                                           \
    template <class A, class B, class C, class D>                                                  \
    nothing name(A const&, B const&, C const&, D const&) = delete;
// names: written by tests/no_adl.py
TAKES_ANYTHING(about_partial)
TAKES_ANYTHING(account_for)
TAKES_ANYTHING(add_evenly)
TAKES_ANYTHING(add_marginals)
TAKES_ANYTHING(additive_hazard)
TAKES_ANYTHING(admits)
TAKES_ANYTHING(admits_within_window)
TAKES_ANYTHING(age_of)
TAKES_ANYTHING(aggregated_paths)
TAKES_ANYTHING(allocate)
TAKES_ANYTHING(allocate_bytes)
TAKES_ANYTHING(allowed_lateness)
TAKES_ANYTHING(area_under_curve)
TAKES_ANYTHING(as_blend)
TAKES_ANYTHING(as_double)
TAKES_ANYTHING(as_milestone)
TAKES_ANYTHING(as_model)
TAKES_ANYTHING(as_number)
TAKES_ANYTHING(at_once)
TAKES_ANYTHING(attribute)
TAKES_ANYTHING(bagged_logistic)
TAKES_ANYTHING(begin_ties_at)
TAKES_ANYTHING(best_order)
TAKES_ANYTHING(between)
TAKES_ANYTHING(billionths)
TAKES_ANYTHING(bound_sink)
TAKES_ANYTHING(bridge)
TAKES_ANYTHING(bridged)
TAKES_ANYTHING(bucket_of_customer)
TAKES_ANYTHING(bucket_of_path)
TAKES_ANYTHING(by)
TAKES_ANYTHING(by_time)
TAKES_ANYTHING(bytes_of_word)
TAKES_ANYTHING(calendar_lookback)
TAKES_ANYTHING(calibrate)
TAKES_ANYTHING(calibrated)
TAKES_ANYTHING(card_of)
TAKES_ANYTHING(ceil_divide)
TAKES_ANYTHING(channel_in)
TAKES_ANYTHING(characters_of)
TAKES_ANYTHING(check)
TAKES_ANYTHING(check_estimator)
TAKES_ANYTHING(check_instant)
TAKES_ANYTHING(check_key)
TAKES_ANYTHING(check_model)
TAKES_ANYTHING(check_one_currency)
TAKES_ANYTHING(check_operands)
TAKES_ANYTHING(check_partial)
TAKES_ANYTHING(check_parts)
TAKES_ANYTHING(check_policy)
TAKES_ANYTHING(check_range)
TAKES_ANYTHING(check_reads_channel)
TAKES_ANYTHING(check_refunds)
TAKES_ANYTHING(check_row)
TAKES_ANYTHING(check_sink)
TAKES_ANYTHING(check_stored)
TAKES_ANYTHING(check_stream)
TAKES_ANYTHING(check_time)
TAKES_ANYTHING(check_times)
TAKES_ANYTHING(check_value)
TAKES_ANYTHING(check_weights)
TAKES_ANYTHING(checked_count)
TAKES_ANYTHING(checked_worth)
TAKES_ANYTHING(checksum)
TAKES_ANYTHING(choose)
TAKES_ANYTHING(choose_order)
TAKES_ANYTHING(coalition_game)
TAKES_ANYTHING(columns)
TAKES_ANYTHING(combinations_of)
TAKES_ANYTHING(combined)
TAKES_ANYTHING(comes_before)
TAKES_ANYTHING(common_rep)
TAKES_ANYTHING(compare_instants)
TAKES_ANYTHING(configuration_hash)
TAKES_ANYTHING(configuration_of)
TAKES_ANYTHING(contribution)
TAKES_ANYTHING(contribution_among_all)
TAKES_ANYTHING(conversion_dimension_of)
TAKES_ANYTHING(conversion_rate_game)
TAKES_ANYTHING(conversion_stream)
TAKES_ANYTHING(conversion_time)
TAKES_ANYTHING(conversions)
TAKES_ANYTHING(converting_only)
TAKES_ANYTHING(cooldown)
TAKES_ANYTHING(count_if_level)
TAKES_ANYTHING(count_in_parts)
TAKES_ANYTHING(count_parts)
TAKES_ANYTHING(count_paths)
TAKES_ANYTHING(counted)
TAKES_ANYTHING(counted_out)
TAKES_ANYTHING(credit_by_path)
TAKES_ANYTHING(credit_by_stretch)
TAKES_ANYTHING(credit_each)
TAKES_ANYTHING(credit_path)
TAKES_ANYTHING(credit_sets)
TAKES_ANYTHING(credit_states)
TAKES_ANYTHING(credit_stretch)
TAKES_ANYTHING(credited)
TAKES_ANYTHING(credited_at_most)
TAKES_ANYTHING(crediting_for)
TAKES_ANYTHING(currencies_in)
TAKES_ANYTHING(currency_of)
TAKES_ANYTHING(currency_text)
TAKES_ANYTHING(deduplicate_conversions)
TAKES_ANYTHING(deduplication_among)
TAKES_ANYTHING(describe)
TAKES_ANYTHING(describe_desk)
TAKES_ANYTHING(desk_options_of)
TAKES_ANYTHING(deviation_of)
TAKES_ANYTHING(difference)
TAKES_ANYTHING(dimension_of)
TAKES_ANYTHING(distance)
TAKES_ANYTHING(distance_forward)
TAKES_ANYTHING(divide)
TAKES_ANYTHING(divides)
TAKES_ANYTHING(draw)
TAKES_ANYTHING(drawn_buckets)
TAKES_ANYTHING(drawn_of_word)
TAKES_ANYTHING(drawn_part)
TAKES_ANYTHING(earlier_by)
TAKES_ANYTHING(earlier_day)
TAKES_ANYTHING(earliest)
TAKES_ANYTHING(earliest_of_windows)
TAKES_ANYTHING(effects_of)
TAKES_ANYTHING(eligible_among)
TAKES_ANYTHING(end_of_day)
TAKES_ANYTHING(end_of_windows)
TAKES_ANYTHING(ends_of)
TAKES_ANYTHING(equals_itself)
TAKES_ANYTHING(erase_front_or_nothing)
TAKES_ANYTHING(exactly)
TAKES_ANYTHING(exactly_as)
TAKES_ANYTHING(exp2_minus)
TAKES_ANYTHING(exp2_of_fraction)
TAKES_ANYTHING(exp2_units)
TAKES_ANYTHING(exp_minus)
TAKES_ANYTHING(explain)
TAKES_ANYTHING(exponent_of)
TAKES_ANYTHING(exponential)
TAKES_ANYTHING(fair_ties)
TAKES_ANYTHING(fan_out)
TAKES_ANYTHING(fills_huge_pages)
TAKES_ANYTHING(find_and_credit)
TAKES_ANYTHING(finite)
TAKES_ANYTHING(finite_value)
TAKES_ANYTHING(first_instant)
TAKES_ANYTHING(first_needed)
TAKES_ANYTHING(first_of_each)
TAKES_ANYTHING(first_touch)
TAKES_ANYTHING(first_unsorted)
TAKES_ANYTHING(fit)
TAKES_ANYTHING(fit_in_bags)
TAKES_ANYTHING(floor_divide)
TAKES_ANYTHING(for_each)
TAKES_ANYTHING(for_each_draw)
TAKES_ANYTHING(for_each_draw_of)
TAKES_ANYTHING(for_each_in_time)
TAKES_ANYTHING(for_each_learned_path)
TAKES_ANYTHING(for_each_part)
TAKES_ANYTHING(for_each_rule)
TAKES_ANYTHING(for_each_value)
TAKES_ANYTHING(form_name)
TAKES_ANYTHING(free_bytes)
TAKES_ANYTHING(from_bit)
TAKES_ANYTHING(full_path)
TAKES_ANYTHING(further)
TAKES_ANYTHING(gallop)
TAKES_ANYTHING(group_events)
TAKES_ANYTHING(group_form)
TAKES_ANYTHING(half_of)
TAKES_ANYTHING(hand_in_order)
TAKES_ANYTHING(hand_out)
TAKES_ANYTHING(hand_out_by_leading_bits)
TAKES_ANYTHING(hand_out_by_rank)
TAKES_ANYTHING(has_conversion)
TAKES_ANYTHING(has_finite_value)
TAKES_ANYTHING(has_touchpoint)
TAKES_ANYTHING(has_value)
TAKES_ANYTHING(hash_of)
TAKES_ANYTHING(heads_of)
TAKES_ANYTHING(highest_first)
TAKES_ANYTHING(history_of)
TAKES_ANYTHING(hold_ticks_of_both)
TAKES_ANYTHING(holds_ticks)
TAKES_ANYTHING(holds_values)
TAKES_ANYTHING(hull)
TAKES_ANYTHING(id_before)
TAKES_ANYTHING(in_calendar_units)
TAKES_ANYTHING(in_currency)
TAKES_ANYTHING(in_order)
TAKES_ANYTHING(in_some_path)
TAKES_ANYTHING(influence)
TAKES_ANYTHING(insert_or_nothing)
TAKES_ANYTHING(inside_some_window)
TAKES_ANYTHING(instant_ahead_of)
TAKES_ANYTHING(instant_before)
TAKES_ANYTHING(intersection)
TAKES_ANYTHING(is_finite)
TAKES_ANYTHING(is_finite_amount)
TAKES_ANYTHING(is_group_form)
TAKES_ANYTHING(is_missing)
TAKES_ANYTHING(is_on_time_line)
TAKES_ANYTHING(is_share)
TAKES_ANYTHING(join)
TAKES_ANYTHING(joined)
TAKES_ANYTHING(judge)
TAKES_ANYTHING(keep_everything)
TAKES_ANYTHING(keep_id)
TAKES_ANYTHING(keep_smallest)
TAKES_ANYTHING(kept_credits)
TAKES_ANYTHING(known)
TAKES_ANYTHING(largest_bits)
TAKES_ANYTHING(last)
TAKES_ANYTHING(last_instant)
TAKES_ANYTHING(last_non_direct)
TAKES_ANYTHING(last_of_each)
TAKES_ANYTHING(last_touch)
TAKES_ANYTHING(last_touches)
TAKES_ANYTHING(lateness_among)
TAKES_ANYTHING(latest_before)
TAKES_ANYTHING(latest_time_in)
TAKES_ANYTHING(learn)
TAKES_ANYTHING(ledgers)
TAKES_ANYTHING(length_among)
TAKES_ANYTHING(length_if_of)
TAKES_ANYTHING(length_text)
TAKES_ANYTHING(lifetime)
TAKES_ANYTHING(likelier)
TAKES_ANYTHING(linear)
TAKES_ANYTHING(live)
TAKES_ANYTHING(log_of_odds_plus_one)
TAKES_ANYTHING(logarithm)
TAKES_ANYTHING(look_outside)
TAKES_ANYTHING(lookback)
TAKES_ANYTHING(lookback_by)
TAKES_ANYTHING(lot_of)
TAKES_ANYTHING(made_of)
TAKES_ANYTHING(made_with)
TAKES_ANYTHING(magnitude_of)
TAKES_ANYTHING(markov)
TAKES_ANYTHING(match_rows)
TAKES_ANYTHING(maximum_age)
TAKES_ANYTHING(meet)
TAKES_ANYTHING(members)
TAKES_ANYTHING(merge_bytes)
TAKES_ANYTHING(merge_sort)
TAKES_ANYTHING(merging)
TAKES_ANYTHING(message)
TAKES_ANYTHING(middle_of)
TAKES_ANYTHING(milestone)
TAKES_ANYTHING(milestones)
TAKES_ANYTHING(minimum_age)
TAKES_ANYTHING(mixed_bits)
TAKES_ANYTHING(models)
TAKES_ANYTHING(more_frequent)
TAKES_ANYTHING(move_to_earliest)
TAKES_ANYTHING(moved_elements)
TAKES_ANYTHING(multiply_fractions)
TAKES_ANYTHING(must)
TAKES_ANYTHING(name_earner)
TAKES_ANYTHING(name_group)
TAKES_ANYTHING(name_of)
TAKES_ANYTHING(name_parts)
TAKES_ANYTHING(named)
TAKES_ANYTHING(nearest_instant)
TAKES_ANYTHING(nearest_multiple)
TAKES_ANYTHING(nested)
TAKES_ANYTHING(next_instant)
TAKES_ANYTHING(no_limit)
TAKES_ANYTHING(not_after)
TAKES_ANYTHING(not_before)
TAKES_ANYTHING(note)
TAKES_ANYTHING(number_text)
TAKES_ANYTHING(observed)
TAKES_ANYTHING(of_conversion)
TAKES_ANYTHING(of_link)
TAKES_ANYTHING(of_record)
TAKES_ANYTHING(of_touchpoint)
TAKES_ANYTHING(on_time_line)
TAKES_ANYTHING(once_per)
TAKES_ANYTHING(one_after_another)
TAKES_ANYTHING(one_minus_exp_minus)
TAKES_ANYTHING(one_of_each)
TAKES_ANYTHING(optional_touches)
TAKES_ANYTHING(order_weight)
TAKES_ANYTHING(ordered_place)
TAKES_ANYTHING(ordered_shapley)
TAKES_ANYTHING(outside_of)
TAKES_ANYTHING(over)
TAKES_ANYTHING(pair_connections)
TAKES_ANYTHING(parsed)
TAKES_ANYTHING(part_begin)
TAKES_ANYTHING(part_names_of)
TAKES_ANYTHING(partition_of)
TAKES_ANYTHING(parts_for)
TAKES_ANYTHING(path_statistics)
TAKES_ANYTHING(penalized)
TAKES_ANYTHING(plausible_share)
TAKES_ANYTHING(policy_name)
TAKES_ANYTHING(portable_uint128)
TAKES_ANYTHING(position_based)
TAKES_ANYTHING(position_decay)
TAKES_ANYTHING(power_of_e)
TAKES_ANYTHING(power_of_two)
TAKES_ANYTHING(predictive_quality)
TAKES_ANYTHING(prefer)
TAKES_ANYTHING(prefer_huge_pages)
TAKES_ANYTHING(preferred)
TAKES_ANYTHING(prefetch)
TAKES_ANYTHING(prefetch_for)
TAKES_ANYTHING(prepare)
TAKES_ANYTHING(present)
TAKES_ANYTHING(probabilistic)
TAKES_ANYTHING(probabilities)
TAKES_ANYTHING(product)
TAKES_ANYTHING(project)
TAKES_ANYTHING(put_lesser_first)
TAKES_ANYTHING(quality_of)
TAKES_ANYTHING(quoted)
TAKES_ANYTHING(ranked)
TAKES_ANYTHING(reached_at)
TAKES_ANYTHING(reaches_back)
TAKES_ANYTHING(reaches_beyond)
TAKES_ANYTHING(read)
TAKES_ANYTHING(read_groups)
TAKES_ANYTHING(read_names)
TAKES_ANYTHING(real_sum)
TAKES_ANYTHING(receiver_for)
TAKES_ANYTHING(reconcile)
TAKES_ANYTHING(reconcile_groups)
TAKES_ANYTHING(refusal_of)
TAKES_ANYTHING(refuse_nans)
TAKES_ANYTHING(refuse_temporary)
TAKES_ANYTHING(refuse_text_address)
TAKES_ANYTHING(refuse_time)
TAKES_ANYTHING(refuse_value)
TAKES_ANYTHING(removal_effects)
TAKES_ANYTHING(representable)
TAKES_ANYTHING(require_conversions)
TAKES_ANYTHING(require_projection)
TAKES_ANYTHING(required)
TAKES_ANYTHING(resize_for_overwrite)
TAKES_ANYTHING(return_on_ad_spend)
TAKES_ANYTHING(room_for)
TAKES_ANYTHING(round_together)
TAKES_ANYTHING(rounded)
TAKES_ANYTHING(rounded_weight)
TAKES_ANYTHING(rounding_of)
TAKES_ANYTHING(row_or_none)
TAKES_ANYTHING(rule_name)
TAKES_ANYTHING(rules)
TAKES_ANYTHING(rules_of)
TAKES_ANYTHING(runs)
TAKES_ANYTHING(same_currency)
TAKES_ANYTHING(same_id_or_none)
TAKES_ANYTHING(same_value)
TAKES_ANYTHING(sampled)
TAKES_ANYTHING(saturate)
TAKES_ANYTHING(scatter)
TAKES_ANYTHING(scattered)
TAKES_ANYTHING(score_of)
TAKES_ANYTHING(seal)
TAKES_ANYTHING(sealed)
TAKES_ANYTHING(search)
TAKES_ANYTHING(search_window)
TAKES_ANYTHING(seek)
TAKES_ANYTHING(seek_ahead)
TAKES_ANYTHING(selector_name)
TAKES_ANYTHING(session_sources)
TAKES_ANYTHING(sessions)
TAKES_ANYTHING(shapley)
TAKES_ANYTHING(shapley_values)
TAKES_ANYTHING(sharded)
TAKES_ANYTHING(share_backwards)
TAKES_ANYTHING(share_by_shapley)
TAKES_ANYTHING(share_conversion)
TAKES_ANYTHING(share_in_proportion)
TAKES_ANYTHING(share_out)
TAKES_ANYTHING(share_units)
TAKES_ANYTHING(shown)
TAKES_ANYTHING(size_of)
TAKES_ANYTHING(slowest_decay)
TAKES_ANYTHING(solve)
TAKES_ANYTHING(solved)
TAKES_ANYTHING(sort_pieces)
TAKES_ANYTHING(sorted)
TAKES_ANYTHING(sorted_pieces)
TAKES_ANYTHING(sorted_places)
TAKES_ANYTHING(sorted_rows)
TAKES_ANYTHING(spare_of)
TAKES_ANYTHING(spelled)
TAKES_ANYTHING(spelled_by_name)
TAKES_ANYTHING(spelled_length)
TAKES_ANYTHING(spelled_parts)
TAKES_ANYTHING(spending)
TAKES_ANYTHING(split_path)
TAKES_ANYTHING(square_root)
TAKES_ANYTHING(stable_hash)
TAKES_ANYTHING(stable_number)
TAKES_ANYTHING(standard_error)
TAKES_ANYTHING(stepped_time_decay)
TAKES_ANYTHING(stored_credits)
TAKES_ANYTHING(surplus)
TAKES_ANYTHING(survival)
TAKES_ANYTHING(take_apart)
TAKES_ANYTHING(take_back)
TAKES_ANYTHING(take_note)
TAKES_ANYTHING(tally_all)
TAKES_ANYTHING(tally_refits)
TAKES_ANYTHING(text_at)
TAKES_ANYTHING(text_of)
TAKES_ANYTHING(time_decay)
TAKES_ANYTHING(to_bytes)
TAKES_ANYTHING(to_string)
TAKES_ANYTHING(to_units)
TAKES_ANYTHING(top_paths)
TAKES_ANYTHING(total)
TAKES_ANYTHING(total_rule)
TAKES_ANYTHING(touch_time)
TAKES_ANYTHING(touchpoint_stream)
TAKES_ANYTHING(touchpoints)
TAKES_ANYTHING(transitions_of)
TAKES_ANYTHING(unique)
TAKES_ANYTHING(unseal)
TAKES_ANYTHING(unsealed)
TAKES_ANYTHING(until)
TAKES_ANYTHING(usage_weighted)
TAKES_ANYTHING(validate)
TAKES_ANYTHING(validated_area)
TAKES_ANYTHING(value_by_channel)
TAKES_ANYTHING(visit_at)
TAKES_ANYTHING(w_shaped)
TAKES_ANYTHING(weigh_among)
TAKES_ANYTHING(weigh_channels)
TAKES_ANYTHING(weight_units)
TAKES_ANYTHING(weights_of)
TAKES_ANYTHING(where)
TAKES_ANYTHING(while_connected)
TAKES_ANYTHING(whole_ticks)
TAKES_ANYTHING(whole_times)
TAKES_ANYTHING(whole_units)
TAKES_ANYTHING(window_of)
TAKES_ANYTHING(with_intervals)
TAKES_ANYTHING(with_key)
TAKES_ANYTHING(with_named_parts)
TAKES_ANYTHING(with_refits)
TAKES_ANYTHING(with_sign)
TAKES_ANYTHING(with_time_of_day)
TAKES_ANYTHING(without_duplicates)
TAKES_ANYTHING(without_null)
TAKES_ANYTHING(without_repeats)
TAKES_ANYTHING(word_of)
TAKES_ANYTHING(word_of_bytes)
TAKES_ANYTHING(write)
TAKES_ANYTHING(write_duration)
TAKES_ANYTHING(write_groups)
TAKES_ANYTHING(write_instant)
TAKES_ANYTHING(write_names)
TAKES_ANYTHING(write_text)
// end of names
#undef TAKES_ANYTHING

struct id {
    int number;
    friend constexpr auto operator<=>(id const&, id const&) = default;
};

struct channel {
    char letter;
    friend constexpr auto operator<=>(channel const&, channel const&) = default;
};

struct touch {
    id who;
    int at;
    channel where;
    int number;
    int usage;
    std::string name;
};

struct sale {
    id who;
    int at;
    double value;
    int number;
    channel region;
};

struct refund {
    int number;
    int at;
    double value;
};

struct spend {
    channel where;
    channel region;
    double cost;
};

struct path_row {
    std::vector<channel> channels;
    int conversions;
    double value;
    int nulls;
};

/// A model, a policy and a projection of the user's.
struct newest : attribution::model_tag {
    template <class Path>
    constexpr void operator()(Path const&, attribution::weights w) const {
        if (!w.empty())
            w.back() = 1;
    }
};
struct in_a : attribution::policy_tag {
    template <class Step>
    constexpr bool operator()(Step const& one) const {
        return one.touchpoint().where.letter == 'a';
    }
};
struct channel_of {
    constexpr channel const& operator()(touch const& one) const { return one.where; }
};
struct collect {
    std::size_t* count;
    template <class Amount>
    void operator()(attribution::credit<Amount> const&) const {
        ++*count;
    }
};

}  // namespace user

template <>
struct std::hash<user::id> {
    std::size_t operator()(user::id const& one) const {
        return static_cast<std::size_t>(one.number);
    }
};

namespace att = attribution;

namespace {

using user::sale;
using user::touch;

std::vector<touch> const seen{{{1}, 1, {'a'}, 1, 1, "n"},
                              {{1}, 2, {'b'}, 2, 5, "n"},
                              {{2}, 3, {'a'}, 3, 1, "n"},
                              {{3}, 4, {'b'}, 4, 2, "n"}};
std::vector<sale> const sold{{{1}, 5, 10, 1, {'x'}}, {{2}, 2, 3, 3, {'y'}}, {{2}, 6, 7, 2, {'y'}}};

auto const clicks = att::touchpoints(seen, &touch::who, &touch::at);
auto const orders = att::conversions(sold, &sale::who, &sale::at, &sale::value);
auto const both = user::in_a{} || att::lookback(10);
// A function, because clang 19 lays out so large a constant with gaps of negative size.
auto everything() {
    return both && att::between(&sale::at, &sale::at) && att::last_touches(3) &&
           att::minimum_age(0) && att::maximum_age(100) && att::named("mine", !user::in_a{}) &&
           att::since_previous_conversion && att::where(&touch::where, user::channel{'a'}) &&
           att::without_duplicates(seen, &touch::number);
}

}  // namespace

TEST_CASE("nobody finds a user's functions: attributions and reports") {
    auto const journeys = att::join(att::parallel{2}, orders, clicks);
    auto const blend = 0.5 * user::newest{} + 0.5 * att::linear;
    auto const several =
        att::models(att::prefer(user::in_a{}, user::newest{}), blend, att::time_decay(3),
                    att::usage_weighted(&touch::usage), att::position_based());
    auto const ledger = att::attribute(att::parallel{2}, journeys, user::newest{}, both);
    CHECK(ledger.size() == 3);
    CHECK((ledger | att::by(user::channel_of{}, &sale::region)).total() == 20);
    (void)att::attribute(orders, clicks, user::newest{}, everything());
    (void)att::attribute(orders, clicks, several, both);
    (void)att::attribute(orders, clicks, several, att::lookback(10), att::by(&touch::where));
    (void)att::attribute(att::sorted(orders), att::sorted(clicks), att::last_touch,
                         att::lookback(10), att::by(&touch::where));
    // Customers are drawn by numbers or text.
    (void)att::attribute(att::conversions(sold, &sale::number, &sale::at, &sale::value),
                         att::touchpoints(seen, &touch::number, &touch::at), several,
                         att::lookback(10),
                         att::with_intervals(att::by(&touch::where, &sale::region)));
    std::size_t count = 0;
    att::attribute(orders, clicks, user::newest{}, both, user::collect{&count});
    CHECK(count == 3);

    auto const audit = att::explain(orders, clicks, user::newest{}, everything());
    CHECK(audit.touchpoint_counts().size() > 0);
    CHECK(att::influence(att::parallel{2}, orders, clicks, both, user::channel_of{}).size() == 2);
    CHECK(att::path_statistics(orders, clicks, both).not_reached == 1);
    CHECK(att::top_paths(orders, clicks, both, user::channel_of{}, 3).distinct() == 2);
    CHECK(att::reconcile(ledger, att::by(&sale::region)).reconciles());
    CHECK(att::reconcile(ledger).reconciles());

    std::vector<user::refund> const back{{1, 9, -4}, {3, 9, -3}};
    auto const refunds =
        att::conversions(back, &user::refund::number, &user::refund::at, &user::refund::value);
    auto const taken = att::take_back(ledger, refunds, &sale::number);
    CHECK(att::reconcile(taken.net).reconciles());
}

TEST_CASE("nobody finds a user's functions: learned models") {
    auto const markov = att::markov(user::channel_of{});
    auto const fitted = att::fit(att::parallel{2}, orders, clicks, markov, both, att::until(10));
    (void)att::attribute(orders, clicks, att::models(fitted, 0.5 * fitted + 0.5 * user::newest{}),
                         both);
    (void)att::fit(orders, clicks, att::shapley(&touch::where), both);
    (void)att::fit(orders, clicks, att::ordered_shapley(&touch::where), both);
    (void)att::fit(orders, clicks, att::probabilistic(&touch::where), both);
    (void)att::fit(orders, clicks, att::additive_hazard(&touch::where, 1), both);
    (void)att::learn(orders, clicks, att::bagged_logistic(&touch::where), both);
    (void)att::attribute(orders, clicks,
                         att::fit(orders, clicks, att::survival(&touch::where, 2), both), both);
    (void)att::choose_order(orders, clicks, markov, both, 2, att::until_end_of_data);
    std::vector<user::path_row> const rows{{{{'a'}, {'b'}}, 2, 10, 1}, {{{'b'}}, 1, 3, 4}};
    (void)att::fit(att::aggregated_paths(rows, &user::path_row::channels,
                                         &user::path_row::conversions, &user::path_row::value,
                                         &user::path_row::nulls),
                   att::markov());
}

TEST_CASE("nobody finds a user's functions: streams and quality") {
    auto desk =
        att::live(att::conversion_stream<sale>(&sale::who, &sale::at, &sale::number, &sale::value),
                  att::touchpoint_stream<touch>(&touch::who, &touch::at, &touch::number),
                  user::newest{}, both && att::lookback(10), att::allowed_lateness(2));
    std::size_t count = 0;
    for (auto const& one : seen)
        (void)desk.touch(one);
    for (auto const& one : sold)
        (void)desk.convert(one, user::collect{&count});
    desk.finish(user::collect{&count});
    CHECK(count == 3);
    (void)att::validate(seen, att::rules(att::unique("number", &touch::number),
                                         att::required("name", &touch::name)));
    (void)att::without_repeats(sold, &sale::number);
}
