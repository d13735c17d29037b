"""The editions of a note, which are the profiles of Quarto: `_quarto.yml`, and over it the files of those in use.

Which are in use says `QUARTO_PROFILE`, as for Quarto, or else `profile: default` in `_quarto.yml`; of each group there
one is, the first if no other. The keys of `_quarto-NAME.yml` then count before those of `_quarto.yml`: groups of keys
are merged, lists are joined, anything else is replaced.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from notat.text import paths, yamlfile
from notat.text.errors import NotatError, did_you_mean

VARIABLE = "QUARTO_PROFILE"
_KEY = "profile"
_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
_FILE = re.compile(rf"_quarto-({_NAME.pattern})\.ya?ml")
_SEPARATOR = re.compile(r"[ ,]+")
_REMEDY = "Skriv default: navn og group: [navn, navn], med bokstaver, siffer, punktum, bindestrek og understrek."


@dataclass(frozen=True)
class Setup:
    """What `_quarto.yml` says with the profiles in use: its keys, and where each stands.

    `names` are the profiles in use, the first before the others, and `known` all that the book has. The lines of the
    keys run on from one of the `files` to the next, `ends` being the last of each: `place` finds the file again.
    """

    keys: CommentedMap
    names: tuple[str, ...]
    known: frozenset[str]
    files: tuple[str, ...]
    ends: tuple[int, ...]

    def place(self, line: int) -> tuple[str, int]:
        """The file and its line of a line of the keys."""
        before = 0
        for file, end in zip(self.files, self.ends, strict=True):
            if line <= end:
                return file, line - before
            before = end
        return self.files[-1], line

    def placed(self, error: NotatError) -> NotatError:
        """An error about the keys, and those found with it, each with the file and line that it is in."""
        found = []
        for one in error.apart():
            file, line = self.place(one.line) if one.file == paths.CONFIG and one.line else (one.file, one.line)
            found.append(NotatError(one.code, one.problem, file=file, line=line, remedy=one.remedy))
        return NotatError.together(found)


def read(root: Path, asked: str | None = None) -> Setup:
    """The configuration of the project at `root` with the profiles in use; the keys themselves are not yet checked.

    `asked` are other profiles than those of the environment, written as there.
    """
    text = paths.read_text(root / paths.CONFIG, root)
    keys = yamlfile.parse(text, paths.CONFIG)
    declared = keys.pop(_KEY) if _KEY in keys else None
    default, groups = _declared(declared, keys)
    found = _own_files(root)
    known = frozenset([*default, *(name for group in groups for name in group), *found])
    names = _in_use(os.environ.get(VARIABLE, "") if asked is None else asked, default, groups, known)
    _refuse_local(root)
    files, ends = [paths.CONFIG], [_lines(text)]
    for name in reversed(names):  # so that the first counts before the others
        if name in found:
            text = paths.read_text(root / found[name], root)
            _merge(keys, _over(text, found[name], ends[-1]))
            files.append(found[name])
            ends.append(ends[-1] + _lines(text))
    return Setup(keys, names, known, tuple(files), tuple(ends))


def files(root: Path) -> tuple[str, ...]:
    """The names of all files that the configuration is in: `_quarto.yml`, and those of the profiles that have one."""
    return paths.CONFIG, *_own_files(root).values()


def _own_files(root: Path) -> dict[str, str]:
    """The file of each profile that has one of its own."""
    names = sorted(file.name for file in root.iterdir())
    return {match[1]: name for name in names if (match := _FILE.fullmatch(name))}


def in_use(root: Path) -> tuple[str, ...]:
    """The names of the profiles in use; none where there is no book."""
    return read(root).names if (root / paths.CONFIG).is_file() else ()


def environment(root: Path) -> dict[str, str]:
    """The variable that says to another process, or to the code of a chapter, which profiles are in use."""
    names = in_use(root)
    return {VARIABLE: ",".join(names)} if names else {}


def digestible(setup: Setup) -> str:
    """All that the configuration says, as a text that is another when any of it is."""
    return json.dumps([setup.names, setup.keys], default=str, ensure_ascii=False)


def _declared(declared: Any, keys: CommentedMap) -> tuple[list[str], list[list[str]]]:
    """The profiles in use when nothing else is said, and the groups."""
    if declared is None:
        return [], []
    line = (declared.lc.line if isinstance(declared, CommentedMap) else keys.lc.line) + 1
    wrong = NotatError("N0123", f"«{_KEY}» kan ikke leses.", file=paths.CONFIG, line=line, remedy=_REMEDY)
    if not isinstance(declared, CommentedMap) or not declared.keys() <= {"default", "group"}:
        raise wrong
    default, group = declared.get("default", []), declared.get("group", [])
    default = [default] if isinstance(default, str) else default
    groups = group if isinstance(group, list) and group and isinstance(group[0], list) else [group]
    for names in (default, *groups):
        if not isinstance(names, list) or not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
            raise wrong
    return list(default), [list(names) for names in groups if names]


def _in_use(asked: str, default: list[str], groups: list[list[str]], known: frozenset[str]) -> tuple[str, ...]:
    names = [name for name in _SEPARATOR.split(asked) if name]
    for name in names:
        if name not in known:
            raise unknown(name, known)
    names = names or default
    names += [group[0] for group in groups if not set(group) & set(names)]
    return tuple(dict.fromkeys(names))


def unknown(name: str, known: frozenset[str]) -> NotatError:
    """The error about a profile that the book does not have."""
    listed = f"Boka har {', '.join(sorted(known))}." if known else "Boka har ingen profiler."
    nearest = f"{did_you_mean(name, known)} " if known else ""
    return NotatError("N0130", f"Ukjent profil «{name}».", remedy=f"{nearest}{listed}")


def _refuse_local(root: Path) -> None:
    """Refuse the file that changes the book for Quarto on one machine only."""
    for name in ("_quarto.yml.local", "_quarto.yaml.local"):
        if (root / name).exists():
            remedy = "Notatet skal bli likt på alle maskiner. Flytt nøklene til _quarto.yml eller til en profil."
            raise NotatError("N0131", "Fila gjelder bare på denne maskinen.", file=name, remedy=remedy)


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _over(text: str, file: str, above: int) -> CommentedMap:
    """The keys of a profile's file, whose lines follow the `above` lines of others."""
    if not text.strip():
        return CommentedMap()
    try:
        keys = yamlfile.parse(text, file, above)
    except NotatError as error:
        line = error.line - above if error.line else None
        raise NotatError(error.code, error.problem, file=file, line=line, remedy=error.remedy) from None
    if _KEY in keys:
        line = yamlfile.line_of(keys, _KEY) - above
        remedy = f"Skriv den i {paths.CONFIG}: den sier hvilke profiler som er i bruk."
        raise NotatError("N0123", f"«{_KEY}» virker ikke her.", file=file, line=line, remedy=remedy)
    return keys


