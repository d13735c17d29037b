"""Words that claim something about the numbers of their sentence, and are not marked as a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notat.judge.checks.prose import Finding
from notat.norsk.sentences import sentences
from notat.project.calls import calls_in, names_of
from notat.project.source import Source
from notat.show.claims.marks import CLASS, CODE, plain

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
    """A remark for each sentence with numbers from data whose trend words are not tested."""
    names = names_of(source)
    for (file, line), text in source.lines:
        for start, end in sentences(text):
            sentence = text[start:end]
            asked = {call.function for code in CODE.findall(sentence) for call in calls_in(code, names)}
            # Words chosen by the data, or backed by a predicate or a named work.
            claimed = "retning" in asked or CLASS.search(sentence)
            if claimed or not asked & {"tall", "spenn"}:
                continue
            words = dict.fromkeys(match[0].lower() for match in _TREND.finditer(plain(CODE.sub("…", sentence))))
            if words:
                listed = ", ".join(f"«{word}»" for word in words)
                yield Finding(
                    "N1049",
                    file,
                    line,
                    f"{listed} lover noe om tallene.",
                    "Merk ordet med .paastand, eller skriv retning(…).",
                )
