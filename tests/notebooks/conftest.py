"""When a notebook prints otherwise than stored, nbval shows just the lines that differ, and the numbers they name."""

from __future__ import annotations

import difflib
import re


def pytest_assertrepr_compare(op, left, right):
    """The numbers that changed, then the stored line (−) and the new one (+) of each; pytest alone cuts the list."""
    if op != "==" or not isinstance(left, str) or not isinstance(right, str):
        return None
    diff = list(difflib.unified_diff(left.splitlines(), right.splitlines(), n=0, lineterm=""))
    lines = [line for line in diff[2:] if not line.startswith("@@")]
    names = dict.fromkeys(fields[1] for line in lines if len(fields := re.split(r" {2,}", line)) > 1)
    return [f"Endret: {', '.join(names)}", *lines]
