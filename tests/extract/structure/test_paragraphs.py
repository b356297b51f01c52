"""Where paragraphs of plain text end: at hard line breaks, but not at the wraps of an editor."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from extract.reading.read import read
from extract.structure.build import Structured, structure

HEAD = """ỦY BAN NHÂN DÂN
XÃ LŨNG CÒ

Số: 97/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lũng Cò, ngày 14 tháng 11 năm 2016

BÁO CÁO
Kết quả tự kiểm tra năm 2016
"""
FIRST = (
    "Sổ đăng ký văn bản đi của xã ghi đủ ngày, đủ người ký và nơi nhận, mỗi quý văn phòng đối chiếu một lần với "
    "bản lưu, từ đầu năm đến nay chưa thấy trùng số nào. Sổ văn bản đến để trống cột người nhận từ tháng bảy, hỏi ra "
    "thì công chức văn thư nghỉ thai sản, người làm thay không biết ghi."
)
SECOND = (
    "Bảng niêm yết ở nơi tiếp dân mới thay tháng năm, chữ rõ, để ngang tầm mắt người đọc, ai tới cũng xem được. "
    "Riêng nhóm thủ tục về chăn nuôi thú y chưa có trong bảng, người dân phải hỏi miệng."
)


def statements(tmp_path: Path, body: str) -> Structured:
    path = tmp_path / "bao-cao.txt"
    path.write_text(HEAD + "\n" + body, encoding="utf-8")
    return structure(read(path))[0]


BODY = f"I. TÌNH HÌNH CHUNG\n{FIRST}\n\nII. KẾT QUẢ\n1. Mặt được:\n{SECOND}\n2. Mặt chưa được:\n{FIRST}\n"


def test_a_heading_is_not_glued_to_the_unwrapped_paragraph_below_it(tmp_path: Path) -> None:
    text = statements(tmp_path, BODY).document.text.split("\n")
    assert {"I. TÌNH HÌNH CHUNG", "II. KẾT QUẢ", "1. Mặt được:", "2. Mặt chưa được:"} <= set(text)
    assert FIRST in text and SECOND in text


def test_unwrapped_paragraphs_without_a_blank_row_between_them_stay_apart(tmp_path: Path) -> None:
    text = statements(tmp_path, f"I. KẾT QUẢ\n{FIRST}\n{SECOND}\n").document.text.split("\n")
    assert FIRST in text and SECOND in text


@pytest.mark.parametrize("width", [60, 80, 100])
def test_what_an_editor_wrapped_is_one_paragraph(tmp_path: Path, width: int) -> None:
    body = "\n".join(textwrap.fill(line, width) for line in BODY.split("\n"))
    text = statements(tmp_path, body).document.text.split("\n")
    assert FIRST in text and SECOND in text
    assert "I. TÌNH HÌNH CHUNG" in text and "1. Mặt được:" in text
