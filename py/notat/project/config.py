"""Read `_quarto.yml` and the format extension; refuse by name what would change the note and is not supported."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from posixpath import normpath
from typing import Any

from ruamel.yaml.comments import CommentedMap

from notat.norsk.language import current, of, say
from notat.numbers.earlier import Edition
from notat.project.booklets import Document, read_documents
from notat.project.cells import INHERITED
from notat.project.contact import Contact, read_contact, read_site
from notat.project.extension import Extension, read_extension
from notat.project.frontmatter import FORMATS, as_date
from notat.project.keys import QUARTO_CAN, check_others, names_of, refusal, text_of
from notat.project.notebook import SUFFIX
from notat.project.texts import check_texts
from notat.text import paths, profiles, schema, yamlfile
from notat.text.errors import NotatError, did_you_mean

# The keys that are acted on are those of the schema for editors. Two groups have checks of their own, below,
# and so has the date of the book.
_BOOK, _CHECKED_APART = "quarto", ("crossref", "format")
_FORMATS = ("notat-html", "notat-typst", "notat-docx")
_FORMAT_OPTIONS = ("number-sections",)
_CROSSREF = re.compile(r"(?P<kind>[a-z]+)-(?:title|prefix)")
_OUTPUT = re.compile(rf"{paths.OUTPUT}(?:-[A-Za-z0-9]+)*")
_PLACE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_CHAPTER = re.compile(r"(?:\./)?(?:\w[\w. -]*/)*\w[\w. -]*\.(?:qmd|md|ipynb)")
_BRACED = re.compile(r"\{([^{}]*)\}")
_EARLIER_FILES = ("trykt", "avvik", "utgatt")


def slug_of(file: str) -> str:
    """Name of the page of a chapter's `file`, without extension; it becomes a web address, so it has no spaces.

    All pages are in one folder, and only one can be `index`: that of another folder has its name too.
    """
    path = Path(file)
    name = f"{path.parent.name} {path.stem}" if path.stem == "index" else path.stem
    return "-".join(name.split())


@dataclass(frozen=True)
class ChapterFile:
    """A chapter as `_quarto.yml` lists it: path from the root, line in the file, appendix or not, and its part.

    `listed` is the file of that line: `_quarto.yml`, or that of a profile.
    """

    file: str
    line: int
    appendix: bool
    part: str = ""
    listed: str = paths.CONFIG

    @cached_property
    def slug(self) -> str:
        """Name of the chapter's page, without extension."""
        return slug_of(self.file)


@dataclass(frozen=True)
class Config:
    """The configuration of the book: titles, chapters in order, language words and the extension's settings.

    `site` is the address that the pages are published at. `lists` says whether the printed main document has lists of
    its figures and tables, `unit` which parameter is the place that the note is made for, and `series_title` the title
    with that place in it.
    """

    root: Path
    title: str
    subtitle: str
    author: str
    date: dt.date
    output_file: str
    chapters: tuple[ChapterFile, ...]
    bibliography: Path | None
    csl: Path | None
    lang: str
    words: dict[str, str]
    extension: Extension
    documents: tuple[Document, ...]
    earlier: Edition | None = None
    ssb: str = ""
    contact: Contact = field(default_factory=Contact)
    site: str = ""
    lists: bool = False
    unit: str = ""
    series_title: str = ""
    number_sections: bool = True
    nocite: str = ""
    execute: Mapping[str, Any] = field(default_factory=dict)
    data_until: dt.date | None = None
    read_later: tuple[str, ...] = ()
    output_dir: str = paths.OUTPUT
    profiles: tuple[str, ...] = ()
    files: tuple[str, ...] = (paths.CONFIG,)

    def titled(self, words: Mapping[str, str]) -> Config:
        """The configuration of the book with the title that these words give it."""
        unknown = [name for name in _BRACED.findall(self.series_title) if name not in words]
        if unknown:
            remedy = f"{did_you_mean(unknown[0], words)} Tittelen kan ha {', '.join(f'{{{name}}}' for name in words)}."
            raise NotatError(
                "N0548", f"Tittelen under notat: serie: har «{{{unknown[0]}}}».", file=paths.CONFIG, remedy=remedy
            )
        title = _BRACED.sub(lambda match: words[match[1]], self.series_title)
        documents = tuple(replace(one, title=one.title.removesuffix(self.title) + title) for one in self.documents)
        return replace(self, title=title, documents=documents)

    @property
    def output(self) -> Path:
        """The folder of finished outputs."""
        return self.root / self.output_dir

    def word(self, key: str, default: str) -> str:
        """A word of the interface, as `_quarto.yml` overrides it in the language of the book."""
        return self.words.get(key, default) if current().code == of(self.lang).code else default

    def name_of_heading(self, level: int, number: str, title: str, *, appendix: bool) -> str:
        """What a reference calls a heading: «Kapittel 2», «Delkapittel 2.1», «Vedlegg A», or the title in quotes."""
        if not number:
            return say("«{title}»", title=title)
        if level > 1:
            prefix = self.word("crossref-sec-prefix", say("Delkapittel"))
        elif appendix:
            prefix = self.word("crossref-apx-prefix", say("Vedlegg"))
        else:
            prefix = self.word("crossref-ch-prefix", say("Kapittel"))
        return f"{prefix}\u00a0{number}"


