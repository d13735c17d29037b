"""Numbers that may be in the text of this note without an id: names that hold them, and conventions.

A convention is a pattern of the surrounding words, and the reason. `CONTEXT` has times and places that are not those of
the numbers beside them; in its patterns «…» stands for a number.
`SYNONYMS` are words that readers search for, with the words that the note uses.
"""

NAMES = ("NT24", "kommune 3.0", "AR5")
CONVENTIONS = (
    (r"\b[Hh]øyere (?:yrkesfaglig )?utdanning\b", "navn på et utdanningsnivå"),
    (r"\bLa flere arbeide\b|\bBruk færre\b|\bkan få flere inn\b|^Flere trøndere inn\b", "råd eller mål"),
    (r"\bstørre ansvar\b|\ben større arbeidsstyrke\b|\bmed høyere produktivitet\b", "råd eller rammer uten tall"),
    (r"\bog større bruk\b", "utviklingen som avsnittet prøver, tall for tall"),
    (
        r"\bsom vokser\b|\beksisterende teknologiselskaper vokser\b|\bfaller fra\b",
        "en egenskap eller et ønske, ikke en utvikling",
    ),
    (r"\bmarginen ellers ville ha steget\b", "hva som ville skje, ikke hva som har skjedd"),
    (r"«økt bærekraftig", "et sitert mål"),
    (r"\bøkt (?:verdiskaping|produksjon)\b", "et mål eller noe som kan komme"),
    (r"^Økt bærekraftig verdiskaping\b", "mål i en strategi, og ikke noe som har skjedd"),
    (r"\bnederste radene\b", "peker på rader i tabellen"),
    (r"\bmest (?:er )?offentlige\b", "navn på en gruppe, som kilden ikke deler opp"),
    (r"\bDe fleste tallene for reiselivet i Trøndelag har forbehold\b", "teller merknadene i tabellen"),
    (
        r"\b[Éé]n (?:bestemt|politikk|samlet|utdanning|ansatt|serie)\b",
        "«én» understreker at det bare er én, og teller ikke noe i data",
    ),
    (r"\bunder tjue år\b|\bfylt åtti år\b", "navn på en aldersgruppe"),
    (r"\bpå ett år og med [^.]{1,30} på tre\b", "perioden for tallet foran, «på tre (år)»"),
    (r"\btre av fire blågrønne områder\b", "teller radene i tabellen"),
)
CONTEXT = (
    (r"\bstatistikken er brutt i 2015\b", "bruddet i statistikken, ikke året for tallet"),
    (r"\btallet falt litt i 2021\b", "notatet fra 2023 sier at tallet falt, men gir det ikke"),
    (
        r"\bI 2021(?= var (?:den (?:gjennomsnittlige driftsmarginen trolig )?"
        r"|driftsmarginen i bedriftene i Trøndelag )…)",
        "raden har 2020, som i notatet fra 2023; teksten sier hvorfor",
    ),
    (r"\bundertegnet i 1992\b", "datoen for avtalen, ikke for tallet"),
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
    ("ASA", "del av navnet på et selskap"),
    ("KSF", "del av navnet på et prosjekt"),
)
# Words that mean the same to a reader who searches the web pages, in any of their forms; one may be a phrase.
SYNONYMS = (
    ("frafall", "fullføre", "fullført", "gjennomføring"),
    ("arbeidsledig", "ledig", "arbeidsløs"),
    ("trygdet", "ufør"),
    ("fagbrev", "svennebrev", "fagprøve"),
    ("lærling", "fagbrev", "læreplass"),
    ("videregående", "studieforberedende", "yrkesfag"),
    ("befolkningsvekst", "folketall"),
    ("befolkningsframskriving", "framskriving"),
    ("innbygger", "bor", "folketall"),
    ("aldring", "eldre"),
    ("pensjonist", "eldre"),
    ("unge", "yngste", "ungdom"),
    ("utenfor", "utenforskap"),
    ("student", "universitet", "høyskole"),
    ("arealplan", "arealplanlegging"),
    ("innvandrer", "flyktning", "arbeidsinnvandrer"),
    ("lakseoppdrett", "havbruk"),
    ("akvakultur", "havbruk"),
    ("lakselus", "lus"),
    ("bonde", "gårdsbruk", "jordbruk", "landbruk"),
    ("bønder", "jordbruk", "landbruk"),
    ("gård", "gårdsbruk", "jordbruk"),
    ("turisme", "reiseliv", "opplevelser", "overnatting"),
    ("turist", "besøkende", "reiseliv"),
    ("korona", "pandemi"),
    ("covid", "pandemi"),
    ("BNP", "bruttoprodukt", "verdiskaping"),
    ("FoU", "forskning og utvikling"),
    ("SMB", "små og mellomstore bedrifter"),
    ("småbedrift", "små bedrifter"),
    ("KI", "kunstig intelligens"),
    ("krig", "krigføring"),
    ("klimagass", "klimagassutslipp", "klima"),
    ("same", "samisk", "sørsamisk"),
    ("etterutdanning", "videreutdanning"),
    ("fastlege", "fastlegeordning"),
    ("kvinner", "menn", "kjønn"),
    ("bygdene", "distriktene"),
    ("vindkraft", "havvind"),
    ("strøm", "energi"),
    ("breiband", "bredbånd"),
    ("oppstartsselskap", "gründerbedrift"),
)
