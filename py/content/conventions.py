"""Numbers that may be in the text of this note without an id: names that hold them, and conventions.

A convention is a pattern of the surrounding words, and the reason. `CONTEXT` has times and places that are not those of
the numbers beside them; in its patterns «…» stands for a number.
"""

NAMES = ("NT24", "SpareBank 1", "Kommune 3.0", "kommune 3.0")
CONVENTIONS = (
    (r"\b[Hh]øyere (?:yrkesfaglig )?utdanning\b", "navn på et utdanningsnivå"),
    (
        r"\bflere folk\b|\bLa flere arbeide\b|\bRegn med færre\b|\bkan få flere inn\b|^Flere trøndere inn\b",
        "råd eller mål",
    ),
    (r"\bstørre ansvar\b|\ben større arbeidsstyrke\b|\bmed høyere produktivitet\b", "råd eller rammer uten tall"),
    (r"\b[Ff]ærre og større bruk\b|\bog større bruk\b", "utviklingen som avsnittet prøver, tall for tall"),
    (
        r"\bsom vokser\b|\bvokser fram\b|\bsom finnes, vokser\b|\bfaller fra\b",
        "en egenskap eller et ønske, ikke en utvikling",
    ),
    (r"\bskatteinntektene synker\b|\bville marginen ha steget\b", "hva som ville skje, ikke hva som har skjedd"),
    (r"\btyder dette på at industrien har økt mer [^.]*gått ned\b", "en slutning av tallene i setningene foran"),
    (r"«økt bærekraftig", "et sitert mål"),
    (r"\bprisene stiger\b", "om verden ellers, uten tall i dataene"),
    (r"^Veksten flytter seg\b", "overskriften til avsnittet, som prøver hver næring"),
    (r"\bBildet er det samme\b", "oppsummerer setningene etter, som er prøvd"),
    (
        r"\b[Ss]tørre arbeidsstyrke\b|^Folk arbeider lenger enn før$|^Færre faller fra$|\bfår høyere kompetanse$"
        r"|^Flere (?:flytter hit|kommer fra utlandet)\b|^Økt bærekraftig verdiskaping\b",
        "mål i en strategi, og ikke noe som har skjedd",
    ),
    (r"\btil høyre for (?:vekst|økning) og til venstre for nedgang\b", "forklarer retningene i figuren"),
    (r"\bnederste radene\b", "peker på rader i tabellen"),
    (r"\bmest (?:er )?offentlige\b", "navn på en gruppe, som kilden ikke deler opp"),
    (r"\bvarer fra flere fylker\b", "navn på en gruppe i kilden"),
    (r"\bteller ikke det samme\b", "sier hva som telles, og ikke hvor mange det er"),
    (r"\bDe fleste tallene for reiselivet i Trøndelag har forbehold\b", "teller merknadene i tabellen"),
    (
        r"\b[Éé]n (?:bestemt|politikk|samlet|utdanning|ansatt|serie)\b",
        "«én» understreker at det bare er én, og teller ikke noe i data",
    ),
    (r"\bunder tjue år\b", "navn på en aldersgruppe"),
    (r"\bpå ett år og med [^.]{1,30} på tre\b", "perioden for tallet foran, «på tre (år)»"),
    (r"\bto ulike ordlyder\b", "to sitater som står i avviksvedlegget"),
    (
        r"\b[Mm]ed to (?:framskrivinger|tellinger|kjente punkter)|\bhver mellom to kjente punkter\b",
        "teller linjer i figuren",
    ),
    (
        r"\btre av\s+fire (?:(?:var |er )?borte|er lagt ned)\b",
        "en tenkt andel fra notatet fra 2023, som teksten ved figuren binder",
    ),
    (r"\btre av fire blågrønne områder\b", "teller radene i tabellen"),
)
CONTEXT = (
    (r"\bstatistikken er brutt i 2015\b", "bruddet i statistikken, ikke året for tallet"),
    (r"\btallet falt litt i 2021\b", "notatet fra 2023 sier at tallet falt, men gir det ikke"),
    (
        r"\bsiden 2016(?=, ifølge nyhetsbyrået)",
        "kilden gir bare ett tall, og sier at det har vært det samme siden da",
    ),
    (
        r"\bI 2021(?= var den … i gjennomsnitt)",
        "raden har 2020, som i notatet fra 2023; teksten sier hvorfor",
    ),
    (r"\bundertegnet i 1992\b", "datoen for avtalen, ikke for tallet"),
    (r"\bsatt av regjeringen i 2009\b", "året målet ble satt; raden har året det gjaldt"),
    (r"\bhvor mye Oslo trekker opp\b", "viser til figuren"),
    (r"\bpå Innherred\b", "regionen av de fire kommunene som raden nevner"),
)
# Abbreviations that readers know better than what they stand for, or that are part of a name; each with the reason.
ABBREVIATIONS = (
    ("EU", "alminnelig kjent"),
    ("EØS", "alminnelig kjent"),
    ("USA", "alminnelig kjent"),
    ("IT", "alminnelig kjent"),
    ("NAV", "etaten kaller seg selv det"),
    ("SSB", "byrået er kjent under forkortelsen, og navnet står i litteraturlista"),
    ("NHO", "organisasjonen er kjent under forkortelsen, og navnet står i litteraturlista"),
    ("KS", "organisasjonen kaller seg selv det"),
    ("NTNU", "universitetet er kjent under forkortelsen"),
    ("BI", "høyskolen kaller seg selv det"),
    ("NTB", "nyhetsbyrået kaller seg selv det"),
    ("SMN", "del av navnet på en bank"),
    ("ASA", "del av navnet på et selskap"),
    ("KSF", "del av navnet på et prosjekt"),
)
