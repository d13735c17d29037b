"""What a process that builds a note for many units must forget in between: what it has made of the last one's values.

The data themselves are the same for all of them.
"""

from __future__ import annotations

import notat.data
from notat.numbers import content
from notat.show import authoring
from notat.show.charts import declared


def forget() -> None:
    """Forget the numbers of the unit, and what depends on them."""
    content.forget()
    notat.data.forget()
    authoring.forget()
    declared.forget()
