"""The house rules: import direction, names that collide with nobody, files of one job."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("extract", "annotations", "corpora", "models", "pipelines")


def test_imports_point_upstream() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(tool), "--no-logo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", PACKAGES)
def test_no_other_distribution_owns_our_package_names(name: str) -> None:
    owners = set(importlib.metadata.packages_distributions().get(name, []))
    assert owners <= {"rasoat"}


def test_no_file_outgrows_one_job() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert not long


def test_help_answers_without_loading_anything_heavy() -> None:
    code = (
        "import sys; from pipelines.cli import run; run(['--help']);"
        "heavy = {'spacy', 'sklearn', 'pandas', 'underthesea', 'pdfplumber'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_command_is_in_both_readmes() -> None:
    from pipelines.cli import app

    names = [
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    ]
    for readme in ("README.md", "README.vi.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        missing = [name for name in names if f"rasoat {name}" not in text]
        assert not missing, f"{readme} lacks {missing}"
