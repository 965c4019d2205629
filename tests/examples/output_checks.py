# SPDX-License-Identifier: BSL-1.0
"""What any report program gives its readers beside the tables: pictures, page, summary, database."""

import base64
import hashlib
import json
import os
import pty
import re
import shutil
import sqlite3
import struct
import subprocess
import unittest
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import harness

PICTURE = b"\x89PNG\r\n\x1a\n"
HOSTILE = "</script><script>alert(1)</script>"


class Page(HTMLParser):
    """The tags of a page, its scripts and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts, self.styles, self.text = [], [], [], ""
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.inside = self.tags[-1] if tag in ("script", "style") else None
        if self.inside:
            (self.scripts if tag == "script" else self.styles).append([dict(attributes), ""])

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            (self.scripts if self.inside[0] == "script" else self.styles)[-1][1] += data
        else:
            self.text += data


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class OutputTest(harness.ProgramTest):
    name = None
    pictures = []
    hostile_file, hostile_text = None, None  # a channel of the sample that becomes hostile
    pairs, credits = None, None  # tables of the database

    # --- Pictures

    def test_pictures(self):
        self.run_program("--out", self.out, pictures=True)
        files = harness.files_in(self.out, "*.png")
        self.assertEqual(set(files), {f"{name}.png" for name in self.pictures})
        for name, content in files.items():
            self.assertTrue(content.startswith(PICTURE), name)
            width, height = struct.unpack(">II", content[16:24])
            self.assertEqual(width, 1100, name)
            self.assertGreater(height, 300, name)
            self.assertGreater(len(content), 8000, name)
        self.run_program("--out", "again", pictures=True)
        again = harness.files_in(self.directory / "again")
        self.assertEqual(again, harness.files_in(self.out))

    def test_what_gnuplot_is_asked_for(self):
        """Of the sample, of nothing and of hostile texts."""
        for data in self.sample_data(), self.empty_data(), self.hostile_data(HOSTILE):
            asked = self.ask_for_pictures("--data", data, "--out", self.out,
                                          "--intervals")
            self.assertEqual(len(re.findall("^set terminal pngcairo ", asked, re.MULTILINE)),
                             len(self.pictures))

    def test_committed_picture(self):
        """The README shows what the program draws. Other versions of gnuplot or of the font may
        set letters otherwise."""
        version = subprocess.run(["gnuplot", "--version"], capture_output=True, text=True,
                                 check=False).stdout.strip()
        if version != "gnuplot 5.4 patchlevel 4":
            self.skipTest(f"the committed picture was drawn by another gnuplot than {version}")
        self.run_program("--out", self.out, pictures=True)
        self.assertEqual((self.out / self.committed.name).read_bytes(),
                         self.committed.read_bytes())

    def test_without_gnuplot(self):
        outcome = self.run_program("--out", self.out, pictures=True,
                                   environment={"PATH": str(self.directory)})
        self.assertEqual(outcome.error,
                         f"{self.name}: note: pictures left out: gnuplot is not installed\n")
        self.assertEqual(harness.files_in(self.out, "*.png"), {})
        self.assertTrue((self.out / "report.html").exists())

    def test_pictures_of_nothing(self):
        data = self.empty_data()
        self.run_program("--data", data, "--out", self.out, pictures=True)
        self.assertEqual(len(harness.files_in(self.out, "*.png")), len(self.pictures))

    def empty_data(self):
        data = self.directory / "empty"
        shutil.copytree(self.sample_data(), data)
        for file in data.iterdir():
            file.write_bytes(file.read_bytes().split(b"\r\n")[0] + b"\r\n")
        return data

    def hostile_data(self, text):
        data = self.directory / "hostile"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.sample_data(), data)
        file = data / self.hostile_file
        content = file.read_bytes()
        self.assertIn(self.hostile_text.encode(), content)
        file.write_bytes(content.replace(self.hostile_text.encode(), text.encode()))
        return data

    def test_hostile_pictures(self):
        for text in ("it's \\ `touch pwned` @x {/Bold y_z^2} %s", "$(touch pwned)\\n'; !touch pwned #",
                     HOSTILE):
            with self.subTest(text):
                self.run_program("--data", self.hostile_data(text), "--out", self.out,
                                 pictures=True)
                self.assertFalse((self.directory / "pwned").exists())
                self.assertEqual(len(harness.files_in(self.out, "*.png")), len(self.pictures))

    # --- Page

    def read_page(self, out):
        text = (out / "report.html").read_text(encoding="utf-8")
        return text, Page(text)

    def check_page(self, out):
        text, page = self.read_page(out)
        policy = next(attributes["content"] for tag, attributes in page.tags
                      if attributes.get("http-equiv") == "Content-Security-Policy")
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        self.assertEqual(rules["default-src"], "'none'")
        code = [script for attributes, script in page.scripts if "type" not in attributes]
        self.assertEqual(rules["script-src"].split(), [digest(script) for script in code])
        self.assertEqual(rules["style-src"].split(), [digest(style) for _, style in page.styles])
        for tag, attributes in page.tags:
            self.assertNotIn("src", attributes, tag)
            self.assertNotIn("style", attributes, tag)
            self.assertTrue(attributes.get("href", "#").startswith(("#", "data:,")), attributes)
            self.assertFalse([name for name in attributes if name.startswith("on")], tag)
        ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertNotIn("sourceMappingURL", text)
        return page

    def test_page(self):
        result = json.loads(self.run_program("--out", self.out, "--json").out)
        page = self.check_page(self.out)
        for model in result["models"]:
            for line in model["credits"]:
                self.assertIn(f"{float(line['amount']):,.2f}", page.text)
            self.assertIn(f"{float(model['total']):,.2f}", page.text)
        for row in harness.read_csv(self.out / "validation.csv"):
            self.assertIn(row["rule"], page.text)
        self.assertRegex(page.text, r"[\d,.]+ in = [\d,.]+ credited \+ [\d,.]+ unattributed")
        for file in result["inputs"]:
            content = (self.out / "sample-data" / file["file"]).read_bytes()
            self.assertEqual(file["sha256"], hashlib.sha256(content).hexdigest())
            self.assertIn(file["sha256"], page.text)

    def test_hostile_page(self):
        data = self.hostile_data(HOSTILE)
        self.run_program("--data", data, "--out", self.out)
        page = self.check_page(self.out)
        self.assertIn(HOSTILE, page.text)
        self.assertFalse([script for _, script in page.scripts if "alert(1)</" in script])
        summary = (self.out / "analysis_summary.md").read_text()
        self.assertNotIn("<script>", summary.replace("\\<script", ""))

    def test_page_of_nothing(self):
        self.run_program("--data", self.empty_data(), "--out", self.out)
        self.check_page(self.out)

    # --- Summary

    def known_numbers(self, result):
        """Every number that a summary of this run may have, from its other files."""
        numbers = set(re.findall(r"\d+", " ".join(result["options"].values())))
        numbers |= {str(len(result[key])) for key in ("models", "inputs", "findings")}
        texts = json.dumps([self.model_texts, [each["text"] for each in result["findings"]]])
        numbers |= set(re.findall(r"\d+", texts))

        def count(value):
            numbers.add(f"{value:,}")
        for severity in "error", "warning":
            count(sum(each["count"] for each in result["findings"]
                      if each["severity"] == severity))
        for each in result["findings"]:
            count(each["count"])
            count(each["checked"])
        for table in self.reason_counts():
            count(sum(table.values()))
            for number in table.values():
                count(number)
        for number in self.conversion_counts():
            count(number)

        def amount(value, total):
            numbers.add(f"{float(value):,.2f}")
            tenths = int(value * 1000 / total + Fraction(1, 2)) if total else 0
            numbers.add(f"{tenths // 10:,}.{tenths % 10}")
        for model in result["models"]:
            total = Fraction(model["total"])
            credited = Fraction(0)
            amount(Fraction(0), total)
            for line in model["credits"]:
                value = Fraction(line["amount"])
                amount(value, total)
                credited += value if line["attributed"] else 0
            for value in credited, total - credited, total:
                amount(value, total)
        return numbers

    def check_summary(self, *options):
        result = json.loads(self.run_program("--out", self.out, "--json", *options).out)
        text = (self.out / "analysis_summary.md").read_text(encoding="utf-8")
        words = len(re.findall(r"[\w'-]+(?:[.,]\d+)*", text))
        self.assertTrue(500 <= words <= 1000, words)
        for title in ("Methodology", "Data checks", "Findings by model", "Why the models differ",
                      "Recommendations", "Limits"):
            self.assertIn(f"\n## {title}\n", text)
        for audience in "Executives", "Marketing", "Sales", "Controlling":
            self.assertIn(f"**{audience}**", text)
        numbers = set(re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", text.replace("\\", "")))
        numbers = {number.rstrip(",") for number in numbers}
        self.assertGreater(len(numbers), 25)
        self.assertEqual(numbers - self.known_numbers(result), set())
        return text, {number for number in numbers if re.search(r"\.\d\d$", number)}

    def test_summary(self):
        _, amounts = self.check_summary()
        data = self.changed_copy(self.amount_file, self.more_money)
        _, changed = self.check_summary("--data", data)
        # Amounts of the old run that stay must be rare: all money grew.
        self.assertGreater(len(amounts), 10)
        self.assertEqual(amounts & changed - {"0.00"}, set())

    def test_summary_of_nothing(self):
        self.run_program("--data", self.empty_data(), "--out", self.out)
        text = (self.out / "analysis_summary.md").read_text()
        self.assertIn("nothing to credit", text)

    # --- Database

    def query(self, database, sql):
        with sqlite3.connect(database) as connection:
            return connection.execute(sql).fetchall()

    def check_database(self, query, result):
        """`query` runs SQL; what is there must be what the other outputs say."""
        for model in result["models"]:
            units = query(f"SELECT coalesce(sum(units), 0), count(*) FROM by_{self.channel} "
                          f"WHERE model = '{model['model']}' AND attributed = 1")[0]
            credits = query(f"SELECT coalesce(sum(units), 0), count(*) FROM {self.credits} "
                            f"WHERE model = '{model['model']}'")[0]
            self.assertEqual(int(units[0]), int(credits[0]))
            self.assertGreater(int(credits[1]), 20)
            proof = [row for row in harness.read_csv(self.out / "reconciliation.csv")
                     if row[self.proof_column] == self.proof_name(model["model"])]
            credited = sum(Fraction(row["credited"]) for row in proof)
            self.assertEqual(Fraction(int(units[0]), self.units), credited)
            found = {row[0]: int(row[1]) for row in query(
                f"SELECT {self.channel}_name, units FROM by_{self.channel} "
                f"WHERE model = '{model['model']}'")}
            for line in model["credits"]:
                name = line[self.channel]
                name = "(unattributed)" if name == "unattributed" else name
                self.assertLess(abs(Fraction(found[name], self.units) - Fraction(line["amount"])),
                                Fraction(1, 100))
        self.assertEqual({row[0]: int(row[1]) for row in query(
            "SELECT rule, count FROM validation")},
            {each["rule"]: each["count"] for each in result["findings"]})
        self.assertEqual({(row[0], row[1]) for row in query("SELECT file, sha256 FROM run_inputs")},
                         {(file["file"], file["sha256"]) for file in result["inputs"]})
        self.assertEqual(dict(query("SELECT option, value FROM run_options")), result["options"])
        self.assertRegex(str(query("SELECT written_at FROM runs")[0][0]), r"^20\d\d-\d\d-\d\d")
        pairs = int(query(f"SELECT count(*) FROM {self.pairs}")[0][0])
        self.assertEqual(pairs, int(query(
            f"SELECT count(DISTINCT pair) FROM {self.credits}")[0][0]))

    def test_sqlite(self):
        file = self.directory / "report.sqlite"
        outcome = self.run_program("--out", self.out, "--json", "--database", file)
        result = json.loads(outcome.out)
        self.check_database(lambda sql: self.query(file, sql), result)
        self.assertEqual(self.query(file, "PRAGMA foreign_key_check"), [])
        self.assertEqual(self.query(file, "PRAGMA integrity_check"), [("ok",)])
        tables = [name for name, in self.query(
            file, "SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            references = self.query(file, f"PRAGMA foreign_key_list({table})")
            self.assertTrue(table == "runs" or references, table)
        indexes = self.query(file, "SELECT name FROM sqlite_master WHERE type = 'index' "
                                   "AND sql IS NOT NULL")
        self.assertGreaterEqual(len(indexes), 3)
        self.check_extra(lambda sql: self.query(file, sql))

        def runs():
            return self.query(file, "SELECT run_id FROM runs ORDER BY run_id")
        size = self.query(file, f"SELECT count(*) FROM {self.credits}")
        self.run_program("--out", self.out, "--database", file)
        self.assertEqual(runs(), [(1,)])
        self.assertEqual(self.query(file, f"SELECT count(*) FROM {self.credits}"), size)
        self.run_program("--out", self.out, "--database", file, "--database-runs", "keep")
        self.assertEqual(runs(), [(1,), (2,)])
        self.run_program("--out", self.out, "--database", file)
        self.assertEqual(len(runs()), 1)

    def test_sqlite_that_cannot_be_written(self):
        text = self.directory / "text.sqlite"
        text.write_text("This is no database. " * 100)
        other = self.directory / "other.sqlite"
        with sqlite3.connect(other) as connection:
            connection.execute("CREATE TABLE runs (run_id INTEGER PRIMARY KEY, something TEXT)")
        for file, message in ((text, "not a database"), (other, "no (such )?column"),
                              (self.directory / "nowhere" / "x.sqlite", "unable to open")):
            with self.subTest(file=file.name):
                before = file.read_bytes() if file.exists() else None
                outcome = self.run_program("--data", self.sample_data(), "--out", self.out,
                                           "--database", file, status=1)
                self.assertRegex(outcome.error, rf"\A{self.name}: .*{file.name}.*{message}.*\n\Z")
                self.assertEqual(file.read_bytes() if file.exists() else None, before)
                self.assertFalse(self.out.exists())

    def test_no_database_of_a_failed_run(self):
        file = self.directory / "report.sqlite"
        sample = self.sample_data()
        self.out.mkdir()
        (self.out / "report.html").mkdir()
        self.run_program("--data", sample, "--out", self.out, "--database", file, status=1)
        self.assertFalse(file.exists())
        self.assertEqual([path.name for path in self.out.iterdir()], ["report.html"])
        self.run_program("--data", "nowhere", "--database", file, status=2)
        self.assertFalse(file.exists())

    def test_postgresql(self):
        with Server(self.directory) as server:
            outcome = self.run_program("--out", self.out, "--json", "--database", server.url)
            self.check_database(server.query, json.loads(outcome.out))
            self.check_extra(server.query)
            self.check_like_sqlite(server)
            server.query("INSERT INTO runs (run_id, program) VALUES (0, 'another program') RETURNING 1")
            self.run_program("--out", self.out, "--database", server.url)
            self.assertEqual(server.query("SELECT run_id FROM runs ORDER BY 1"), [["0"], ["1"]])
            self.run_program("--out", self.out, "--database", server.url, "--database-runs", "keep")
            self.assertEqual(server.query("SELECT run_id FROM runs ORDER BY 1"), [["0"], ["1"], ["2"]])
            # Nothing of a failed run stays.
            server.query("ALTER TABLE outcomes RENAME COLUMN reason TO other")
            outcome = self.run_program("--data", self.sample_data(), "--out", "failed",
                                       "--database", server.url, status=1)
            self.assertRegex(outcome.error, rf"\A{self.name}: PostgreSQL: .*reason.*\n\Z")
            self.assertEqual(server.query("SELECT run_id FROM runs ORDER BY 1"), [["0"], ["1"], ["2"]])
            self.assertFalse((self.directory / "failed").exists())
        outcome = self.run_program("--data", self.sample_data(), "--out", "failed",
                                   "--database", server.url, status=1)
        self.assertRegex(outcome.error, rf"\A{self.name}: PostgreSQL: .*\n\Z")
        self.assertFalse((self.directory / "failed").exists())

    def check_like_sqlite(self, server):
        """Every table of the server has the rows that a file has, by the names of their columns; amounts
        have nine decimals there."""
        file = self.directory / "like.sqlite"
        self.run_program("--out", self.out, "--database", file)

        def alike(value):
            if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", value):
                return value[:10] + " " + value[11:19]
            return round(float(value), 9) if isinstance(value, (bool, int, float)) else value

        def rows(dictionaries):
            return sorted(repr(sorted((name, alike(value)) for name, value in row.items()))
                          for row in dictionaries)
        with sqlite3.connect(file) as connection:
            connection.row_factory = sqlite3.Row
            tables = [name for name, in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'runs'")]
            self.assertGreater(len(tables), 8)
            for table in tables:
                found = rows(json.loads("\t".join(line)) for line in
                             server.query(f'SELECT row_to_json(t) FROM "{table}" t'))
                expected = rows(map(dict, connection.execute(f'SELECT * FROM "{table}"')))
                self.assertEqual(len(found), len(expected), table)
                for one, other in zip(found, expected):
                    self.assertEqual(one, other, table)

    def check_extra(self, query):
        """For what only one of the programs has."""

    # --- Manners

    def test_version_and_help(self):
        self.assertRegex(self.run_program("--version").out, rf"\A{self.name} \d+\.\d+\.\d+\n\Z")
        text = self.run_program("--help").out
        for word in ("--quiet", "--json", "--database", "--no-pictures", "Exit status:", "NO_COLOR",
                     "Examples:", "report.html", "analysis_summary.md"):
            self.assertIn(word, text)

    def test_quiet(self):
        outcome = self.run_program("--out", self.out, "--quiet", pictures=True,
                                   environment={"PATH": str(self.directory)})
        self.assertEqual((outcome.out, outcome.error), ("", ""))
        outcome = self.run_program("--data", "nowhere", "--quiet", status=2)
        self.assertIn("nowhere", outcome.error)
        self.run_program("--quiet", "--json", status=2)

    def test_json(self):
        outcome = self.run_program("--out", self.out, "--json")
        self.assertEqual(outcome.error, "")
        result = json.loads(outcome.out)
        self.assertEqual(result["program"], self.name)
        self.assertEqual({Path(file).name for file in result["files"]},
                         set(harness.files_in(self.out)))
        for model in result["models"]:
            self.assertEqual(sum(Fraction(line["amount"]) for line in model["credits"]),
                             Fraction(model["total"]))

    def on_terminal(self, *arguments, environment=None):
        """What a person would see who runs the program."""
        leader, follower = pty.openpty()
        process = subprocess.Popen([self.program, *map(str, arguments)], cwd=self.directory,
                                   stdin=follower, stdout=follower, stderr=follower,
                                   env={**os.environ, "TERM": "xterm", **(environment or {})})
        os.close(follower)
        seen = b""
        while True:
            try:
                block = os.read(leader, 65536)
            except OSError:
                break
            if not block:
                break
            seen += block
        os.close(leader)
        return process.wait(), seen.decode().replace("\r\n", "\n")

    def test_colours(self):
        plain = self.run_program("--out", self.out).out
        self.assertNotIn("\x1b", plain)
        environment = {name: value for name, value in os.environ.items() if name == "NO_COLOR"}
        self.assertEqual(environment, {})
        status, seen = self.on_terminal("--out", self.out, "--no-pictures")
        self.assertEqual(status, 0)
        progress = rf"(\r\x1b\[K{self.name}: [^\r]* \.\.\.)+\r\x1b\[K"  # if it took long
        seen = re.sub(rf"\A{progress}", "", seen)
        self.assertIn("\x1b[1m", seen)
        self.assertEqual(re.sub(r"\x1b\[\d*m", "", seen), plain)
        for quiet in {"NO_COLOR": "1"}, {"TERM": "dumb"}:
            _, seen = self.on_terminal("--out", self.out, "--no-pictures", environment=quiet)
            self.assertNotRegex(seen, r"\x1b\[\d*m")
        status, seen = self.on_terminal("--data", "nowhere")
        self.assertEqual(status, 2)
        self.assertTrue(seen.startswith(f"\x1b[1;31m{self.name}:\x1b[0m "), seen)


class Server:
    """A PostgreSQL server of its own, reached through a socket in a directory of the test."""

    def __init__(self, directory):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        program = shutil.which("initdb") or (str(found[-1]) if found else None)
        if not program:
            raise unittest.SkipTest("there is no PostgreSQL server")
        self.programs = Path(program).parent
        self.home = Path(directory) / "postgresql"
        self.url = f"postgresql://reports@/postgres?host={self.home}"

    def as_user(self, *command, **options):
        """A server refuses to run as root."""
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        return subprocess.run([*user, *map(str, command)], check=True, capture_output=True,
                              text=True, **options)

    def __enter__(self):
        self.home.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
            os.chmod(self.home.parent, 0o755)
        self.as_user(self.programs / "initdb", "-D", self.home / "data", "-U", "reports",
                     "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C", cwd="/")
        self.as_user(self.programs / "pg_ctl", "-D", self.home / "data", "-w", "-l",
                     self.home / "log", "-o",
                     f"-c listen_addresses='' -c unix_socket_directories={self.home} -c fsync=off",
                     "start", cwd="/", )
        return self

    def __exit__(self, *_):
        self.as_user(self.programs / "pg_ctl", "-D", self.home / "data", "-m", "immediate", "stop",
                     cwd="/")

    def query(self, sql):
        lines = subprocess.run(["psql", "-At", "-F", "\t", self.url, "-c", sql], check=True,
                               capture_output=True, text=True).stdout.splitlines()
        return [line.split("\t") for line in lines]
