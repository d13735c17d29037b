"""What the commands say to programs: JSON, SARIF, exit codes, and what the shell completes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

import notat
from notat.cli.main import cli, main
from notat.text.errors import NotatError

CHAPTER = "chapters/arbeid.qmd"


def run(*arguments):
    return CliRunner().invoke(cli, arguments)


@pytest.fixture
def faulty(note):
    """The small note with a placeholder, which the checks find, and a reference to nothing, which stops a rendering."""
    with (note / CHAPTER).open("a", encoding="utf-8") as stream:
        stream.write("\nTODO skriv mer.\n\nSe @fig-borte.\n")
    return note


def test_check_says_as_json_what_it_finds_and_what_it_looked_at(faulty):
    done = run("check", "--json")
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    found = {(one["fil"], one["linje"], one["kode"]) for one in said["funn"]}
    assert {(CHAPTER, 17, "N1044"), (CHAPTER, 19, "N0718")} <= found
    assert all(one["problem"] and one["tiltak"] for one in said["funn"])
    assert len({tuple(one.values()) for one in said["funn"]}) == len(said["funn"])
    assert set(said["oversikt"]) == {"Tall", "Ord", "Kilder", "Utdata"}


def test_check_lists_what_stops_a_rendering_and_what_does_not_by_line(faulty):
    done = run("check")
    places = [int(line) for line in re.findall(rf"^{CHAPTER}:(\d+): ", done.stdout, re.MULTILINE)]
    assert places == sorted(places)
    assert {17, 19} <= set(places)
    assert not (faulty / "_output").exists()


def test_sarif_has_what_code_scanning_asks_for(faulty):
    run("check", "--sarif", "funn.sarif")
    written = json.loads((faulty / "funn.sarif").read_text(encoding="utf-8"))
    assert written["version"] == "2.1.0"
    assert written["$schema"].endswith("sarif-2.1.0.json")
    [one] = written["runs"]
    driver = one["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("notat", notat.__version__)
    for rule in driver["rules"]:
        assert re.fullmatch(r"N\d{4}", rule["id"])
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
    assert one["results"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]]
    assert len(set(prints)) == len(prints)
    for result in one["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        [location] = result["locations"]
        place = location["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:", ".."))
        region = place["region"]
        assert 1 <= region["startLine"] == region["endLine"]
        assert 1 == region["startColumn"] <= region["endColumn"]
    todo = next(result for result in one["results"] if result["ruleId"] == "N1044")
    assert todo["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 17,
        "startColumn": 1,
        "endLine": 17,
        "endColumn": len("TODO skriv mer.") + 1,
    }


def test_the_same_finding_on_a_moved_line_is_the_same_alert(faulty):
    def prints():
        run("check", "--sarif", "funn.sarif")
        [one] = json.loads((faulty / "funn.sarif").read_text(encoding="utf-8"))["runs"]
        return [result["partialFingerprints"] for result in one["results"] if result["ruleId"] in {"N1044", "N0718"}]

    before = prints()
    text = (faulty / CHAPTER).read_text(encoding="utf-8")
    (faulty / CHAPTER).write_text(text.replace("TODO", "\nTODO"), encoding="utf-8")
    assert prints() == before


def test_render_warns_of_what_the_checks_find_and_stops_with_streng(note):
    with (note / CHAPTER).open("a", encoding="utf-8") as stream:
        stream.write("\nTODO skriv mer.\n")
    done = run("render", "--til", "html", "--streng")
    assert isinstance(done.exception, NotatError)
    assert f"{CHAPTER}:17: «TODO» er en rest." in str(done.exception)
    assert not (note / "_output").exists()
    done = run("render", "--til", "html")
    assert done.exit_code == 0
    said = done.stderr
    assert f"Advarsel: {CHAPTER}:17: «TODO» er en rest. Skriv ferdig, eller fjern den. [N1044]" in said
    assert "med --streng stanser notat render på det" in " ".join(said.split())
    assert (note / "_output/index.html").is_file()


def test_warnings_and_lists_know_the_figures_without_loading_what_draws(note):
    """Which takes a second, and so would every command."""
    program = """
import sys
from pathlib import Path
from click.testing import CliRunner
from notat.cli.main import cli
from notat.cli.render import warnings_of

assert any("Figur «" in one.problem for one in warnings_of(Path.cwd()))
assert CliRunner().invoke(cli, ["list", "figurer"]).exit_code == 0
print({"pandas", "seaborn", "matplotlib"} & sys.modules.keys())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=600)
    assert done.stdout == "set()\n"


