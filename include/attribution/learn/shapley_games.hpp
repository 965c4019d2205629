// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace attribution::inline v0_1 {

/// Game (a): a coalition of channels is worth the conversions of the paths that need no other
/// channel.
struct coalition_game_fn {};
inline constexpr coalition_game_fn coalition_game{};

/// Game (b): a coalition is worth the conversion rate of the paths through exactly its channels.
struct conversion_rate_game_fn {};
inline constexpr conversion_rate_game_fn conversion_rate_game{};

}  // namespace attribution
