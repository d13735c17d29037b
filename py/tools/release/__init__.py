"""Make a release of the note: prove it, gather its files, and list their digests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from notat.project.config import read_config
from notat.text import paths
from notat.text.errors import NotatError
from tools.release import gather, proof, state
from tools.release.notes import release_notes

Report = Callable[[str], None]


def release(
    root: Path, version: str, report: Report = lambda _: None, proofs: Sequence[proof.Proof] = proof.PROOFS
) -> list[Path]:
    """The files of release `version` of the project at `root`, in `utgivelse/notat-VERSION/`.

    Raises for files that are not committed, not tested or not described in the change log, and when a proof fails.
    An earlier release of the same version is never changed.
    """
    notes = release_notes(root, version)
    state.demand_committed(root)
    state.demand_tested(root)
    for said, prove in proofs:
        report(said)
        prove(root, report)
    folder = root / paths.RELEASES / f"notat-{version}"
    files = gather.files(read_config(root), notes)
    if folder.exists() and not gather.same(folder, files):
        raise NotatError(
            "N1201",
            f"Utgivelse {version} finnes fra før, med annet innhold.",
            file=folder.relative_to(root),
            remedy="Velg en ny versjon, eller slett mappa om den aldri er gitt ut.",
        )
    report(f"Skriver {folder.relative_to(root)}/")
    return gather.write(folder, files)