def test_render_shows_as_many_warnings_as_one_reads_and_counts_them_all(note):
    with (note / CHAPTER).open("a", encoding="utf-8") as stream:
        stream.write("\nTODO skriv mer.\n" * 30)
    said = run("render", "--til", "html").stderr
    assert said.count("Advarsel: ") == 20
    assert re.search(r"\d+ advarsler, de 20 første er vist\.", said)


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("list", "kilder", "--json"), {"id", "brukt"}),
        (("feil", "--json"), {"kode", "del", "tittel", "forklaring"}),
        (("doctor", "--json"), {"hva", "tilstand", "funn", "tiltak"}),
        (("ord", "--json"), {"vage", "slag"}),
        (("ord", "falt klart", "--json"), {"frase", "ord", "kan prøves", "trenger"}),
        (("diff", "--json"), {"filer", "tall", "påstander", "figurer", "kommer"}),
    ],
)
def test_every_command_that_lists_writes_json(note, arguments, keys):
    said = json.loads(run(*arguments).stdout)
    assert keys <= set(said[0] if isinstance(said, list) else said)


def test_what_a_changed_row_changes_is_said_as_json(note):
    table = note / "data/arbeid.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("246556", "246557"), encoding="utf-8")
    said = json.loads(run("diff", "--json").stdout)
    assert [one["fil"] for one in said["filer"]] == ["data/arbeid.csv"]
    [number] = [one for one in said["tall"] if one["id"] == "alle"]
    assert ("246" in number["før"], "557" in number["etter"]) == (True, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rendre",), "Ukjent kommando «rendre». Mente du render? Se «notat --help»."),
        (("render", "--till", "html"), "Ukjent valg --till. Mente du"),
        (
            ("render", "--til", "odt"),
            "«odt» kan ikke stå i --til. Bruk en av: html, pdf, docx. Se «notat render --help».",
        ),
        (("render", "--til"), "Valget --til trenger en verdi."),
        (("check", "--utdata=3"), "Valget --utdata tar ingen verdi."),
        (("trace",), "Argumentet ID mangler. Se «notat trace --help»."),
        (("feil", "N0315", "x"), "«x» er for mye."),
        (("preview", "--port", "x"), "«x» i --port er ikke et helt tall."),
        (("preview", "--port", "99999"), "porten er et tall fra 1 til"),
        (("les", "a.qmd:1"), "Valget --navn mangler."),
    ],
)
def test_wrong_usage_is_said_in_bokmaal(monkeypatch, capsys, arguments, words):
    monkeypatch.setattr("sys.argv", ["notat", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    said = " ".join(capsys.readouterr().err.split())
    assert ended.value.code == 2
    assert words in said
    assert not re.search(r"\b(?:Error|No such|Invalid|Missing|requires|Got|option|argument)\b", said)


@pytest.mark.parametrize("arguments", [("-h",), ("--help",), ("--version",), ("new", "-h")])
def test_help_and_version_are_asked_for(monkeypatch, capsys, arguments):
    monkeypatch.setattr("sys.argv", ["notat", *arguments])
    main()
    said = capsys.readouterr().out
    assert said == f"notat {notat.__version__}\n" if "--version" in arguments else said.startswith("Bruk: notat")


@pytest.mark.parametrize("arguments", [(), ("new",)])
def test_a_group_without_a_command_shows_the_help(monkeypatch, capsys, arguments):
    monkeypatch.setattr("sys.argv", ["notat", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"Bruk: {' '.join(['notat', *arguments])} [VALG] KOMMANDO …")


@pytest.mark.parametrize(
    ("arguments", "begun", "names"),
    [
        (["trace"], "al", ["alle"]),
        (["new", "figur", "ny", "--av"], "", ["alle", "endring", "hoy", "lav"]),
        (["new", "paastand", "--enn"], "ho", ["hoy"]),
        (["new", "fotnote", "--kapittel"], "ar", ["arbeid"]),
        (["new", "tall", "ny", "--kilde"], "", ["ssb"]),
        (["new", "tall", "ny", "--tabell"], "", ["arbeid"]),
        (["feil"], "N1116", ["N1116"]),
        (["list"], "kil", ["kilder"]),
    ],
)
def test_the_shell_completes_names_of_the_note(note, arguments, begun, names):
    found = ShellComplete(cli, {}, "notat", "_NOTAT_COMPLETE").get_completions(arguments, begun)
    assert set(names) <= {one.value for one in found}
    assert all(one.value.startswith(begun) for one in found)


def test_outside_a_note_the_shell_completes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ShellComplete(cli, {}, "notat", "_NOTAT_COMPLETE").get_completions(["trace"], "") == []


def test_a_warning_of_render_can_be_clicked_on_in_the_editor():
    written = (Path(__file__).parents[2] / ".vscode/tasks.json").read_text(encoding="utf-8")
    tasks = [task for task in json.loads(written)["tasks"] if task.get("args", [])[:1] == ["render"]]
    assert len({json.dumps(task["problemMatcher"]) for task in tasks}) == 1
    patterns = [matcher["pattern"] for matcher in tasks[0]["problemMatcher"]]
    line = f"Advarsel: {CHAPTER}:17: «TODO» er en rest. Skriv ferdig, eller fjern den. [N1044]"
    found = [(one, match) for one in patterns if (match := re.match(one["regexp"], line))]
    assert [(match[one["file"]], match[one["line"]], match[one["code"]]) for one, match in found] == [
        (CHAPTER, "17", "N1044")
    ]
