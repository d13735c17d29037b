"""Tables of the introduction."""

from __future__ import annotations
