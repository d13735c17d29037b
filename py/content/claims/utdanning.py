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


@claim("p-k-mye-opplaering", facts=("voksenopplaering_aktivitet_hoy",))
def courses_are_many(n: Numbers) -> bool:
    """«mye opplæring»: more courses per inhabitant than most counties, as the rank in the table says."""
    courses = _courses(n)
    place = w.rank(courses["Trøndelag"], courses.values())
    return place == of(n, "trondelag_rang_kurs_2021").value and 2 * place < len(courses)


@claim("p-k-bare-tre-fylker")
def only_three_counties_are_above(n: Numbers) -> bool:
    """«bare tre: Innlandet, Oslo og Troms og Finnmark»: these counties and no other are above."""
    courses = _courses(n)
    return {
        place for place, number in courses.items() if number.value > courses["Trøndelag"].value
    } == _ABOVE_IN_COURSES


@claim("p-k-fleste-kurs")
def most_courses_have_no_exam(n: Numbers) -> bool:
    """«de fleste kursene»: more than half have no exam."""
    return w.most(of(n, "studieforbund_uten_eksamen_pst"))


@claim("p-k-sprik", facts=("deltakelse_store_forskjeller",))
def participation_differs_much(n: Numbers) -> bool:
    """«spriket er stort»: the highest industry is far above the lowest, in education and in further education."""
    education = w.far_apart(of(n, "deltakelse_utdanning_min_pst"), of(n, "deltakelse_utdanning_maks_pst"))
    return education and w.far_apart(of(n, "videreutdanning_min_pst"), of(n, "videreutdanning_maks_pst"))


@claim("p-k-lavest-utdanning")
@claim("p-k-hoyest-utdanning")
def lowest_and_highest_in_education(n: Numbers) -> bool:
    """«lavest», «høyest»: the first is below the average of all industries, the second above it."""
    low, all_, high = (of(n, f"deltakelse_utdanning_{which}_pst") for which in ("min", "alle", "maks"))
    return w.more(all_, low) and w.more(high, all_)


@claim("p-k-lavest-videreutdanning")
@claim("p-k-hoyest-videreutdanning")
def lowest_and_highest_in_further_education(n: Numbers) -> bool:
    """«lavest», «høyest, fulgt av helse»: low, average, health and high come in this order."""
    low, average = of(n, "videreutdanning_min_pst"), of(n, "videreutdanning_alle_pst_2021")
    health, high = of(n, "videreutdanning_helse_pst"), of(n, "videreutdanning_maks_pst")
    return low.value < average.value < health.value < high.value


@claim("p-k-naer-landet")
def completion_is_near_the_nation(n: Numbers) -> bool:
    """«ligger nær landet»: within two percent of the nation's share."""
    return w.flat(of(n, "vgo_fullfort_norge_2015kull"), of(n, "vgo_fullfort_trondelag_2015kull"))


@claim("p-k-under-landet")
def completion_is_below_the_nation(n: Numbers) -> bool:
    """«under landet»: below the nation's share."""
    return w.more(of(n, "vgo_fullfort_norge_2015kull"), of(n, "vgo_fullfort_trondelag_2015kull"))


@claim("p-k-studieforberedende-over")
def general_studies_are_above_the_nation(n: Numbers) -> bool:
    """«over»: the distance to the nation is above zero."""
    return w.rose(of(n, "vgo_studieforberedende_over_landet_pp"))


@claim("p-k-soker-ulikt", facts=("soking_store_variasjoner",))
def regions_apply_differently(n: Numbers) -> bool:
    """«svært ulikt»: the highest region is far above the lowest."""
    return w.far_apart(of(n, "soking_studiespesialisering_min_pst"), of(n, "soking_studiespesialisering_maks_pst"))


@claim("p-k-yrkesfag-okt")
def vocational_applicants_increased_but_stayed_below(n: Numbers) -> bool:
    """«har økt siden 2017, men aldri har kommet opp i den oppgitte andelen»: last above first, all below the stated."""
    rows = n.data.series("opplaering", maal="Søkere til Vg1 etter utdanningsretning", gruppe="Yrkesfag")
    years = {row["periode"]: row.quantity for row in rows}
    stated = of(n, "yrkesfag_andel_vgo").value
    grew = w.grew(years[min(years)], years[max(years)])
    return grew and all(number.value < stated for number in years.values())


@claim("p-k-nesten-halvparten")
def nearly_half_of_the_certificates(n: Numbers) -> bool:
    """«nesten halvparten»: below half, by no more than a tenth of it."""
    return w.nearly(of(n, "fagbrev_over25_pst"), 50)


