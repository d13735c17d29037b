"""Names with digits that the text may have without an id, and words that readers search for."""

NAMES = ("0–15 år", "20–66 år", "80 år")
CONVENTIONS = ((r"\båtti år\b", "navn på en aldersgruppe"),)
SYNONYMS = (
    ("innbygger", "folketall"),
    ("arbeidsledig", "ledig"),
    ("pensjonist", "eldre"),
)
