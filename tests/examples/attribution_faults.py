# SPDX-License-Identifier: BSL-1.0
"""What attribution leaves behind when the disk is full, a file cannot be read, or it is killed."""

import sys

import harness
from attribution_checks import TABLES, AttributionTest
from faults import Faults


class AttributionFaults(AttributionTest, Faults):
    def without_data(self):
        return self.reading(TABLES)

    def test_a_file_that_disappears(self):
        """A pipe is kept until the report has said what was in it: see attribution_sample."""


harness.main(AttributionFaults, sys.argv[1])
