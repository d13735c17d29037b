"""Tables of the chapter on competence."""

from __future__ import annotations

from fractions import Fraction

from notat.norsk import HARD_SPACE, format_number, round_half_up
from notat.numbers.indicators import Numbers
from notat.show.charts.words import Value, claim, counted, of_frame, of_number, of_row, quantities, sure
from notat.show.tables import Strong, Table, table


@table("sysselsatte-naering")
def employed_by_industry(numbers: Numbers) -> Table:
    """Health has the most new people; ICT grew fastest."""
    # name, then the ids of level 2015, level 2022, change and change in percent; computed levels are approximate
    industries = (
        (
            "Helse- og sosialtjenester",
            "helse_sosial_sysselsatte_2015",
            "helse_sosial_sysselsatte_2022k4",
            "helse_sosial",
        ),
        ("– herav sykehustjenester", "sykehus_sysselsatte_2015", "sykehus_sysselsatte_2022k4", "sykehus"),
        ("Informasjon og kommunikasjon", "ikt_sysselsatte_2015", "ikt_sysselsatte_2022", "ikt"),
        ("– herav IT-tjenester", "it_tjenester_sysselsatte_2015", "it_tjenester_sysselsatte_2022", "it_tjenester"),
    )
    rows: list[tuple[str, ...]] = []
    used: list[Value] = []
    changes = []
    for name, old_id, new_id, stem in industries:
        levels = [of_number(numbers[id_]) for id_ in (old_id, new_id)]
        change = of_number(numbers[f"{stem}_endring_2015_2022"])
        percent = of_number(numbers[f"{stem}_endring_pst_2015_2022"])
        rows.append((name, *(_level(value) for value in levels), change.text(plus=True), percent.text(plus=True)))
        used += [*levels, change, percent]
        changes.append(change)
    levels = [of_number(numbers[id_]) for id_ in ("sysselsatte_arbeidssted_2015k4", "sysselsatte_arbeidssted_2022k4")]
    change, percent = (
        of_number(numbers[id_])
        for id_ in ("sysselsatte_endring_2015_2022", "sysselsatte_endring_pst_2015_2022_trondelag")
    )
    rows.append(
        (Strong("Alle næringer"), *(_level(value) for value in levels), change.text(plus=True), percent.text(plus=True))
    )
    frame = numbers.data.frame("sysselsetting", maal="Endring i sysselsatte", geografi="Trøndelag", periode="2015–2022")
    known = of_frame(frame[frame["gruppe"] != "Alle næringer"])
    caption = (
        f"Helse- og sosialtjenester fikk {sure('flest', changes[0], among=known)} nye sysselsatte i Trøndelag fra 2015 "
        f"til 2022: {changes[0]} av {change} i alt."
    )
    claim(numbers["helse_sosial_rang_nye_sysselsatte"].quantity.value == 1, caption)
    return Table(
        ("Næring", "4. kvartal 2015", "4. kvartal 2022", "Endring", "Endring i prosent"),
        tuple(rows),
        "lrrrr",
        caption,
        quantities(used, levels, [change, percent]),
        (30, 15, 15, 12, 18),
        "Sysselsatte etter arbeidssted. Nivåene for 2015 er regnet ut fra endringen. Tall med «om lag» er regnet ut av "
        "en avrundet prosent.",
    )


def _level(value: Value) -> str:
    """A level; when the rounding of what it was computed from shows, it is rounded to tens and called approximate."""
    low, high = value.quantity.interval
    if high - low < 4:
        return value.text()
    tens = Fraction(round_half_up(value.quantity.value / 10, 0)) * 10
    return f"om lag{HARD_SPACE}{format_number(tens)}"


@table("fagskoletilbud")
def vocational_courses(numbers: Numbers) -> Table:
    """The courses that the note from 2023 lists besides those with public money."""
    data = numbers.data
    courses = [of_row(row) for row in data.series("fagskole", maal="Studier etter fagskole")]
    students = [of_row(row) for row in data.series("fagskole", maal="Studenter etter fagskole")]
    rows = []
    for course in courses:
        match = next(value for value in students if (value.label, value.period) == (course.label, course.period))
        rows.append((course.label, course.period, course.text(), match.text()))
    spring, autumn = (of_number(numbers[f"hyu_liste_{term}_studier"]) for term in ("var", "host"))
    people = [of_number(numbers[f"hyu_liste_{term}_studenter"]) for term in ("var", "host")]
    caption = (
        f"I tillegg til tilbudene med offentlig finansiering nevnes {counted(int(spring.x))} fagskolestudier i "
        f"Trøndelag våren 2022, med {people[0]} studenter, og {counted(int(autumn.x))} nye høsten 2022, med "
        f"{people[1]}."
    )
    claim(len(rows) == len(students), "Hver skole har tall for både studier og studenter.")
    return Table(
        ("Fagskole", "Semester", "Studier", "Studenter"),
        tuple(rows),
        "llrr",
        caption,
        quantities(courses, students),
        (40, 20, 12, 14),
        "Notatet fra 2023 sier at statistikken er feil for Din Kompetanse, men ikke hvordan.",
    )


@table("kompetansefora")
def competence_forums(numbers: Numbers) -> Table:
    """Five of seven regions had a forum of their own."""
    before = ("Namdal", "Fosen", "Trøndelag Sør")
    new = ("Innherred", "Lakseregionen (Trøndelag sør/vest)")
    ids = (
        "regioner_med_kompetanseforum",
        "regioner_totalt",
        "regionale_kompetansefora_fra_foer",
        "regionale_kompetansefora_nye_2022",
        "kompetansepilot_regioner",
        "regioner_uten_kompetanseforum",
    )
    having, every, old, added, pilot, without = (of_number(numbers[id_]) for id_ in ids)
    caption = (
        f"{counted(int(having.x)).capitalize()} av {counted(int(every.x))} regioner i Trøndelag hadde eget "
        "kompetanseforum i 2022."
    )
    claim((old.x, added.x, pilot.x) == (len(before), len(new), len(before)), caption)
    return Table(
        ("Region", "Eget kompetanseforum", "Med i Kompetansepilot Trøndelag"),
        (
            *((name, "Ja, fra før 2022", "Ja") for name in before),
            *((name, "Ja, nytt i 2022", "Nei") for name in new),
            (f"{counted(int(without.x)).capitalize()} andre regioner", "Nei, bruker andre samarbeid", "Nei"),
        ),
        "lll",
        caption,
        quantities([having, every, pilot]),
        (36, 30, 26),
        "Kilden sier ikke hvilke regioner som er uten.",
    )
