# SPDX-License-Identifier: BSL-1.0
"""Odd files, as other tools export them: read and said, or refused with what to do."""

import json
import re
import shutil
import sqlite3

import harness


class OddTest(harness.ProgramTest):
    name = None
    files = {}  # short name -> file
    columns = {}  # short name -> one of its columns

    def data_with(self, **files):
        """The sample data with some files replaced: text becomes UTF-8, bytes stay."""
        data = self.directory / "odd"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.sample_data(), data)
        for name, content in files.items():
            content = content.encode() if isinstance(content, str) else content
            (data / self.files[name]).write_bytes(content)
        return data

    def run_odd(self, *options, status=0, **files):
        shutil.rmtree(self.out, ignore_errors=True)
        outcome = self.run_program("--data", self.data_with(**files), "--out", self.out, *options,
                                   status=status)
        if status:
            self.assertFalse(self.out.exists(), "nothing is half written")
            self.assertRegex(outcome.error, rf"\A{self.name}: .+\n\Z")
        else:
            for name, content in harness.files_in(self.out).items():
                content.decode("utf-8")  # every result is UTF-8
        return outcome

    def check_odd_refused(self, where, what, *options, **files):
        outcome = self.run_odd(*options, status=2, **files)
        self.assertRegex(outcome.error, rf"{where}.*{what}")

    def count(self, rule):
        return int(harness.findings(self.out)[rule]["count"])

    def notes(self, rule):
        return harness.findings(self.out)[rule]["notes"]

    def sample_text(self, name):
        return (self.sample_data() / self.files[name]).read_bytes().decode("utf-8-sig")

    def tables(self):
        return {name: content for name, content in harness.files_in(self.out, "*.csv").items()
                if name != "validation.csv"}

    def rows_in(self, database, sql):
        with sqlite3.connect(database) as connection:
            return connection.execute(sql).fetchall()

    def test_every_file_with_every_separator_encoding_and_line_end(self):
        """The results are the same, and validation.csv says what the files were."""
        self.run_odd()
        expected = self.tables()
        for mark, said in (";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"):
            changed = {name: self.with_separator(name, mark) for name in self.files}
            self.run_odd(**changed)
            self.assertEqual(self.tables(), expected, said)
            self.assertEqual(self.count("input has commas"), len(self.files))
            self.assertIn(said, self.notes("input has commas"))
        for change, said in (
                (lambda text: text.encode("utf-16"), "UTF-16"),
                (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "UTF-16 (big endian)"),
                (lambda text: b"\xef\xbb\xbf" + text.encode(), ""),
                (lambda text: text.replace("\r\n", "\r").encode(), ""),
                (lambda text: text.replace("\r\n", "\n").encode(), ""),
                (lambda text: text.rstrip().encode(), ""),
                (lambda text: text.encode() + b"\r\n\r\n", "")):
            self.run_odd(**{name: change(self.sample_text(name)) for name in self.files})
            self.assertEqual(self.tables(), expected)
            self.assertEqual(self.count("input is UTF-8"), len(self.files) if said else 0)
            self.assertIn(said, self.notes("input is UTF-8"))

    def with_separator(self, name, mark):
        return "".join(
            mark.join('"' + field.replace('"', '""') + '"' if mark in field or '"' in field
                      or "\n" in field or "\r" in field else field for field in row) + "\r\n"
            for row in harness.csv_rows(self.sample_text(name)))

    def test_encodings_that_are_said(self):
        self.run_odd()
        expected = self.tables()
        for option, codec in ("utf-16le", "utf-16-le"), ("utf-16be", "utf-16-be"):
            self.run_odd("--encoding", option,
                         **{name: self.sample_text(name).encode(codec) for name in self.files})
            self.assertEqual(self.tables(), expected)
        name = next(iter(self.files))
        self.check_odd_refused(self.files[name], "UTF-16.*--encoding utf-16le",
                               **{name: self.sample_text(name).encode("utf-16-le")})
        self.run_program("--encoding", "ebcdic", status=2)

    def test_files_of_other_kinds(self):
        name = next(iter(self.files))
        for begin, what in ((b"PK\x03\x04", "Excel"), (b"\x1f\x8b\x08", "gzip"),
                            (b"\xff\xfe\0\0", "UTF-32"), (b"%PDF-1.7", "PDF")):
            self.check_odd_refused(self.files[name], f"{what}.*export it as CSV",
                                   **{name: begin + b"x" * 100})

    def test_headers(self):
        for name, file in self.files.items():
            text = self.sample_text(name)
            header, rest = text.split("\r\n", 1)
            column = self.columns[name]
            self.check_odd_refused(f"{file}:1: column '{re.escape(column)}'", "case or spaces",
                                   **{name: header.replace(column, f" {column.upper()} ")
                                      + "\r\n" + rest})
            self.check_odd_refused(f"{file}:1: column '{re.escape(column)}'", "more than once",
                                   **{name: header + "," + column + "\r\n"})

    def test_words_are_printed(self):
        outcome = self.run_odd("--json")
        self.assertIn("\\N, null", json.loads(outcome.out)["options"]["nothing"])
        self.assertIn("Read as a missing key, in any case: \\N, null", self.run_odd().out)
        self.assertIn("Read as a missing key, in any case: 0, nobody\n",
                      self.run_odd("--nothing", "0, nobody").out)
        self.assertIn("Read as a missing key, in any case: only what is empty\n",
                      self.run_odd("--nothing", "").out)
        text = self.run_program("--help").out
        for word in "--nothing", "--encoding", "semicolons", "\\N", "(not set)":
            self.assertIn(word, text)
