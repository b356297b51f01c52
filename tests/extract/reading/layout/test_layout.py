"""Reading order from boxes alone."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pages import Word
from extract.reading.layout.order import arrange, lines_of
from tests.extract.reading.conftest import LEFT_END, LEFT_HEAD, RIGHT_END, RIGHT_HEAD

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 6.2  # points a letter takes at 12 points
BLANK = 3.0


def row(
    text: str, x: float, y: float, size: float = 14.0, blank: float = BLANK, slant: float = 0.0
) -> list[Word]:
    words = []
    for part in text.split():
        end = x + LETTER * len(part)
        top = y + slant * x
        words.append(Word(part, box=(x / WIDTH, top / HEIGHT, end / WIDTH, (top + size) / HEIGHT)))
        x = end + blank
    return words


def centred(text: str, x: float, y: float, slant: float = 0.0) -> list[Word]:
    width = sum(LETTER * len(part) + BLANK for part in text.split()) - BLANK
    return row(text, x - width / 2, y, slant=slant)


def justified(y: float, text: str, left: float = 85.0, right: float = 545.0) -> list[Word]:
    parts = text.split()
    blank = (right - left - LETTER * sum(map(len, parts))) / (len(parts) - 1)
    return row(text, left, y, blank=blank)


def lines(words: list[Word]) -> list[str]:
    return [" ".join(word.text for word in line) for line in arrange(words, WIDTH, HEIGHT)]


BODY = [
    "Thực hiện Kế hoạch của Ủy ban nhân dân huyện Lũng Vàng về kiểm tra công tác cải",
    "cách hành chính, Đoàn kiểm tra đã làm việc với các xã, thị trấn và báo cáo kết quả",
    "như sau, kèm theo biểu tổng hợp của từng đơn vị được kiểm tra trong năm nay, các",
]


def head(slant: float = 0.0, gap: float = 255.0, step: float = 17.0, drop: float = 5.0) -> list[Word]:
    words: list[Word] = []
    for at, text in enumerate(LEFT_HEAD):
        words += centred(text, 165, 60 + step * at, slant)
    for at, text in enumerate(RIGHT_HEAD):
        words += centred(text, 165 + gap, 60 + drop + 19 * at, slant)
    return words


def body(y: float) -> list[Word]:
    return [word for at, text in enumerate(BODY) for word in justified(y + 18 * at, text)]


def end(y: float) -> list[Word]:
    words: list[Word] = []
    for at, text in enumerate(LEFT_END):
        words += row(text, 90, y + 13 * at, 12)
    for at, text in enumerate(RIGHT_END):
        words += centred(text, 430, y + (0, 17, 95)[at])
    return words


def test_letter_head_then_body_then_end() -> None:
    assert lines(head() + body(200) + end(400)) == [*LEFT_HEAD, *RIGHT_HEAD, *BODY, *LEFT_END, *RIGHT_END]


def test_any_order_of_the_words_gives_the_same_lines() -> None:
    words = head() + body(200) + end(400)
    assert lines(words[::-1]) == lines(words)


def test_columns_with_rows_of_other_height_do_not_mix() -> None:
    for drop in (0.0, 3.0, 6.0, 9.0, 12.0):
        for step in (13.0, 15.0, 17.0, 22.0):
            assert lines(head(step=step, drop=drop) + body(200)) == [*LEFT_HEAD, *RIGHT_HEAD, *BODY]


def test_narrow_gutter() -> None:
    # the left column ends at 228, the right one begins 15 points after it
    assert lines(head(gap=188.0) + body(200))[:6] == [*LEFT_HEAD, *RIGHT_HEAD]


def test_slanted_page() -> None:
    for slant in (-0.035, -0.015, 0.015, 0.035):
        words = head(slant)
        for at, text in enumerate(BODY):
            words += row(text, 85, 200 + 18 * at, slant=slant)
        assert lines(words) == [*LEFT_HEAD, *RIGHT_HEAD, *BODY]


def test_short_title_close_below_the_head_stays_below_it() -> None:
    words = head() + centred("BÁO CÁO", 310, 135) + body(200)
    assert lines(words) == [*LEFT_HEAD, *RIGHT_HEAD, "BÁO CÁO", *BODY]


def test_subject_of_a_letter_belongs_to_the_left_column() -> None:
    words = head() + centred("V/v chấn chỉnh công tác", 165, 111) + centred("cải cách hành chính", 165, 128)
    words += centred("Kính gửi: Ủy ban nhân dân các xã, thị trấn", 310, 180) + body(210)
    assert lines(words) == [
        *LEFT_HEAD,
        "V/v chấn chỉnh công tác",
        "cải cách hành chính",
        *RIGHT_HEAD,
        "Kính gửi: Ủy ban nhân dân các xã, thị trấn",
        *BODY,
    ]


def test_loosely_justified_rows_stay_whole() -> None:
    loose = ["Ủy ban nhân dân xã", "Suối Gạo đã ban hành", "kế hoạch và phân công"]
    words = [word for at, text in enumerate(loose) for word in justified(100 + 18 * at, text, 85, 400)]
    assert lines(words) == loose


def test_hanging_list_marks_stay_with_their_items() -> None:
    items = ["Xã Nà Lầu đã ban hành kế hoạch", "Xã Suối Gạo chưa ban hành kế hoạch", "Thị trấn Bến Đá"]
    words = [
        word
        for at, text in enumerate(items)
        for word in row(f"{at + 1}.", 85, 100 + 18 * at) + row(text, 121, 100 + 18 * at)
    ]
    assert lines(words) == [f"{at + 1}. {text}" for at, text in enumerate(items)]


def test_table_without_lines_is_read_by_rows() -> None:
    rows = [("1", "Xã Nà Lầu", "97,6%"), ("2", "Xã Suối Gạo", "81,2%"), ("3", "Thị trấn Bến Đá", "90%")]
    words = []
    for at, (number, name, rate) in enumerate(rows):
        words += (
            row(number, 85, 100 + 18 * at) + row(name, 150, 100 + 18 * at) + row(rate, 400, 100 + 18 * at)
        )
    assert lines(words) == [" ".join(cells) for cells in rows]


def test_full_page_of_two_text_columns() -> None:
    left = [f"cột trái dòng thứ {at} của trang này" for at in range(20)]
    right = [f"cột phải dòng thứ {at} của trang này" for at in range(20)]
    words = [
        w for at in range(20) for w in row(left[at], 60, 80 + 16 * at) + row(right[at], 320, 80 + 16 * at)
    ]
    assert lines(words) == left + right


def test_words_without_box_come_last() -> None:
    assert lines([Word("cuối"), *row("dòng đầu", 85, 100)]) == ["dòng đầu", "cuối"]


def test_no_words() -> None:
    assert arrange([], WIDTH, HEIGHT) == []


FRACTION = st.floats(0, 1, allow_nan=False)
BOXES = st.tuples(FRACTION, FRACTION, st.floats(0, 0.3), st.floats(0, 0.05)).map(
    lambda b: (b[0], b[1], min(b[0] + b[2], 1.0), min(b[1] + b[3], 1.0))
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BOXES, max_size=60))
def test_every_word_comes_out_once(boxes: list[tuple[float, float, float, float]]) -> None:
    words = [Word(f"w{at}", box=box) for at, box in enumerate(boxes)]
    assert Counter(w.text for line in arrange(words, 595, 842) for w in line) == Counter(
        w.text for w in words
    )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 7), min_size=9, max_size=14), min_size=1, max_size=20),
    st.randoms(use_true_random=False),
)
def test_justified_paragraphs_are_never_split(shapes: list[list[int]], chance: object) -> None:
    rows = [
        " ".join("abcdefghijklmnopqrst"[at] + "x" * size for size in sizes) for at, sizes in enumerate(shapes)
    ]
    rows = [text for text in rows if LETTER * len(text) < 455]
    words = [w for at, text in enumerate(rows) for w in justified(60 + 17 * at, text)]
    chance.shuffle(words)  # type: ignore[attr-defined]
    assert lines(words) == rows


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(2, 5), min_size=2, max_size=6),
    st.lists(st.integers(2, 5), min_size=2, max_size=6),
    st.floats(-8, 8),
    st.floats(14, 20),
)
def test_two_columns_never_mix(left: list[int], right: list[int], drop: float, step: float) -> None:
    left_rows = [f"trái{at} " + " ".join(["chữ"] * count) for at, count in enumerate(left)]
    right_rows = [f"phải{at} " + " ".join(["chữ"] * count) for at, count in enumerate(right)]
    words = [w for at, text in enumerate(left_rows) for w in centred(text, 165, 100 + 16 * at)]
    words += [w for at, text in enumerate(right_rows) for w in centred(text, 420, 100 + drop + step * at)]
    found = lines(words)
    assert sorted(found) == sorted(left_rows + right_rows)
    assert [text for text in found if text in left_rows] == left_rows
    assert [text for text in found if text in right_rows] == right_rows


def test_watermark_letters_do_not_enter_the_rows() -> None:
    rows = [f"dòng thứ {row} của một đoạn văn bản dài" for row in range(8)]
    words = [
        Word(word, box=(0.1 + 0.08 * at, 0.1 + 0.03 * row, 0.17 + 0.08 * at, 0.12 + 0.03 * row))
        for row, text in enumerate(rows)
        for at, word in enumerate(text.split())
    ]
    giants = [Word("BẢN", box=(0.2, 0.12, 0.4, 0.24)), Word("SAO", box=(0.5, 0.2, 0.7, 0.32))]
    found = [line.text for line in lines_of(words + giants, 595, 842, level=True)]
    assert [line for line in found if line in rows] == rows
    assert sorted(set(found) - set(rows)) == ["BẢN", "SAO"]


def test_signature_block_between_the_columns_stays_together() -> None:
    def row(text: str, left: float, top: float, height: float = 0.014) -> list[Word]:
        words, x = [], left
        for word in text.split():
            wide = 0.5 * height * len(word)
            words.append(Word(word, box=(x, top, x + wide, top + height)))
            x += wide + 0.3 * height
        return words

    left = [("ỦY BAN NHÂN DÂN", 0.10), ("HUYỆN LŨNG VÀNG", 0.12), ("Số: 07/UBND-NV", 0.14)]
    block = [
        ("Người ký: UBND huyện", 0.10),
        ("Email: a@b.example", 0.111),
        ("Thời gian ký: 09.03.2018", 0.122),
        ("16:05:12", 0.133),
    ]
    right = [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", 0.10),
        ("Độc lập - Tự do - Hạnh phúc", 0.12),
        ("Lũng Vàng, ngày 05 tháng 3", 0.14),
    ]
    words = [word for text, y in left for word in row(text, 0.05, y)]
    words += [word for text, y in block for word in row(text, 0.30, y, 0.009)]
    words += [word for text, y in right for word in row(text, 0.52, y)]
    found = [line.text for line in lines_of(words, 595, 842, level=True)]
    at = found.index(block[0][0])
    assert found[at : at + 4] == [text for text, _ in block]
    rest = found[:at] + found[at + 4 :]
    assert rest == [text for text, _ in (*left, *right)]


def test_subject_that_comes_close_to_the_right_column_stays_in_the_left_one() -> None:
    left = [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN LŨNG VÀNG",
        "Số: 136/UBND-NV",
        "V/v phê bình một số đơn vị",
        "thực hiện chưa tốt nhiệm vụ",
    ]
    right = RIGHT_HEAD
    words = row(left[0], 95, 60) + row(left[1], 95, 78) + row(left[2], 95, 96)
    words += row(left[3], 72, 114) + row(left[4], 70, 132)
    edge = max(word.box[2] for word in words if word.box) * WIDTH
    for at, text in enumerate(right):
        words += row(text, edge + 5, 60 + 18 * at)
    body = "Qua theo dõi công tác cải cách hành chính của huyện trong năm nay các xã chưa thực hiện"
    words += row(body, 60, 170) + row(body, 60, 188)
    found = [line.text for line in lines_of(words, WIDTH, HEIGHT, level=True)]
    assert found[:8] == [*left, *right]
