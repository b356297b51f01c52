"""Shared by all tests: reading a document that a test writes as text."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.reading.read import read
from extract.structure.build import Structured, structure

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def structured(tmp_path: Path) -> Callable[..., list[Structured]]:
    """Read and structure a text as if it were a file: ``structured(text, ".md")``."""

    def run(text: str, suffix: str = ".md") -> list[Structured]:
        path = tmp_path / f"{hashlib.sha256(text.encode()).hexdigest()[:8]}{suffix}"
        path.write_text(text, encoding="utf-8")
        return structure(read(path))

    return run


@pytest.fixture(scope="session")
def archive() -> Path:
    """The bundled sample archive."""
    return ROOT / "corpora" / "samples" / "archive"


@pytest.fixture(scope="session")
def tesseract() -> bool:
    """Whether scans can be read here; set-up installs Tesseract only where it may."""
    try:
        done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    except OSError:
        return False
    return "vie" in done.stdout.split()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The design folder beside the project; tests that need it are skipped where it is absent."""
    if not (SHARED / "real").is_dir():
        pytest.skip("the folder ../shared with the real sample is not beside this checkout")
    return SHARED
