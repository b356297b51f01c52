"""Text written as people wrote it before Unicode: the encodings' own tables turned round."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont as FontFile

from extract.reading.legacy.encodings import ENCODINGS

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"  # 89
MARKED = "".join(letter for letter in SMALL if not letter.isascii())


# the letter of the fixtures in tests/fixtures/old_word
LEFT = ["UBND HUYỆN LŨNG VÀNG", "ĐOÀN KIỂM TRA CCHC", "Số: 07/BC-ĐKT"]
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Lũng Vàng, ngày 14 tháng 6 năm 2019",
]
BODY = [
    "BÁO CÁO",
    "Thực hiện Kế hoạch số 31/KH-UBND ngày 05 tháng 3 năm 2019 của ủy ban nhân dân huyện Lũng Vàng, "
    "Đoàn được giao kiểm tra và báo cáo như sau:",
    "1. Các xã Nà Lầu, Khe Mía và thị trấn Bến Đá đã ban hành kế hoạch; tỷ lệ hồ sơ đúng hạn đạt 97,6%.",
    "2. Xã Suối Gạo chưa ban hành kế hoạch, chưa mở sổ theo dõi; thư ký chưa được hướng dẫn.",
]
ROWS = [["TT", "Đơn vị", "Tỷ lệ"], ["1", "Xã Nà Lầu", "97,6%"], ["2", "Xã Suối Gạo", "81,2%"]]
ITEMS = ["khắc phục xong trước ngày 30 tháng 7;", "gửi kết quả về phòng Nội vụ./."]
LETTER = [*LEFT, *RIGHT, *BODY, *(cell for row in ROWS for cell in row)]
LETTER += [f"{number}. {text}" for number, text in enumerate(ITEMS, 1)]


def _inverse(name: str) -> dict[str, str]:
    encoding = next(one for one in ENCODINGS if one.name == name)
    table: dict[str, str] = {}
    for codes, letter in encoding.letters.items():
        table.setdefault(letter, codes)
    return table


_TABLES = {name: _inverse(name) for name in ("TCVN3", "VNI")}


def encode(text: str, name: str) -> str:
    """``text`` as a file in the encoding ``name`` holds it.

    TCVN3 has few capitals with marks: of the others the small letter is typed, as people did.
    """
    table = _TABLES[name]
    return "".join(table.get(letter) or table.get(letter.lower(), letter) for letter in text)


def renamed_font(source: Path, target: Path, name: str) -> Path:
    """A font file that calls itself ``name``."""
    font = FontFile(source)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = name
    font.save(target)
    return target
