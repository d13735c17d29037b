"""What may stand in the text of the profiles without an id: names of age groups, and what a withheld number can be."""

NAMES = ("0–15 år", "0–19 år", "16 år", "16–19 år", "20–66 år", "67–79 år", "80 år")
CONVENTIONS = (
    (r"\b[Tt]re av (?:dem|dei)\b|\bTre spørsmål til drøfting\b", "teller spørsmålene under"),
    (r"\b(?:høyst|høgst) fire\b", "det meste som kan være skjult"),
    (r"\b(?:fra eller til|frå eller til)\b", "sier hva én person kan bety, og ikke hva som har skjedd"),
)
CONTEXT = ((r"\b[Ii] kommunen\b", "den kommunen som profilen gjelder, også der den heter det"),)
ABBREVIATIONS = (
    ("NAV", "etaten kaller seg selv det"),
    ("SSB", "byrået er kjent under forkortelsen, og navnet står i litteraturlista"),
)
SYNONYMS = (
    ("innbygger", "folketall"),
    ("arbeidsledig", "ledig"),
    ("pensjonist", "eldre"),
    ("unge", "ungdom"),
)
