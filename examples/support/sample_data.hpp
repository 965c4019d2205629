// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <support/output.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// Invented data in the format of the two example programs, with planted faults of every kind
/// that real exports have. The same seed gives the same bytes on every compiler.
namespace examples {

struct sample_file {
    std::string name;
    std::string content;
};

/// The files, and how often each fault was planted in them: exactly, nothing comes in by accident.
template <class Faults>
struct sample {
    std::vector<sample_file> files;
    Faults planted_faults;
};

/// Writes the files of a sample; the caller commits.
inline void write_files(std::vector<sample_file> const& files, output_directory& out) {
    for (auto const& file : files)
        out.file(file.name).write(file.content);
}

/// What pipeline_sample() planted. The window of an opportunity is the 90 days up to its creation,
/// both ends included.
///
/// A touch that is "before" or "after" has a known contact with an account, the account has
/// opportunities, and the touch counts for none of them. Rows of touchpoints that are in a file
/// twice count once, except in the numbers of rows and in duplicate_touches.
struct pipeline_faults {
    int opportunity_rows = 0;
    int contact_rows = 0;
    int marketing_rows = 0;
    int sales_rows = 0;

    int sales_contact_empty = 0;       ///< sales touches whose contact is empty
    int sales_contact_null = 0;        ///< ... is `null`
    int sales_contact_upper_null = 0;  ///< ... is `NULL`
    int null_contacts = 0;             ///< contact rows `null,null`
    int contacts_without_account = 0;  ///< contact rows with a contact, but no account
    int touches_without_account = 0;   ///< touches by those contacts
    int orphan_touches = 0;            ///< touches by a contact that the contact data lacks
    int duplicate_touches = 0;         ///< rows that repeat an earlier row

    int touches_before_window = 0;      ///< these do not count
    int touches_one_second_early = 0;   ///< of these: one second before the window
    int touches_at_window_start = 0;    ///< these count
    int touches_at_creation = 0;        ///< these count
    int touches_after_creation = 0;     ///< these do not count
    int touches_one_second_late = 0;    ///< of these: one second after the creation
    int touches_between_creations = 0;  ///< too late for one opportunity, in time for another
    int touches_at_same_instant = 0;    ///< pairs of touches of one account, in the window

    int opportunities_without_account = 0;
    int opportunities_without_touch = 0;  ///< with an account, but no touch in the window
    int accounts_without_opportunity = 0;
    int touches_without_opportunity = 0;  ///< touches of those accounts

    int spend_rows = 0;                  ///< each of a channel and a month
    int spend_rows_of_zero = 0;          ///< rows that say 0
    int spend_rows_without_touches = 0;  ///< rows of a channel that no touch has
    int spend_rows_left_out = 0;         ///< months that a channel with touches has no row for

    bool operator==(pipeline_faults const&) const = default;
};

/// What krispcall_sample() planted. An account lives from its first payment to its first refund,
/// a connection from its connect to its disconnect, all ends included; web and mobile are always
/// connected. A disconnect ends the oldest open connection of its user and platform.
///
/// Usage that does not count has exactly one reason. Repeated rows of usage count once, except in
/// usage_rows and duplicate_usage.
struct krispcall_faults {
    int accounts = 0;
    int payment_rows = 0;
    int refund_rows = 0;
    int integration_rows = 0;
    int usage_rows = 0;

    int usage_before_payment = 0;   ///< these do not count
    int usage_after_refund = 0;     ///< these do not count
    int usage_off_on_web = 0;       ///< of both: over web or mobile
    int usage_at_payment = 0;       ///< these count
    int usage_at_refund = 0;        ///< these count
    int usage_not_connected = 0;    ///< in the account's life, over a platform not connected then
    int usage_of_colleague = 0;     ///< of these: connected then, but only by another user
    int usage_at_connect = 0;       ///< these count
    int usage_at_disconnect = 0;    ///< these count
    int usage_of_unknown_user = 0;  ///< the user belongs to no workspace
    int usage_on_web = 0;           ///< over web or mobile, in the account's life: these count
    int duplicate_usage = 0;        ///< rows that repeat an earlier row

    int accounts_without_integration = 0;  ///< neither connects nor disconnects
    int accounts_without_usage = 0;
    int accounts_with_zero_net = 0;      ///< payments less refunds
    int accounts_with_negative_net = 0;  ///< likewise
    int accounts_in_thirds = 0;  ///< net not divisible by 3 cents, same usage on three platforms

    int unmatched_disconnects = 0;
    int connects_left_open = 0;
    int overlapping_connects = 0;  ///< connects while the user's platform is already connected

    bool operator==(krispcall_faults const&) const = default;
};

inline constexpr std::uint64_t default_sample_seed = 2024;

/// About 300 opportunities and 2,500 touchpoints, and a file of spend (channel,period,spend).
[[nodiscard]] sample<pipeline_faults> pipeline_sample(std::uint64_t seed = default_sample_seed);

/// 40 accounts and about 1,000 rows of usage.
[[nodiscard]] sample<krispcall_faults> krispcall_sample(std::uint64_t seed = default_sample_seed);

}  // namespace examples
