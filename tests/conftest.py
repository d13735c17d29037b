"""A small but complete note, written for each test that uses it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from notat.cli.render import build
from notat.judge.checks import checksums
from notat.show import authoring
from notat.text.errors import NotatError
from tools.bench.book import CONFIG

PROJECT = Path(__file__).parent.parent
# No test is about time: on a busy machine any example may take longer than a limit.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
# Under `make test &` in a script SIGINT is ignored, and every process started from here would inherit that: the tests
# of Ctrl-C would then wait forever. A handler of our own is not inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Under `make test`, a make run by a test would act as a sub-make, and print more.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
    os.environ.pop(name, None)

_COPIED = (
    "_quarto.yml",
    "_brand.yml",
    "_extensions",
    "chapters",
    "data",
    "index.qmd",
    "references.bib",
    "requirements.lock",
)

_SETUP = "```{python}\nfrom notat import spenn, tabell, tall\n```\n"
_INDEX = f"""\
# Sammendrag {{.unnumbered #sec-sammendrag}}

{_SETUP}
Det var `{{python}} tall("alle")` i arbeid, se @sec-arbeid.
"""
_CHAPTER = f"""\
# Arbeid {{#sec-arbeid}}

{_SETUP}
Veksten var `{{python}} tall("endring")` personer [@ssb], fra `{{python}} spenn("lav", "hoy")`.