def read_config(root: Path, setup: profiles.Setup | None = None) -> Config:
    """The checked configuration of the project at `root`, with the profiles in use; `setup` if it is read."""
    setup = setup or profiles.read(root)
    try:
        return _checked(setup, root)
    except NotatError as error:
        raise setup.placed(error) from None


def _checked(setup: profiles.Setup, root: Path) -> Config:
    raw = setup.keys
    _refuse_wrong_keys(raw)
    check_texts(raw)
    _demand(raw, "project", "type", "book", "Bare bøker støttes.")
    if "output-dir" in raw["project"]:
        _check_output(raw, setup)
    if "execute-dir" in raw["project"]:
        _demand(raw, "project", "execute-dir", "project", "Kapitlene kjøres alltid i prosjektmappa.")
    for key, why in (
        ("freeze", "Frosne resultater kan bli utdaterte."),
        ("echo", "Koden vises bare der en celle eller et kapittel ber om det."),
    ):
        if key in raw.get("execute", {}):
            _demand(raw, "execute", key, False, why)
    if "jupyter" in raw:
        _demand(raw, "", "jupyter", "python3", "Kapitlene kjøres alltid med Python.")
    for key in ("resources", "pre-render", "post-render"):
        _check_paths(raw["project"], key, root)
    book = raw["book"]
    chapters = (*_chapters(book, "chapters", root), *_chapters(book, "appendices", root))
    _refuse_same_page(chapters)
    title, subtitle = text_of(book["title"]) or "", text_of(book.get("subtitle", "")) or ""
    return Config(
        root=root,
        title=title,
        subtitle=subtitle,
        author=", ".join(names_of(book["author"]) or []),
        date=as_date(book["date"]) or dt.date.min,
        output_file=book["output-file"],
        chapters=tuple(
            replace(one, listed=file, line=line) for one in chapters for file, line in [setup.place(one.line)]
        ),
        bibliography=_existing(raw, "bibliography", root),
        csl=_existing(raw, "csl", root),
        lang=raw.get("lang", "nb-NO"),
        words=_words(raw),
        extension=read_extension(root),
        documents=read_documents(raw, title, subtitle, book["output-file"], [chapter.file for chapter in chapters]),
        earlier=_earlier(raw, root),
        ssb=raw.get("notat", {}).get("ssb", ""),
        contact=read_contact(raw, [chapter.file for chapter in chapters], root),
        site=read_site(raw),
        lists=raw.get("notat", {}).get("lister", False),
        unit=raw.get("notat", {}).get("enhet", ""),
        series_title=raw.get("notat", {}).get("serie", {}).get("tittel", ""),
        number_sections=_numbers_sections(raw),
        nocite=raw.get("nocite", ""),
        execute=dict(raw.get("execute", {})),
        data_until=raw.get("notat", {}).get("data-til"),
        read_later=tuple(map(str, raw.get("notat", {}).get("lest-senere", ()))),
        output_dir=raw["project"].get("output-dir", paths.OUTPUT),
        profiles=setup.names,
        files=setup.files,
    )


def _refuse_wrong_keys(raw: CommentedMap) -> None:
    rules = schema.schema(_BOOK)
    errors = [*_check(raw, rules["properties"]), *_check_formats(raw), *_check_crossref(raw)]
    if errors:
        raise NotatError.together(errors)
    for group in rules["required"]:
        for key in rules["properties"][group]["required"]:
            if key not in raw.get(group, {}):
                what = f"Nøkkelen {group}: {key} mangler."
                raise NotatError("N0122", what, file=paths.CONFIG, remedy="Legg den til.")


def _check(mapping: CommentedMap, rules: Mapping[str, Any], path: str = "") -> Iterator[NotatError]:
    strict = path.startswith(("notat", "execute"))  # our own keys, and those with a remedy of their own
    if not strict:
        yield from check_others(mapping, rules, paths.CONFIG, path, custom=not path)
    for key, value in mapping.items():
        line = yamlfile.line_of(mapping, key)
        if key not in rules:
            if strict:
                yield _unknown(f"{path}{key}", str(key), rules, line)
        elif key != "date" and (wanted := schema.unlike(value, rules[key], _BOOK)):
            yield refusal("N0123", f"«{path}{key}» skal være {wanted}.", line)
        elif isinstance(value, CommentedMap) and "properties" in rules[key] and key not in _CHECKED_APART:
            yield from _check(value, rules[key]["properties"], f"{path}{key}: ")


