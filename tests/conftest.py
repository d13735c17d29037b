"""A small but complete note, written for each test that uses it."""

from __future__ import annotations

import copy
import fcntl
import json
import os
import shutil
import signal
import ssl as tls
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
import trustme
from hypothesis import settings

from notat.cli.render import build
from notat.data import series
from notat.data.series import Observation, Shared
from notat.engine.run import forking
from notat.intake.ssb import Clock, Ssb
from notat.judge.checks import checksums
from notat.norsk import language
from notat.show import authoring
from notat.text import paths, profiles
from notat.text.errors import NotatError
from tools.bench.book import CONFIG

PROJECT = Path(__file__).parent.parent
# No test is about time: on a busy machine any example may take longer than a limit.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
# Under `make test &` in a script SIGINT is ignored, and every process started from here would inherit that: the tests
# of Ctrl-C would then wait forever. A handler of our own is not inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Under `make test`, a make run by a test would act as a sub-make, and print more. A test's note has its own profiles.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "QUARTO_PROFILE", "NOTAT_PARAMS"):
    os.environ.pop(name, None)
# Laying out Word documents takes seconds: only the tests of it do.
os.environ["NOTAT_LIBREOFFICE"] = "nei"
# Where a container turns it off, each worker, and each environment that a test makes, would compile all code anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A worker starts hundreds of kernels, and our code does not change meanwhile.
forking.LIBRARIES.append("notat.show.authoring")