::: {{.drofting #drofting-arbeid title="Problemstillinger til drøfting"}}
1. Hva nå?
:::

## Mer om arbeid {{#sec-mer}}

Se @sec-mer.
"""
_LITERATURE = "# Litteratur {.unnumbered #sec-litteratur}\n\n::: {#refs}\n:::\n"
_BIB = "@misc{ssb, author={{Statistisk sentralbyrå}}, title={Sysselsetting}, year={2023}, langid={norsk}}\n"
_HEAD = "id,maal,gruppe,geografi,periode,type,verdi,enhet,avrundet_til,grense,status,kilde,merknad\n"
_ROWS = """\
alle,Sysselsatte,,Trøndelag,2022K4,nivå,246556,personer,1,,,ssb,
endring,Flere sysselsatte,,Trøndelag,2021K4–2022K4,endring,5566,personer,1,,,ssb,
lav,Deltakelse,Transport,Norge,2021,andel,9,prosent,1,,,ssb,
hoy,Deltakelse,Servering,Norge,2021,andel,37,prosent,1,,,ssb,
"""
_SOURCES = """\
kilde,tittel,utgiver,url,lisens,referanse,definisjon
ssb,Sysselsetting,Statistisk sentralbyrå,,,ssb,
"""


def _write_note(root: Path) -> Path:
    for folder in ("chapters", "data"):
        (root / folder).mkdir(parents=True)
    shutil.copytree(PROJECT / "_extensions", root / "_extensions")
    shutil.copyfile(PROJECT / "_brand.yml", root / "_brand.yml")
    shutil.copyfile(PROJECT / "data" / "skjema.json", root / "data" / "skjema.json")
    resources = [{"name": "arbeid", "path": "arbeid.csv", "schema": "skjema.json"}]
    files = {
        "_quarto.yml": CONFIG.format(chapters="    - chapters/arbeid.qmd"),
        "index.qmd": _INDEX,
        "chapters/arbeid.qmd": _CHAPTER,
        "chapters/litteratur.qmd": _LITERATURE,
        "references.bib": _BIB,
        "data/datapackage.json": json.dumps({"name": "lite", "resources": resources}),
        "data/arbeid.csv": _HEAD + _ROWS,
        "data/kilder.csv": _SOURCES,
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    checksums.write(root)
    return root


def _write_figures_note(root: Path) -> list[Path]:
    root.mkdir(parents=True)
    for name in ("_brand.yml", "_extensions", "data", "references.bib", "requirements.lock"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, root / name)
    (root / "chapters").mkdir()
    (root / "_quarto.yml").write_text(
        CONFIG.format(chapters="    - chapters/kap-1.qmd\n    - chapters/kap-2.qmd"), encoding="utf-8"
    )
    setup = "```{python}\nfrom notat import figur, tabell, tall\n```\n"
    first = 'Ledigheten var `{python} tall("helt_ledige_pst_2023_01")`, se @sec-kap-1.\n'
    (root / "index.qmd").write_text(
        f"# Sammendrag {{.unnumbered #sec-sammendrag}}\n\n{setup}\n{first}", encoding="utf-8"
    )
    (root / "chapters/litteratur.qmd").write_text(_LITERATURE, encoding="utf-8")
    chapters = {
        "kap-1": ("helt_ledige_pst_2023_01", ('figur("ledighet")', 'tabell("eksport")')),
        "kap-2": ("helt_ledige_pst_2022_10", ('figur("melkebruk")',)),
    }
    for name, (number, calls) in chapters.items():
        cells = "\n\n".join(f"```{{python}}\n{call}\n```" for call in calls)
        (root / f"chapters/{name}.qmd").write_text(
            f"# Kapittel om {name} {{#sec-{name}}}\n\n{setup}\n"
            f'Tallet er `{{python}} tall("{number}")` [@notat2023].\nSetningen som endres, er nummer én.\n\n'
            f"## Mer {{#sec-{name}-mer}}\n\n{cells}\n\n- Et punkt.[^1]\n- Et til.\n\n[^1]: En note.\n",
            encoding="utf-8",
        )
    return [root / f"chapters/{name}.qmd" for name in chapters]


# Fixtures that build a whole note, or begin the processes that do.
_BUILT = {"published", "built_once", "ours", "workspace", "driven", "served"}


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more worker than there are processors, for at any time one of them waits for what it has started."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what waits for a whole note as `process`, and begin with the files of what is marked so.

    Workers are given one file at a time. A long one that came last would be all that one of them had to do.
    """
    for item in items:
        if _BUILT.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("process")
    slow = Counter(item.path for item in items if item.get_closest_marker("process") or item.path.suffix == ".ipynb")
    size = Counter(item.path for item in items)
    # Of these, the fewer tests a file has, the longer each is.
    items.sort(key=lambda item: (item.path not in slow, size[item.path] if item.path in slow else 0))


@pytest.fixture(scope="session")
def write_note() -> Callable[[Path], Path]:
    """Write a small note into a folder, for fixtures that share one between tests."""
    return _write_note


@pytest.fixture(scope="session")
def write_figures_note() -> Callable[[Path], list[Path]]:
    """Write a note of two chapters, each with a figure, into a new folder; returns the files of the chapters.

    Its data, figures and brand are those of the project.
    """
    return _write_figures_note


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Root of a small note; the working folder while the test runs."""
    root = _write_note(tmp_path / "notat")
    monkeypatch.chdir(root)
    authoring.numbers.cache_clear()
    yield root
    authoring.numbers.cache_clear()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """`made_once(name, make)`: a new folder that one worker fills, and all workers then read."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        root, done = base / name / "notat", base / f"{name}.ferdig"
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(root.parent, ignore_errors=True)
                root.parent.mkdir()
                make(root)
                done.touch()
        return root

    return made


@pytest.fixture(scope="session")
def published(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Root of a copy of the real project, rendered in all formats once for all tests. Tests only read it."""

    def make(root: Path) -> None:
        root.mkdir()
        for name in _COPIED:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, root / name)
            else:
                shutil.copyfile(source, root / name)
        build(root)

    return made_once("utgitt", make)


@pytest.fixture(scope="session")
def declare() -> Callable[..., None]:
    """`declare(root, "notatet fra 2019", 2019, trykt="gammelt.csv")`: the note declares an earlier edition."""

    def write(root: Path, name: str = "notatet fra 2019", year: int = 2019, **files: str) -> None:
        lines = [f'navn: "{name}"', f"aar: {year}", *(f"{key}: {file}" for key, file in files.items())]
        with (root / "_quarto.yml").open("a", encoding="utf-8") as stream:
            stream.write("notat:\n  tidligere:\n" + "".join(f"    {line}\n" for line in lines))

    return write


@contextmanager
def _refused(file: str | None, line: int | None, words: str = "") -> Iterator[None]:
    """Require one complaint about exactly this place: one line with `words` that ends in a remedy and a code."""
    with pytest.raises(NotatError) as caught:
        yield
    error = caught.value
    assert (error.file, error.line) == (file, line), error
    assert words in str(error)
    assert "\n" not in str(error)
    said, _, code = str(error).rpartition(" ")
    assert code == f"[{error.code}]"
    assert said.endswith(error.remedy)
    assert said.rstrip("»")[-1] in ".?:"


@pytest.fixture
def refused() -> Callable[..., AbstractContextManager[None]]:
    """`with refused(file, line, words):` around code that must raise for that place."""
    return _refused
