"""Names with digits that the text may have without an id, and words that readers search for."""

NAMES = ("0–15 år", "20–66 år", "80 år")
CONVENTIONS = ((r"\båtti år\b", "namn på ei aldersgruppe"),)
SYNONYMS = (
    ("innbyggjar", "folketal"),
    ("arbeidslaus", "ledig", "arbeidsløyse"),
    ("pensjonist", "eldre"),
)
