"""A step: a piece of work whose result is cached under all that decides it.

No key is built by hand. A step names its modules and its inputs; `Results` digests both, and does the work only when no
result is cached for exactly these.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from notat.data.used import Use
from notat.engine.keep.cache import digest
from notat.engine.keep.digests import Digests
from notat.engine.keep.why import first_difference, in_words
from notat.norsk.language import current

_log = logging.getLogger(__name__)
_GROUNDS = "grounds"
# The parts of a key, in words for an author.
_PARTS = {"inputs": "koden i kapittelet", "code": "motoren, pakkene eller Python"}
_EARLIER = 4  # results under one key: reverting to an earlier value finds the earlier result


@dataclass(frozen=True)
class Step:
    """One piece of work.

    `kind` is the kind of result, `name` its subject in reports; `code` the modules that do the work, including all that
    they import; `inputs` all else that decides the result (a path means its content). `make` does the work, and returns
    the result as bytes.
    """

    kind: str
    name: str
    code: tuple[str, ...]
    inputs: tuple[Any, ...]
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Steps:
    """Many steps of one kind that are best done together: `inputs` has an entry for each.

    `make` gets the positions of those to be done, and returns the result of each.
    """

    kind: str
    name: str
    code: tuple[str, ...]
    inputs: Sequence[tuple[Any, ...]]
    make: Callable[[list[int]], list[bytes]]


class Results:
    """Results of steps: cached, and valid for the present `digests` of the project."""

    def __init__(self, digests: Digests):
        self.digests, self.store = digests, digests.store

    def get_or_make(self, step: Step) -> bytes:
        """The result of a step, from the cache or computed and cached."""
        key = self._key(self._code(step), step.inputs)
        result = self.store.get(step.kind, key)
        if result is None:
            self.store.missed.append((step.kind, step.name))
            _log.debug("Lager %s på nytt: %s", step.kind, step.name)
            result = step.make()
            self.store.put(step.kind, key, result)
        return result

    def get_or_make_each(self, steps: Steps) -> list[bytes]:
        """The result of each of many steps; those not cached are computed together, and cached."""
        code = self._code(steps)
        keys = [self._key(code, inputs) for inputs in steps.inputs]
        results = [self.store.get(steps.kind, key) for key in keys]
        missing = [place for place, result in enumerate(results) if result is None]
        if missing:
            self.store.missed.append((steps.kind, steps.name))
            _log.debug("Lager %s på nytt: %s (%d av %d)", steps.kind, steps.name, len(missing), len(results))
            for place, result in zip(missing, steps.make(missing), strict=True):
                self.store.put(steps.kind, keys[place], result)
                results[place] = result
        return [result for result in results if result is not None]

    def recall(self, kind: str, code: tuple[str, ...], inputs: tuple[Any, ...]) -> dict[str, Any] | None:
        """The newest result of this kind whose uses are all unchanged; None where there is none.

        For work whose dependencies, beyond its inputs, are known only when it is done.
        """
        entries: list[dict[str, Any]] = self.store.read_json(kind, self._key(self.digests.code(*code), inputs)) or []
        return next((entry for entry in entries if self.digests.unchanged(entry["uses"])), None)

    def remember(
        self, kind: str, code: tuple[str, ...], inputs: tuple[Any, ...], uses: Iterable[Use], **result: Any
    ) -> None:
        """Cache a result, as JSON, with all that it used; `recall` finds it again."""
        key = self._key(self.digests.code(*code), inputs)
        earlier = self.store.read_json(kind, key) or []
        self.store.write_json(kind, key, [{"uses": self.digests.uses(uses), **result}, *earlier][:_EARLIER])

    def note_grounds(self, kind: str, name: str, code: tuple[str, ...], inputs: tuple[Any, ...]) -> None:
        """Note what a result is cached under, part by part, so that `reason` can say which part has changed."""
        self.store.write_json(_GROUNDS, f"{kind} {name}", self._grounds(code, inputs))

    def reason(self, kind: str, name: str, code: tuple[str, ...], inputs: tuple[Any, ...]) -> str:
        """Why the work that `recall` knows no result of must be done, in words for an author."""
        entries = self.store.read_json(kind, self._key(self.digests.code(*code), inputs)) or []
        if entries:
            before = entries[0]["uses"]
            changed = first_difference(before, self.digests.uses({tuple(use) for _, *use in before}))
            return in_words(changed) if changed else "en av filene er borte"
        last = self.store.read_json(_GROUNDS, f"{kind} {name}")
        if last is None:
            return "det er ikke gjort før, eller mellomlageret er tømt"
        parts = [part for part, now in self._grounds(code, inputs).items() if last.get(part) != now]
        return f"{_PARTS[parts[0]]} er endret" if parts else "resultatet er ikke tatt vare på"

    def _grounds(self, code: tuple[str, ...], inputs: tuple[Any, ...]) -> dict[str, str]:
        return {
            "inputs": digest(*map(self.digests.of, inputs)),
            "code": self.digests.code(*code),
        }

    def _code(self, step: Step | Steps) -> str:
        return self.digests.code(*step.code)

    def _key(self, code: str, inputs: tuple[Any, ...]) -> str:
        """What the result is cached under; it is in the language in use."""
        return digest(code, current().code, *map(self.digests.of, inputs))
