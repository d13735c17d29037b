"""The folder of finished units, `_serie/`: each is put in place in one step, and a record says what it was made of.

What a unit was before stays until the new one is whole, also when the run is killed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from notat.engine.keep.output import exchange
from notat.project.manifest import digest_of, digests, sha256
from notat.serie.packing import unpack
from notat.serie.units import ASSETS, EVERYTHING, FAILURES, INDEX, MANIFEST, UNFINISHED, Unit
from notat.text import paths
from notat.text.archives import add

_COLUMNS = ("enhet", "navn", "kode", "fil", "linje", "problem", "tiltak")
_NEW = "ny-"
Fault = tuple[str, str | None, int | None, str, str]


@dataclass(frozen=True)
class Record:
    """What is known of a unit: the digest of what it was made of, the files that its code read, and its outputs.

    `faults` are those of the last attempt, when it failed; the outputs are then those of an earlier one.
    """

    inputs: str = ""
    read: tuple[str, ...] = ()
    outputs: Mapping[str, str] | None = None
    faults: tuple[Fault, ...] = ()


class Shelf:
    """The finished units of the series at `root`. One run at a time may write it."""

    def __init__(self, root: Path):
        self.folder = root / paths.UNITS
        self.work = root / paths.CACHE / "serie"
        self._records: dict[str, Record] = {}

    def open(self) -> None:
        """Make the folders, and remove what a killed run has left."""
        self.folder.mkdir(exist_ok=True)
        (self.work / "enheter").mkdir(parents=True, exist_ok=True)
        for left in (
            *self.work.glob(f"{_NEW}*"),
            *self.folder.glob(f"*{UNFINISHED}"),
            *self.work.glob(f"enheter/*{UNFINISHED}"),
        ):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def record(self, key: str) -> Record:
        """What is known of a unit."""
        if key not in self._records:
            self._records[key] = self._read(key)
        return self._records[key]

    def _read(self, key: str) -> Record:
        try:
            found: dict[str, Any] = json.loads(self._file(key).read_bytes())
            faults = tuple(map(tuple, found.pop("faults")))
            return Record(**found | {"read": tuple(found["read"]), "faults": faults})
        except (OSError, ValueError, TypeError, KeyError):
            return Record()

    def _file(self, key: str) -> Path:
        return self.work / "enheter" / f"{key}.json"

    def _write(self, key: str, record: Record) -> None:
        self._records[key] = record
        paths.write_bytes(self._file(key), json.dumps(asdict(record), ensure_ascii=False).encode())

    def is_whole(self, key: str) -> bool:
        """Whether the outputs of a unit are there as they were put in place."""
        outputs, folder = self.record(key).outputs, self.folder / key
        return bool(outputs) and folder.is_dir() and digests(folder.rglob("*"), folder) == outputs

    def put(self, key: str, inputs: str, read: Sequence[str], content: bytes, digest: str) -> None:
        """Put a unit in place: whole, or not at all."""
        new, target = Path(tempfile.mkdtemp(prefix=_NEW, dir=self.work)), self.folder / key
        try:
            unpack(content, digest, new)
            outputs = digests(new.rglob("*"), new)
            new.chmod(0o755)
            if not (target.exists() and exchange(new, target)):
                if target.exists():
                    shutil.rmtree(target)
                new.rename(target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        self._write(key, Record(inputs, tuple(read), outputs))

    def fail(self, key: str, faults: Iterable[Fault]) -> None:
        """Note why a unit could not be built; what it was before stays."""
        before = self.record(key)
        self._write(key, Record(before.inputs, before.read, before.outputs, tuple(faults)))

    def drop_others(self, units: Iterable[Unit]) -> None:
        """Remove the units that the series no longer has."""
        known = {unit.key for unit in units}
        for file in self.work.glob("enheter/*.json"):
            if file.stem not in known:
                shutil.rmtree(self.folder / file.stem, ignore_errors=True)
                file.unlink()

    def built(self, units: Iterable[Unit]) -> list[Unit]:
        """Those of the units whose outputs are in the folder as they were put in place."""
        return [unit for unit in units if self.is_whole(unit.key)]

    def write_failures(self, units: Iterable[Unit]) -> None:
        """List what is wrong with the units that could not be built, if any."""
        written = io.StringIO(newline="")
        lines = csv.writer(written, lineterminator="\n")
        lines.writerow(_COLUMNS)
        failed = [(unit, fault) for unit in units for fault in self.record(unit.key).faults]
        lines.writerows(
            (unit.key, unit.name, code, file or "", line or "", problem, remedy)
            for unit, (code, file, line, problem, remedy) in failed
        )
        target = self.folder / FAILURES
        if failed:
            paths.write_bytes(target, written.getvalue().encode())
        else:
            target.unlink(missing_ok=True)

    def write_manifest(self, title: str, units: Sequence[Unit]) -> None:
        """Write the digests of everything in the folder, after all else."""
        parts = {
            unit.key: {
                "navn": unit.name,
                "parametre": dict(unit.parameters),
                "profil": unit.profile,
                "sha256": self._digest(unit.key),
                "filer": self.record(unit.key).outputs,
            }
            for unit in units
        }
        own = [file for file in self.folder.iterdir() if file.name != MANIFEST and file.is_file()]
        own += (self.folder / ASSETS).rglob("*")
        manifest = {"serie": title, "filer": digests(own, self.folder), "enheter": parts}
        paths.renew(self.folder / MANIFEST, f"{json.dumps(manifest, ensure_ascii=False, indent=1)}\n".encode())

    def _digest(self, key: str) -> str:
        return digest_of(self.record(key).outputs or {})

    def write_archive(self, units: Sequence[Unit], page: bytes) -> None:
        """Write one archive of all units with `page` as their index, unless the one that is there has the same."""
        files = {
            name: self.folder / name
            for unit in units
            for name in (f"{unit.key}/{file}" for file in self.record(unit.key).outputs or ())
        }
        assets = sorted(file for file in (self.folder / ASSETS).rglob("*") if file.is_file())
        files |= {file.relative_to(self.folder).as_posix(): file for file in assets}
        parts = {unit.key: self._digest(unit.key) for unit in units} | digests(assets, self.folder)
        state = digest_of(parts | {INDEX: hashlib.sha256(page).hexdigest()})
        target, known = self.folder / EVERYTHING, self.work / "arkiv"
        if target.is_file() and known.is_file() and known.read_text(encoding="utf-8") == f"{state} {sha256(target)}":
            return
        unfinished = target.with_suffix(UNFINISHED)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive:
            add(archive, f"serie/{INDEX}", page)
            for name, file in sorted(files.items()):
                add(archive, f"serie/{name}", file.read_bytes())
        unfinished.replace(target)
        paths.write_bytes(known, f"{state} {sha256(target)}".encode())