def _merge(keys: CommentedMap, over: CommentedMap) -> None:
    """Let other keys count before these, as Quarto does: groups are merged, lists joined, anything else replaced."""
    for key, value in over.items():
        mine = keys.get(key)
        if isinstance(mine, CommentedMap) and isinstance(value, CommentedMap):
            _merge(mine, value)
            continue
        if isinstance(mine, list) or isinstance(value, list):
            if value is None:
                continue
            keys[key] = value if mine is None else _joined(mine, value)
        else:
            keys[key] = value
        keys.lc.add_kv_line_col(key, (over.lc.data or {}).get(key) or [over.lc.line, over.lc.col] * 2)


def _joined(first: Any, second: Any) -> CommentedSeq:
    """The entries of two lists, each once, with their lines; a single value is a list of one."""
    joined, seen = CommentedSeq(), set[str]()
    for given in (first, second):
        for at, entry in enumerate(given if isinstance(given, list) else [given]):
            same = json.dumps(entry, default=str)
            if same not in seen:
                seen.add(same)
                joined.append(entry)
                place = (given.lc.data or {}).get(at) if isinstance(given, CommentedSeq) else None
                joined.lc.add_idx_line_col(len(joined) - 1, place or [first.lc.line if hasattr(first, "lc") else 0, 0])
    return joined
