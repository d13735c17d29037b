"""A process that builds units of a series, one after the other, and keeps what is slow to begin.

A request is a line of JSON on standard input: the parameters as the environment has them, the profile, the formats, and
the file that the outputs are packed into; `apart` says that the code of its chapters runs in a kernel alone, because
a process that ran it has ended. The answer is a line of JSON on standard output: `errors`, none when all went
well, and the `files` that the note's own code read. The process ends with its standard input, or with its parent.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notat.engine.keep.cache import Store
from notat.engine.run.orphans import end_with_parent
from notat.text import codebase, log, parameters, paths, profiles

if TYPE_CHECKING:
    from notat.engine.keep.step import Results
    from notat.engine.run.kept import KeptKernel

MODULE = "notat.serie.builder"
_VARIABLES = (parameters.VARIABLE, profiles.VARIABLE)
_LONGEST = 2000  # characters of a traceback
_REMEMBERED = 6  # units: what none of the last ones has used is of one unit alone


class Builder:
    """Builds units of the series at `root`."""

    def __init__(self, root: Path):
        self._root = root
        self._kernel: KeptKernel | None = None
        self._results: Results | None = None  # of the last build
        self._began: list[float] = []

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Build the unit that is asked for, and pack it; what is wrong with it is the answer."""
        from notat.text.errors import NotatError

        os.environ[parameters.VARIABLE] = request["parameters"]
        os.environ[profiles.VARIABLE] = request["profile"]
        self._began.append(time.time())
        try:
            files = self._build(request["formats"], Path(request["to"]), apart=request["apart"])
        except NotatError as error:
            return {"errors": [[one.code, one.file, one.line, one.problem, one.remedy] for one in error.apart()]}
        except Exception:  # whatever the note's own code raises, this unit is stopped and no other
            return {"errors": [], "broken": traceback.format_exc()[-_LONGEST:]}
        finally:
            self._tidy()
        return {"errors": [], "files": files}

    def _build(self, formats: list[str], target: Path, *, apart: bool) -> list[str]:
        from notat.engine.build import build
        from notat.engine.keep.unchanged import read_by_chapters
        from notat.engine.run.kept import KeptKernel
        from notat.project.project import Project
        from notat.show.anew import forget
        from notat.show.domain import NOTE, results_of
        from notat.text.archives import pack

        project = Project(self._root)
        self._kernel = self._kernel or KeptKernel(self._root, NOTE.look, _VARIABLES)
        self._kernel.runs_all = apart
        forget()
        results = results_of(project)
        if self._results:
            results.digests.follow(self._results.digests)
        self._results = results
        build(project, NOTE, formats, results=results, kept=self._kernel)
        output = project.config.output
        made = {file.relative_to(output).as_posix(): file for file in output.rglob("*") if file.is_file()}
        paths.write_bytes(target, pack(made))
        return read_by_chapters(output)

    def close(self) -> None:
        """End the kernel."""
        if self._kernel:
            self._kernel.close()

    def _tidy(self) -> None:
        """Delete results that only units long finished have used: the cache does not grow with the series."""
        if len(self._began) > _REMEMBERED:
            Store(self._root).forget(before=self._began.pop(0))


def main() -> None:
    """Answer requests about the series around the working folder."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), 1)  # what builds print is no answer
    codebase.adopt()
    log.follow()
    end_with_parent()
    gc.disable()
    builder = Builder(paths.find_root())
    try:
        for request in sys.stdin:
            print(json.dumps(builder.answer(json.loads(request))), file=answers, flush=True)
            gc.collect()
            if not gc.get_freeze_count():
                gc.freeze()  # what is left of the first unit is code and data that all have: it is no garbage later
    finally:
        builder.close()


if __name__ == "__main__":
    main()
