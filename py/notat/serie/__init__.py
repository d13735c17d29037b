"""One source, many notes: a series is a note whose parameters name a unit, built once for each unit.

`units` says which there are, `plan` which of them must be built, `run` has them built on a Dask cluster (`cluster`),
where each worker (`worker`) keeps a process that builds (`builder`), and `shelf` is the folder that they are put in.
"""
