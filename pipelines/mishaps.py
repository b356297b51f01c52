"""What is said of a file that a worker could not finish: what happened, at which page, what to do."""

from __future__ import annotations

import signal

from extract.errors import DamagedFile, FileProblem, TooLarge
from extract.reading.lost import Loss, lost_pages
from extract.reading.watch import Skips
from pipelines.bounds import MEMORY, PATIENCE
from pipelines.tasks import Failure
from pipelines.worker import Broken

_PRINT = "Cần mở tệp, in trang đó ra PDF mới ở 300 dpi rồi nạp tệp PDF ấy."
_CODES = {"stalled": "stalled", "died": "crashed", "memory": "too_large"}


def of_page(end: Broken, patience: float | None, memory: int | None) -> FileProblem:
    """Why the pages that were at work are left out from now on."""
    if end.kind == "stalled":
        reason = f"Quá {duration(patience)} chưa đọc xong trang nên đã dừng."
        return TooLarge(reason, f"{_PRINT} Muốn chờ lâu hơn: {PATIENCE}=SỐ_GIÂY.")
    if end.kind == "memory":
        reason = f"Đọc trang cần nhiều bộ nhớ hơn mức cho phép ({_gigabytes(memory)})."
        return TooLarge(reason, f"{_PRINT} Muốn cho thêm bộ nhớ: {MEMORY}=SỐ_MB.")
    return DamagedFile(f"Tiến trình đọc trang {death(end.status)}, đã thử lại mà vẫn thế.", _PRINT)


def of_rest(breaks: int) -> FileProblem:
    """Why pages are not tried any more."""
    reason = f"Việc đọc tệp đã phải dừng {breaks} lần ở trang khác nên không thử tiếp."
    return TooLarge(reason, "Cần mở tệp, in những trang xem được ra PDF mới rồi nạp tệp PDF ấy.")


def said(skips: Skips) -> tuple[str, ...]:
    """A sentence for each run of pages that were left out."""
    losses = {page: Loss(why) for page, why in skips.pages.items()}
    sentences = [caution.message for caution in lost_pages(losses)]
    if skips.rest is not None:
        sentences.append(f"Các trang khác chưa đọc đến lúc đó đều bị bỏ qua. {skips.rest}")
    return tuple(sentences)


def of_file(end: Broken, patience: float | None, memory: int | None) -> Failure:
    """What is said of a file of which nothing came."""
    remedy = "Cần mở tệp bằng chương trình đã tạo ra nó rồi lưu lại, hoặc lưu thành PDF."
    where = _where(end)
    if end.kind == "stalled":
        reason = f"Quá {duration(patience)} chưa đọc xong{where} nên đã dừng."
        remedy += f" Muốn chờ lâu hơn: {PATIENCE}=SỐ_GIÂY."
    elif end.kind == "memory":
        reason = f"Đọc tệp cần nhiều bộ nhớ hơn mức cho phép ({_gigabytes(memory)}){where}."
        remedy = f"Cần chia nhỏ tệp, hoặc cho thêm bộ nhớ: {MEMORY}=SỐ_MB."
    else:
        reason = f"Tiến trình đọc tệp {death(end.status)}{where}."
        remedy = (
            "Cần mở thử tệp bằng chương trình khác; nếu mở được thì nạp lại khi máy còn nhiều bộ nhớ hơn, "
            "hoặc với --workers nhỏ hơn."
        )
    return Failure(_CODES[end.kind], reason, remedy)


def _where(end: Broken) -> str:
    pages = sorted(end.course.suspects)
    if pages:
        return f" (ở trang {' và '.join(map(str, pages))})"
    return f" (sau trang {max(end.course.finished)})" if end.course.finished else ""


def duration(seconds: float | None) -> str:
    """A number of seconds as a person says it, in Vietnamese."""
    if seconds is None:
        return "thời gian chờ"
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:.0f} phút"
    return f"{seconds:g} giây".replace(".", ",")


def death(status: int | None) -> str:
    """How a process ended, in Vietnamese, by its exit status (below 0: by that signal)."""
    if status == -getattr(signal, "SIGKILL", 9):
        return "bị hệ thống dừng, thường là do hết bộ nhớ"
    if status is not None and status < 0:
        return f"gặp lỗi trong thư viện, có khi do hết bộ nhớ (tín hiệu {-status})"
    return f"dừng bất thường (mã {'không rõ' if status is None else status})"


def _gigabytes(memory: int | None) -> str:
    return "toàn bộ bộ nhớ của máy" if memory is None else f"{memory / 1e9:.1f} GB".replace(".", ",")
