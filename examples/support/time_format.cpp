// SPDX-License-Identifier: BSL-1.0
#include <support/time_format.hpp>

#include <support/reading.hpp>

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace examples {

namespace {

using namespace std::chrono;
using local = date::local_time<microseconds>;

struct known_format {
    std::string_view name, title;
};
constexpr auto known = std::to_array<known_format>({{"iso", "ISO 8601, year-month-day"},
                                                    {"dmy", "day.month.year"},
                                                    {"mdy", "month/day/year"},
                                                    {"ymd", "year/month/day"},
                                                    {"unix", "seconds since 1970"},
                                                    {"unix-ms", "milliseconds since 1970"},
                                                    {"unix-us", "microseconds since 1970"},
                                                    {"unix-ns", "nanoseconds since 1970"}});

/// Reads a text from left to right.
class scanner {
  public:
    explicit scanner(std::string_view text) : rest_{text} {}

    [[nodiscard]] bool done() const { return rest_.empty(); }

    /// Between `least` and `most` digits.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t size = 0;
        while (size < std::min(most, rest_.size()) && is_digit(rest_[size]))
            ++size;
        if (size < least)
            return std::nullopt;
        int value = 0;
        std::from_chars(rest_.data(), rest_.data() + size, value);
        rest_.remove_prefix(size);
        return value;
    }
    /// The first character, if it is one of these.
    std::optional<char> skip(std::string_view one_of) {
        if (rest_.empty() || one_of.find(rest_.front()) == one_of.npos)
            return std::nullopt;
        auto const found = rest_.front();
        rest_.remove_prefix(1);
        return found;
    }
    /// These characters, in this case.
    bool word(std::string_view expected) {
        if (!rest_.starts_with(expected))
            return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    void spaces() {
        while (skip(" "))
            ;
    }
    /// Parts of a second, and whether they were cut.
    std::optional<std::pair<microseconds, bool>> fraction() {
        auto part = microseconds{0};
        auto cut = false;
        if (rest_.empty() || !is_digit(rest_.front()))
            return std::nullopt;
        for (auto unit = microseconds{100'000}; !rest_.empty() && is_digit(rest_.front());
             unit /= 10, rest_.remove_prefix(1)) {
            part += unit * (rest_.front() - '0');
            cut = cut || (unit.count() == 0 && rest_.front() != '0');
        }
        return std::pair{part, cut};
    }

  private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::string_view rest_;
};

using day = std::optional<date::year_month_day>;

day checked(std::optional<int> year, std::optional<int> month, std::optional<int> number) {
    if (!year || !month || !number)
        return std::nullopt;
    auto const found = date::year{*year} / *month / *number;
    return found.ok() ? day{found} : std::nullopt;
}

/// Three numbers with one separator twice.
day separated(scanner& text, std::string_view separators, std::array<std::size_t, 3> const& places,
              bool year_first) {
    std::array<std::optional<int>, 3> read;
    char separator = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        auto const is_year = year_first ? i == 0 : i == 2;
        read[i] = text.number(is_year ? 4 : 1, is_year ? 4 : 2);
        if (!read[i])
            return std::nullopt;
        if (i == 2)
            break;
        auto const found = text.skip(separators);
        if (!found || (i == 1 && *found != separator))
            return std::nullopt;
        separator = *found;
    }
    return checked(read[places[0]], read[places[1]], read[places[2]]);
}

day beginning_with_year(scanner& text) {
    auto compact = text;
    auto const year = compact.number(4, 4);
    auto const month = compact.number(2, 2);
    auto const number = compact.number(2, 2);
    if (auto const found = checked(year, month, number)) {
        text = compact;
        return found;
    }
    return separated(text, "/.", {0, 1, 2}, true);
}

/// AM and PM.
std::optional<int> on_24_hours(scanner& text, int hour) {
    auto const half = text.skip("AaPp");
    if (!half)
        return hour;
    if (!text.skip("Mm") || hour < 1 || hour > 12)
        return std::nullopt;
    return hour % 12 + (*half == 'P' || *half == 'p' ? 12 : 0);
}

/// Z, UTC, GMT or an offset from UTC, to be taken off. Other names of zones mean several.
std::optional<minutes> offset_in(scanner& text) {
    if (text.skip("Zz") || text.word("UTC") || text.word("GMT"))
        return minutes{0};
    auto const sign = text.skip("+-");
    if (!sign)
        return std::nullopt;
    auto const hours_off = text.number(2, 2);
    text.skip(":");
    auto const minutes_off = text.done() ? std::optional{0} : text.number(2, 2);
    if (!hours_off || !minutes_off || *hours_off > 23 || *minutes_off > 59)
        return std::nullopt;
    auto const ahead = hours{*hours_off} + minutes{*minutes_off};
    return *sign == '-' ? -ahead : ahead;
}

std::optional<written_time> time_on(scanner text, date::year_month_day whole) {
    auto result = written_time{local{date::local_days{whole}}, false, true};
    if (text.done())
        return result;
    if (!text.skip("Tt "))
        return std::nullopt;
    text.spaces();
    auto hour = text.number(1, 2);
    if (!hour || !text.skip(":"))
        return std::nullopt;
    auto const minute = text.number(2, 2);
    auto const second = text.skip(":") ? text.number(2, 2) : std::optional{0};
    auto part = microseconds{0};
    if (text.skip(".,")) {
        auto const found = text.fraction();
        if (!found)
            return std::nullopt;
        std::tie(part, result.cut) = *found;
    }
    text.spaces();
    hour = on_24_hours(text, *hour);
    text.spaces();
    if (!hour || !minute || !second)
        return std::nullopt;
    auto const midnight = *hour == 24 && *minute == 0 && *second == 0 && part == part.zero();
    if ((*hour > 23 && !midnight) || *minute > 59 || *second > 59)
        return std::nullopt;
    result.whole_day = false;
    result.at += hours{*hour} + minutes{*minute} + seconds{*second} + part;
    if (text.done())
        return result;
    auto const offset = offset_in(text);
    if (!offset || !text.done())
        return std::nullopt;
    result.in_utc = true;
    result.at -= *offset;
    return result;
}

/// `places`: 0 of seconds, 3 of milliseconds, 6, 9 of nanoseconds.
std::optional<written_time> since_1970(std::string_view text, std::size_t places) {
    // From 1973 to 5138, so that no other number passes for a time.
    auto const dot = std::min(text.find('.'), text.size());
    auto const whole = text.substr(0, dot);
    std::int64_t count = 0;
    auto const [end, error] = std::from_chars(whole.data(), whole.data() + whole.size(), count);
    if (error != std::errc{} || end != whole.data() + whole.size() || count < 0 ||
        whole.size() < 9 + places || whole.size() > 11 + places)
        return std::nullopt;
    auto result = written_time{{}, true, false, places == 9 && count % 1'000 != 0};
    result.at = local{places == 0   ? microseconds{seconds{count}}
                      : places == 3 ? microseconds{milliseconds{count}}
                      : places == 6 ? microseconds{count}
                                    : microseconds{count / 1'000}};
    if (dot < text.size()) {
        scanner rest{text.substr(dot + 1)};
        auto const found = rest.fraction();
        if (!found || !rest.done() || places != 0)
            return std::nullopt;
        result.at += found->first;
        result.cut = found->second;
    }
    return result;
}

/// Has the pattern one of these letters after a percent sign, E and O between them or not? Elsewhere they
/// are text.
bool converts(std::string_view pattern, std::string_view letters) {
    for (auto at = pattern.find('%'); at != pattern.npos; at = pattern.find('%', at + 1)) {
        at = std::min(pattern.find_first_not_of("EO0123456789", at + 1), pattern.size());
        if (at < pattern.size() && letters.find(pattern[at]) != letters.npos)
            return true;
    }
    return false;
}

std::optional<written_time> by_pattern(std::string const& pattern, std::string_view text) {
    std::istringstream stream{std::string{text}};
    auto result = written_time{};
    minutes offset{0};
    auto const zoned = converts(pattern, "z"), named = converts(pattern, "Z");
    std::string zone;
    if (named)
        stream >> date::parse(pattern, result.at, zone, offset);
    else if (zoned)
        stream >> date::parse(pattern, result.at, offset);
    else
        stream >> date::parse(pattern, result.at);
    if (stream.fail() || stream.peek() != std::istringstream::traits_type::eof())
        return std::nullopt;
    if (named && !zoned && zone != "UTC" && zone != "GMT" && zone != "Z")
        return std::nullopt;
    result.in_utc = zoned || named;
    result.at -= offset;
    result.whole_day = !converts(pattern, "HIMSTRrcX");
    return result;
}

/// 2024053110, 202405311030 and 20240531103000, as web analytics and databases write hours, minutes and
/// seconds. In these years only: most numbers of seconds since 1970 are in none of them.
std::optional<written_time> compact_time(std::string_view text) {
    if (text.size() != 10 && text.size() != 12 && text.size() != 14)
        return std::nullopt;
    scanner rest{text};
    auto const year = rest.number(4, 4), month = rest.number(2, 2), number = rest.number(2, 2);
    auto const whole = checked(year, month, number);
    auto const hour = rest.number(2, 2);
    auto const minute = rest.done() ? std::optional{0} : rest.number(2, 2);
    auto const second = rest.done() ? std::optional{0} : rest.number(2, 2);
    if (!whole || !hour || !minute || !second || *year < 1900 || *year > 2099 || *hour > 23 ||
        *minute > 59 || *second > 59)
        return std::nullopt;
    return written_time{local{date::local_days{*whole}} + hours{*hour} + minutes{*minute} +
                            seconds{*second},
                        false, false};
}

/// 2024-05-31T10:00:00Z and 2024-05-31 10:00:00, as most exports have it; of all other texts nothing,
/// whatever they are.
std::optional<written_time> usual_time(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00_00:00:00";
    auto const in_utc = text.size() == shape.size() + 1 && text.back() == 'Z';
    if (!in_utc && text.size() != shape.size())
        return std::nullopt;
    auto odd = text[10] != 'T' && text[10] != ' ';
    for (std::size_t i = 0; i < shape.size(); ++i)
        odd |= shape[i] == '0' ? static_cast<unsigned char>(text[i] - '0') > 9
                               : shape[i] != '_' && text[i] != shape[i];
    if (odd)
        return std::nullopt;
    auto const two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    auto const year = two(0) * 100 + two(2);
    auto const whole = date::year{year} / two(5) / two(8);
    auto const hour = two(11), minute = two(14), second = two(17);
    if (year == 0 || !whole.ok() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return written_time{local{date::local_days{whole}} + hours{hour} + minutes{minute} +
                            seconds{second},
                        in_utc, false};
}

bool same(written_time const& a, written_time const& b) {
    return a.at == b.at && a.in_utc == b.in_utc && a.whole_day == b.whole_day;
}

}  // namespace

time_format::time_format(std::string name) : name_{std::move(name)}, kind_{kind::pattern} {
    auto const found = std::ranges::find(known, name_, &known_format::name);
    if (found != known.end())
        kind_ = static_cast<kind>(found - known.begin());
    else if (name_.find('%') == name_.npos)
        throw std::invalid_argument{fmt::format("'{}' is no format of times: write auto, iso, dmy, "
                                                "mdy, ymd, unix, unix-ms, unix-us, unix-ns, "
                                                "or a pattern "
                                                "such as %d.%m.%Y %H:%M",
                                                name_)};
}

std::string_view time_format::title() const {
    auto const found = std::ranges::find(known, name_, &known_format::name);
    return found == known.end() ? std::string_view{name_} : found->title;
}

std::optional<written_time> time_format::read(std::string_view text) const {
    text = trimmed(text);
    if (kind_ == kind::iso)
        if (auto const usual = usual_time(text))
            return usual;
    std::optional<written_time> found;
    scanner rest{text};
    auto const take = [&](day const& whole) {
        if (whole)
            found = time_on(rest, *whole);
    };
    switch (kind_) {
    case kind::iso:
        take(separated(rest, "-", {0, 1, 2}, true));
        break;
    case kind::dmy:
        take(separated(rest, "./-", {2, 1, 0}, false));
        break;
    case kind::mdy:
        take(separated(rest, "./-", {2, 0, 1}, false));
        break;
    case kind::ymd:
        take(beginning_with_year(rest));
        if (!found)
            found = compact_time(text);
        break;
    case kind::unix_seconds:
        found = since_1970(text, 0);
        break;
    case kind::unix_milliseconds:
        found = since_1970(text, 3);
        break;
    case kind::unix_microseconds:
        found = since_1970(text, 6);
        break;
    case kind::unix_nanoseconds:
        found = since_1970(text, 9);
        break;
    case kind::pattern:
        found = by_pattern(name_, text);
        break;
    }
    using namespace date::literals;
    if (found && (found->at < date::local_days{1_y / 1 / 1} ||
                  found->at >= date::local_days{10000_y / 1 / 1}))
        return std::nullopt;
    return found;
}

time_column::time_column(std::string const& name, keeping what) : what_{what} {
    if (name != "auto")
        candidates_.push_back({time_format{name}, 0});
    else
        for (auto const& one : known)
            candidates_.push_back({time_format{std::string{one.name}}, candidates_.size()});
    for (auto& one : candidates_)
        one.differs.resize(candidates_.size());
}

void time_column::add(csv_field const& field, bool kept) {
    if (file_.empty()) {
        file_ = field.where.file;
        column_ = field.where.column;
    }
    ++size_;
    // One format, asked for or told apart by the rows before: nothing can differ from it.
    if (candidates_.size() == 1) {
        auto& only = candidates_.front();
        auto const read = only.format.read(field.text);
        if (!read)
            refuse(field, only.format.title());
        take(only, *read, kept);
        return;
    }
    auto const expected =
        size_ > 1 ? std::string{candidates_.front().format.title()} : std::string{};
    std::erase_if(candidates_, [&](candidate& one) {
        auto const read = one.format.read(field.text);
        if (read)
            take(one, *read, kept);
        return !read;
    });
    for (auto& one : candidates_)
        for (auto const& other : candidates_)
            if (!same(one.latest, other.latest))
                one.differs[other.number] = true;
    if (candidates_.empty())
        refuse(field, expected);
}

void time_column::take(candidate& one, written_time const& read, bool kept) const {
    one.latest = read;
    one.whole_days = one.whole_days && read.whole_day;
    if (kept && what_ == keeping::times)
        one.times.emplace_back(read);
}

void time_column::refuse(csv_field const& field, std::string_view expected) {
    throw input_error{
        field.where,
        expected.empty()
            ? fmt::format("{} is not a time that is known, write it like 2024-05-31T10:00:00Z, or "
                          "say its format with --date-format, such as '%d %b %Y'",
                          in_quotes(field.text))
            : fmt::format("{} is not a time written as {}, correct it, or say the format with "
                          "--date-format",
                          in_quotes(field.text), expected)};
}

time_column::candidate const& time_column::chosen() const {
    auto const& first = candidates_.front();
    for (auto const& other : candidates_)
        if (other.differs[first.number])
            throw input_error{
                {file_, 0, column_},
                fmt::format("its times may be {} or {}: say which with --date-format {} or {}",
                            first.format.title(), other.format.title(), first.format.name(),
                            other.format.name())};
    return first;
}

time_format const& time_column::format() const {
    return chosen().format;
}

std::vector<kept_time> const& time_column::times() const {
    return chosen().times;
}

bool time_column::whole_days() const {
    return chosen().whole_days;
}

wall_clock::wall_clock(std::string const& zone) : name_{zone} {
    if (zone == "UTC")
        return;
    try {
        zone_ = date::locate_zone(zone);
    } catch (std::runtime_error const&) {
        throw std::invalid_argument{fmt::format(
            "there is no time zone '{}' here: write it like Europe/Berlin or UTC, and see that the "
            "time zones (Debian: tzdata) are installed",
            zone)};
    }
}

local wall_clock::local(instant time) const {
    if (zone_ == nullptr)
        return examples::local{time.time_since_epoch()};
    return static_cast<date::time_zone const*>(zone_)->to_local(time);
}

instant wall_clock::sys(examples::local time) const {
    if (zone_ == nullptr)
        return instant{time.time_since_epoch()};
    return static_cast<date::time_zone const*>(zone_)->to_sys(time, date::choose::earliest);
}

instant wall_clock::at(written_time const& time, bool end_of_day) const {
    auto const whole = time.whole_day && end_of_day;
    auto const on_clock = whole ? time.at + date::days{1} : time.at;
    auto const found = time.in_utc ? instant{on_clock.time_since_epoch()} : sys(on_clock);
    return whole ? found - microseconds{1} : found;
}

}  // namespace examples
