"""Whole series, built with real processes on a cluster of this machine."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import time
import zipfile

import psutil
import pytest
from lxml import html

from notat.project.manifest import sha256
from tools.bench.processes import COMMAND, SERIES, start, units

pytestmark = pytest.mark.process

HTML = ("--til", "html")
HANGS = "```{python}\nimport time\nif kommune == '5002':\n    time.sleep(600)\n```\n"
BREAKS = "```{python}\n1 / (int(kommune) - 5002)\n```\n"

# What a note may have of its own: it remembers what it has been asked for, and does something for one of the units.
TABLE = """\
import os
import time

from notat.show.tables import Table, table

seen = []


@table("sett")
def draw(numbers):
    seen.append(numbers.unit_name)
    if numbers.unit_name == "Bygda":
        {does}
    return Table(("Sted", "Sett"), ((numbers.unit_name, " ".join(sorted(set(seen)))),), "ll", "Steder som er sett.")
"""
SHOWS = "```{python}\nfrom notat import tabell\n```\n\n```{python}\ntabell('sett')\n```\n"


def serie(root, *arguments, **environment):
    process = start(root, *arguments, command=SERIES, **environment)
    said, errors = process.communicate(timeout=600)
    return process.returncode, said + errors


def keys(root):
    return sorted(entry.name for entry in (root / "_serie").iterdir() if entry.name.isdigit())


def failures(root):
    with (root / "_serie/feil.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["enhet"], row["kode"], row["fil"]) for row in csv.DictReader(stream)]


def left_over(root):
    work = root / ".notat/serie"
    return [*work.glob("ny-*"), *work.glob("arbeidere"), *(root / "_serie").glob("*.tmp")]


def family(process):
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def listening(process):
    """The addresses that a process can be reached at."""
    return [one.laddr.ip for one in process.net_connections("inet") if one.status == psutil.CONN_LISTEN]


def gone(processes, patience=60.0):
    """Those of the processes that are still there after they have had time to notice."""
    _, alive = psutil.wait_procs(processes, timeout=patience)
    return [one for one in alive if one.status() != psutil.STATUS_ZOMBIE]


def wait_for(condition, process, patience=300.0):
    deadline = time.monotonic() + patience
    while not condition():
        assert process.poll() is None, process.communicate(timeout=60)
        assert time.monotonic() < deadline, "det ventede skjedde ikke"
        time.sleep(0.05)


def append(root, text):
    file = root / "chapters/arbeid.qmd"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")


def test_a_false_claim_stops_its_unit_alone_and_the_next_run_builds_what_is_missing(the_series, write_values):
    write_values(the_series, {"5001": (20, 25), "5002": (12, 10), "5003": (7, 8), "5601": (3, 9)})
    code, said = serie(the_series)
    assert code == 1
    assert "1 av 3 enheter ble ikke bygd" in said
    assert failures(the_series) == [("5002", "N0816", "chapters/arbeid.qmd")]
    assert keys(the_series) == ["5001", "5003"]
    one = the_series / "_serie/5001"
    assert {"index.html", "diskusjonsnotat.pdf", "diskusjonsnotat.docx"} <= {file.name for file in one.iterdir()}
    assert "Profil for Byen" in (one / "index.html").read_text(encoding="utf-8")
    assert left_over(the_series) == []
    before = units(the_series)
    code, said = serie(the_series)
    assert "2 er uendret." in said
    assert failures(the_series) == [("5002", "N0816", "chapters/arbeid.qmd")]
    assert units(the_series) == before
    write_values(the_series, {"5001": (20, 25), "5002": (12, 13), "5003": (7, 8), "5601": (3, 9)})
    code, said = serie(the_series, *HTML, "--alle", "norge")
    assert code == 0, said
    assert not (the_series / "_serie/feil.csv").exists()
    assert keys(the_series) == ["5001", "5002", "5003", "5601"]
    page = html.fromstring((the_series / "_serie/index.html").read_bytes())
    links = [link.get("href") for link in page.iterfind(".//ul[@class='enheter']/li/a[1]")]
    assert links == ["5001/index.html", "5002/index.html", "5003/index.html", "5601/index.html"]
    manifest = json.loads((the_series / "_serie/manifest.json").read_text(encoding="utf-8"))
    listed = {
        f"{key}/{name}": digest for key, one in manifest["enheter"].items() for name, digest in one["filer"].items()
    }
    assert listed == {name: digest for name, digest in units(the_series).items() if name[0].isdigit()}
    with zipfile.ZipFile(the_series / "_serie/alle.zip") as archive:
        assert "serie/5601/index.html" in archive.namelist()


def test_one_worker_or_two_and_a_note_by_itself_give_the_same_bytes(the_series):
    assert serie(the_series, "--arbeidere", "2")[0] == 0
    both = units(the_series)
    shutil.rmtree(the_series / "_serie")
    assert serie(the_series, "--arbeidere", "1", "--bare", "5003,5002,5001")[0] == 0
    assert units(the_series) == both
    alone = subprocess.run(
        [*COMMAND, "-P", "kommune:5002"], cwd=the_series, capture_output=True, check=False, timeout=600
    )
    assert alone.returncode == 0, alone.stderr
    built = the_series / "_output"
    files = {f"5002/{file.relative_to(built).as_posix()}": sha256(file) for file in built.rglob("*") if file.is_file()}
    assert files == {name: digest for name, digest in both.items() if name.startswith("5002/")}


def test_a_unit_that_hangs_and_one_that_breaks_stop_no_other(the_series):
    append(the_series, HANGS)
    code, said = serie(the_series, *HTML, "--tid", "4")
    assert code == 1
    assert failures(the_series) == [("5002", "N1184", "")]
    assert keys(the_series) == ["5001", "5003"]
    append(the_series, BREAKS)
    text = (the_series / "chapters/arbeid.qmd").read_text(encoding="utf-8").replace("time.sleep(600)", "pass")
    (the_series / "chapters/arbeid.qmd").write_text(text, encoding="utf-8")
    code, said = serie(the_series, *HTML)
    assert failures(the_series) == [("5002", "N0726", "chapters/arbeid.qmd")], said


def with_table(root, does):
    """Let the chapter show a table of the note's own, whose function does this for one of the units."""
    folder = root / "py/content/tables"
    folder.mkdir(parents=True)
    for package in (folder.parent, folder):
        (package / "__init__.py").write_text("", encoding="utf-8")
    (folder / "sett.py").write_text(TABLE.format(does=does), encoding="utf-8")
    append(root, SHOWS)


