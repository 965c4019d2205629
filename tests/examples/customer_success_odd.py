# SPDX-License-Identifier: BSL-1.0
"""customer_success on odd files."""

import json
import sys

import harness
from by_lot import ByLot
from odd_checks import OddTest

DEALS = ("deal_id,client_id,visa_type,contract_category,country,n_applicants,start_date,end_date,"
         "status,stage_closed,cs_owner,client_language,fee")
EMAILS = "email_id,deal_id,cs_name,sent_at"
ACTIVITIES = "activity_id,deal_id,cs_name,completed_at,type"
SKILLS = "cs_name,languages,product_scopes"
CLIENTS = ("client_id,visa_type,contract_category,country,n_applicants,client_language,"
           "arrived_at")
DONE = "D{},C1,Student,Standard,Chile,{},2024-05-01,2024-05-09,completed,Documents,Ann,es,100"


def lines(*rows):
    return "".join(row + "\n" for row in rows)


class Odd(ByLot, OddTest):
    name = "customer_success"
    files = {"deals": "deals_base.csv", "emails": "emails.csv", "activities": "activities.csv",
             "skills": "cs_skills.csv", "clients": "new_clients.csv",
             "interactions": "interactions.csv", "crm": "crm_report.csv"}
    columns = {"deals": "fee", "emails": "cs_name", "activities": "type", "skills": "languages",
               "clients": "country", "interactions": "interactions", "crm": "month"}

    def small(self, deals=(DONE.format(1, 1),), emails=("E1,D1,Ann,2024-05-02T10:00:00Z",),
              activities=(), skills=("Ann,es,Student",), clients=()):
        return {"deals": lines(DEALS, *deals), "emails": lines(EMAILS, *emails),
                "activities": lines(ACTIVITIES, *activities), "skills": lines(SKILLS, *skills),
                "clients": lines(CLIENTS, *clients),
                "interactions": "deal_id,interactions\n",
                "crm": "cs_name,month,emails_sent,activities_completed,deals_concluded\n"}

    def world(self, lot):
        def day():
            return lot.time("%Y-%m-%d")

        def case():
            return (f"{lot.one_of(['Student', 'Work', 'work'])},{lot.one_of(['Standard', ''])},"
                    f"{lot.one_of(['Chile', 'Peru'])},{lot.one_of(['', 1, 1, 2, 9])}")

        def name():
            return lot.one_of(["Ann", "Bob", "Bob", "Eve", "ann ", ""])

        def deal(i):
            status = lot.one_of(["open", "completed", "completed", "suspended"])
            return (f"{lot.id('D', i)},{lot.key('C', 14)},{case()},{day()},{day() if lot.chance(0.8) else ''},"
                    f"{status},{lot.one_of(['Documents', 'New Clients', 'Visa'])},{name()},"
                    f"{lot.one_of(['es', 'pt', 'ES'])},{lot.amount(negative=False)}")

        def done(letter):
            return lambda i: f"{lot.id(letter, i)},{lot.key('D', 30)},{name()},{lot.time()}"
        files = self.small(
            deals=lot.some(30, deal), emails=lot.some(25, done("E")),
            activities=lot.some(15, lambda i: done("T")(i) + "," + lot.one_of(["call", "Call", "visit"])),
            skills=["Ann,es;pt,Student;Work", "Bob,es,Student", "Bob,es,Work", "Zoe,\"es,pt\",Student"]
            [:lot.draw.randrange(5)],
            clients=lot.some(12, lambda i: f"{lot.id('N', i)},{case()},{lot.one_of(['es', 'pt', 'fr'])},"
                                           f"{lot.time()}"))
        return files, lot.options([["--deal-value", "fee"]], [["--intervals"]],
                                  [["--time-zone", zone] for zone in ("Europe/Berlin", "America/Lima")])

    def credit(self, model="linear"):
        return {row["cs_name"]: float(row[model])
                for row in harness.read_csv(self.out / "credit_by_cs.csv")}

    def assigned(self):
        return {row["client_id"]: row["cs_name"] or row["reason"]
                for row in harness.read_csv(self.out / "assignments.csv")}

    # --- Small worlds

    def test_one_deal(self):
        """Too little for any model: the mean is expected, and nothing is divided by nothing."""
        self.run_odd(**self.small(clients=("N1,Student,Standard,Chile,2,es,2024-06-01T00:00:00Z",)))
        self.assertEqual(self.credit(), {"Ann": 1})
        self.assertEqual(self.credit("shapley"), {"Ann": 1})
        self.assertEqual(self.assigned(), {"N1": "Ann"})
        self.assertEqual(harness.read_csv(self.out / "assignments.csv")[0]["y_pred"], "1.000000")

    def test_deals_without_work(self):
        outcome = self.run_odd(**self.small(emails=()))
        self.assertEqual(self.credit("owner"), {"Ann": 1, "(unattributed)": 0})
        self.assertEqual(self.credit(), {"Ann": 0, "(unattributed)": 1})
        self.assertIn("1.0 in = 0.0 credited + 1.0 unattributed", outcome.out)

    def test_a_deal_for_nothing(self):
        """Whoever worked on it has a line, with nothing in it."""
        outcome = self.run_odd("--deal-value", "fee", "--json", **self.small(deals=(DONE.format(1, 1).removesuffix("100") + "0",)))
        self.assertEqual(self.credit(), {"Ann": 0})
        for model in json.loads(outcome.out)["models"]:
            self.assertEqual([line["amount"] for line in model["credits"]], ["0.00"], model["model"])

    def test_no_concluded_deals(self):
        self.run_odd(**self.small(
            deals=(DONE.format(1, 1).replace("2024-05-09,completed,Documents", ",open,"),),
            clients=("N1,Student,Standard,Chile,2,es,2024-06-01T00:00:00Z",)))
        self.assertEqual(self.assigned(), {"N1": "no concluded deal tells how much work it is"})
        self.assertEqual(self.credit(), {})
        self.assertEqual(harness.read_csv(self.out / "deal_scores.csv"), [])

    def test_large_families(self):
        self.run_odd(**self.small(
            deals=[DONE.format(i, 1 + i % 3) for i in range(1, 60)]
            + [DONE.format(99, 1000).replace("2024-05-09,completed,Documents", ",open,")],
            emails=[f"E{i},D{i % 60},Ann,2024-05-02T10:00:00Z" for i in range(300)]))
        self.assertEqual(harness.read_csv(self.out / "deal_scores.csv")[0]["score_family"], "1000")

    # --- Days and times

    def test_the_last_day_counts_to_its_end(self):
        self.run_odd(**self.small(emails=("E1,D1,Ann,2024-05-01T00:00:00Z",
                                          "E2,D1,Bob,2024-05-09T23:59:59.999999Z",
                                          "E3,D1,Cem,2024-05-10T00:00:00Z",
                                          "E4,D1,Dan,2024-04-30T23:59:59Z")))
        self.assertEqual(self.credit(), {"Ann": 0.5, "Bob": 0.5})
        self.assertEqual(self.count("email on the days of its deal"), 2)

    def test_times_without_zone_are_utc(self):
        self.run_odd(**self.small(emails=("E1,D1,Ann,2024-05-31T23:30:00",)), status=0)
        self.assertEqual(self.count("time names its zone"), 1)
        self.assertEqual([row["month"] for row in harness.read_csv(self.out / "cs_monthly.csv")],
                         ["2024-05"])

    def test_work_and_activities_with_one_id(self):
        """Emails and activities have ids of their own."""
        self.run_odd(**self.small(emails=("X,D1,Ann,2024-05-02T10:00:00Z",),
                                  activities=("X,D1,Bob,2024-05-02T11:00:00Z,call",)))
        self.assertEqual(self.credit(), {"Ann": 0.5, "Bob": 0.5})
        self.assertEqual(self.credit("usage_weighted"), {"Ann": 0.25, "Bob": 0.75})

    # --- Rows without an id

    def test_work_for_no_deal_meets_no_deal_without_id(self):
        for nothing in "", " ", "NULL", "n/a":
            with self.subTest(nothing):
                self.run_odd(**self.small(
                    deals=(DONE.format(1, 1).replace("D1", nothing), DONE.format(2, 1)),
                    emails=(f"E1,{nothing},Bob,2024-05-02T10:00:00Z",)))
                self.assertEqual(self.credit(), {"Ann": 0, "(unattributed)": 2})
                self.assertEqual(self.credit("owner"), {"Ann": 2, "(unattributed)": 0})
                self.assertEqual(self.count("required(email deal)"), 1)
                self.assertEqual(self.count("required(deal id)"), 1)
                self.assertEqual(harness.read_csv(self.out / "audit.csv")[0]["linear_credit"], "0.0")

    def test_rows_without_id_repeat_nothing(self):
        """All of them count, and none says something else than another."""
        self.run_odd(**self.small(
            deals=(DONE.format(1, 1), DONE.format(2, 1).replace("D2", ""),
                   DONE.format(3, 1).replace("D3", "").replace("Ann", "Bob"),
                   DONE.format(4, 1).replace("D4", "")
                   .replace("2024-05-09,completed,Documents", ",open,"),
                   DONE.format(5, 2).replace("D5", "NULL")
                   .replace("2024-05-09,completed,Documents", ",open,")),
            emails=(",D1,Ann,2024-05-02T10:00:00Z", ",D1,Bob,2024-05-03T10:00:00Z"),
            activities=("NULL,D1,Cem,2024-05-02T10:00:00Z,call",
                        "NULL,D1,Cem,2024-05-02T10:00:00Z,call"),
            clients=(",Student,Standard,Chile,2,es,2024-06-01T00:00:00Z",
                     "-,Student,Standard,Chile,2,es,2024-06-01T00:00:00Z",
                     ",Student,Standard,Chile,2,es,2024-06-02T00:00:00Z")))
        self.assertEqual(self.credit("owner"), {"Ann": 2, "Bob": 1, "Cem": 0, "(unattributed)": 0})
        self.assertEqual(self.credit(), {"Ann": 0.25, "Bob": 0.25, "Cem": 0.5, "(unattributed)": 2})
        self.assertEqual(len(harness.read_csv(self.out / "deal_scores.csv")), 2)
        self.assertEqual(len(harness.read_csv(self.out / "assignments.csv")), 3)
        months = harness.read_csv(self.out / "cs_monthly.csv")
        self.assertEqual(sum(int(row["deals_concluded"]) for row in months), 3)
        self.assertEqual(sum(int(row["emails_sent"]) for row in months), 2)
        for rule, count in {"required(deal id)": 4, "unique(deal id)": 0,
                            "repeats agree(deal id)": 0, "required(email id)": 2,
                            "unique(email id)": 0, "repeats agree(activity id)": 0}.items():
            self.assertEqual(self.count(rule), count, rule)

    def test_a_specialist_without_name_takes_no_client(self):
        self.run_odd(**self.small(
            skills=(",es,Student", "NULL,es,Student", "Bob,fr,Student"),
            clients=("N1,Student,Standard,Chile,1,es,2024-06-01T00:00:00Z",)))
        self.assertEqual(self.assigned(), {"N1": "nobody speaks the language"})
        self.assertEqual(self.count("required(specialist)"), 2)

    def test_no_language_is_none(self):
        """Neither who speaks no language nor who sells nothing has what a client does not say."""
        self.run_odd(**self.small(
            deals=(DONE.format(1, 1).replace(",es,", ",NULL,"),),
            skills=("Ann,NULL; n/a,Student", "Bob,es,-"),
            clients=("N1,Student,Standard,Chile,1,NULL,2024-06-01T00:00:00Z",
                     "N2,-,Standard,Chile,1,es,2024-06-01T01:00:00Z")))
        self.assertEqual(self.assigned(), {"N1": "nobody speaks the language",
                                           "N2": "nobody has the product scope"})
        self.assertEqual(self.count("specialist has languages and scopes"), 2)
        self.assertEqual(self.count("deal language is in lower case"), 0)

    # --- Names

    def test_languages_and_lists(self):
        self.run_odd(**self.small(
            skills=("Ann, ES ;; en,Student", "Bob,fr,Student ; Work"),
            clients=("N1,Student,Standard,Chile,1, eS,2024-06-01T00:00:00Z",
                     "N2,Work,Standard,Chile,1,FR,2024-06-01T01:00:00Z",
                     "N3,work,Standard,Chile,1,fr,2024-06-01T02:00:00Z")))
        self.assertEqual(self.assigned(), {"N1": "Ann", "N2": "Bob",
                                           "N3": "nobody has the product scope"})

    def test_names_that_are_markup_or_formulas(self):
        for name in "<b>Ann</b>", "=1+1", "Ann | Bob", "O'Neill \\ \u200d":
            with self.subTest(name):
                self.run_odd(**self.small(
                    deals=(DONE.format(1, 1).replace("Ann", name),),
                    emails=(f"E1,D1,{name},2024-05-02T10:00:00Z",), skills=(f"{name},es,Student",)))
                self.assertEqual(self.credit(), {name: 1})

    def test_work_of_somebody_without_name(self):
        """It is credited to the name that is there: none."""
        self.run_odd(**self.small(deals=(DONE.format(1, 1), DONE.format(2, 1)),
                                  emails=("E1,D1,,2024-05-02T10:00:00Z",)))
        self.assertEqual(self.credit(), {"": 1, "Ann": 0, "(unattributed)": 1})
        self.assertEqual(self.count("required(email specialist)"), 1)

    def test_nobody_is_no_name(self):
        """A specialist may be called as nobody is."""
        self.run_odd(**self.small(deals=(DONE.format(1, 1), DONE.format(2, 1)),
                                  emails=("E1,D1,unattributed,2024-05-02T10:00:00Z",)))
        self.assertEqual(self.credit("last_touch"),
                         {"Ann": 0, "unattributed": 1, "(unattributed)": 1})

    # --- What hardly any file has

    def test_keys_and_times_of_a_spreadsheet(self):
        self.run_odd(**self.small(
            deals=(DONE.format(1, 1).replace("D1", "1.2E+10").replace("2024-05-01", "1970-01-01")
                   .replace("2024-05-09", "9999-12-31"),),
            emails=("7E+12,1.2E+10,Ann,9999-12-31T00:00:00Z",),
            activities=("8E+12,1.2E+10,Ann,1970-01-01T00:00:00Z,call",),
            clients=("9E+12,Student,Standard,Chile,2,es,0001-01-01T00:00:00Z",)))
        for key in ("deal id", "email id", "email deal", "activity id", "activity deal",
                    "client id"):
            self.assertEqual(self.count(f"{key} is written in full"), 1, key)
        for time in "deal start", "deal end", "email time", "activity time", "client arrival":
            self.assertEqual(self.count(f"{time} is real"), 1, time)

    def test_a_fit_without_freedom(self):
        """As many coefficients as deals: what is left over is not divided by nothing."""
        self.run_odd(**self.small(deals=(DONE.format(1, 1), DONE.format(2, 2)), emails=[
            f"E{i},D{deal},Ann,2024-05-02T10:00:00Z" for i, deal in enumerate((1, 2, 2))]))
        figures = [row["figure"] for row in harness.read_csv(self.out / "fit.csv")]
        self.assertIn("poisson deviance", figures)
        self.assertNotIn("pearson chi2 / df", figures)

    def test_the_last_month_is_that_of_anybody(self):
        earlier = DONE.format(2, 1).replace("Ann", "Bob").replace("2024-05", "2024-04")
        self.run_odd(**self.small(deals=(DONE.format(1, 1), earlier)))
        self.assertEqual([(row["cs_name"], row["month"]) for row in harness.read_csv(self.out / "cs_ranking.csv")],
                         [("Ann", "2024-05")])

    def test_another_report_that_misses_lines_or_repeats_them(self):
        files = self.small(deals=(DONE.format(1, 1), DONE.format(2, 1)),
                           emails=("E1,D1,Ann,2024-05-02T10:00:00Z", "E2,D2,Ann,2024-05-02T10:00:00Z"))
        files["interactions"] += lines("D1,1", "D1,1")
        files["crm"] += lines("Ann,2024-05,2,0,2")
        self.run_odd(**files)
        rule = "interactions has each line once"
        self.assertEqual(self.count(rule), 2)
        self.assertEqual(self.notes(rule), "'D2' is missing")
        for other in "interactions", "crm_report":
            self.assertEqual(self.count(f"agrees with {other}"), 0)
        # Five are named.
        numbers = range(1, 8)
        files = self.small(deals=[DONE.format(i, 1) for i in numbers],
                           emails=[f"E{i},D{i},Ann,2024-05-02T10:00:00Z" for i in numbers])
        files["interactions"] += lines("D1,1", "D99,0")  # what nobody knows had nothing
        self.run_odd(**files)
        self.assertEqual(self.count("agrees with interactions"), 0)
        self.assertEqual(self.count(rule), 6)
        self.assertEqual(self.notes(rule), "; ".join(f"'D{i}' is missing" for i in range(2, 7)))

    def test_stages_types_and_languages_that_are_written_otherwise(self):
        call = "A{},D1,Ann,2024-05-02T10:00:00Z,{}"
        self.run_odd(**self.small(
            deals=(DONE.format(1, 1), DONE.format(2, 1).replace("Documents", "new clients ")),
            activities=[call.format(i, kind) for i, kind in enumerate(("call", "call", "Call"))],
            skills=('Ann,"pt, es",Student',),
            clients=("N1,Student,Standard,Chile,2,es,2024-06-01T00:00:00Z",)))
        self.assertEqual(self.credit("owner"), {"Ann": 1})
        self.assertEqual(self.count("deal came further than New Clients"), 1)
        self.assertEqual(self.count("written_as_usual(activity type)"), 1)
        self.assertEqual(self.assigned(), {"N1": "Ann"})


harness.main(Odd, sys.argv[1])
