"""Numbers that may be in the text of this note without an id: names that hold them, and conventions.

A convention is a pattern of the surrounding words, and the reason.
"""

NAMES = ("NT24", "SpareBank 1", "Kommune 3.0", "kommune 3.0")
CONVENTIONS = (
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
        r"\btre av fire (?:(?:var )?borte|er lagt ned)\b",
        "en tenkt andel fra notatet fra 2023, som teksten ved figuren binder",
    ),
    (r"\btre av fire blågrønne områder\b", "teller radene i tabellen"),
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
