// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <attribution/engine/wire/bytes.hpp>
#include <attribution/engine/wire/partial_form.hpp>
#include <attribution/engine/wire/sealing.hpp>
#include <attribution/quality/findings.hpp>
#include <attribution/wire/configuration.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace attribution::inline v0_1::detail {

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

template <>
struct partial_form<findings> {
    static description describe(findings const&, configuration const& how) {
        return {"findings", "list of finding", how};
    }
    static void write(byte_writer& out, findings const& found) { detail::write(out, found); }
    static findings read(byte_reader& in) { return detail::read<findings>(in); }
    static void merge(findings& into, findings const& other) { into.merge(other); }
};

}  // namespace attribution::detail