@claim("p-k-fagbrev-hoyere")
def certificates_are_more_than_tests(n: Numbers) -> bool:
    """«høyere»: more certificates than tests."""
    return w.more(of(n, "fagbrev_godkjent_siste_aar"), of(n, "fagprover_gjennomfort_2022"))


@claim("p-k-noyaktig-likt")
def tests_equal_the_students(n: Numbers) -> bool:
    """«nøyaktig likt»: the number of tests is the number of students in the autumn of 2021."""
    return of(n, "fagprover_gjennomfort_2022").value == of(n, "fagskolestudenter_hosten_2021").value


@claim("p-k-fagskole-vokst", facts=("tendens_hyu_vekst",))
def vocational_students_grew_but_not_every_year(n: Numbers) -> bool:
    """«har vokst siden 2019, men ikke hvert år»: more in 2022 than in 2019, fewer than in 2021."""
    first, top, last = (of(n, f"fagskolestudenter_{term}") for term in ("varen_2019", "hosten_2021", "hosten_2022"))
    return w.grew(first, last) and w.fell(top, last)


@claim("p-k-fagskole-fall")
def vocational_students_fell(n: Numbers) -> bool:
    """«et fall»: the change from 2021 to 2022 is below zero."""
    return w.dropped(of(n, "fagskolestudenter_endring_pst_2021_2022"))


@claim("p-k-sokere-faerre")
def applicants_became_fewer(n: Numbers) -> bool:
    """«ble færre»: fewer first choices in 2022 than in 2021."""
    return w.fell(of(n, "fagskole_forstevalg_2021"), of(n, "fagskole_forstevalg_2022"))


@claim("p-k-ssb-topp")
def the_other_count_tops_in_2020(n: Numbers) -> bool:
    """«har toppen i 2020»: above the counts of the years before and after."""
    before, top, after = (of(n, f"fagskolestudenter_ssb_{year}") for year in (2019, 2020, 2021))
    return w.largest_of(top, [before, after])


@claim("p-k-litt-mindre")
def together_a_little_less_than_the_stated(n: Numbers) -> bool:
    """«samlet litt mindre enn tallet over»: both groups together are below the stated share, within a tenth."""
    groups = [(of(n, f"utenfor_{age}_antall_2022"), of(n, f"utenfor_{age}_pst_2022")) for age in ("15_29", "30_61")]
    everyone = total(whole_of(outside, percent) for outside, percent in groups)
    together = percent_of(total(outside for outside, _ in groups), everyone)
    stated = of(n, "utenfor_arbeid_utdanning_tiltak_pst")
    return together.value < stated.value and w.about(together, stated)


@claim("p-k-utenforskap-faerre")
def fewer_outside_than_in_2019(n: Numbers) -> bool:
    """«færre enn i 2019»: fewer in December 2022 than in 2019."""
    return w.fell(of(n, "utenforskap_norge_2019"), of(n, "utenforskap_norge_2022_12"))


@claim("p-k-nesten-hele-fallet")
def nearly_all_of_the_fall_in_two_years(n: Numbers) -> bool:
    """«nesten hele fallet kom i 2020 og 2021»: the fall to 2021 is nearly all of the fall to 2022."""
    start, middle, end = (of(n, f"utenforskap_norge_{time}") for time in ("2019", "2021_12", "2022_12"))
    return w.fell(start, end) and w.nearly((start - middle) / (start - end), 1)


@claim("p-k-snudd")
def the_number_has_turned(n: Numbers) -> bool:
    """«tallet snudd»: more in December 2024 than in December 2022."""
    return w.grew(of(n, "utenforskap_norge_2022_12"), of(n, "utenforskap_norge_2024_12"))


@claim("p-k-flere-unge-ufore")
def more_young_disabled(n: Numbers) -> bool:
    """«flere unge får uføretrygd»: the share is higher than about ten years before."""
    return w.grew(of(n, "ufore_18_29_pst_10aar_for"), of(n, "ufore_18_29_pst_2021_12"))


@claim("p-k-ufore-over")
def more_disabled_than_in_the_nation(n: Numbers) -> bool:
    """«over landet»: the county's share is above the nation's in 2015 and in 2024."""
    years = (2015, 2024)
    return all(w.more(of(n, f"uforeandel_trondelag_{year}"), of(n, f"uforeandel_norge_{year}")) for year in years)


@claim("p-k-to-mer")
def two_more_schools_than_stated(n: Numbers) -> bool:
    """«to mer enn oppgitt»: the difference between the two counts is two."""
    return (of(n, "hyu_fagskoler_host_2022_hvis_adskilt") - of(n, "fagskoler_hosten_2022")).value == 2
