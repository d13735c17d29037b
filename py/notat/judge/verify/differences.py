"""Say which part of a file differs: an object of the PDF, an element of the Word document, a line, pixels."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest
from pathlib import Path

from lxml import etree

MOST = 5  # parts that are told of one file
_SHOWN = 60  # letters of a text, bytes of a stream
_XML = (".xml", ".rels", ".svg")
_PNG = b"\x89PNG\r\n\x1a\n"


def differences(first: Path, second: Path) -> list[str]:
    """The parts that differ between two versions of a file, in bokmål, at most `MOST`; at least one if they differ."""
    a, b = first.read_bytes(), second.read_bytes()
    if a == b:
        return []
    if first.suffix == ".pdf":
        from notat.judge.verify.pdf import pdf_differences

        found = pdf_differences(first, second)
    elif zipfile.is_zipfile(first) and zipfile.is_zipfile(second):
        found = zip_differences(first, second)
    else:
        found = part_differences(first.name, a, b)
    return list(islice(found, MOST)) or [f"Innholdet er likt, men lagret ulikt: {bytes_difference(a, b)}"]


def zip_differences(first: Path, second: Path) -> Iterator[str]:
    """Parts that only one has or that differ, and then what the archive says about them."""
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        names = [set(archive.namelist()) for archive in (one, two)]
        for name in sorted(names[0] ^ names[1]):
            yield f"Delen {name} finnes bare i {'den første' if name in names[0] else 'den andre'}."
        for name in sorted(names[0] & names[1]):
            a, b = one.read(name), two.read(name)
            if a != b:
                yield from (f"{name}: {words}" for words in part_differences(name, a, b))
            for field, words in _ZIP_FIELDS.items():
                here, there = (getattr(archive.getinfo(name), field) for archive in (one, two))
                if here != there:
                    yield f"{name}: {words} er {here} og {there}."
        if one.namelist() != two.namelist() and names[0] == names[1]:
            yield "Delene står i ulik rekkefølge."


_ZIP_FIELDS = {"date_time": "tidspunktet", "external_attr": "rettighetene", "compress_type": "pakkingen"}


def part_differences(name: str, a: bytes, b: bytes) -> Iterator[str]:
    """What differs in a file, or in a part of an archive, of this name."""
    suffix = Path(name).suffix
    if suffix in _XML:
        yield from _or_text(xml_difference, a, b)
    elif a.startswith(_PNG) and b.startswith(_PNG):
        yield png_difference(a, b)
    else:
        yield text_difference(a, b) or bytes_difference(a, b)


def _or_text(compare: Callable[[bytes, bytes], str], a: bytes, b: bytes) -> Iterator[str]:
    """By elements; by lines when the trees agree or cannot be read."""
    try:
        found = compare(a, b)
    except etree.XMLSyntaxError:
        found = ""
    yield found or text_difference(a, b) or bytes_difference(a, b)


def xml_difference(a: bytes, b: bytes) -> str:
    """The first element that differs, with its path; empty when the trees agree."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    one, two = (etree.fromstring(text, parser) for text in (a, b))
    for here, there in zip_longest(one.iter(), two.iter()):
        if here is None or there is None:
            last = here if there is None else there
            return f"{_path(last)} finnes bare i {'den første' if there is None else 'den andre'}"
        place = _path(here)
        if here.tag != there.tag:
            return f"{place} er {_local(here)} og {_local(there)}"
        for name in sorted({*here.attrib, *there.attrib}, key=str):
            if here.get(name) != there.get(name):
                return f"{place}/@{etree.QName(name).localname} er {_quoted(here.get(name), there.get(name))}"
        if (here.text or "") != (there.text or ""):
            return f"teksten i {place} er {_quoted(here.text, there.text)}"
        if (here.tail or "") != (there.tail or ""):
            return f"teksten etter {place} er {_quoted(here.tail, there.tail)}"
    return ""


def text_difference(a: bytes, b: bytes) -> str:
    """The first line that differs; empty when they are no text, or only the line ends differ."""
    try:
        lines = [text.decode().splitlines() for text in (a, b)]
    except UnicodeDecodeError:
        return ""
    for number, (here, there) in enumerate(zip_longest(*lines), 1):
        if here != there:
            return f"linje {number} er {_quoted(here, there)}"
    return ""


def bytes_difference(a: bytes, b: bytes) -> str:
    """Where the bytes part."""
    place = first_difference(a, b)
    return f"byte {place} av {len(a)} og {len(b)} er ulik"


def first_difference(a: bytes, b: bytes) -> int:
    """The place of the first byte that differs."""
    return next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def png_difference(a: bytes, b: bytes) -> str:
    """Whether the picture itself differs, or only what is written about it."""
    one, two = _chunks(a), _chunks(b)
    if one["IHDR"] != two["IHDR"]:
        sizes = [struct.unpack(">II", chunks["IHDR"][:8]) for chunks in (one, two)]
        return f"størrelsen eller fargene er ulike: {sizes[0][0]} × {sizes[0][1]} og {sizes[1][0]} × {sizes[1][1]}"
    rows = [zlib.decompress(chunks["IDAT"]) for chunks in (one, two)]
    if rows[0] != rows[1]:
        height = struct.unpack(">I", one["IHDR"][4:8])[0]
        return f"bildepunktene er ulike fra rad {first_difference(*rows) // (len(rows[0]) // height) + 1} av {height}"
    for name in sorted({*one, *two} - {"IDAT"}):
        if one.get(name) != two.get(name):
            return f"opplysningen {name} er {_quoted(_readable(one.get(name)), _readable(two.get(name)))}"
    return "bildepunktene er like, men pakket ulikt"


def _chunks(png: bytes) -> dict[str, bytes]:
    """The chunks by name; those of one name are joined."""
    found: dict[str, bytes] = {}
    place = len(_PNG)
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place : place + 8])
        found[name.decode("latin-1")] = found.get(name.decode("latin-1"), b"") + png[place + 8 : place + 8 + length]
        place += length + 12
    return found


def _readable(content: bytes | None) -> str | None:
    return None if content is None else content.decode("latin-1").replace("\0", " ")


def _path(element: etree._Element) -> str:
    """The way to an element by local names, with a number among its like: `/svg/g[2]/path`."""
    parts = []
    for step in (element, *element.iterancestors()):
        parent = step.getparent()
        like = [step] if parent is None else [child for child in parent if child.tag == step.tag]
        parts.append(_local(step) + (f"[{like.index(step) + 1}]" if len(like) > 1 else ""))
    return "/" + "/".join(reversed(parts))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else "en kommentar"


def _quoted(here: str | None, there: str | None) -> str:
    """Both texts from a little before the place where they part."""
    if here is None or there is None:
        return " og ".join("borte" if text is None else f"«{text[:_SHOWN]}»" for text in (here, there))
    place = first_difference(here.encode("utf-32-be"), there.encode("utf-32-be")) // 4
    start = max(0, place - _SHOWN // 3)
    cut = "…" if start else ""
    return " og ".join(f"«{cut}{text[start : start + _SHOWN]}»" for text in (here, there))
