// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/noted_period_form.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/partial_error.hpp>
#include <attribution/wire/separable.hpp>

#include <stdexcept>

namespace attribution::inline v0_1::detail {

/// Learned counts, and sums of a user's own.
template <separable Counts>
struct partial_form<Counts> {
    using parts_type = typename Counts::parts_type;

    static description describe(Counts const& counts, configuration const& how) {
        return {counts.counted_by(), form_name<parts_type>(), how};
    }
    static void write(byte_writer& out, Counts const& counts) {
        detail::write(out, counts.take_apart());
    }
    static parts_type read(byte_reader& in) { return detail::read<parts_type>(in); }
    static void merge(Counts& into, parts_type const& parts) {
        try {
            into.merge_parts(parts);
        } catch (std::invalid_argument const& error) {
            throw partial_error{partial_failure::corrupt, error.what()};
        }
    }
};

}  // namespace attribution::detail
