// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/byte_reader.hpp>
#include <attribution/engine/wire/counts_form.hpp>
#include <attribution/engine/wire/findings_form.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/engine/wire/spelling.hpp>
#include <attribution/engine/wire/tally_form.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/part_names.hpp>
#include <attribution/wire/partial_error.hpp>

#include <string_view>
#include <utility>

namespace attribution::inline v0_1 {

struct merge_bytes_fn {
    /// Merges partial results: adds to a result the bytes that `to_bytes` made of another one of
    /// its kind. Merged in any order, they are the result of all records.
    ///
    /// Errors:     partial_error, which says what is wrong or which parts of the configuration
    ///             differ; std::overflow_error if learned counts have more paths, or touchpoints in
    ///             them, than 64 bits can count. If anything is thrown, the result is unchanged.
    /// Example:    examples/recipes/tally_on_two_machines.cpp
    template <class Result>
    void operator()(Result& into, std::string_view bytes, configuration const& how) const {
        detail::check_partial<Result>();
        using form = detail::partial_form<Result>;
        detail::byte_reader in{detail::unseal(form::describe(into, how), bytes)};
        auto const parts = form::read(in);
        in.finish();
        form::merge(into, parts);
    }

    /// As above, and adds the names of the parts to those that were merged so far. Bytes without
    /// names are of another configuration, and those with names to the call without.
    ///
    /// Errors:     as above; partial_error, `already_merged`, if a part with one of the names is
    ///             there already. If anything is thrown, result and names are unchanged.
    /// Example:    examples/recipes/daily_job.cpp
    template <class Result>
    void operator()(Result& into, std::string_view bytes, configuration const& how,
                    part_names& merged) const {
        detail::check_partial<Result>();
        using form = detail::partial_form<Result>;
        detail::byte_reader in{
            detail::unseal(form::describe(into, detail::with_named_parts(how)), bytes)};
        auto names = detail::read_names(in);
        for (auto const& name : names)
            if (merged.contains(name))
                throw partial_error{partial_failure::already_merged,
                                    "the part " + detail::quoted(name) + " was merged before"};
        names.insert(merged.all().begin(), merged.all().end());
        part_names all{std::move(names)};
        auto const parts = form::read(in);
        in.finish();
        form::merge(into, parts);
        merged = std::move(all);
    }
};

/// Merges partial results. The arguments are those of `merge_bytes_fn`.
inline constexpr merge_bytes_fn merge_bytes{};

}  // namespace attribution
