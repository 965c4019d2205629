# SPDX-License-Identifier: BSL-1.0
"""What attribution leaves behind when the disk is full, a file cannot be read, or it is killed."""

import sys

import harness
from attribution_checks import TABLES, AttributionTest
from faults import Faults


class AttributionFaults(AttributionTest, Faults):
    def without_data(self):
        return self.reading(TABLES)


harness.main(AttributionFaults, sys.argv[1])
