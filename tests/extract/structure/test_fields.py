"""Header fields by the form of the decrees, in the shapes that archives hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.structure.build import Structured

Run = Callable[..., list[Structured]]

LETTER = """\
ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN LŨNG VÀNG                       Độc lập - Tự do - Hạnh phúc
Số: 415 /UBND-NV                  Lũng Vàng, ngày 05 tháng 3 năm 2018
V/v chấn chỉnh việc thực hiện
cải cách hành chính

Kính gửi:
- Các phòng, ban chuyên môn;
- Ủy ban nhân dân các xã, thị trấn.

Qua theo dõi, một số xã chưa gửi báo cáo quý I năm 2018 theo quy định của huyện.
UBND huyện yêu cầu các đơn vị nghiêm túc thực hiện./.

Nơi nhận:                                        KT. CHỦ TỊCH
- Như trên;                                    PHÓ CHỦ TỊCH
- Lưu: VT, NV.

                                               Lò Văn Pánh
"""

TEAM = """\
**UBND HUYỆN TÂN KHÊ**

**ĐOÀN KIỂM TRA CCHC**

Số: 03/BC-DKT

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
**Độc lập - Tự do - Hạnh phúc**

*Tân Khê, ngày 12 tháng 7 năm 2019*

## BÁO CÁO

### Kết quả kiểm tra công tác cải cách hành chính 6 tháng đầu năm 2019

Thực hiện Kế hoạch số 12/KH-UBND ngày 03/02/2019 của UBND huyện, Đoàn báo cáo như sau:

#### I. Kết quả

Các xã đã ban hành kế hoạch.

**Nơi nhận:**

- UBND huyện;
- Lưu: ĐKT.

**TRƯỞNG ĐOÀN**

**PHÓ CHỦ TỊCH UBND HUYỆN**

**Hà Thị Ngân**
"""

DEPARTMENT = """\
UBND TỈNH BÌNH KHÊ
SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 2231/SNV-CCHC&PC
V/v đôn đốc báo cáo

Bình Khê, ngày 9 tháng 11 năm 2022

Kính gửi: Ủy ban nhân dân các huyện, thị xã, thành phố.

Sở Nội vụ đề nghị các đơn vị gửi báo cáo trước ngày 20/11/2022.

Nơi nhận:
- Như trên;
- Giám đốc Sở (b/c);
- Lưu: VT, CCHC.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Vi Thị Hoa
"""

OPEN_NUMBER = """\
ỦY BAN NHÂN DÂN
XÃ KHE MẬN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số:      /BC-UBND

Khe Mận, ngày      tháng 6 năm 2020

BÁO CÁO
Kết quả tự kiểm tra cải cách hành chính quý II năm 2020

Kính gửi: Ủy ban nhân dân huyện Suối Mơ

Ủy ban nhân dân xã đã tự kiểm tra hai đợt trong quý.

Nơi nhận:
- UBND huyện;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Lò Thị Hiên
"""

INSPECTORATE = """\
UBND HUYỆN GÒ TRÂM
THANH TRA HUYỆN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 18/KL-TTr

Gò Trâm, ngày 30 tháng 8 năm 2012

KẾT LUẬN THANH TRA
Trách nhiệm của Chủ tịch UBND xã Cái Sơn Lộ trong việc tiếp công dân

Căn cứ Luật Thanh tra năm 2010, Thanh tra huyện kết luận như sau:

1. Xã chưa mở sổ tiếp công dân theo mẫu quy định.

Nơi nhận:
- Chủ tịch UBND huyện (b/c);
- Lưu: TTr.

CHÁNH THANH TRA

