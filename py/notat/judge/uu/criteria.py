"""The success criteria of WCAG 2.1 at level A and AA, and which of them Norwegian law requires of a public body.

Names follow the authorised Norwegian translation: https://www.w3.org/Translations/WCAG21-no/
The law's set of 47 leaves out three criteria on recorded and live media:
https://www.uutilsynet.no/uubloggen/din-uustatus-tilgjengelegheitserklaering/1018
"""

from __future__ import annotations

PRINCIPLES = {"1": "Mulig å oppfatte", "2": "Mulig å betjene", "3": "Forståelig", "4": "Robust"}

CRITERIA = {
    "1.1.1": "Ikke-tekstlig innhold",
    "1.2.1": "Bare lyd og bare video (forhåndsinnspilt)",
    "1.2.2": "Teksting (forhåndsinnspilt)",
    "1.2.3": "Synstolking eller mediealternativ (forhåndsinnspilt)",
    "1.2.4": "Teksting (direkte)",
    "1.2.5": "Synstolking (forhåndsinnspilt)",
    "1.3.1": "Informasjon og relasjoner",
    "1.3.2": "Meningsfylt rekkefølge",
    "1.3.3": "Sensoriske egenskaper",
    "1.3.4": "Visningsretning",
    "1.3.5": "Identifiser formål med inndata",
    "1.4.1": "Bruk av farge",
    "1.4.2": "Styring av lyd",
    "1.4.3": "Kontrast (minimum)",
    "1.4.4": "Endring av tekststørrelse",
    "1.4.5": "Bilder av tekst",
    "1.4.10": "Dynamisk tilpasning",
    "1.4.11": "Kontrast for ikke-tekstlig innhold",
    "1.4.12": "Tekstavstand",
    "1.4.13": "Pekerfølsomt innhold eller innhold ved tastaturfokus",
    "2.1.1": "Tastatur",
    "2.1.2": "Ingen tastaturfelle",
    "2.1.4": "Hurtigtaster som består av ett tegn",
    "2.2.1": "Justerbar hastighet",
    "2.2.2": "Pause, stopp, skjul",
    "2.3.1": "Terskelverdi på maksimalt tre glimt",
    "2.4.1": "Hoppe over blokker",
    "2.4.2": "Sidetitler",
    "2.4.3": "Fokusrekkefølge",
    "2.4.4": "Formål med lenke (i kontekst)",
    "2.4.5": "Flere måter",
    "2.4.6": "Overskrifter og ledetekster",
    "2.4.7": "Synlig fokus",
    "2.5.1": "Pekerbevegelser",
    "2.5.2": "Pekeravbrytelse",
    "2.5.3": "Ledetekst i navn",
    "2.5.4": "Bevegelsesaktivering",
    "3.1.1": "Språk på siden",
    "3.1.2": "Språk på deler av innhold",
    "3.2.1": "Fokus",
    "3.2.2": "Inndata",
    "3.2.3": "Konsekvent navigering",
    "3.2.4": "Konsekvent identifikasjon",
    "3.3.1": "Identifikasjon av feil",
    "3.3.2": "Ledetekster eller instruksjoner",
    "3.3.3": "Forslag ved feil",
    "3.3.4": "Forhindring av feil (juridiske feil, økonomiske feil, datafeil)",
    "4.1.1": "Parsing (oppdeling)",
    "4.1.2": "Navn, rolle, verdi",
    "4.1.3": "Statusbeskjeder",
}

# The law's own exceptions.
_NOT_IN_LAW = ("1.2.3", "1.2.4", "1.2.5")
REQUIRED = tuple(number for number in CRITERIA if number not in _NOT_IN_LAW)
