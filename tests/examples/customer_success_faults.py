# SPDX-License-Identifier: BSL-1.0
"""What customer_success leaves behind when the disk is full, a file cannot be read, or it is killed."""

import sys

import harness
from faults import Faults


class CustomerSuccessFaults(Faults):
    def sample_data(self):
        """A tenth of the deals: too few to try the models on, which takes most of a run and writes
        nothing."""
        data = self.directory / "sample" / "fewer-deals"
        if data.exists():
            return data
        data.mkdir(parents=True)
        for name, content in harness.files_in(super().sample_data()).items():
            header, *rows = content.decode("utf-8-sig").split("\r\n")
            if "deal_id" in header.split(","):
                place = header.split(",").index("deal_id")
                rows = [row for row in rows if not row or int(row.split(",")[place][1:]) % 10 == 0]
            (data / name).write_bytes("\r\n".join([header, *rows]).encode())
        return data


harness.main(CustomerSuccessFaults, sys.argv[1])
