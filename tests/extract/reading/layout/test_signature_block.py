"""The two columns at a document's end: known by "Nơi nhận", also where rows were lost between them."""

from __future__ import annotations

from extract.pages import Word
from extract.reading.layout.order import lines_of


def row(text: str, x: float, y: float) -> list[Word]:
    """The words of a row from ``x`` on, as fractions of an A4 page."""
    words = []
    for part in text.split():
        width = 0.011 * len(part)
        words.append(Word(part, box=(x, y, x + width, y + 0.013)))
        x += width + 0.006
    return words


BODY = [
    row("Đoàn kiểm tra báo cáo Ủy ban nhân dân huyện Khe Mía kết quả kiểm tra năm nay", 0.14, 0.4 + 0.02 * at)
    for at in range(6)
]
LEFT = ["Nơi nhận:", "- Như trên;", "- Thường trực Huyện ủy;", "- Lưu: VT, NV."]
RIGHT = ["TM. ĐOÀN KIỂM TRA", "TRƯỞNG ĐOÀN"]


def closing(lost: int | None = None) -> list[list[Word]]:
    rows = [row(text, 0.14, 0.6 + 0.016 * at) for at, text in enumerate(LEFT) if at != lost]
    rows += [row(text, 0.6 + 0.03 * at, 0.598 + 0.02 * at) for at, text in enumerate(RIGHT)]
    return [*rows, row("Hà Thị Sương", 0.6, 0.704)]


def texts(rows: list[list[Word]]) -> list[str]:
    return [line.text for line in lines_of([word for one in rows for word in one], 210, 297)]


def test_a_lost_row_of_the_recipients_does_not_mix_the_columns() -> None:
    for lost in (None, 1, 2, 3):
        kept = [text for at, text in enumerate(LEFT) if at != lost]
        assert texts([*BODY, *closing(lost)])[6:] == [*kept, *RIGHT, "Hà Thị Sương"]


def test_what_stands_below_over_both_columns_is_not_drawn_in() -> None:
    below = row("PHỤ LỤC kèm theo Báo cáo của Đoàn kiểm tra huyện Khe Mía về việc đã nêu trên", 0.14, 0.79)
    assert texts([*BODY, *closing(), below])[-2:] == ["Hà Thị Sương", " ".join(word.text for word in below)]


def test_recipients_without_a_signature_beside_them_are_no_columns() -> None:
    rows = [row(text, 0.14, 0.6 + 0.02 * at) for at, text in enumerate(LEFT)]
    assert texts([*BODY, *rows])[6:] == LEFT
