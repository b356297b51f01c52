"""RTF: text, code pages, Unicode, fonts, tables, lists, boxes, fields, and files that are broken."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import DamagedFile
from extract.pages import Cell, Line
from extract.reading.read import read
from extract.reading.word.rtf import read_rtf
from tests.extract.reading.conftest import BODY, LEFT_HEAD, RIGHT_HEAD, texts
from tests.extract.reading.old_fonts import LETTER, encode

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "old_word"
HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0{\*\panose 0202}Times New Roman;}"
HEAD += r"{\f1\fnil\fcharset0 .VnTime;}{\f2\fnil\fcharset163 Arial;}{\f3\fnil\fcharset2 Symbol;}"
HEAD += (
    r"{\f4\fnil .VnTimeH;}{\f5 VNI-Times;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}" + "\n"
)


def lines(body: str) -> list[Line]:
    return read_rtf((HEAD + body + "}").encode("latin-1"), None).pages[0].lines  # type: ignore[arg-type]


def escaped(text: str) -> str:
    """Text as Word writes it: Unicode escapes with a question mark for old readers."""
    return "".join(letter if ord(letter) < 128 else f"\\u{_signed(ord(letter))}?" for letter in text)


def codes(text: str) -> str:
    return "".join(letter if ord(letter) < 128 else f"\\'{ord(letter):02x}" for letter in text)


def _signed(code: int) -> int:
    return code - 65536 if code > 32767 else code


@pytest.mark.parametrize(
    ("name", "told"),
    [("unicode", None), ("tcvn3", "TCVN3 (.VnTime, .VnTimeH)"), ("vni", "VNI (VNI-Times)")],
)
def test_a_letter_as_libreoffice_writes_it(name: str, told: str | None) -> None:
    source = read(FIXTURES / f"{name}.rtf")
    assert source.format == "rtf" and source.conversion == told
    assert texts(source) == LETTER
    assert [line.cell for line in source.lines if line.cell] == [Cell(0, at // 3, at % 3) for at in range(9)]


def test_unicode_with_fallbacks() -> None:
    text = BODY[3]
    assert texts(lines(escaped(text) + r"\par")) == [text]
    assert texts(lines(r"\uc0 " + escaped(text).replace("?", " "))) == [text]
    two = escaped(text).replace("?", r"\'61\'62")
    assert texts(lines(r"{\uc2 " + two + r"}\par Xa")) == [text, "Xa"]
    assert texts(lines(r"\u272\bullet o\'e0n")) == ["Đoàn"]


def test_surrogate_pairs_are_one_letter() -> None:
    assert texts(lines(r"X\u-10179?\u-8704?a")) == ["X\U0001f600a"]


def test_code_pages() -> None:
    def in_1258(text: str) -> str:
        return "".join(f"\\'{code:02x}" if code > 127 else chr(code) for code in text.encode("cp1258"))

    decomposed = "Đoàn kiê\u0309m tra xa\u0303 đươ\u0323c giao"
    assert texts(lines(r"\f2 " + in_1258(decomposed))) == ["Đoàn kiểm tra xã được giao"]
    assert texts(lines(r"caf\'e9")) == ["café"]
    assert texts(lines(r"\f3\'b7")) == ["\uf0b7"]


@pytest.mark.parametrize(("font", "name"), [("\\f1 ", "TCVN3"), ("\\f5 ", "VNI")])
@pytest.mark.parametrize("form", [codes, escaped, str])
def test_old_fonts(font: str, name: str, form: object) -> None:
    text = BODY[2]
    assert callable(form)
    (line,) = lines(font + form(encode(text, name)))
    assert line.text == text
    assert " ".join(word.raw or word.text for word in line.words) == encode(text, name)


def test_optional_hyphen_is_a_letter_of_tcvn3_only() -> None:
    assert texts(lines(r"\f1 ch\-a \'ae\-\'eec th\-\par\f0 Ph\'f2ng N\'f4ng\-nghi\'eap")) == [
        "chưa được thư",
        "Phòng Nôngnghiêp",
    ]


def test_font_of_capitals_and_looks() -> None:
    (line,) = lines(
        r"{\b\f4\fs28 x\'b7 nµ lÇu}{\i  h\'e0nh} ch\u237?nh".replace("µ", r"\'b5").replace("Ç", r"\'c7")
    )
    assert line.text == "XÃ NÀ LẦU hành chính"
    assert [(word.bold, word.italic, word.font, word.size) for word in line.words] == [
        *[(True, False, ".VnTimeH", 14.0)] * 3,
        (False, True, "Times New Roman", None),
        (False, False, "Times New Roman", None),
    ]


def test_looks_end_with_their_group_and_with_plain() -> None:
    (line,) = lines(r"a{\b b}c \b d\plain  e {\v hidden }{\deleted gone }f")
    assert line.text == "abc d e f"
    assert [word.bold for word in line.words] == [False, True, False, False]


def test_letters_shown_as_capitals() -> None:
    assert texts(lines(r"{\caps x\'e3 N\u224? l\u7847?u} x\'e3 {\caps\f1 x\'b7}")) == ["XÃ NÀ LẦU xã XÃ"]


def test_tabs_breaks_and_signs() -> None:
    assert texts(
        lines(r"1.\tab X\'e3\line hai\par\pard \ldblquote ba\rdblquote\~b\'f3n\_n\'e0m \{s\'e1u\}\\")
    ) == [
        "1. Xã",
        "hai",
        "“ba” bón-nàm {sáu}\\",
    ]


def row(cells: list[str], edges: list[int], borders: bool = True, extra: str = "") -> str:
    line = r"\clbrdrt\brdrs\brdrw10\clbrdrb\brdrs" if borders else r"\clbrdrt\brdrnone\clbrdrl\brdrnone"
    shape = r"\trowd\trgaph108 " + "".join(f"{line}{extra}\\cellx{edge}" for edge in edges)
    return shape + "".join(rf"\pard\intbl {escaped(cell)}\cell " for cell in cells) + r"\row" + "\n"


def test_tables() -> None:
    table = row(["TT", "Đơn vị", "Tỷ lệ"], [500, 3000, 5000]) + row(
        ["1", "Xã Nà Lầu", "97,6%"], [510, 2990, 5000]
    )
    table += row(["Tổng cộng", "81%"], [3000, 5000])
    found = lines(r"Tr\'ean\par " + table + r"\pard Ho\'e0n\par")
    assert [(line.text, line.cell) for line in found] == [
        ("Trên", None),
        ("TT", Cell(0, 0, 0)), ("Đơn vị", Cell(0, 0, 1)), ("Tỷ lệ", Cell(0, 0, 2)),
        ("1", Cell(0, 1, 0)), ("Xã Nà Lầu", Cell(0, 1, 1)), ("97,6%", Cell(0, 1, 2)),
        ("Tổng cộng", Cell(0, 2, 0)), ("81%", Cell(0, 2, 2)),
        ("Hoàn", None),
    ]  # fmt: skip


def test_vertically_merged_cells_come_once() -> None:
    first = row(["Xã", "a", "b"], [400, 3000, 5000]).replace(r"\cellx400", r"\clvmgf\cellx400")
    second = row(["", "c", "d"], [400, 3000, 5000]).replace(r"\cellx400", r"\clvmrg\cellx400")
    assert [(line.text, line.cell) for line in lines(first + second)] == [
        ("Xã", Cell(0, 0, 0)), ("a", Cell(0, 0, 1)), ("b", Cell(0, 0, 2)),
        ("c", Cell(0, 1, 1)), ("d", Cell(0, 1, 2)),
    ]  # fmt: skip


def test_letterhead_without_lines_is_read_column_by_column() -> None:
    head = "".join(
        row([left, right], [4000, 9000], borders=False)
        for left, right in zip(LEFT_HEAD, RIGHT_HEAD, strict=True)
    )
    assert texts(lines(head + r"\pard N\'e0y\par")) == [*LEFT_HEAD, *RIGHT_HEAD, "Này"]


def test_printed_numbers_of_lists() -> None:
    body = r"{\listtext\pard\plain\f0 1.\tab}\ls1 M\'f9a\par{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}Hai\par"
    assert texts(lines(body)) == ["1. Mùa", "- Hai"]


def test_what_is_not_of_the_body() -> None:
    body = (
        r"{\header Trang 1\par}{\footer\pard ch\'e2n\par}{\info{\author X}{\title Y}}{\*\generator Z;}"
        r"Xa{\footnote\pard ghi ch\'fa}{\*\bkmkstart a}{\*\bkmkend a} Na"
        r"{\pict\wmetafile8 0100{\*\blipuid ab}09}{\*\shppict{\pict\pngblip 8950}}{\nonshppict{\pict 01}} Lau\par"
    )
    assert texts(lines(body)) == ["Xa Na Lau"]


def test_raw_bytes_are_stepped_over() -> None:
    assert texts(lines(r"Xa{\pict\bin7 }}{{\\x} Na")) == ["Xa Na"]


def test_text_boxes_and_results_of_fields() -> None:
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv 1}}{\shptxt \pard Trong h\'f4p\par}}{\shprslt{\*\do\dptxbx{\dptxbxtext lai}}}}"
    field = r'{\field{\*\fldinst HYPERLINK "http://a.b"}{\fldrslt li\'ean k\u7871?t}}{\field{\*\fldinst SYMBOL 252 \\f "Wingdings" \\s 10}{\fldrslt}}'
    found = texts(lines(rf"Ngo\'e0i {box}{field}\par"))
    assert found == ["Trong hôp", "Ngoài liên kết\uf0fc"]


def test_text_box_inside_a_cell_leaves_the_table_whole() -> None:
    box = r"{\shp{\*\shpinst{\shptxt \pard Trong\par}}}"
    table = row(["TT", "a", "b"], [500, 3000, 5000]).replace("TT", "TT" + box, 1) + row(
        ["1", "c", "d"], [500, 3000, 5000]
    )
    cells = {line.text: line.cell for line in lines(table)}
    assert cells["Trong"] == cells["TT"] == Cell(0, 0, 0) and cells["d"] == Cell(0, 1, 2)


def test_heading_levels() -> None:
    found = lines(r"\pard\outlinelevel0 I. Chung\par\pard Th\u432?\par")
    assert [(line.text, line.heading) for line in found] == [("I. Chung", 1), ("Thư", None)]


def test_unicode_alternative_of_destinations() -> None:
    assert texts(lines(r"{\upr{cu}{\*\ud{m\u7899?i}}}")) == ["mới"]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_cut_off(tmp_path: Path, share: float) -> None:
    data = (FIXTURES / "tcvn3.rtf").read_bytes().rstrip()
    path = tmp_path / "a.rtf"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(DamagedFile, match="thiếu phần cuối"):
        read(path)


def test_a_brace_too_many_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    data = (FIXTURES / "unicode.rtf").read_bytes()
    path = tmp_path / "a.rtf"
    path.write_bytes(data + b"\0" * 100)
    assert read(path).warnings == []
    place = data.index(b"97,6%")
    path.write_bytes(data[:place] + b"}" * 5 + data[place:])
    source = read(path)
    assert [caution.code for caution in source.warnings] == ["lines_lost"]
    assert texts(source)[:6] == LETTER[:6]


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(DamagedFile):
        read_rtf(rb"{\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_001, None)  # type: ignore[arg-type]


@given(st.text(st.sampled_from("{}\\'*ubfpard0123456789 -;\n\xe9ăx"), max_size=200))
def test_rubbish_is_read_or_refused(body: str) -> None:
    data = (r"{\rtf1\ansi " + body).encode("utf-8")
    with contextlib.suppress(DamagedFile):
        read_rtf(data, None)  # type: ignore[arg-type]


@given(
    st.lists(
        st.text(
            st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn", "Mn")),
            min_size=1,
            max_size=8,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_words_there_and_back(words: list[str]) -> None:
    import unicodedata

    body = "".join(
        f"\\u{_signed(int.from_bytes(unit, 'little'))}?"
        for word in words
        for unit in _units("x" + word + " ")
    )
    expected = [unicodedata.normalize("NFC", "x" + word) for word in words]
    assert [word.text for line in lines(body) for word in line.words] == expected


def _units(text: str) -> list[bytes]:
    data = text.encode("utf-16-le")
    return [data[at : at + 2] for at in range(0, len(data), 2)]


@pytest.mark.parametrize("name", ["a.doc", "a.docx", "a.rtf"])
def test_word_opens_it_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((FIXTURES / "unicode.rtf").read_bytes())
    assert read(path).format == "rtf"
