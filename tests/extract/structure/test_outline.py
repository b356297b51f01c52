"""Paragraphs over page breaks and line wraps; headings of inconsistent levels; items and leads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extract.sentences import parts, sentences
from extract.structure.build import Structured
from extract.structure.markers import marker_of

Run = Callable[..., list[Structured]]

REPORT = """\
Số: 07/BC-UBND

Lũng Vàng, ngày 12 tháng 3 năm 2019

## BÁO CÁO

### Kết quả kiểm tra năm 2018

#### I. KẾT QUẢ

##### 1. Công tác chỉ đạo

Các xã đã ban hành kế hoạch, song nội dung của kế hoạch còn sao chép của năm trước và chưa nêu được cách

làm của từng thôn, bản trên địa bàn.

### **2. Thủ tục hành chính**

Bộ phận một cửa các xã đã niêm yết
đủ thủ tục theo quyết định
công bố của tỉnh.

## **II. Tồn tại của các đơn vị**

### **1. Xã Khe Mận**

- Chưa có báo cáo quý I. Niêm yết thiếu 02 bộ thủ tục;
- Cổng thông tin:
+ Chưa đăng lịch tiếp công dân;
+ Tin bài cũ.

**2. Sín Pao**

a) Không có sổ chứng thực

b) Dự toán sai mẫu

### III. Kiến nghị

#### 2.1 Đối với UBND huyện