def test_the_note_s_own_modules_remember_nothing_of_other_units(the_series):
    with_table(the_series, "pass")
    code, said = serie(the_series, *HTML, "--arbeidere", "1", "--bare", "5001,5002,5003")
    assert code == 0, said
    pages = [html.parse(the_series / f"_serie/{key}/arbeid.html") for key in keys(the_series)]
    assert [page.xpath("string(//table//td)").strip() for page in pages] == ["Byen", "Bygda", "Øya"]


@pytest.mark.parametrize(
    ("does", "code"),
    [("os._exit(3)", "N0723"), ("time.sleep(600)", "N0725"), ("raise KeyboardInterrupt", "N0726")],
    ids=["ends the process", "waits", "interrupts"],
)
def test_code_that_ends_the_process_or_never_does_is_named_with_its_line(the_series, does, code):
    with_table(the_series, does)
    _, said = serie(the_series, *HTML, "--arbeidere", "1", "--bare", "5001,5002,5003", NOTAT_TIDSGRENSE="3")
    assert failures(the_series) == [("5002", code, "chapters/arbeid.qmd")], said
    assert keys(the_series) == ["5001", "5003"]


def test_ctrl_c_ends_everything_and_what_was_done_stays(the_series):
    append(the_series, HANGS)
    process = start(the_series, *HTML, "--arbeidere", "1", "--bare", "5001,5002,5003", command=SERIES)
    wait_for((the_series / "_serie/5001/index.html").exists, process)
    second, said = serie(the_series, *HTML)
    assert second == 1
    assert "N0727" in said
    others = family(process)
    assert {host for one in (psutil.Process(process.pid), *others) for host in listening(one)} == {"127.0.0.1"}
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert "Det som er ferdig, står i _serie/." in errors
    assert gone(others) == []
    assert keys(the_series) == ["5001"]
    assert (the_series / "_serie/index.html").exists()
    assert left_over(the_series) == []


@pytest.mark.parametrize("kills", [1, *([20] if "NOTAT_DRAP" in os.environ else [])])  # many of them in make faults
def test_a_killed_worker_loses_no_unit(the_series, kills):
    many = kills > 1
    process = start(the_series, *HTML, "--alle", "norge", "--arbeidere", "2", command=SERIES)
    for number in range(kills):
        if process.poll() is not None:
            break
        wait_for(lambda: workers(process) or process.poll() is not None, process)
        time.sleep(0.5 + number % 5 / 2)
        for one in workers(process)[:1]:
            one.kill()
    _, errors = process.communicate(timeout=600)
    if many:  # so many that some unit may have been given up; then the next run has it
        serie(the_series, *HTML, "--alle", "norge")
    else:
        assert process.returncode == 0, errors
    killed = units(the_series)
    assert keys(the_series) == ["5001", "5002", "5003", "5601"]
    assert left_over(the_series) == []
    assert serie(the_series, *HTML, "--alle", "norge", "--uten-mellomlager")[0] == 0
    assert units(the_series) == killed


def workers(process):
    """The workers of a running series: what Dask has begun, but the builders that these have begun."""
    found = []
    for one in family(process):
        try:
            if one.ppid() == process.pid and "spawn_main" in " ".join(one.cmdline()):
                found.append(one)
        except psutil.Error:
            continue
    return found