def _unknown(name: str, key: str, known: Collection[str], line: int) -> NotatError:
    if name.startswith("execute") and key in INHERITED:
        remedy = "Sett det på hver celle."
        return refusal("N0530", f"«{name}» støttes ikke.", line, remedy)
    remedy = did_you_mean(key, known) + " Motoren gjør ikke noe med andre nøkler."
    return refusal("N0121", f"Ukjent nøkkel «{name}».", line, remedy)


def _check_formats(raw: CommentedMap) -> Iterator[NotatError]:
    """The formats are ours, with options that are acted on or without meaning for the text."""
    formats = raw.get("format", {})
    for name, options in formats.items() if isinstance(formats, CommentedMap) else ():
        line = yamlfile.line_of(formats, name)
        if name not in FORMATS:
            remedy = f"Notatet lages som {', '.join(_FORMATS)}. {QUARTO_CAN}"
            yield refusal("N0530", f"Formatet «{name}» støttes ikke.", line, remedy)
        elif isinstance(options, CommentedMap):
            yield from check_others(options, _FORMAT_OPTIONS, paths.CONFIG, f"format: {name}: ", custom=False)
        elif options not in ("default", None):
            remedy = "Sett verdien til default, eller skriv nøkler under den."
            yield refusal("N0124", f"«format: {name}» er {yamlfile.shown(options)}.", line, remedy)


def _numbers_sections(raw: CommentedMap) -> bool:
    options = [value for value in raw.get("format", {}).values() if isinstance(value, CommentedMap)]
    return all(group.get("number-sections", True) is not False for group in (raw, *options))


def _words(raw: CommentedMap) -> dict[str, str]:
    words: dict[str, str] = dict(raw.get("language", {}))
    return words | {f"crossref-{key}": value for key, value in raw.get("crossref", {}).items() if key != "chapters"}


def _check_crossref(raw: CommentedMap) -> Iterator[NotatError]:
    """Of the settings of references, the words, and what is so anyway."""
    group = raw.get("crossref", {})
    for key, value in group.items() if isinstance(group, CommentedMap) else ():
        if not (_CROSSREF.fullmatch(str(key)) and isinstance(value, str)) and (key, value) != ("chapters", True):
            remedy = f"Ordene foran numrene kan settes, som fig-title og fig-prefix. {QUARTO_CAN}"
            yield refusal("N0530", f"«crossref: {key}» støttes ikke.", yamlfile.line_of(group, key), remedy)


def _demand(raw: CommentedMap, group: str, key: str, value: object, why: str) -> None:
    found = raw[group] if group else raw
    if found[key] != value:
        shown = yamlfile.shown(found[key])
        problem = f"«{group}: {key}» er {shown}." if group else f"«{key}» er {shown}."
        remedy = f"{why} Sett verdien til {yamlfile.shown(value)}."
        raise refusal("N0124", problem, yamlfile.line_of(found, key), remedy)


def _check_output(raw: CommentedMap, setup: profiles.Setup) -> None:
    """Outputs are written to one folder; a profile may have one of its own, of a name that no other folder has."""
    if not (setup.names and _OUTPUT.fullmatch(str(raw["project"]["output-dir"]))):
        why = f"En profil kan ha sin egen mappe, {paths.OUTPUT}-NAVN." if setup.names else "Utdata skrives alltid dit."
        _demand(raw, "project", "output-dir", paths.OUTPUT, why)


def _chapters(book: CommentedMap, key: str, root: Path) -> list[ChapterFile]:
    listed = book.get(key, [])
    if key == "chapters" and not listed:
        raise refusal("N0502", "Boka har ingen kapitler.", yamlfile.line_of(book, key), "Før opp index.qmd.")
    return list(_listed(listed, root, "", appendix=key == "appendices"))


