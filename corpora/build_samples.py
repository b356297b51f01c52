"""Build the sample archive of ``corpora/samples`` from its source texts: ``python -m corpora.build_samples``.

Dates, seeds and ids are fixed: with the same versions of the libraries, the same bytes come out.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from corpora.render import markdown_to_text
from corpora.render_docx import markdown_to_docx
from corpora.render_pdf import markdown_to_pdf
from corpora.render_scan import copier_scan, pdf_to_scan, photograph

__all__ = ["SAMPLES", "build", "main", "markdown_to_docx", "markdown_to_pdf", "pdf_to_scan"]

SAMPLES = Path(__file__).parent / "samples"


def build(source: Path, archive: Path) -> list[Path]:
    """Make every file of the archive from the texts in ``source``; the files made, in order."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "pages.pdf"
        made = [
            archive / "2019" / "bao-cao-kiem-tra-2019.pdf",
            archive / "2020" / "bao-cao-kiem-tra-2020.pdf",
            archive / "2020" / "thong-bao-ket-luan-2020.docx",
            archive / "2021" / "cong-van-va-bao-cao-2021.md",
            archive / "2021" / "cong-van-don-doc-2021.jpg",
            archive / "2021" / "bao-cao-khac-phuc-2021.txt",
            archive / "units.csv",
        ]
        digital, scan, word, converted, photo, text, units = made
        for path in made:
            path.parent.mkdir(parents=True, exist_ok=True)
        markdown_to_pdf(_read(source, digital), digital)
        markdown_to_pdf(_read(source, scan), work, size=13.5)
        copier_scan(work, scan)
        markdown_to_docx(_read(source, word), word)
        shutil.copyfile(source / converted.name, converted)
        markdown_to_pdf(_read(source, photo), work, size=13.5)
        photograph(work, photo)
        text.write_text(markdown_to_text(_read(source, text)), encoding="utf-8")
        shutil.copyfile(source / units.name, units)
    return made


def _read(source: Path, target: Path) -> str:
    return (source / f"{target.stem}.md").read_text(encoding="utf-8")


def main() -> None:
    """Rebuild the archive in place and print what was written."""
    for path in build(SAMPLES / "source", SAMPLES / "archive"):
        print(f"{path.stat().st_size:>9,}  {path.relative_to(SAMPLES)}")


if __name__ == "__main__":
    main()
