"""What a worker may take: how long nothing may come of it, and how much memory. Measured, and settable."""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from pathlib import Path

from extract.errors import UsageError

PATIENCE = "RASOAT_PATIENCE"
PATIENT = 600.0
"""Seconds after which a file on which no page was finished is broken off, where nobody says otherwise.

Measured on two busy cores: a typed page takes 0.01, a scanned one 1 to 3, one full of noise 20, the engine
gives a page up after 240; what follows the last page takes up to 60 for 5 000 pages."""

MEMORY = "RASOAT_WORKER_MEMORY"
_LEAST = 4_000
_SHARE = 0.8
"""Of the machine's memory that all workers together may take; megabytes that each may have in any case."""
_CGROUPS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def patience(given: float | None = None) -> float | None:
    """Seconds without a finished page after which a file is broken off; ``None`` for never (0 given).

    ``given``, else the environment's ``RASOAT_PATIENCE``, else :data:`PATIENT`.

    Raises:
        UsageError: it is no number of seconds.
    """
    seconds = _number(PATIENCE, "seconds", PATIENT) if given is None else given
    if not math.isfinite(seconds) or seconds < 0:
        raise UsageError(f"The patience must be a number of seconds, 0 for no limit, not {seconds:g}.")
    return seconds or None


def memory(workers: int) -> int | None:
    """Bytes that each of so many workers may take; ``None`` for no bound.

    The environment's ``RASOAT_WORKER_MEMORY`` (megabytes, 0 for no bound), else an equal share of the
    machine's (or container's) memory, but no less than what the largest file takes that is read at all.

    Raises:
        UsageError: the environment holds no number.
    """
    whole = _machine()
    share = 0.0 if whole is None else max(_LEAST, _SHARE * whole / 1e6 / workers)
    megabytes = _number(MEMORY, "megabytes", share)
    if not math.isfinite(megabytes) or megabytes < 0:
        raise UsageError(f"{MEMORY} must be a number of megabytes, 0 for no bound, not {megabytes:g}.")
    return int(megabytes * 1e6) or None


def keep_within(most: int | None) -> None:
    """Give this process no more than ``most`` bytes, where the system can.

    ``RLIMIT_DATA`` counts what a process can write and shares with nobody: 0.5 GB of a worker that has read
    a scan and holds 0.3 GB. ``RLIMIT_AS`` would count mapped files, libraries and what threads only reserve
    too (0.9 GB on two cores, more with every core), and refuse what costs nothing.
    """
    if most is None or sys.platform == "win32":
        return
    import resource

    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))


def _machine() -> int | None:
    """The bytes of memory of this machine, or of the container that it is."""
    found = []
    with suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for path in _CGROUPS:
        with suppress(OSError, ValueError):
            found.append(int(path.read_text()))
    return min(found, default=None)


def _number(variable: str, unit: str, otherwise: float) -> float:
    text = os.environ.get(variable, "").strip()
    try:
        return float(text) if text else otherwise
    except ValueError as error:
        raise UsageError(f"{variable} must be a number of {unit}, not '{text}'.") from error
