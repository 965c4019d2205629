# SPDX-License-Identifier: BSL-1.0
"""customer_success on its sample data: committed bytes, planted faults and planted truth."""

import math
import random
import sys
from collections import Counter
from pathlib import Path

import harness
from customer_success_checks import needs_trees

PLANTED, EXPECTED = sys.argv[2], Path(sys.argv[3])
# Large; other tests know what is in them.
NOT_COMMITTED = ["audit.csv", "boosted_predictions.csv", "cs_performance.csv", "report.html"]


class Sample(harness.ProgramTest):
    def table(self, name, out=None):
        return harness.read_csv((out or self.out) / f"{name}.csv")

    def reasons(self):
        return Counter(line["reason"] for line in self.table("audit"))

    def planted(self):
        return harness.planted(PLANTED, "")

    @needs_trees(sys.argv[1])
    def test_committed_results(self):
        outcome = self.run_program("--out", self.out)
        found = harness.files_in(self.out)
        for name in NOT_COMMITTED:
            found.pop(name)
        found["summary.txt"] = outcome.summary().encode()
        expected = harness.files_in(EXPECTED)
        self.assertEqual(set(found), set(expected))
        for name, content in found.items():
            self.assertEqual(content.decode(), expected[name].decode(), name)

    def test_planted_faults(self):
        outcome = self.run_program("--out", self.out)
        planted = {key: number for key, number in self.planted().items() if key[0] != "count"}
        self.check_planted(planted, outcome, self.reasons())
        self.assertEqual(set(self.reasons()), {what for where, what in planted if where == "reason"})

    def test_planted_counts(self):
        self.run_program("--out", self.out)
        planted = {what: number for (where, what), number in self.planted().items()
                   if where == "count"}
        self.assertEqual(int(self.table("fit")[0]["value"]), planted["concluded"])
        self.assertEqual(len(self.table("deal_scores")), planted["open"])
        assignments = self.table("assignments")
        self.assertEqual(len(assignments), planted["clients"])
        reasons = Counter(row["reason"] for row in assignments)
        for reason, number in reasons.items():
            if reason:
                self.assertEqual(planted[reason], number, reason)
        self.assertEqual(len(reasons), 5)

    def test_months_elsewhere(self):
        """Emails one second into a month belong to the month before, west of Greenwich."""
        self.run_program("--out", self.out)
        self.run_program("--data", self.out / "sample-data", "--out", "west", "--time-zone",
                         "America/Sao_Paulo")
        counts = []
        for out in self.out, self.directory / "west":
            counts.append(Counter())
            for row in self.table("cs_performance", out):
                counts[-1][row["cs_name"], row["period_start"], row["deal_id"]] += int(
                    row["emails_sent"])
        moved = counts[0] - counts[1]
        self.assertEqual(moved.total(), self.planted()["count", "different in Sao Paulo"])
        self.assertEqual(counts[0].total(), counts[1].total())
        for name in "credit_by_cs.csv", "assignments.csv", "coefficients.csv":
            self.assertEqual((self.out / name).read_bytes(),
                             (self.directory / "west" / name).read_bytes())

    def test_planted_truth(self):
        """The regressions find what the generator did, and the last touch the closer."""
        self.run_program("--out", self.out)
        found = {row["term"]: row for row in self.table("coefficients")}
        for term, truth in {"visa_type=Student": 70 / 170, "visa_type=Work Permit": 100 / 170,
                            "contract_category=Premium": 1.3, "n_applicants": 1.2}.items():
            for model in "poisson", "negative_binomial":
                self.assertAlmostEqual(float(found[term][model]), math.log(truth), delta=0.07)
        for country in "Brazil", "Canada", "Chile", "Ireland":  # they make no difference
            row = found[f"country={country}"]
            self.assertLess(abs(float(row["poisson"])), 3 * float(row["poisson_se"]))
        means = {(row["split"], row["model"]): float(row["poisson_deviance"])
                 for row in self.table("cross_validation_mean")}
        self.assertLess(means["purged", "poisson"], means["purged", "mean"] / 2)
        credit = {row["cs_name"]: row for row in self.table("credit_by_cs")}

        def best(model):
            return max(credit, key=lambda name: float(credit[name][model]))
        self.assertEqual(best("last_touch"), "Hedda")
        self.assertNotEqual(best("owner"), "Hedda")
        self.assertGreater(float(credit["Hedda"]["last_touch"]),
                           5 * float(credit["Hedda"]["owner"]))

    def test_scores_and_routing(self):
        """Recounted: bands, tenths, portfolios, and who had the least."""
        self.run_program("--out", self.out)
        borders = [float(row["to"]) for row in self.table("bands") if row["to"]]
        load, number = Counter(), Counter()
        skills = {row["cs_name"]: (row["languages"].split("; "), row["product_scopes"].split("; "))
                  for row in self.table("sample-data/cs_skills")}
        for row in self.table("deal_scores"):
            band = 1 + sum(float(row["y_pred"]) > border for border in borders)
            self.assertEqual(int(row["score_interactions"]), band)
            tenths = 7 * band + 3 * int(row["score_family"])
            self.assertEqual(row["score_deal"], f"{tenths / 10:.1f}")
            load[row["cs_owner"]] += tenths
            number[row["cs_owner"]] += 1
        for row in self.table("portfolio"):
            self.assertEqual(row["score_portfolio"], f"{load[row['cs_name']] / 10:.1f}")
            self.assertEqual(int(row["open_deals"]), number[row["cs_name"]])
        about = {row["client_id"]: row for row in self.table("sample-data/new_clients")}
        for row in self.table("assignments"):
            client = about[row["client_id"]]
            able = [name for name, (languages, scopes) in skills.items()
                    if client["client_language"] in languages and client["visa_type"] in scopes]
            if not row["cs_name"]:
                self.assertTrue(not able or not client["n_applicants"], row)
                continue
            self.assertEqual(int(row["eligible"]), len(able))
            least = min(load[name] for name in able)
            self.assertEqual(load[row["cs_name"]], least, row)
            self.assertEqual(row["workload_before"], f"{least / 10:.1f}")
            load[row["cs_name"]] += round(10 * float(row["score_deal"]))
        for row in self.table("portfolio_after"):
            self.assertEqual(row["score_portfolio"], f"{load[row['cs_name']] / 10:.1f}")

    def test_same_bytes_again_and_from_the_files(self):
        first = self.run_program("--out", self.out)
        for threads in "1", "2":
            again = self.run_program("--data", self.out / "sample-data", "--out", "again",
                                     environment={"OMP_NUM_THREADS": threads})
            self.assertEqual(harness.files_in(self.directory / "again"), harness.files_in(self.out))
            self.assertEqual(again.summary(), first.summary())

    def test_the_order_of_rows_does_not_matter(self):
        """But that the first row of an id counts, so that rows of one id stay in order."""
        data = self.sample_data()
        draw = random.Random(2026)
        for name in "deals_base.csv", "emails.csv", "activities.csv", "cs_skills.csv", \
                    "new_clients.csv":
            def shuffle(lines):
                rows = [line for line in lines[1:] if line]
                ids = [line.split(",")[0] for line in rows]
                draw.shuffle(ids)
                by_id = {}
                for line in rows:
                    by_id.setdefault(line.split(",")[0], []).append(line)
                return [lines[0], *(by_id[one].pop(0) for one in ids)]
            self.run_program("--data", data, "--out", self.out)
            self.run_program("--data", self.changed_copy(name, shuffle), "--out", "shuffled")
            for file in self.out.glob("*.csv"):
                if file.name != "validation.csv":  # it names lines
                    self.assertEqual((self.directory / "shuffled" / file.name).read_bytes(),
                                     file.read_bytes(), (name, file.name))

    def test_reconciliation(self):
        self.run_program("--out", self.out)
        proof = self.check_reconciliation("model")
        concluded = self.planted()["count", "concluded"]
        self.assertEqual(len(proof), 10)
        for totals in proof.values():
            self.assertEqual(totals, [concluded, concluded, 0])

    def test_without_the_other_reports(self):
        data = self.changed_copy("cs_skills.csv", lambda lines: lines)
        for name in "interactions", "crm_report":
            (data / f"{name}.csv").unlink()
        self.run_program("--data", data, "--out", self.out)
        self.assertNotIn("agrees with interactions", harness.findings(self.out))
        self.assertNotIn("agrees with crm_report", harness.findings(self.out))

    def test_every_written_file_is_named(self):
        outcome = self.run_program("--out", self.out)
        written = outcome.out.split("\nWritten from ")[1].splitlines()[1:]
        self.assertEqual({line.strip() for line in written},
                         {str(self.out / name) for name in harness.files_in(self.out)})


harness.main(Sample, sys.argv[1])
