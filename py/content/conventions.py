"""Numbers that may stand in the text of this note without a name: a pattern of the words around, and the reason."""

CONVENTIONS = (
    (r"\bNT24\b|\bSpareBank 1\b|\b[Kk]ommune 3\.0\b", "navn"),
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
