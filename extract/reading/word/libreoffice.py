"""LibreOffice: the only place that knows its command line, its settings and its versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extract.reading.word.outside import ConversionFailed, run

INSTALL = "sudo apt-get install libreoffice-writer-nogui"
TIMEOUT = 180.0
"""Seconds for one file; a report of 250 pages takes one or two on an idle machine."""
_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_FORMATS = frozenset({"doc", "odt", "rtf"})

# nothing in the file may act or ask: macros off, linked content blocked, every connection to a dead end
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "FirstRun", "false"),
    ("Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """An installed LibreOffice; made by :func:`find_libreoffice`."""

    program: str
    version: str
    timeout: float = TIMEOUT

    @property
    def name(self) -> str:
        """``LibreOffice`` and its version."""
        return f"LibreOffice {self.version}"

    def to_docx(self, data: bytes, ending: str) -> bytes:
        """``data`` (``"doc"``, ``"rtf"`` or ``"odt"``) as a DOCX file.

        Each call has a profile and a folder of its own, gone afterwards: profiles cannot be shared by
        processes, and making one costs little beside the program's start.

        Raises:
            ConversionFailed: LibreOffice cannot read the file, failed or hung.
        """
        assert ending in _FORMATS
        with tempfile.TemporaryDirectory(prefix="rasoat-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            source = folder / f"file.{ending}"
            source.write_bytes(data)
            profile = folder / "profile"
            _write_settings(profile)
            command = [
                self.program,
                f"-env:UserInstallation={profile.as_uri()}",
                *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source)),
            ]
            run(command, folder, self.timeout)
            try:
                return (folder / "made" / "file.docx").read_bytes()
            except OSError as error:
                raise ConversionFailed("made no file") from error


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        encoding="utf-8",
    )


def find_libreoffice() -> LibreOffice | None:
    """LibreOffice from ``PATH`` (or where macOS has it), ``None`` where it is not installed."""
    return _find(os.environ.get("PATH", ""))


@lru_cache(maxsize=8)
def _find(path: str) -> LibreOffice | None:
    program = shutil.which("soffice", path=path) or shutil.which("libreoffice", path=path)
    program = program or shutil.which(_MACOS)
    if program is None:
        return None
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"LibreOffice (\d+(?:\.\d+){0,2})", done.stdout.decode("utf-8", "replace"))
    return LibreOffice(program, found[1] if found else "unknown")
