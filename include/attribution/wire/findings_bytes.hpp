// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/quality/findings.hpp>
#include <attribution/wire/configuration.hpp>
#include <attribution/wire/partial_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attribution::inline v0_1 {

namespace detail {

template <>
struct byte_form<finding> {
    static void write(byte_writer& out, finding const& one) {
        detail::write(out, one.rule);
        detail::write(out, one.severity);
        detail::write(out, one.text);
        detail::write(out, one.checked);
        detail::write(out, one.count);
        detail::write(out, one.rows);
        detail::write(out, one.notes);
    }
    static finding read(byte_reader& in) {
        finding one;
        one.rule = detail::read<std::string>(in);
        one.severity = detail::read<severity>(in);
        if (one.severity != severity::info && one.severity != severity::warning &&
            one.severity != severity::error)
            byte_reader::refuse("a finding has an unknown severity");
        one.text = detail::read<std::string>(in);
        one.checked = detail::read<std::size_t>(in);
        one.count = detail::read<std::size_t>(in);
        one.rows = detail::read<std::vector<std::size_t>>(in);
        one.notes = detail::read<std::vector<std::string>>(in);
        return one;
    }
};

template <>
struct byte_form<findings> {
    static void write(byte_writer& out, findings const& found) {
        out.count(found.limit());
        out.count(found.size());
        for (auto const& one : found)
            detail::write(out, one);
    }
    static findings read(byte_reader& in) {
        auto const bytes = in.rest();
        findings found{detail::read<std::size_t>(in)};
        for (auto& one : detail::read<std::vector<finding>>(in))
            found.add(std::move(one));
        byte_writer again;
        detail::write(again, found);
        if (again.bytes() != bytes.substr(0, bytes.size() - in.left()))
            byte_reader::refuse("findings are not in order, or more than their limit");
        return found;
    }
};

inline description describe_findings(configuration const& how) {
    return {"findings", "list of finding", how};
}

}  // namespace detail

/// What a validation found, as bytes. Equal findings give equal bytes.
[[nodiscard]] inline std::string to_bytes(findings const& found, configuration const& how) {
    detail::byte_writer body;
    detail::write(body, found);
    return detail::seal(detail::describe_findings(how), body.bytes());
}

/// Merges what `to_bytes` made of other findings.
///
/// Errors:     partial_error; the findings are unchanged then.
inline void merge_bytes(findings& into, std::string_view bytes, configuration const& how) {
    detail::byte_reader in{detail::unseal(detail::describe_findings(how), bytes)};
    auto const other = detail::read<findings>(in);
    in.finish();
    into.merge(other);
}

}  // namespace attribution
