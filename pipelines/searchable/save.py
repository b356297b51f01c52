"""Save a PDF as PDF/A-2b where that loses nothing, else as a plain PDF, and say which and why.

pikepdf writes PDF/A and checks the written bytes against an allowlist of its own: what it does not know
for certain to conform, it refuses. It needs no Ghostscript, so it neither converts colours nor embeds fonts
that a PDF brought along without; such a file stays a plain PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Name, ObjectStreamMode, String
from pikepdf.pdfa import PdfaError, PrepareResult, Report
from pikepdf.pdfa import save as save_pdfa

from extract.pages import Caution

FLAVOUR = "2b"


@dataclass(frozen=True, slots=True)
class Saved:
    """The file, the standard it was checked against, or why it is a plain PDF; what to say about it."""

    path: Path
    pdfa: str | None
    reason: str | None
    cautions: tuple[Caution, ...] = ()


def save(pdf: pikepdf.Pdf, folder: Path, *, keep_metadata: bool) -> Saved:
    """Save into ``folder``. ``keep_metadata``: the PDF was not made here and says itself who made it."""
    if Name.Lang not in pdf.Root:
        pdf.Root.Lang = String("vi")
    if not keep_metadata:
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["xmp:CreatorTool"] = "rasoat"
    plain, archive = folder / "plain.pdf", folder / "archive.pdf"
    pdf.save(plain, object_stream_mode=ObjectStreamMode.generate)
    # PDF/A is tried on the written file: the attempt changes what it works on, also where it fails
    with pikepdf.open(plain) as again:
        try:
            report = save_pdfa(again, archive, FLAVOUR)
        except PdfaError as error:
            return Saved(plain, None, _refusal(error.report))
        except (pikepdf.PdfError, ValueError, TypeError) as error:
            return Saved(plain, None, f"không thử được PDF/A: {' '.join(str(error).split())[:200]}")
    if lost := _lost(report.prepared):
        return Saved(plain, None, f"PDF/A không cho phép {lost}, chuyển sang sẽ mất.")
    return Saved(archive, f"PDF/A-{FLAVOUR}", None, tuple(_said(report.prepared)))


def _refusal(report: Report) -> str:
    """The first findings in a sentence."""
    causes = list(dict.fromkeys(f"{finding.message} ({finding.rule})" for finding in report.findings))
    more = f"; và {len(causes) - 2} lý do khác" if len(causes) > 2 else ""
    return f"PDF/A: {'; '.join(' '.join(cause.split())[:200] for cause in causes[:2])}{more}."


def _lost(prepared: PrepareResult | None) -> str | None:
    if prepared is None:
        return None
    if prepared.annotations_removed:
        return f"{sum(prepared.annotations_removed.values())} chú thích ẩn"
    if prepared.alternate_presentations_removed:
        return "trình chiếu"
    if prepared.xmp_unreadable:
        return "siêu dữ liệu không đọc được"
    return None


def _said(prepared: PrepareResult | None) -> list[Caution]:
    cautions = []
    if prepared is not None and prepared.document_javascript_removed:
        cautions.append(Caution("script_removed", "Đã bỏ mã lệnh trong PDF theo yêu cầu của PDF/A."))
    if prepared is not None and prepared.xmp_dropped:
        names = ", ".join(prepared.xmp_dropped[:8])
        said = f"Đã bỏ siêu dữ liệu mà PDF/A không cho phép: {names}."
        cautions.append(Caution("metadata_dropped", said))
    return cautions
