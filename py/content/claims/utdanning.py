"""What the chapter on competence promises about learning, education and those outside work."""

from __future__ import annotations

from notat.data.quantity import Quantity, percent_of, total, whole_of
from notat.numbers.indicators import Numbers
from notat.show.claims import claim
from notat.show.claims import words as w
from notat.show.claims.words import of

_ABOVE_IN_COURSES = {"Innlandet", "Oslo", "Troms og Finnmark"}


def _courses(n: Numbers) -> dict[str, Quantity]:
    rows = n.data.series("studieforbund", maal="Kurs per 1 000 innbyggere")
    return {row["geografi"]: row.quantity for row in rows}


@claim("p-k-mye-opplaering", ord=("høy aktivitet",), facts=("voksenopplaering_aktivitet_hoy",))
def courses_are_many(n: Numbers) -> bool:
    """«høy aktivitet»: more courses per inhabitant than most counties, as the rank in the table says."""
    courses = _courses(n)
    place = w.rank(courses["Trøndelag"], courses.values())
    return place == of(n, "trondelag_rang_kurs_2021").value and 2 * place < len(courses)


@claim("p-k-bare-tre-fylker", ord=("bare … fylker ligger over: Innlandet, Oslo og Troms og Finnmark",))
def only_three_counties_are_above(n: Numbers) -> bool:
    """«bare tre: Innlandet, Oslo og Troms og Finnmark»: these counties and no other are above."""
    courses = _courses(n)
    return {
        place for place, number in courses.items() if number.value > courses["Trøndelag"].value
    } == _ABOVE_IN_COURSES


@claim("p-k-sprik", ord=("forskjellene mellom næringene er store",), facts=("deltakelse_store_forskjeller",))
def participation_differs_much(n: Numbers) -> bool:
    """«forskjellene er store»: the highest industry is far above the lowest, in education and in further education."""
    education = w.far_apart(of(n, "deltakelse_utdanning_min_pst"), of(n, "deltakelse_utdanning_maks_pst"))
    return education and w.far_apart(of(n, "videreutdanning_min_pst"), of(n, "videreutdanning_maks_pst"))


@claim("p-k-soker-ulikt", ord=("Søkningen varierer mye mellom regionene",), facts=("soking_store_variasjoner",))
def regions_apply_differently(n: Numbers) -> bool:
    """«varierer mye»: the highest region is far above the lowest."""
    return w.far_apart(of(n, "soking_studiespesialisering_min_pst"), of(n, "soking_studiespesialisering_maks_pst"))


@claim("p-k-yrkesfag-okt", ord=("har økt siden 2017",))
def vocational_applicants_increased(n: Numbers) -> bool:
    """«har økt siden 2017»: the last year is above the first."""
    rows = n.data.series("opplaering", maal="Søkere til Vg1 etter utdanningsretning", gruppe="Yrkesfag")
    years = {row["periode"]: row.quantity for row in rows}
    return min(years).startswith("2017") and w.grew(years[min(years)], years[max(years)])


@claim("p-k-noyaktig-likt", ord=("nøyaktig likt",))
def tests_equal_the_students(n: Numbers) -> bool:
    """«nøyaktig likt»: the number of tests is the number of students in the autumn of 2021."""
    return of(n, "fagprover_gjennomfort_2022").value == of(n, "fagskolestudenter_hosten_2021").value


@claim("p-k-litt-mindre", ord=("litt lavere enn den oppgitte",))
def together_a_little_less_than_the_stated(n: Numbers) -> bool:
    """«samlet litt lavere enn den oppgitte»: both groups together are below the stated share, within a tenth."""
    groups = [(of(n, f"utenfor_{age}_antall_2022"), of(n, f"utenfor_{age}_pst_2022")) for age in ("15_29", "30_61")]
    everyone = total(whole_of(outside, percent) for outside, percent in groups)
    together = percent_of(total(outside for outside, _ in groups), everyone)
    stated = of(n, "utenfor_arbeid_utdanning_tiltak_pst")
    return together.value < stated.value and w.about(together, stated)


@claim("p-k-nesten-hele-fallet", ord=("nesten hele nedgangen kom i 2020 og 2021",))
def nearly_all_of_the_fall_in_two_years(n: Numbers) -> bool:
    """«nesten hele nedgangen kom i 2020 og 2021»: the fall to 2021 is nearly all of the fall to 2022."""
    start, middle, end = (of(n, f"utenforskap_norge_{time}") for time in ("2019", "2021_12", "2022_12"))
    return w.fell(start, end) and w.nearly((start - middle) / (start - end), 1)


@claim("p-k-to-mer", ord=("to mer enn oppgitt",))
def two_more_schools_than_stated(n: Numbers) -> bool:
    """«to mer enn oppgitt»: the difference between the two counts is two."""
    return (of(n, "hyu_fagskoler_host_2022_hvis_adskilt") - of(n, "fagskoler_hosten_2022")).value == 2
