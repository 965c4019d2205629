// SPDX-License-Identifier: BSL-1.0
#include <support/output.hpp>

#include <scratch.hpp>

#include <csignal>
#include <set>
#include <string>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using examples::csv_line;
using examples::csv_writer;
using examples::output_directory;
using examples::output_error;
using examples::output_file;

namespace {

using names = std::set<std::string>;

/// No file may grow past `bytes`: a disk that is full for this test only.
class full_disk {
  public:
    explicit full_disk(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
        getrlimit(RLIMIT_FSIZE, &before_);
        auto const limit = rlimit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    full_disk(full_disk const&) = delete;
    full_disk& operator=(full_disk const&) = delete;
    ~full_disk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

  private:
    rlimit before_{};
    void (*handler_)(int);
};

}  // namespace

TEST_CASE("csv_line quotes where RFC 4180 needs it, and nowhere else") {
    CHECK(csv_line("a", std::string{"b"}, 5, -7L) == "a,b,5,-7");
    CHECK(csv_line("a,b", "say \"no\"", "x\ny", "x\ry") ==
          "\"a,b\",\"say \"\"no\"\"\",\"x\ny\",\"x\ry\"");
    CHECK(csv_line(" a ", "it's", "a;b", "\t") == " a ,it's,a;b,\t");
    CHECK(csv_line("", "") == ",");
    CHECK(csv_line("") == "\"\"");
    CHECK(csv_line(0.1) == "0.1");
}

TEST_CASE("output: files appear with commit, all of them") {
    scratch const here;
    auto const results = here.directory / "deep" / "results";
    {
        auto out = output_directory{results};
        auto first = csv_writer{out, "first.csv"};
        auto second = csv_writer{out, "second.csv"};
        first.row("channel", "revenue");
        second.row("a,b");
        first.row("Podcast", 5);
        CHECK(here.names("deep/results").size() == 1);  // the hidden directory
        out.commit();
        CHECK(here.read("deep/results/first.csv") == "channel,revenue\nPodcast,5\n");
        CHECK(here.read("deep/results/second.csv") == "\"a,b\"\n");
    }
    CHECK(here.names("deep/results") == names{"first.csv", "second.csv"});
}

TEST_CASE("output: without commit nothing changes") {
    scratch const here;
    here.write("old.csv", "old\n");
    {
        auto out = output_directory{here.directory};
        out.file("old.csv").write("new\n");
        out.file("other.csv").write("new\n");
    }
    CHECK(here.names() == names{"old.csv"});
    CHECK(here.read("old.csv") == "old\n");
    { auto const out = output_directory{here.directory / "made"}; }
    CHECK(here.names() == names{"old.csv"});
}

TEST_CASE("output: commit replaces old files and leaves others") {
    scratch const here;
    here.write("old.csv", "old and longer\n");
    here.write("other.csv", "other\n");
    {
        auto out = output_directory{here.directory};
        out.file("old.csv").write("new\n");
        out.commit();
    }
    CHECK(here.names() == names{"old.csv", "other.csv"});
    CHECK(here.read("old.csv") == "new\n");
}

TEST_CASE("output: what a killed process left is removed, what another one writes is not") {
    scratch const here;
    std::filesystem::create_directory(here.directory / ".incomplete-killed");
    here.write(".incomplete-killed/half.csv", "hal");
    auto other = output_directory{here.directory};
    other.file("other.csv").write("other\n");
    {
        auto out = output_directory{here.directory};
        CHECK(here.names().size() == 2);  // two hidden directories
        out.file("own.csv").write("own\n");
        out.commit();
    }
    other.commit();
    CHECK(here.read("other.csv") == "other\n");
    CHECK(here.names().count(".incomplete-killed") == 0);
}

TEST_CASE("output: a full disk") {
    SUBCASE("is noticed when writing or closing") {
        auto const error = "/dev/full: cannot be written: No space left on device; make "
                           "room, or choose another place";
        CHECK(error_of<output_error>([] {
                  auto file = output_file{"/dev/full"};
                  file.write("little");
                  file.close();
              }) == error);
        CHECK(error_of<output_error>([] {
                  auto file = output_file{"/dev/full"};
                  file.write(std::string(1'000'000, 'x'));
              }) == error);
    }
    SUBCASE("leaves the old results") {
        scratch const here;
        here.write("a.csv", "old a\n");
        here.write("b.csv", "old b\n");
        {
            auto out = output_directory{here.directory};
            out.file("a.csv").write("new a\n");
            out.file("b.csv").write(std::string(2000, 'b'));
            auto const limited = full_disk{1000};
            CHECK(error_of<output_error>([&] { out.commit(); }) ==
                  (here.directory / "b.csv").string() +
                      ": cannot be written: File too large; make room, or choose another place");
        }
        CHECK(here.names() == names{"a.csv", "b.csv"});
        CHECK(here.read("a.csv") == "old a\n");
        CHECK(here.read("b.csv") == "old b\n");
    }
}

TEST_CASE("output: a device without fsync is fine") {
    auto file = output_file{"/dev/null"};
    file.write("text");
    CHECK_NOTHROW(file.close());
    CHECK_NOTHROW(file.close());
    CHECK(error_of<std::logic_error>([&] { file.write("more"); }) ==
          "/dev/null: written after it was closed");
}

TEST_CASE("output: places that cannot be written") {
    std::string const advice = "; check the place and its permissions, or choose another one";
    scratch const here;
    here.write("plain", "");
    auto const in_file = (here.directory / "plain").string();
    CHECK(error_of<output_error>([&] { output_directory{in_file}; }) ==
          in_file + ": cannot be written: Not a directory" + advice);
    CHECK(error_of<output_error>([&] { output_directory{in_file + "/deeper"}; }) ==
          in_file + "/deeper: cannot be written: Not a directory" + advice);
    CHECK(error_of<output_error>([] { output_directory{"/proc/nowhere"}; }) ==
          "/proc/nowhere: cannot be written: No such file or directory" + advice);

    std::filesystem::create_directory(here.directory / "b.csv");
    {
        auto out = output_directory{here.directory};
        out.file("a.csv").write("a\n");
        out.file("b.csv").write("b\n");
        CHECK(error_of<output_error>([&] { out.commit(); }) ==
              (here.directory / "b.csv").string() + ": cannot be written: Is a directory" + advice);
    }
    CHECK(here.names() == names{"b.csv", "plain"});
}

TEST_CASE("output: names") {
    scratch const here;
    auto out = output_directory{here.directory};
    for (std::string const name : {"", ".", "..", "a/b", "/a", "a/"})
        CHECK(error_of<std::invalid_argument>([&] { (void)out.file(name); }) ==
              "output_directory: not a plain file name: '" + name + "'");
    (void)out.file("a");
    CHECK(error_of<std::invalid_argument>([&] { (void)out.file("a"); }) ==
          "output_directory: file is written twice: 'a'");
}

TEST_CASE("output: nowhere") {
    output_directory out;
    CHECK_THROWS_AS(static_cast<void>(out.file("a.csv")), std::logic_error);
    out.commit();
    csv_writer writer;
    writer.row("a", 1);
    writer.cell("a");
    writer.end_row();
}
