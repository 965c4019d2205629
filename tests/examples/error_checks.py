# SPDX-License-Identifier: BSL-1.0
"""What any example program owes its user when something is wrong."""

import re

import harness


class ErrorTest(harness.ProgramTest):
    name = None  # of the program
    inputs = []  # names of its files
    wrong_options = []
    # (file, line, column, what the field becomes, what the message says)
    bad_fields = []
    free_texts = []  # columns of these that may hold any text

    def check_refused(self, data, message):
        """One line on standard error, status 2, and nothing written."""
        outcome = self.run_program("--data", data, "--out", self.out, status=2)
        self.assertEqual(outcome.out, "")
        self.assertRegex(outcome.error, rf"\A{self.name}: .*{message}.*\n\Z")
        self.assertFalse(self.out.exists())
        return outcome

    def test_bad_fields(self):
        for file, line, column, text, message in self.bad_fields:
            with self.subTest(file=file, column=column, text=text):
                def change(lines):
                    header = lines[0].split(",")
                    fields = split(lines[line - 1])
                    fields[header.index(column)] = text
                    lines[line - 1] = ",".join(fields)
                    return lines
                self.check_refused(self.changed_copy(file, change),
                                   rf"{re.escape(file)}:{line}: column '{re.escape(column)}': "
                                   rf".*{message}")

    def test_long_bad_fields(self):
        """A text that a string keeps on the heap: what was begun for its row is freed once."""
        for file, line, column, _, _ in self.bad_fields:
            if column in self.free_texts:
                continue
            with self.subTest(file=file, line=line, column=column):
                def change(lines):
                    header = lines[0].split(",")
                    lines[line - 1] = ",".join("9" * 80 if name == column else "long" * 20
                                               for name in header)
                    return lines
                self.check_refused(self.changed_copy(file, change), rf"{re.escape(file)}:{line}: ")

    def test_missing_file(self):
        for file in self.inputs:
            with self.subTest(file):
                data = self.changed_copy(file, lambda lines: lines)
                (data / file).unlink()
                self.check_refused(data, re.escape(file))
        self.check_refused(self.directory / "nowhere", "nowhere")

    def test_missing_column(self):
        for file, _, column, _, _ in self.bad_fields:
            with self.subTest(file=file, column=column):
                def change(lines):
                    return [lines[0].replace(column, "other"), *lines[1:]]
                self.check_refused(self.changed_copy(file, change),
                                   rf"{re.escape(file)}:1: .*{re.escape(column)}")

    def test_broken_quote(self):
        for file in self.inputs:
            with self.subTest(file):
                def change(lines):
                    return [*lines[:3], lines[3] + 'x"y', *lines[4:]]
                self.check_refused(self.changed_copy(file, change), rf"{re.escape(file)}:4: .*quote")

    def test_wrong_number_of_fields(self):
        for file in self.inputs:
            with self.subTest(file):
                def change(lines):
                    return [*lines[:3], lines[3] + ",one more", *lines[4:]]
                self.check_refused(self.changed_copy(file, change), rf"{re.escape(file)}:4: ")

    def test_empty_file(self):
        for file in self.inputs:
            with self.subTest(file):
                self.check_refused(self.changed_copy(file, lambda lines: []), re.escape(file))

    def test_old_results_stay(self):
        self.run_program("--out", self.out)
        before = harness.files_in(self.out)
        outcome = self.run_program("--data", self.directory / "nowhere", "--out", self.out,
                                   status=2)
        self.assertIn("nowhere", outcome.error)
        self.assertEqual(harness.files_in(self.out), before)

    def test_results_that_cannot_be_written(self):
        (self.directory / "file").write_text("in the way")
        outcome = self.run_program("--out", self.directory / "file" / "out", status=1)
        self.assertRegex(outcome.error, rf"\A{self.name}: .*file.*\n\Z")
        outcome = self.run_program("--data", self.sample_data(), "--out", self.directory / "file",
                                   status=1)
        self.assertRegex(outcome.error, rf"\A{self.name}: .*file.*\n\Z")
        self.assertEqual((self.directory / "file").read_text(), "in the way")

    def test_wrong_options(self):
        for options in [["--nonsense"], ["stray"], ["--out"], *self.wrong_options]:
            with self.subTest(options=options):
                outcome = self.run_program(*options, status=2)
                self.assertEqual(outcome.out, "")
                self.assertRegex(outcome.error, rf"\A{self.name}: .*--help.*\n\Z")
        self.assertFalse((self.directory / "out").exists())

    def test_empty_values(self):
        self.check_empty_values()

    def test_help(self):
        outcome = self.run_program("--help")
        self.assertEqual(outcome.error, "")
        for text in ["--data", "--out", "sample", *self.inputs]:
            self.assertIn(text, outcome.out)
        self.assertLessEqual(max(map(len, outcome.out.splitlines())), 100)

    def test_header_only(self):
        """No records: empty tables, and no error."""
        data = self.directory / "empty"
        data.mkdir()
        for file in self.inputs:
            header = (self.sample_data() / file).read_bytes().split(b"\r\n")[0]
            (data / file).write_bytes(header + b"\r\n")
        self.run_program("--data", data, "--out", self.out)
        for name, content in harness.files_in(self.out, "*.csv").items():
            if name != "validation.csv":
                self.assertEqual(content.count(b"\n"), 1, name)
        self.assertEqual(harness.broken_rules(self.out, ["error", "warning", "info"]), {})


def split(line):
    """Fields of a line of CSV as they are written, quotes included."""
    return re.findall(r'(?:^|,)("(?:[^"]|"")*"|[^,]*)', line)
