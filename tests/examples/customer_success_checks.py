# SPDX-License-Identifier: BSL-1.0
"""What tests of customer_success need to know of the program."""

import subprocess
import unittest


def needs_trees(program):
    """For tests of what only a program with boosted trees and a forest writes."""
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    return unittest.skipIf("without XGBoost" in text, "this program was built without XGBoost")
