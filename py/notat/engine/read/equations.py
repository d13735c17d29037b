"""Formulas: each with a text for those who do not see it, and with its id if it is numbered."""

from __future__ import annotations

import json
import re
from typing import Any

from notat.engine import pandoc
from notat.engine.pandoc import Node
from notat.engine.read.refusals import refusal
from notat.project.source import Source
from notat.text.errors import NotatError

FORMULA = "formel"  # class of the span around a formula; its text is the attribute `alt`
_ATTRIBUTES = re.compile(r"\{\s*#(?P<id>eq-[\w-]+)(?P<rest>[^{}]*)\}")
_PAIR = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_MARKUP = re.compile(r"[\\^_={}<>+*/|]")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Two words side by side are a sentence, unless they are said to be text (\\text{…}); mx and mc² are products.
_PROSE = re.compile(r"\A[^\\]*\b[a-zæøå]{2,} [a-zæøå]{2,}\b[^\\]*\Z")
_WORDS = {
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "ne": "≠", "approx": "≈", "sim": "∼", "propto": "∝", "infty": "∞", "to": "→", "rightarrow": "→",
    "Rightarrow": "⇒", "in": "∈", "sum": "summen", "prod": "produktet", "int": "integralet", "partial": "∂",
    "sqrt": "kvadratroten av", "ldots": "…", "dots": "…", "cdots": "…", "quad": " ", "qquad": " ", "left": "",
    "right": "", "displaystyle": "", "limits": "", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
    "epsilon": "ε", "varepsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω",
}  # fmt: skip  # a table of words
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"


def formula(source: Source, node: Node) -> Node:
    """A formula, wherever it stands, in a span that has its text."""
    kind, tex = node["c"]
    if _PROSE.match(tex) or (kind["t"] == "InlineMath" and _is_currency(tex)):
        problem = f"Ordene «{tex.strip()[:60]}» mellom to dollartegn leses som en formel."
        remedy = "Skriv \\$ for selve dollartegnet."
        raise refusal("N0759", source, problem, remedy, f"${tex}"[:60].split("\n")[0])
    return {"t": "Span", "c": [pandoc.attr("", (FORMULA,), alt=in_words(tex)), [node]]}


def paragraphs(node: Node) -> list[Node]:
    """The paragraph with each formula that is displayed as a paragraph of its own, with its id and the text it has."""
    parts: list[list[Node]] = [[]]
    place = 0
    inlines = node["c"]
    while place < len(inlines):
        inline = inlines[place]
        place += 1
        if not is_displayed(inline):
            parts[-1].append(inline)
            continue
        id_, given, place = _attributes(inlines, place)
        if alt := given.get("alt") or given.get("fig-alt"):
            inline["c"][0][2] = [["alt", alt]]
        inline["c"][0][0] = id_
        parts += [[inline], []]
    return [{"t": node["t"], "c": found} for part in parts if (found := _trimmed(part))]


def is_displayed(inline: Node) -> bool:
    """Whether this is the span of a formula on a line of its own."""
    if inline["t"] != "Span" or FORMULA not in inline["c"][0][1]:
        return False
    return any(found["c"][0]["t"] == "DisplayMath" for found in inline["c"][1] if found["t"] == "Math")


def unreadable(source: Source, blocks: list[Node]) -> list[NotatError]:
    """A refusal of each formula that Pandoc cannot read: what writes the formats would name neither file nor line."""
    formulas = list({node["c"][1]: node for node in pandoc.elements(blocks, "Math")}.values())
    if not formulas or _fault(formulas) is None:
        return []
    faults = [(node["c"][1], _fault([node])) for node in formulas]
    return [_unread(source, tex, fault) for tex, fault in faults if fault is not None]


def _fault(formulas: list[Node]) -> str | None:
    """What Pandoc says of the first of some formulas that it cannot read; None if it can read all."""
    blocks = [pandoc.para([node]) for node in formulas]
    document = {"pandoc-api-version": pandoc.api_version(), "meta": {}, "blocks": blocks}
    try:
        pandoc.run(json.dumps(document), "--from=json", "--to=html5", "--mathml", "--wrap=none")
    except NotatError as error:
        return error.problem
    return None


