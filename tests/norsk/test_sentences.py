"""Sentences end where a Norwegian reader ends them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notat.norsk import language
from notat.norsk.sentences import sentences


def split(text, **options):
    return [text[start:end] for start, end in sentences(text, **options)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Størst i bl.a. Trøndelag.",
        "Det gjelder f.eks. Frøya og Hitra.",
        "Fylket, dvs. Trøndelag, vokste.",
        "Eksporten var 5 mrd. kroner.",
        "Om lag, ca. 12 kommuner, er med.",
        "Trøndelag er nr. 2 i landet.",
        "Dette er kjent, jf. Meld. St. 30 (2019–2020).",
        "St.meld. nr. 17 handler om dette.",
        "Vi viser til St.meld. Kompetanse for framtida.",
        "Fra 1. mars 2023 til 4. kvartal 2024 økte den.",
        "1. mars 2023 kom notatet.",
        "2. Bedriftene svarte.",
        "Andelen var 4,5 prosent, altså 3.5 på engelsk.",
        "Ifølge J. P. Hansen er det slik.",
        "Hva nå? spurte hun.",
        "Vel … kanskje ikke.",
        "Kl. 12 og s. 30.",
        "Mat, klær osv. er dyrere.",
        "Ingen punktum",
        "Se kap. 4 og pkt. 3.",
        "«Ikke nå.» sa han.",
    ],
)
def test_this_is_one_sentence(sentence):
    assert split(sentence) == [sentence]
    assert split(f"Før. {sentence}") == ["Før.", sentence]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Den økte. Det er bra.", ["Den økte.", "Det er bra."]),
        ("Den økte i 2022. Det er bra.", ["Den økte i 2022.", "Det er bra."]),
        ("Den økte i 2022. 15 kommuner er med.", ["Den økte i 2022.", "15 kommuner er med."]),
        ("Det kostet 5 mill. Det er mye.", ["Det kostet 5 mill.", "Det er mye."]),
        ("Mat, klær osv. Dette er dyrt.", ["Mat, klær osv.", "Dette er dyrt."]),
        ("Boka er min. Den er god.", ["Boka er min.", "Den er god."]),
        ("Hva nå? Ingenting!", ["Hva nå?", "Ingenting!"]),
        ("Han sa «nei». Hun gikk.", ["Han sa «nei».", "Hun gikk."]),
        ("Det er slik (og sånn). *Alltid.* Ja.", ["Det er slik (og sånn).", "*Alltid.*", "Ja."]),
        ("En.\nTo.\n", ["En.", "To."]),
        ("Den økte. «Bra», sa hun.", ["Den økte.", "«Bra», sa hun."]),
        ("", []),
        ("  ", []),
    ],
)
def test_this_is_more_than_one(text, parts):
    assert split(text) == parts


def test_a_colon_ends_a_sentence_only_for_those_who_ask():
    assert split("To ting: en og to.") == ["To ting: en og to."]
    assert split("To ting: en og to.", colons=True) == ["To ting:", "en og to."]
    assert split("Kl. 12:30 og NOU 2023:4.", colons=True) == ["Kl. 12:30 og NOU 2023:4."]


@given(
    st.lists(
        st.sampled_from(["Den", "økte", "bl.a.", "2022.", "Ja!", "nr.", "?", "«", "»", ".", "  ", "\n", "A."])
    ).map(" ".join)
)
def test_nothing_but_spaces_is_lost_between_sentences(text):
    found = sentences(text)
    assert all(a < b for a, b in found)
    assert "".join(text[a:b] for a, b in found).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in found
    ) == "".join(text.split())
    assert [end for _, end in found] == sorted(end for _, end in found)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("nn", "Det gjeld t.d. Bømlo og Stord. Dei veks.", ["Det gjeld t.d. Bømlo og Stord.", "Dei veks."]),
        ("nn", "Mat, klede osb. Det er dyrt.", ["Mat, klede osb.", "Det er dyrt."]),
        ("nn", "Frå 1. mars til 4. kvartal auka han.", ["Frå 1. mars til 4. kvartal auka han."]),
        ("en", "See fig. 4, e.g. Bergen and No. 2.", ["See fig. 4, e.g. Bergen and No. 2."]),
        ("en", "It rose in 2015. Then it fell.", ["It rose in 2015.", "Then it fell."]),
        ("en", "The answer is no. It fell.", ["The answer is no.", "It fell."]),
        ("en", "Food, clothes etc. Prices rose.", ["Food, clothes etc.", "Prices rose."]),
        ("en", "Mr. Hansen vs. St. Olav.", ["Mr. Hansen vs. St. Olav."]),
    ],
)
def test_each_language_has_its_own_abbreviations(code, text, expected):
    with language.speaking(code):
        assert split(text) == expected