Nguyễn Thành Đờn
"""


def fields(run: Run, text: str, suffix: str = ".md") -> dict[str, object]:
    (only,) = run(text, suffix)
    return {name: field.value for name, field in only.document.header.items()}


def test_letter_with_two_columns_of_blanks(structured: Run) -> None:
    found = fields(structured, LETTER, ".txt")
    assert found["number"] == "415/UBND-NV"
    assert found["kind"] == "công văn"
    assert (found["date"], found["place"]) == ("2018-03-05", "Lũng Vàng")
    assert found["issuer"] == "ỦY BAN NHÂN DÂN HUYỆN LŨNG VÀNG"
    assert found["subject"] == "V/v chấn chỉnh việc thực hiện cải cách hành chính"
    assert found["recipients"] == ("Các phòng, ban chuyên môn", "Ủy ban nhân dân các xã, thị trấn")
    assert found["copies"] == ("Như trên", "Lưu: VT, NV")
    assert (found["authority"], found["signer_title"]) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert found["signer"] == "Lò Văn Pánh"


def test_number_is_kept_as_printed(structured: Run) -> None:
    (only,) = structured(LETTER, ".txt")
    assert only.document.number_as_printed == "415 /UBND-NV"


def test_report_of_a_team_under_its_superior(structured: Run) -> None:
    found = fields(structured, TEAM)
    assert found["number"] == "03/BC-ĐKT", "the symbol of a Đoàn kiểm tra leaves one reading"
    assert found["issuer"] == "ĐOÀN KIỂM TRA CCHC"
    assert found["issuer_parent"] == "UBND HUYỆN TÂN KHÊ"
    assert found["kind"] == "báo cáo"
    assert found["subject"] == "Kết quả kiểm tra công tác cải cách hành chính 6 tháng đầu năm 2019"
    assert found["signer"] == "Hà Thị Ngân"
    assert found["period"].label == "6 tháng đầu năm 2019"  # type: ignore[attr-defined]
    assert found["issuer_unit"].name == "Huyện Tân Khê"  # type: ignore[attr-defined]


def test_letter_of_a_department(structured: Run) -> None:
    found = fields(structured, DEPARTMENT)
    assert found["number"] == "2231/SNV-CCHC&PC"
    assert (found["issuer_parent"], found["issuer"]) == ("UBND TỈNH BÌNH KHÊ", "SỞ NỘI VỤ")
    assert found["date"] == "2022-11-09"
    assert found["recipients"] == ("Ủy ban nhân dân các huyện, thị xã, thành phố",)
    assert found["signer"] == "Vi Thị Hoa"


def test_open_number_and_day_stay_open_with_a_warning(structured: Run) -> None:
    (only,) = structured(OPEN_NUMBER)
    document = only.document
    assert document.value("number") is None
    assert document.value("date") is None
    assert {warning.code for warning in document.warnings} >= {"number_missing", "date_missing"}
    assert document.number_as_printed == "/BC-UBND"
    assert document.value("place") == "Khe Mận"
    assert document.value("issuer_unit").level == "commune"
    assert document.value("period").start == "2020-04-01"
    assert document.value("period").end == "2020-06-30"


@pytest.mark.parametrize(
    ("opening", "label"),
    [
        ("Từ ngày 15/3/2021 đến ngày 20/4/2021, Đoàn thanh tra đã thanh tra tại UBND xã.", None),
        (
            "Từ ngày 15/3/2021 đến ngày 20/4/2021, Đoàn thanh tra đã thanh tra tại xã, "
            "thời kỳ thanh tra từ 01/01/2019 đến 31/12/2020.",
            "từ 01/01/2019 đến 31/12/2020",
        ),
        ("Máy tính của xã hỏng từ tháng 9/2025.", None),
        ("Xã tiếp nhận 40 hồ sơ trong tháng 9/2025.", "tháng 9/2025"),
        (
            "Đoàn kiểm tra đã làm việc với xã về số liệu từ ngày 01/01/2021 đến ngày 30/9/2021.",
            "từ ngày 01/01/2021 đến ngày 30/9/2021",
        ),
    ],
)
def test_the_days_of_a_visit_are_no_period(structured: Run, opening: str, label: str | None) -> None:
    head = (
        "UBND HUYỆN TÂN KHÊ\nTHANH TRA HUYỆN\nSố: 09/KL-TTr\n\nTân Khê, ngày 05 tháng 7 năm 2021\n\n"
        "KẾT LUẬN\nVề trách nhiệm tiếp công dân\n\n"
    )
    (only,) = structured(f"{head}{opening}\n")
    period = only.document.value("period")
    assert (period.label if period else None) == label


def test_what_a_team_asks_of_a_commune_names_no_issuer(structured: Run) -> None:
    (asked,) = structured("Đoàn kiểm tra đề nghị UBND xã Nà Lầu gửi lại danh sách máy in hỏng trong tuần.\n")
    assert asked.document.value("issuer") is None
    assert asked.document.value("issuer_unit") is None
    (named,) = structured("Đoàn kiểm tra công vụ huyện Khe Mận đã làm việc tại 4 xã.\n")
    assert named.document.value("issuer") == "Đoàn kiểm tra công vụ huyện Khe Mận"


def test_conclusion_of_the_inspectorate(structured: Run) -> None:
    found = fields(structured, INSPECTORATE)
    assert found["kind"] == "kết luận"
    assert found["number"] == "18/KL-TTr"
    assert (found["issuer_parent"], found["issuer"]) == ("UBND HUYỆN GÒ TRÂM", "THANH TRA HUYỆN")
    assert found["signer_title"] == "CHÁNH THANH TRA"
    assert found["signer"] == "Nguyễn Thành Đờn"


@pytest.mark.parametrize("text", [LETTER, TEAM, DEPARTMENT, OPEN_NUMBER, INSPECTORATE])
def test_every_field_points_at_its_words(structured: Run, text: str) -> None:
    (only,) = structured(text, ".txt" if text is LETTER else ".md")
    document = only.document
    for name in ("date", "place", "subject", "signer", "signer_title"):
        field = document.header.get(name)
        if field is None:
            continue
        assert field.span is not None
        words = " ".join(document.text[slice(*field.span)].split())
        if name != "date":
            assert words == field.value, name
        else:
            assert "tháng" in words


def test_letter_and_report_in_one_file_are_two_documents(structured: Run) -> None:
    letter, report = structured(DEPARTMENT + "\n" + TEAM)
    assert letter.document.value("number") == "2231/SNV-CCHC&PC"
    assert report.document.value("number") == "03/BC-ĐKT"
    assert (letter.document.part, report.document.part) == (1, 2)
    assert letter.document.value("signer") == "Vi Thị Hoa"


def test_report_without_letterhead_behind_a_letter(structured: Run) -> None:
    """Converters lose the letterhead of the second document: number, date and title must do."""
    bare = TEAM.split("Số: 03")[1].replace("**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n", "")
    letter, report = structured(DEPARTMENT + "\nSố: 03" + bare.replace("**Độc lập - Tự do - Hạnh phúc**", ""))
    assert report.document.value("kind") == "báo cáo"
    assert report.document.value("signer") == "Hà Thị Ngân"
    assert letter.document.value("kind") == "công văn"


def test_subject_of_a_letter_may_go_on_with_words_that_open_a_body(structured: Run) -> None:
    text = LETTER.replace(
        "V/v chấn chỉnh việc thực hiện\ncải cách",
        "V/v phê bình một số đơn vị\nthực hiện chưa nghiêm\ncải cách",
    )
    (one,) = structured(text, ".txt")
    assert (
        one.document.value("subject")
        == "V/v phê bình một số đơn vị thực hiện chưa nghiêm cải cách hành chính"
    )


def test_for_whom_someone_signs_is_no_sure_title(structured: Run) -> None:
    (one,) = structured(
        LETTER.replace("- Như trên;                                    PHÓ CHỦ TỊCH", "- Như trên;"), ".txt"
    )
    assert one.document.value("authority") == "KT. CHỦ TỊCH"
    assert one.document.value("signer_title") is None
