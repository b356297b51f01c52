"""Running an outside program: in a folder of its own, for a bounded time, killed with its children."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path


class ConversionFailed(Exception):
    """An outside program could not convert a file; the message says how it ended."""


def run(command: list[str], folder: Path, timeout: float) -> bytes:
    """What ``command`` prints, run in ``folder`` with that as its home and no way to the network by proxy.

    Raises:
        ConversionFailed: it cannot be started, failed, or was killed after ``timeout`` seconds.
    """
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), "http://127.0.0.1:9"),
    }
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # office programs are started by scripts: a whole group to kill
        )
    except OSError as error:
        raise ConversionFailed(f"cannot be started: {error.strerror}") from error
    try:
        printed, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise ConversionFailed(f"took longer than {timeout:.0f} seconds") from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stdout:
            process.stdout.close()
        process.wait()
    if process.returncode:
        raise ConversionFailed(f"ended with status {process.returncode}")
    return printed
