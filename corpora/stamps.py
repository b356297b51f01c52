"""Stamps and blocks that offices add: incoming mail, copies, digital signatures, watermarks.

Forms after Nghị định 30/2020/NĐ-CP (Phụ lục I: chữ ký số, bản sao; Phụ lục IV: dấu đến). Their text is no
part of the document: it stands on the picture and not in its truth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator

from corpora.ink import (
    DIGIT_HANDS,
    RED,
    Colour,
    framed,
    later,
    lettered,
    press,
    turned,
    worn,
    written,
)
from corpora.sheets import Sheet

_BLUE: Colour = (40, 60, 165)
_DARK: Colour = (45, 45, 50)
_CLERKS = ("Lương Thị Ngải", "Hoàng Đức Miện", "Trịnh Thị Sâm", "Võ Quang Trạc")


def incoming_stamp(sheet: Sheet, chance: Generator) -> Sheet:
    """Dấu công văn đến: a frame of 54 x 30 mm below the number, filled in by hand; first page only."""
    below = sheet.box(part="head_left")
    if not sheet.first or not below:
        return sheet
    image, mm = sheet.image.copy(), sheet.mm(1)
    organ = " ".join(sheet.form.organs).replace("ỦY BAN NHÂN DÂN", "UBND")
    organ = " ".join(organ.split()[:5])
    lines = [
        (organ, 3.4),
        ("CÔNG VĂN ĐẾN", 4.0),
        ("Số: ................", 3.6),
        ("Ngày: .............", 3.6),
        ("Chuyển: ...........", 3.6),
    ]
    mask = framed(lines, 52, 32, 0.6, mm)
    day, month, year = later(sheet, int(chance.integers(1, 6)))
    hand = str(chance.choice(DIGIT_HANDS))
    fills = [(f"{int(chance.integers(100, 4000))}", 12, 15.6), (f"{day}/{month}/{year}", 15, 20.9)]
    colour = RED if chance.random() < 0.5 else _BLUE
    angle = float(chance.uniform(-4, 4))
    x = sheet.mm(float(chance.uniform(6, 24)))
    y = below[3] + sheet.mm(float(chance.uniform(-1, 7)))
    frame = worn(turned(mask, angle), chance, 0.7)
    press(image, frame, (x, y), colour, 0.85)
    middle = np.array([x + frame.shape[1] / 2, y + frame.shape[0] / 2])
    back = math.radians(-angle)
    turn = np.array([[math.cos(back), -math.sin(back)], [math.sin(back), math.cos(back)]])
    for text, across, foot in fills:
        digits = written(text, hand, 3.3 * mm, chance)
        place = np.array([across * mm, foot * mm]) - np.array(mask.shape[::-1]) / 2
        at_x, at_y = middle + turn @ place
        digits = turned(digits, angle)
        press(image, digits, (float(at_x), float(at_y) - digits.shape[0] * 0.9), _DARK, 0.9)
    return sheet.painted(image)


def copy_stamp(sheet: Sheet, chance: Generator) -> Sheet:
    """SAO Y: the block of an electronic copy over quốc hiệu, and the copy's own form below the signature.

    The form below has a number, a date and a signer of its own, which are not the document's.
    """
    top = sheet.box(part="head_right")
    low = [box for part in ("closing_left", "closing_right") if (box := sheet.box(part=part))]
    if not top and not low:
        return sheet
    image, mm = sheet.image.copy(), sheet.mm(1)
    day, month, year = later(sheet, int(chance.integers(3, 12)))
    organ = sheet.form.organs[-1]
    place = sheet.form.date_line.partition(",")[0]
    if top:
        lines = [f"SAO Y; {organ.title()}", f"Thời gian: {day:02}.{month:02}.{year} 09:41:27 +07:00"]
        block = lettered(lines, "Tinos-Regular", 2.9 * mm)
        x = top[2] - block.shape[1] * float(chance.uniform(0.75, 0.95))
        y = top[1] - block.shape[0] * float(chance.uniform(0.55, 0.9))
        press(image, block, (x, y), RED if chance.random() < 0.5 else _BLUE, 0.9)
    bottom = max((box[3] for box in low), default=sheet.size[1])
    if sheet.last and sheet.size[1] - bottom > 48 * mm:
        lines = [
            "SAO Y BẢN CHÍNH",
            f"Số: {int(chance.integers(10, 300))}/SY-UBND",
            f"{place}, ngày {day:02} tháng {month} năm {year}",
            "TL. CHỦ TỊCH",
            "CHÁNH VĂN PHÒNG",
            "",
            str(chance.choice(_CLERKS)),
        ]
        block = worn(
            turned(lettered(lines, "Tinos-Bold", 4.1 * mm), float(chance.uniform(-2, 2))), chance, 0.75
        )
        press(image, block, (sheet.mm(95), bottom + 6 * mm), RED if chance.random() < 0.5 else _DARK, 0.9)
    return sheet.painted(image)


def digital_signature(sheet: Sheet, chance: Generator) -> Sheet:
    """The text of a digital signature between title and name; its time is not the document's date."""
    title, signer = sheet.box(field="signer_title"), sheet.box(field="signer")
    if not title or not signer:
        return sheet
    image, mm = sheet.image.copy(), sheet.mm(1)
    day, month, year = later(sheet, int(chance.integers(1, 9)))
    organ = " ".join(sheet.form.organs[-2:]).title()
    lines = [
        f"Ký bởi: {organ}",
        "Email: vanthu@hopthu.example",
        f"Cơ quan: {sheet.form.organs[0].title()}",
        f"Thời gian ký: {day:02}.{month:02}.{year} 16:05:{int(chance.integers(10, 60))} +07:00",
    ]
    size = min(3.0 * mm, (signer[1] - title[3]) / 5.2)
    block = lettered(lines, "Tinos-Regular", size)
    x = (title[0] + title[2]) / 2 - block.shape[1] * float(chance.uniform(0.4, 0.6))
    y = title[3] + (signer[1] - title[3] - block.shape[0]) / 2
    colour = RED if chance.random() < 0.6 else _DARK
    press(image, block, (min(x, sheet.size[0] - block.shape[1] - mm), y), colour, 0.95)
    return sheet.painted(image)


def watermark(sheet: Sheet, chance: Generator) -> Sheet:
    """Pale letters across the page from corner to corner."""
    image, mm = sheet.image.copy(), sheet.mm(1)
    text = str(chance.choice(["BẢN SAO", "LƯU HÀNH NỘI BỘ", "DỰ THẢO", "TÀI LIỆU HỌP"]))
    size = 1.5 * 170 / len(text) * mm
    mask = turned(lettered([text], "Tinos-Bold", min(size, 52 * mm)), float(chance.uniform(38, 56)))
    x, y = (np.array(sheet.size) - mask.shape[::-1]) / 2
    press(image, mask, (float(x), float(y)), (150, 150, 158), float(chance.uniform(0.35, 0.7)))
    return sheet.painted(image)
