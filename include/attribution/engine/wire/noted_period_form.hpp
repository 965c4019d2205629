// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/learn/noted_period.hpp>
#include <attribution/engine/wire/bytes.hpp>

#include <cstdint>

namespace attribution::inline v0_1::detail {

template <>
struct byte_form<noted_period> {
    static void write(byte_writer& out, noted_period const& period) {
        out.count(period.known ? 1 : 0);
        if (!period.known)
            return;
        for (auto const& end : {period.known->first, period.known->last}) {
            detail::write(out, end.count);
            detail::write(out, end.has_date);
        }
    }
    static noted_period read(byte_reader& in) {
        noted_period period;
        if (detail::read<bool>(in))
            for (int i = 0; i < 2; ++i) {
                auto const count = detail::read<std::int64_t>(in);
                noted_instant const at{count, detail::read<bool>(in)};
                if (period.known && at < period.known->last)
                    byte_reader::refuse("a period ends before it begins");
                period.add(at);
            }
        return period;
    }
};

}  // namespace attribution::detail
