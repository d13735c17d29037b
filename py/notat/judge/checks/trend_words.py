"""Words that promise something about the numbers of their sentence, and that no claim stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding
from notat.project.source import Source
from notat.show.claims.marks import plain, sentences

_NUMBER = re.compile(r"`\{python\}\s*(?:tall|spenn)\([^`]*`")
# Words that the data chose, or that a predicate or a named work stands behind.
_CLAIMED = re.compile(r"\.paastand\b|`\{python\}\s*retning\(")
_TREND = re.compile(
    r"""\b(?:
      økt[e]? | øker | steg | stiger | steget | vokst[e]? | vokser | falt | faller | sank | synker | sunket | krymp\w*
    | (?:gikk|går|gått)\ (?:ned|opp|tilbake) | doblet | doble[rs]? | dobling\w* | tredobl\w* | halvert\w*
    | (?:høyere|lavere|større|mindre|flere|færre|mer|raskere|bedre|eldre|yngre)\ enn
    | størst[e]? | minst[e]? | høyest[e]? | lavest[e]? | flest[e]? | færrest[e]? | mest | raskest[e]? | sterkest[e]?
    | nesten | knapt | bare | historisk\w* | rekord\w* | toppår | like\ mange | like\ stor[te]? | dobbelt\ så
    | vekst | nedgang\w* | økning\w* | (?<!så\ )fall(?:et)? | over\ halvparten | under\ halvparten
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)


def trend_words(source: Source) -> Iterator[Finding]:
    """A remark for each sentence with numbers from data whose trend words are tested by nothing."""
    for (file, line), text in source.lines:
        for sentence in sentences(text):
            if not _NUMBER.search(sentence) or _CLAIMED.search(sentence):
                continue
            words = dict.fromkeys(match[0].lower() for match in _TREND.finditer(plain(_NUMBER.sub("…", sentence))))
            if words:
                listed = ", ".join(f"«{word}»" for word in words)
                yield Finding(
                    file, line, f"{listed} lover noe om tallene.", "Merk ordet med .paastand, eller skriv retning(…)."
                )