- Tổ chức tập huấn.
"""


def titles(run: Run) -> list[tuple[tuple[str, ...], str]]:
    (only,) = run(REPORT)
    return [(section.path, section.title) for section in only.outline.sections]


def test_headings_nest_by_their_markers_not_by_their_marks(structured: Run) -> None:
    assert titles(structured) == [
        (("I",), "KẾT QUẢ"),
        (("I", "1"), "Công tác chỉ đạo"),
        (("I", "2"), "Thủ tục hành chính"),
        (("II",), "Tồn tại của các đơn vị"),
        (("II", "1"), "Xã Khe Mận"),
        (("II", "2"), "Sín Pao"),
        (("III",), "Kiến nghị"),
        (("III", "2.1"), "Đối với UBND huyện"),
    ]


def test_paragraph_cut_by_a_page_break_is_one(structured: Run) -> None:
    (only,) = structured(REPORT)
    assert "chưa nêu được cách làm của từng thôn" in only.document.text


def test_hard_wrapped_lines_are_one_paragraph(structured: Run) -> None:
    (only,) = structured(REPORT)
    assert "đã niêm yết đủ thủ tục theo quyết định công bố của tỉnh." in only.document.text


def test_every_word_leads_back_to_its_raw_form(structured: Run) -> None:
    (only,) = structured(REPORT)
    document = only.document
    for placed in document.words:
        assert document.text[placed.start : placed.end] == placed.word.text


def test_items_know_their_lead(structured: Run) -> None:
    (only,) = structured(REPORT)
    text = only.document.text
    leads = {
        text[slice(*item.content)]: text[slice(*item.lead.content)]
        for item in only.outline.items
        if item.lead is not None
    }
    assert leads == {"Chưa đăng lịch tiếp công dân;": "Cổng thông tin:", "Tin bài cũ.": "Cổng thông tin:"}


def test_sections_reach_to_their_last_item(structured: Run) -> None:
    (only,) = structured(REPORT)
    khe_man = next(section for section in only.outline.sections if section.title == "Xã Khe Mận")
    assert only.document.text[slice(*khe_man.span)].endswith("Tin bài cũ.")


def outlined(run: Run, *paragraphs: str) -> dict[str, list[str]]:
    """The titles over each item of a report of these paragraphs."""
    (only,) = run(REPORT.split("#### I.")[0] + "\n\n".join(paragraphs))
    text = only.document.text
    return {text[slice(*one.content)]: [over.title for over in one.sections] for one in only.outline.items}


def test_capitals_below_a_roman_number_end_with_it(structured: Run) -> None:
    items = outlined(
        structured,
        *("**I. CHUNG**", "Các xã có kế hoạch.", "**II. TỪNG XÃ**"),
        *("**A. XÃ KHE MẬN**", "- Chưa có sổ.", "**B. XÃ SÍN PAO**", "- Thiếu phiếu."),
        *("**III. KIẾN NGHỊ**", "Huyện tập huấn thêm cho các xã."),
    )
    assert items["Chưa có sổ."] == ["TỪNG XÃ", "XÃ KHE MẬN"]
    assert items["Thiếu phiếu."] == ["TỪNG XÃ", "XÃ SÍN PAO"]
    assert items["Huyện tập huấn thêm cho các xã."] == ["KIẾN NGHỊ"]


def test_capitals_above_roman_numbers_that_begin_anew(structured: Run) -> None:
    items = outlined(
        structured,
        *("**A. KẾT QUẢ**", "**I. XÃ KHE MẬN**", "- Có đủ sổ.", "**II. XÃ SÍN PAO**", "- Có đủ phiếu."),
        *("**B. HẠN CHẾ**", "**I. XÃ KHE MẬN**", "- Chưa có máy in."),
    )
    assert items["Có đủ phiếu."] == ["KẾT QUẢ", "XÃ SÍN PAO"]
    assert items["Chưa có máy in."] == ["HẠN CHẾ", "XÃ KHE MẬN"]


def test_part_takes_its_title_from_the_next_line(structured: Run) -> None:
    items = outlined(
        structured,
        *("**Phần thứ nhất**", "**VIỆC LÀM ĐƯỢC**", "Các xã có kế hoạch."),
        *("**Phần thứ hai**", "**TỒN TẠI**", "**A/ Thiếu sót chung**", "- Sổ sách còn sơ sài."),
        *("**B/ Thiếu sót riêng**", "1/. Xã Khe Mận:", "a/. Chưa có máy in."),
    )
    assert items["Các xã có kế hoạch."] == ["VIỆC LÀM ĐƯỢC"]
    assert items["Sổ sách còn sơ sài."] == ["TỒN TẠI", "Thiếu sót chung"]
    assert items["Chưa có máy in."] == ["TỒN TẠI", "Thiếu sót riêng", "Xã Khe Mận"]


def test_a_bare_aspect_leads_the_list_below_it(structured: Run) -> None:
    (only,) = structured(REPORT.split("#### I.")[0] + "Tồn tại, hạn chế\n\n- Chưa có máy in.\n")
    (item,) = [one for one in only.outline.items if one.marker]
    assert item.lead is not None and only.document.text[slice(*item.lead.content)] == "Tồn tại, hạn chế"


def cut(text: str, *, item: bool = False) -> list[str]:
    whole = (0, len(text))
    return [text[slice(*part)] for one in sentences(text, whole) for part in parts(text, one, item=item)]


def test_sentences_keep_abbreviations_numbers_and_dates_whole() -> None:
    assert cut("Tỷ lệ đạt 7.5% tại TP. Mỹ An. Ngày 30.7.2021 xã chưa nộp.") == [
        "Tỷ lệ đạt 7.5% tại TP. Mỹ An.",
        "Ngày 30.7.2021 xã chưa nộp.",
    ]


def test_sentence_after_dots_without_a_blank() -> None:
    assert cut("Thiếu lịch công tác, quy hoạch....Tin bài chưa cập nhật.") == [
        "Thiếu lịch công tác, quy hoạch....",
        "Tin bài chưa cập nhật.",
    ]


def test_sentence_glued_to_an_abbreviation_ends_there() -> None:
    assert cut("Huyện quan tâm công tác CCHC.Trụ sở UBND xã tại TX.An Mỹ đã cũ, cùng PGS.Trần Lê.") == [
        "Huyện quan tâm công tác CCHC.",
        "Trụ sở UBND xã tại TX.An Mỹ đã cũ, cùng PGS.Trần Lê.",
    ]


def test_brackets_do_not_end_a_sentence() -> None:
    assert len(cut("Niêm yết thiếu (lĩnh vực Đất đai. Tư pháp) tại trụ sở.")) == 1


def test_item_is_cut_at_semicolons() -> None:
    assert cut("Sổ ghi không đủ; tư pháp không có phiếu hẹn.", item=True) == [
        "Sổ ghi không đủ;",
        "tư pháp không có phiếu hẹn.",
    ]


def test_enumeration_stays_with_its_sentence() -> None:
    text = "Các xã đạt thấp, gồm: Khe Mận (4,8%); Sín Pao (5%); Bản Vai (6,2%)."
    assert cut(text) == [text]


def test_contrast_behind_an_enumeration_is_a_part_of_its_own() -> None:
    text = "Chất lượng tốt ở các đơn vị: xã Khe Mận, xã Sín Pao; tuy nhiên một số xã còn thấp."
    assert len(cut(text)) == 2


def test_a_clause_of_another_unit_is_a_part_whatever_its_verb() -> None:
    assert cut(
        "Xã Khe Mận chưa bố trí phòng tiếp dân; UBND xã Nà Pheo thu phí photo cao hơn giá quy định."
    ) == [
        "Xã Khe Mận chưa bố trí phòng tiếp dân;",
        "UBND xã Nà Pheo thu phí photo cao hơn giá quy định.",
    ]
    for listed in (
        "Đoàn đã kiểm tra xã Khe Mận trong tháng 2; xã Nà Pheo trong tháng 3 năm 2021; xã Bản Vai quý II.",
        "Đoàn đã làm việc với xã Khe Mận; xã Nà Pheo và xã Bản Vai cùng thị trấn Suối Mơ.",
        "Các đơn vị chưa niêm yết gồm: xã Khe Mận; xã Nà Pheo thiếu lĩnh vực đất đai.",
    ):
        assert cut(listed) == [listed]


def test_markers() -> None:
    def read(text: str) -> tuple[str, str] | None:
        marker = marker_of(text)
        return (marker.family, marker.value) if marker else None

    assert read("II. Kết quả") == ("roman", "II")
    assert read("2.1 Đối với huyện") == ("many1", "2.1")
    assert read("đ) Nội dung") == ("letter", "đ")
    assert read("- Nội dung") == ("dash", "-")
    assert read("12. Xã Khe Mận") == ("number", "12")
    assert read("H. TỒN TẠI CỦA CÁC ĐƠN VỊ") == ("roman", "II"), "an OCR slip of II"
    assert read("I.NHỮNG KẾT QUẢ") == ("roman", "I"), "a blank too few"
    assert read("III.Kiến nghị") == ("roman", "III")
    assert read("1.2.Công tác chỉ đạo") == ("many1", "1.2")
    assert read("a)Công tác chỉ đạo") == ("letter", "a")
    assert read("1/. Xã Khe Mận") == ("number", "1"), "two signs"
    assert read("a/- Chưa có sổ") == ("letter", "a")
    assert read("A/. Hạn chế") == ("capital", "A")
    assert read("I.- TÌNH HÌNH") == ("roman", "I")
    assert read("2.1/. Xã Khe Mận") == ("many1", "2.1")
    assert read("G. XÃ KHE MẬN") == ("capital", "G")
    assert read("5/BC-UBND của xã") is None
    assert read("X.Sơn Bình chưa có sổ") is None, "xã, shortened"
    assert read("V.I.Lênin") is None
    assert read("36,4 % hồ sơ") is None
    assert read("30/7/2021 là hạn") is None
    assert read("2021. Trong năm") is None
    assert read("1.2% hồ sơ") is None


def test_a_count_ends_its_sentence_and_an_items_number_does_not() -> None:
    counts = "Đơn thư trong quý: 0. Đơn tồn của quý trước: 3. Văn bản trái luật phải sửa: 01. Đã sửa xong."
    assert len(cut(counts)) == 4
    listed = "Các xã phải làm như sau: 1. Xã Khe Mận nộp lại báo cáo; 2. Xã Bồng Lai mở lại sổ hộ tịch."
    assert [part for part in cut(listed) if part.endswith(("1.", "2."))] == []


@given(st.text(alphabet="Aa b.;:()…Đđ1 \n", max_size=120))
def test_sentences_lose_no_letter_and_never_overlap(text: str) -> None:
    spans = [part for one in sentences(text, (0, len(text))) for part in parts(text, one, item=True)]
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    kept = "".join(text[slice(*span)] for span in spans)
    assert [c for c in text if c.isalnum()] == [c for c in kept if c.isalnum()]