def _unread(source: Source, tex: str, fault: str) -> NotatError:
    command = re.search(r"unexpected control sequence (\\\w+)", fault)
    what = f"Kommandoen {command[1]} i formelen «{_short(tex)}» er ukjent." if command else ""
    return refusal(
        "N0765",
        source,
        what or f"Formelen «{_short(tex)}» kan ikke leses.",
        "Skriv den med kommandoer som Pandoc kjenner. Quarto viser den bare på nett.",
        *((command[1],) if command else ()),
        *(line.strip() for line in tex.strip().split("\n")),
    )


def _short(tex: str) -> str:
    return " ".join(tex.split())[:60]


def _trimmed(inlines: list[Node]) -> list[Node]:
    spaces = ("Space", "SoftBreak")
    while inlines and inlines[0]["t"] in spaces:
        inlines = inlines[1:]
    while inlines and inlines[-1]["t"] in spaces:
        inlines = inlines[:-1]
    return inlines


def in_words(tex: str) -> str:
    """A formula in TeX as one line of text: «x = (a)/(b)»."""
    text = " ".join(tex.split())
    text = re.sub(
        r"\\(?:text|mathrm|mathbf|mathit|mathbb|mathcal|mathsf|operatorname|textbf|textit)\s*" + _GROUP, r"\1", text
    )
    for _ in range(4):  # fractions within fractions
        text = re.sub(r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP, r"(\1) / (\2)", text)
    for name, said in (("bar|overline", "strek"), ("hat|widehat", "hatt"), ("tilde", "tilde")):
        text = re.sub(rf"\\(?:{name})\s*(?:{_GROUP}|(\\?\w+))", rf"\1\2 med {said}", text)
    text = re.sub(r"\\sqrt\s*" + _GROUP, r"kvadratroten av (\1)", text)
    text = re.sub(r"\\sqrt\s*\[(\w+)\]\s*" + _GROUP, r"\1. rot av (\2)", text)
    text = re.sub(r"\s*\\\\\s*", "; ", text)
    text = re.sub(r"\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\[,;:! ]|&", " ", text)
    text = re.sub(r"\\([A-Za-z]+)", lambda match: f" {_WORDS.get(match[1], match[1])} ", text)
    text = re.sub(r"\\(.)", r"\1", text)
    text = re.sub(r"([_^])\{([^{}])\}", r"\1\2", text).replace("{", "(").replace("}", ")")
    text = re.sub(r"\((\w+)\) /", r"\1 /", re.sub(r"/ \((\w+)\)", r"/ \1", text))
    return " ".join(text.split())


def _is_currency(tex: str) -> bool:
    """Whether this is prose between two dollars: words and numbers, and none of the marks of a formula."""
    return not _MARKUP.search(tex) and bool(_WORD.search(tex)) and any(letter.isdigit() for letter in tex)


def _attributes(inlines: list[Node], place: int) -> tuple[str, dict[str, str], int]:
    """Id and pairs of `{#eq-x alt="…"}` from this place on, and the place after it."""
    start = place
    while start < len(inlines) and inlines[start]["t"] in ("Space", "SoftBreak"):
        start += 1
    if start == len(inlines) or not str(inlines[start].get("c", "")).startswith("{"):
        return "", {}, place
    text = ""
    for end in range(start, len(inlines)):
        text += _written(inlines[end])
        if match := _ATTRIBUTES.fullmatch(text.strip()):
            pairs = {
                key: next(value for value in values if value or value == values[-1])
                for key, *values in _PAIR.findall(match["rest"])
            }
            return match["id"], pairs, end + 1
    return "", {}, place


def _written(node: Any) -> str:
    """An inline element as it was written; Pandoc has made quotation marks of those around values."""
    if node["t"] == "Quoted":
        sign = '"' if node["c"][0]["t"] == "DoubleQuote" else "'"
        return sign + "".join(map(_written, node["c"][1])) + sign
    return "".join(str(found["c"][1]) for found in pandoc.elements([node], "Math")) or pandoc.plain([node])