def _listed(listed: Any, root: Path, part: str, *, appendix: bool) -> Iterator[ChapterFile]:
    for position, entry in enumerate(listed):
        line = listed.lc.item(position)[0] + 1
        name = entry
        if isinstance(entry, CommentedMap) and isinstance(entry.get("chapters"), list) and not part:
            title = text_of(entry.get("part"))
            if not title or _CHAPTER.fullmatch(title):
                remedy = f'Skriv part: "Tittel", og legg teksten i et kapittel. {QUARTO_CAN}'
                raise refusal("N0503", "En del skal ha en tittel.", line, remedy)
            yield from _listed(entry["chapters"], root, title, appendix=appendix)
            continue
        if isinstance(entry, CommentedMap):
            name = entry.get("file")
        if not isinstance(name, str) or not name.endswith((".qmd", ".md", SUFFIX)):
            remedy = "Rett navnet."
            raise refusal("N0503", "Et kapittel skal være en fil med endelsen .qmd, .md eller .ipynb.", line, remedy)
        if paths.inside(name, root) is None:
            raise refusal("N0504", f"Kapittelet {name} finnes ikke i prosjektet.", line, _renamed(name, root))
        # The name becomes a web address and an argument of programs.
        if not _CHAPTER.fullmatch(name):
            remedy = "Bruk bokstaver, siffer, mellomrom, punktum, bindestrek og understrek."
            raise refusal("N0503", f"Kapittelet {name} har tegn i navnet som ikke er tillatt.", line, remedy)
        yield ChapterFile(normpath(name), line, appendix, part)


def _check_paths(project: CommentedMap, key: str, root: Path) -> None:
    """Scripts and resources must be inside the project, although only genuine Quarto uses them."""
    value = project.get(key, [])
    for name in value if isinstance(value, list) else [value]:
        if not isinstance(name, str) or not _PLACE.fullmatch(name) or not paths.is_contained(name, root):
            remedy = "Skriv veien fra prosjektmappa, uten .. og uten lenker ut."
            raise refusal(
                "N0505", f"«{key}: {name}» er ikke et sted i prosjektet.", yamlfile.line_of(project, key), remedy
            )


def _refuse_same_page(chapters: tuple[ChapterFile, ...]) -> None:
    """The name of a chapter's file is the name of its page and of its figures, so two chapters cannot share it."""
    seen: dict[str, ChapterFile] = {}
    for chapter in chapters:
        first = seen.setdefault(chapter.slug.replace(".", "-"), chapter)
        if first is not chapter:
            alike = Path(first.file).stem == Path(chapter.file).stem
            read = "" if alike else ", når mellomrom og punktum blir bindestreker"
            remedy = "Gi den ene fila et annet navn, eller fjern linja."
            raise refusal(
                "N0506", f"Kapittelet {chapter.file} har samme filnavn som {first.file}{read}.", chapter.line, remedy
            )


def _earlier(raw: CommentedMap, root: Path) -> Edition | None:
    """The earlier edition that the note compares itself with."""
    declared = raw.get("notat", {}).get("tidligere")
    if declared is None:
        return None
    for key in ("navn", "aar"):
        if declared.get(key, 0) in ("", 0):
            problem = f"Nøkkelen notat: tidligere: {key} mangler."
            remedy = "Skriv hva den tidligere utgaven kalles, og året den kom."
            raise refusal("N0122", problem, yamlfile.line_of(raw["notat"], "tidligere"), remedy)
    for key in _EARLIER_FILES:
        if key in declared and paths.inside(declared[key], root, paths.DATA) is None:
            remedy = f"Rett navnet, eller hent fila tilbake fra git. Den skal ligge i {paths.DATA}/."
            raise refusal(
                "N0504", f"Fila {paths.DATA}/{declared[key]} finnes ikke.", yamlfile.line_of(declared, key), remedy
            )
    if declared["aar"] < 1:
        remedy = "Skriv året utgaven kom, som 2019."
        raise refusal(
            "N0124", f"«notat: tidligere: aar» er {declared['aar']}.", yamlfile.line_of(declared, "aar"), remedy
        )
    table, corrections, dropped = (declared.get(key, "") for key in _EARLIER_FILES)
    return Edition(declared["navn"], declared["aar"], declared.get("kilde", ""), table, corrections, dropped)


def _renamed(name: str, root: Path) -> str:
    """The remedy for a chapter that is not there: it may have another name by now."""
    folder = (root / name).parent
    there = [file.relative_to(root).as_posix() for file in folder.glob("*.qmd")] if folder.is_dir() else []
    listed = "".join(file.read_text(encoding="utf-8", errors="replace") for file in root.glob("_quarto*.yml"))
    unlisted = sorted(file for file in there if file not in listed and not Path(file).name.startswith("_"))
    if len(unlisted) == 1:
        return f"Har det fått et nytt navn, skriver du {unlisted[0]} her."
    return f"{did_you_mean(name, there)} Rett navnet, eller lag fila." if there else "Rett navnet, eller lag fila."


def _existing(raw: CommentedMap, key: str, root: Path) -> Path | None:
    if key not in raw:
        return None
    if paths.inside(raw[key], root) is None or Path(raw[key]).is_absolute():
        remedy = "Rett navnet, eller hent fila tilbake fra git."
        raise refusal("N0504", f"Fila {raw[key]} finnes ikke i prosjektet.", yamlfile.line_of(raw, key), remedy)
    return root / str(raw[key])
