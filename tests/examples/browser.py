# SPDX-License-Identifier: BSL-1.0
"""Pages of reports, used in a real browser."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import harness

(PIPELINE, KRISPCALL, PAGES, LOOK, MODULES, SHOTS, ATTRIBUTION, TABLES, *OTHERS) = sys.argv[1:]
HOSTILE = "</script><script>alert(1)</script>"


class Browser(harness.ProgramTest):
    def page(self, program, name, figure, *options):
        """Runs a program; what must be in its page, as its --json says."""
        self.program = str(Path(program).resolve())
        out = self.directory / name
        result = json.loads(self.run_program("--out", out, "--json", *options).out)
        key = {"pipeline": "channel", "krispcall": "platform"}[result["program"]]
        amounts = {}
        for number, model in enumerate(result["models"]):
            for line in model["credits"]:
                cells = amounts.setdefault(line[key], [None] * len(result["models"]))
                cells[number] = f"{float(line['amount']):,.2f}"
        html = (out / "report.html").read_text()
        data = json.loads(re.search(r'id="report-data">(.*?)</script>', html).group(1))
        return {"name": name, "file": str(out / "report.html"), "figure": figure,
                "amounts": amounts, "models": data["models"], "conversions": len(data["paths"]),
                "unit": f" {data['currency']}" if data["currency"] else "", "texts": []}

    def test_the_pages(self):
        pages = [self.page(PIPELINE, "pipeline", "channels_by_model"),
                 self.page(KRISPCALL, "krispcall", "attribution_comparison")]
        data = self.directory / "hostile-data"
        shutil.copytree(self.directory / "krispcall" / "sample-data", data)
        file = data / "final_integration_data.csv"
        file.write_bytes(file.read_bytes().replace(b"taskharbor", HOSTILE.encode()))
        hostile = self.page(KRISPCALL, "hostile", "attribution_comparison", "--data", data)
        pages.append({**hostile, "amounts": None, "texts": [HOSTILE]})

        # A page of a program that was built without npm has no charts; the rest must work.
        html = Path(pages[1]["file"]).read_text()
        start = html.index("<script>") if "Chart.js" in html else None
        if start is not None:
            without = self.directory / "without.html"
            end = html.index("</script>", start) + len("</script>")
            without.write_text(html[:start] + html[end:])
            pages.append({**pages[1], "name": "without", "file": str(without), "amounts": None})

        # Those of the other programs are opened and read like the rest; their own tests know their figures.
        tables = self.directory / "a-directory-whose-name-is-longer-than-a-phone-is-wide"
        shutil.copytree(TABLES, tables)
        own_files = [ATTRIBUTION, "--touchpoints", tables / "touches.csv",
                     "--conversions", tables / "orders.csv", "--segment", "country"]
        for program, *options in [own_files, *([other] for other in OTHERS)]:
            self.program = str(Path(program).resolve())
            out = self.directory / Path(program).name
            self.run_program("--out", out, *options)
            pages.append({**pages[1], "name": out.name, "file": str(out / "report.html"), "amounts": None})

        made = self.directory / "made"
        made.mkdir()
        subprocess.run([PAGES, made], check=True)
        own, big = (str(made / f"{name}.html") for name in ("own", "big"))
        pages.append({**pages[1], "name": "own", "file": own, "amounts": None})

        shots = Path(SHOTS)
        shots.mkdir(parents=True, exist_ok=True)
        plan = self.directory / "plan.json"
        plan.write_text(json.dumps({"pages": pages, "still": pages[0]["file"],
                                    "own": own, "big": big, "shots": str(shots)}))
        look = subprocess.run(["node", LOOK, MODULES, CHROMIUM, plan], capture_output=True,
                              text=True, check=False, timeout=540)
        self.assertEqual((look.returncode, look.stdout, look.stderr), (0, "", ""))
        for page in pages:
            for kind in "light", "dark", "phone":
                self.assertGreater((shots / f"{page['name']}-{kind}.png").stat().st_size, 20000)


CHROMIUM = shutil.which("chromium")
if not CHROMIUM or not shutil.which("node") or not Path(MODULES, "axe-core").is_dir():
    print("SKIPPED: this test needs chromium, node, playwright-core and axe-core")
    sys.exit(harness.SKIPPED)
harness.main(Browser, PIPELINE)