_COPIED = (
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


_fonts: list[Path] = []  # the folder of static fonts that all notes of the session share
_imports: list[Path] = []  # and that of what the modules of the package import, by the digest of all code
_small: list[Path] = []  # the small note, which every test that uses it gets a copy of


@pytest.fixture(autouse=True)
def _bokmal() -> None:
    """Every test begins in bokmål, whatever the note of the one before it was in."""
    language.use("nb-NO")


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What thousands of tests begin with is made once.

    Static fonts depend on the package alone, and take longer than the rest of a small note, whose files are copied in a
    quarter of the time that it takes to write and check them. So do the imports, which each process of a note that has
    no cache would read from 400 modules.
    """
    for shared, name in ((_fonts, "fonter"), (_imports, "imports")):
        shared.append(_common_folder(tmp_path_factory) / name)
        shared[0].mkdir(exist_ok=True)
    _small.append(tmp_path_factory.mktemp("lite") / "notat")


def _common_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of all workers."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _share_fonts(root: Path) -> None:
    """Let the note at `root` use, and add to, the fonts and the imports that the session has found."""
    (root / paths.CACHE / "cache").mkdir(parents=True, exist_ok=True)
    (root / paths.CACHE / "fonter").symlink_to(_fonts[0])
    (root / paths.CACHE / "cache/imports").symlink_to(_imports[0])


def _write_note(root: Path) -> Path:
    if not _small[0].is_dir():
        _first_note(_small[0])
    # Each file as new as if it were written now.
    return Path(shutil.copytree(_small[0], root, symlinks=True, copy_function=shutil.copyfile))


def _first_note(root: Path) -> Path:
    for folder in ("chapters", "data"):
        (root / folder).mkdir(parents=True)
    _share_fonts(root)
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
    _share_fonts(root)
    for name in ("_brand.yml", "_extensions", "data", "references.bib", "requirements.lock"):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, root / name)
    (root / "data/rettet.txt").unlink()  # of the earlier edition, which this note does not declare
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
        "kap-1": ("helt_ledige_pst_2023_01", ('figur("ungdomskull")', 'tabell("eksport")')),
        "kap-2": ("helt_ledige_pst_2022_10", ('figur("eksportandel")',)),
    }
    for name, (number, calls) in chapters.items():
        cells = "\n\n".join(f"```{{python}}\n{call}\n```" for call in calls)
        (root / f"chapters/{name}.qmd").write_text(
            f"# Kapittel om {name} {{#sec-{name}}}\n\n{setup}\n"
            f'Tallet er `{{python}} tall("{number}")` [@notat2023].\nSetningen som endres, er nummer én.\n\n'
            f"## Mer {{#sec-{name}-mer}}\n\n{cells}\n\n- Et punkt.[^1]\n- Et til.\n\n[^1]: En note.\n",
            encoding="utf-8",
        )
    checksums.write(root)
    return [root / f"chapters/{name}.qmd" for name in chapters]


# Fixtures that build a whole note, or begin the processes that do.
_BUILT = {
    "published",
    "rendered_once",
    "built_once",
    "ours",
    "sent",
    "workspace",
    "driven",
    "served",
    "outputs",
    "rebuild",
    "try_chapter",
}


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
    # One of those that need the real note builds it, and comes first; the others would wait for that.
    reading = {item.path for item in items if "published" in getattr(item, "fixturenames", ())} & slow.keys()
    first = min(reading, key=lambda path: (size[path], path), default=None)

    def turn(item: pytest.Item) -> tuple[bool, int, int]:
        path = item.path
        if path not in slow:
            return True, 0, 0
        # Of these, the fewer tests a file has, the longer each is.
        return False, 0 if path == first else 1 + (path in reading), size[path]

    items.sort(key=turn)


@pytest.fixture(scope="session")
def write_note() -> Callable[[Path], Path]:
    """Write a small note into a folder, for fixtures that share one between tests."""
    return _write_note


@pytest.fixture(scope="session")
def share_fonts() -> Callable[[Path], None]:
    """`share_fonts(root)`: let a note that has no cache yet use, and add to, what the session has built for all."""
    return _share_fonts


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


_PLACES = """\
kode,navn,slag,gyldig_fra,gyldig_til
0,Norge,land,,
16,Sør,fylke,,2017-12-31
17,Nord,fylke,,2017-12-31
50,Fylket,fylke,2018-01-01,
1502,Nabo,kommune,,2018-12-31
1601,Byen,kommune,,2017-12-31
1613,Delt,kommune,,2017-12-31
1701,Bygda,kommune,,2017-12-31
5001,Byen,kommune,2018-01-01,
5002,Bygda,kommune,2018-01-01,
5003,Nabo,kommune,2019-01-01,
"""
_CHANGES = """\
fra,til,dato,vekt
16,50,2018-01-01,1
17,50,2018-01-01,1
1601,5001,2018-01-01,1
1613,5001,2018-01-01,0.4
1613,5002,2018-01-01,0.6
1701,5002,2018-01-01,1
1502,5003,2019-01-01,1
"""


@pytest.fixture
def series_note(note: Path) -> Path:
    """Root of the small note with places, a reform of their borders, and the series `serier/ledige` of two places.

    The county has a month of two years, and a value that is withheld; the country has one group more.
    """
    (note / "data/steder.csv").write_text(_PLACES, encoding="utf-8")
    (note / "data/stedsendringer.csv").write_text(_CHANGES, encoding="utf-8")
    shared = Shared("ledige", "Helt ledige", "Helt ledige", "nivå", "personer", "1", "ssb")
    rows = [
        Observation("", "50", "2021-01", "3900"),
        Observation("", "50", "2022-01", "4300"),
        Observation("", "50", "2022-12", "", ":"),
        Observation("", "50", "2023-01", "3873", "foreløpig"),
        Observation("", "0", "2022-01", "73000"),
        Observation("", "0", "2023-01", "56000"),
        Observation("Kvinner", "0", "2023-01", "24000"),
    ]
    series.write(note, shared, rows)
    checksums.write(note)
    return note


_RULES = """\
id,tabell,maal,gruppe,sted,periode
ledige,serier/ledige,,,50,siste
ledige_for,serier/ledige,,,50,siste − 1 år
"""


@pytest.fixture
def ruled(series_note: Path) -> Path:
    """Root of the same note, where two numbers are values of the series by rule: the newest, and that a year before."""
    (series_note / "data/tall.csv").write_text(_RULES, encoding="utf-8")
    authoring.numbers.cache_clear()
    return series_note


_UNIT_RULES = """\
id,tabell,maal,gruppe,sted,periode
folk,serier/folk,,,enheten,siste
folk_for,serier/folk,,,enheten,siste − 1 år
eldre,serier/folk,,Eldre,enheten,siste
"""
_UNIT_CELL = '```{python}\n#| tags: [parameters]\nkommune = "5001"\n```\n'
_UNIT_CHAPTER = f"""\
# Arbeid {{#sec-arbeid}}

{_SETUP}
{_UNIT_CELL}
Her bor `{{python}} tall("folk")` [@ssb], mot `{{python}} tall("folk", sted="fylket")` i fylket.
"""


@pytest.fixture
def unit_note(series_note: Path) -> Path:
    """Root of a note that is made for each municipality: Byen (5001, which grows) unless another is said.

    Bygda (5002) falls, and has no value for the eldest.
    """
    people = {"5001": (900, 1000, 100), "5002": (210, 200, None), "50": (1110, 1200, 180), "0": (5000, 5400, 540)}
    rows = [
        Observation("", code, year, str(v))
        for code, (*vs, _) in people.items()
        for year, v in zip(("2022", "2023"), vs, strict=True)
    ]
    rows += [
        Observation("Eldre", code, "2023", str(old or ""), "" if old else ":") for code, (_, _, old) in people.items()
    ]
    series.write(series_note, Shared("folk", "Folketall", "Folketall", "nivå", "personer", "1", "ssb"), rows)
    (series_note / "data/tall.csv").write_text(_UNIT_RULES, encoding="utf-8")
    config = (series_note / "_quarto.yml").read_text(encoding="utf-8")
    own = "notat:\n  enhet: kommune\n"
    config = config.replace("notat:\n", own, 1) if "\nnotat:\n" in config else config + own
    (series_note / "_quarto.yml").write_text(config, encoding="utf-8")
    (series_note / "chapters/arbeid.qmd").write_text(_UNIT_CHAPTER, encoding="utf-8")
    index = _INDEX.replace(_SETUP, f"{_SETUP}\n{_UNIT_CELL}")
    (series_note / "index.qmd").write_text(index, encoding="utf-8")
    checksums.write(series_note)
    return series_note


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """`made_once(name, make)`: a new folder that one worker fills, and all workers then read."""
    base = _common_folder(tmp_path_factory)

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
def rendered_once(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Root of the small note, rendered in all formats once for all tests, which only copy it."""

    def make(root: Path) -> None:
        build(_write_note(root))

    return made_once("gjengitt", make)


@pytest.fixture
def work_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """`work_on(root)`: a copy of that note, which the test may change; the working folder while it runs.

    What has been rendered of it is cached: only what the test changes is done again. Further arguments are names that
    are not copied.
    """

    def copied(root: Path, *but: str) -> Path:
        ignored = shutil.ignore_patterns(*but)
        copy = Path(shutil.copytree(root, tmp_path / "notat", symlinks=True, ignore=ignored))
        monkeypatch.chdir(copy)
        authoring.numbers.cache_clear()
        return copy

    yield copied
    authoring.numbers.cache_clear()


@pytest.fixture
def rendered(rendered_once: Path, work_on: Callable[..., Path]) -> Path:
    """Root of a copy of the small note, rendered in all formats; the working folder while the test runs."""
    return work_on(rendered_once)


def _publish(root: Path) -> None:
    """A copy of the real project at `root`, rendered in all formats."""
    root.mkdir()
    _share_fonts(root)
    for name in (*profiles.files(PROJECT), *_COPIED):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        else:
            shutil.copyfile(source, root / name)
    build(root)


@pytest.fixture(scope="session")
def published(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Root of a copy of the real project, rendered in all formats once for all tests. Tests only read it."""
    return made_once("utgitt", _publish)


@pytest.fixture(scope="session")
def published_anew(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """As `published`, but the edition with the newest numbers; who reads it sets QUARTO_PROFILE too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUARTO_PROFILE", "utgave2026")
        return made_once("utgitt-2026", _publish)


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


# ---- The stand-in for Statistics Norway: one process for all tests of a worker.

TABLE = {
    "id": "90001",
    "label": "90001: Personer i arbeid, etter region, statistikkvariabel og år",
    "updated": "2024-02-01T07:00:00Z",
    "next": "2025-02-03T07:00:00Z",
    "notes": [
        {"text": "Tallene gjelder <b>fjerde kvartal</b>.", "mandatory": True},
        {"text": ".. = Tall mangler."},
    ],
    "dimensions": {
        "Region": {"label": "region", "codes": {"0": "Hele landet", "50": "Trøndelag - Trööndelage", "21": "Svalbard"}},
        "ContentsCode": {"label": "statistikkvariabel", "codes": {"Arbeid": "Personer i arbeid"}},
        "Tid": {"label": "år", "codes": {year: year for year in ("2021", "2022", "2023")}},
    },
    "codelists": {
        "agg_Fylker": {
            "type": "Aggregation",
            "values": [{"code": "F-50", "label": "Trøndelag", "valueMap": ["50"]}],
        }
    },
    "values": {
        **{f"0|Arbeid|{year}": value for year, value in (("2021", 2000), ("2022", 2100), ("2023", 2150))},
        **{f"50|Arbeid|{year}": value for year, value in (("2021", 200), ("2022", 210), ("2023", 220))},
        **{f"21|Arbeid|{year}": sign for year, sign in (("2021", ".."), ("2022", "."), ("2023", ":"))},
    },
}
_API = {
    "apiVersion": "2.0.0",
    "appVersion": "1",
    "languages": [{"id": "no", "label": "norsk"}],
    "defaultLanguage": "no",
    "maxDataCells": 1000,
    "maxCallsPerTimeWindow": 1000,
    "timeWindow": 60,
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "defaultDataFormat": "json-stat2",
    "dataFormats": ["json-stat2"],
}


_numbers = count()


@dataclass
class FakeTime:
    """A clock that stands still but while somebody sleeps, which takes no time, and no chance."""

    slept: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(now=lambda: sum(self.slept), sleep=self.slept.append, chance=lambda: 1.0)


@dataclass
class Standin:
    """The server: its address, its certificate authority, and its state."""

    address: str
    authority: Path
    folder: Path
    time: FakeTime
    table: dict = field(default_factory=lambda: copy.deepcopy(TABLE))
    config: dict = field(default_factory=lambda: dict(_API))

    def set(self, *faults: dict) -> None:
        """Let it answer with the table as it is now, and commit these faults."""
        state = {"number": next(_numbers), "table": self.table, "config": self.config, "faults": faults}
        unfinished = self.folder / "state.tmp"
        unfinished.write_text(json.dumps(state), encoding="utf-8")
        unfinished.replace(self.folder / "state.json")
        (self.folder / "asked.jsonl").write_text("", encoding="utf-8")

    def asked(self, end: str = "") -> list[dict]:
        """What it was asked for, at paths that end so."""
        lines = (self.folder / "asked.jsonl").read_text(encoding="utf-8").splitlines()
        return [one for one in map(json.loads, lines) if one["path"].endswith(end)]

    def connect(self) -> Ssb:
        context = tls.create_default_context(cafile=self.authority)
        return Ssb(self.address, verify=context, clock=self.time.clock())


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The address of the server, and its folder; it ends with the session."""
    folder = tmp_path_factory.mktemp("ssb")
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    command = [sys.executable, str(PROJECT / "tests/intake/standin.py"), str(folder / "server.pem"), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            port = process.stdout.readline().strip()
            assert port.isdecimal(), "the stand-in did not start; what it wrote is above"
            yield f"https://localhost:{port}/api/v2", folder
        finally:
            process.kill()


@pytest.fixture
def ssb(served, monkeypatch) -> Standin:
    """The stand-in, with the table as it is at first and no fault."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    address, folder = served
    server = Standin(address, folder / "ca.pem", folder, FakeTime())
    server.set()
    return server
