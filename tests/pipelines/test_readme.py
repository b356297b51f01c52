"""What the READMEs tell people to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import pipelines.spacy_pipeline  # noqa: F401  (with the real road, before a fixture puts another in its place)
from pipelines.cli import run
from pipelines.demo import run as demo
from pipelines.ingest import ingest
from pipelines.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
OCR_READ = ("688/UBND-NV", "04/BC-ĐKT")
SAMPLE = ROOT / "corpora" / "samples" / "archive" / "2021" / "bao-cao-khac-phuc-2021.txt"


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_python_blocks_run(readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ingest([SAMPLE], "rasoat-workspace", 1)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        exec(compile(block, readme, "exec"), {})


def test_first_screen_shows_what_the_demo_archive_really_gives(
    tesseract: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The output on the READMEs' first screen is real, byte by byte; a line of a scan may differ by a letter elsewhere."""
    if not tesseract:
        pytest.skip("Tesseract with Vietnamese is not installed: the archive's scans cannot be read")
    monkeypatch.chdir(tmp_path)
    assert demo(Workspace(tmp_path / "demo-workspace")) == 0
    shown = capsys.readouterr().out
    assert "1. " in shown and "Khe Mận" in shown
    for readme in ("README.md", "README.vi.md"):
        block = re.search(
            r"```console\n\$ rasoat (.*?)\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL
        )
        assert block
        assert run(shlex.split(block[1])) == 0
        printed = capsys.readouterr().out
        said, told = block[2].split("\n"), printed.split("\n")
        assert len(said) == len(told)
        for ours, real in zip(said, told, strict=True):
            scanned = [number for number in OCR_READ if number in ours]
            assert ours == real or (scanned and scanned[0] in real), (ours, real)
