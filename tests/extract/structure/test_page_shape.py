"""Paragraphs of pages that lay askew on the glass: margins and rows lean, boxes are those of the paper."""

from __future__ import annotations

import math

import pytest

from extract.pages import Line, Page, Source, Word
from extract.structure.build import structure

WIDTH, HEIGHT, STEP, LEFT = 210.0, 297.0, 6.2, 25.0
TEXT = """
    Sau khi kiểm tra, đoàn thấy xã Khe Mận thu lệ phí chứng thực không đúng mức, không có
biên lai, người nộp không biết đã nộp bao nhiêu cho ai, sổ ghi không khớp với số đã nộp vào
kho bạc, cộng dồn các tháng từ đầu năm đến ngày kiểm tra thì số tiền còn thiếu là khoảng
415 triệu đồng.
    - Nhà trường lập sổ theo dõi hồ sơ từ năm học trước nhưng không ghi ngày nhận và cũng
không ghi ngày trả, chữ ký của người nhận kết quả để trống nhiều trang, riêng của năm
2004.
    - Chưa niêm yết thủ tục về đất đai tại nơi tiếp nhận hồ sơ của xã, người dân phải hỏi
công chức địa chính mới biết cần giấy tờ gì, có người đi lại ba lần, nhất là người ở thôn
Lập Trang và vùng cao.
"""


def askew(degrees: float, *, across: bool = False) -> list[Line]:
    """The text twice on a page, turned about its middle; lines are justified but the last of a paragraph."""
    width, height = (HEIGHT, WIDTH) if across else (WIDTH, HEIGHT)
    turn = math.radians(degrees)
    lines = []
    for at, row in enumerate((TEXT * 3).replace("\n\n", "\n").strip("\n").splitlines()):
        left = LEFT + (10 if row.startswith(" ") else 0)
        texts = row.split()
        letters = sum(len(text) for text in texts)
        full = len(texts) > 10
        step = (width - 25 - left) / (letters + len(texts) - 1) if full else 1.9
        words = []
        for text in texts:
            x, y = left + step * len(text) / 2 - width / 2, 20 + STEP * at - height / 2
            middle = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
            x0, y0 = (middle[0] + width / 2) / width, (middle[1] + height / 2) / height
            half = step * len(text) / 2 / width, 1.8 / height
            box = (x0 - half[0], y0 - half[1], x0 + half[0], y0 + half[1])
            words.append(Word(text, box=box, confidence=0.95))
            left += step * (len(text) + 1)
        lines.append(Line(words, page=1))
    return lines


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("degrees", [0.0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5])
def test_short_last_lines_stay_with_their_paragraphs(degrees: float, across: bool) -> None:
    page = Page(1, askew(degrees, across=across), origin="ocr", width=WIDTH, height=HEIGHT)
    (found,) = structure(Source("a.pdf", "0" * 64, "pdf", [page]))
    ends = [row.split()[-1] for row in found.document.text.splitlines()]
    assert ends == ["đồng.", "2004.", "cao."] * 3
