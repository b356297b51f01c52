"""Ending a process with everything it started. Workers lead a session of their own for this purpose."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_ROUNDS = 3
"""A process may start another one while it is being looked for."""


def lead() -> None:
    """Make this process the leader of a session, where there are such things."""
    if hasattr(os, "setsid"):
        with suppress(OSError):
            os.setsid()


def end(leader: int) -> None:
    """Kill every process of the session that ``leader`` leads or led, be it dead already.

    Where processes cannot be listed (only Linux has ``/proc``) it is the leader's own group.
    """
    if not _PROC.is_dir():
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(leader, signal.SIGKILL)
        return
    for _ in range(_ROUNDS):
        members = _members(leader)
        for pid in members:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if not members:
            return


def _members(leader: int) -> list[int]:
    """The living processes of a session, the leader last."""
    found = []
    for folder in _PROC.iterdir():
        if not folder.name.isdigit():
            continue
        with suppress(OSError, ValueError, IndexError):
            # pid (name) state ppid pgrp session …; a name may hold blanks and brackets
            state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append(int(folder.name))
    return sorted(found, key=lambda pid: pid == leader)
