"""The likeness of subjects: its terms, its artefact, what it says of plain cases."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from annotations.labels import TYPES
from corpora.chains.grouping import group
from corpora.chains.likeness import Statement
from models.artefact import FOLDER, ArtefactProblem
from models.subject_artefact import load, save
from models.subject_pairs import data_hash, read_wordings
from models.subject_terms import expand, terms_of, words_of
from models.subjects import SAME, WORDING, SubjectLikeness, default_likeness


def statement(text: str, area: str = "procedures", *types: str) -> Statement:
    return Statement(default_likeness().encode(text).terms, area, types or ("not_published",))


def test_abbreviations_are_written_out() -> None:
    assert expand("bộ TTHC lĩnh vực LĐ-TB&XH") == (
        "bộ thủ tục hành chính lĩnh vực lao động - thương binh và xã hội"
    )
    assert expand("TTHCX, CBCC") == "TTHCX, cán bộ, công chức"
    assert words_of("Niêm yết TTHC") == words_of("niêm yết thủ tục hành chính")


def test_places_and_numbers_say_nothing() -> None:
    assert terms_of(words_of("Xã Khe Mận còn 14 hồ sơ trễ")) == terms_of(
        words_of("Xã Nà Pheo còn 3 hồ sơ trễ")
    )


def test_documents_cited_by_number_say_nothing_but_what_they_are_about() -> None:
    plain = "Chưa treo bảng giá dịch vụ ở phòng tiếp dân"
    reminded = f"{plain}, đã được nhắc tại Công văn số 71/UBND-VP ngày 02/4/2021 của UBND huyện."
    assert words_of(reminded) == words_of(f"{plain}, đã được nhắc tại.")
    assert "văn_hóa" in words_of("Chưa theo Quyết định số 12/QĐ-UBND ngày 03/4/2020 về văn hóa công sở.")
    assert words_of("Có 12/37 hồ sơ trễ hạn") == ["có", "hồ_sơ", "trễ", "hạn"]


def test_a_year_that_points_to_an_earlier_report_stays_in_its_chain() -> None:
    said = [
        statement("Xã Khe Mận chưa niêm yết công khai thủ tục hành chính lĩnh vực đất đai tại trụ sở;"),
        statement(
            "bảng niêm yết cũ, nhiều thủ tục đã hết hiệu lực chưa được gỡ bỏ.",
            "procedures",
            "not_published",
            "outdated",
        ),
        statement(
            "Xã Khe Mận đến nay vẫn chưa niêm yết thủ tục hành chính lĩnh vực đất đai mặc dù đã được chỉ ra tại "
            "Báo cáo số 18/BC-UBND ngày 09/11/2019 của UBND huyện."
        ),
        statement(
            "Qua kiểm tra (Báo cáo số 22/BC-UBND ngày 11/11/2020), Chủ tịch UBND huyện phê bình UBND xã Khe Mận "
            "và UBND xã Nà Pheo hai năm liền không niêm yết đầy đủ thủ tục hành chính dù đã được nhắc nhở.",
            "steering",
        ),
        statement("Thủ tục hành chính lĩnh vực đất đai vẫn chưa được niêm yết tại trụ sở UBND xã."),
    ]
    chains = group(said, ["2019", "2019", "2020", "letter", "2021"], default_likeness())
    assert {0, 2, 4} <= set(chains[0])


def test_one_subject_is_nearer_than_another() -> None:
    said = [
        statement("Chưa niêm yết bộ TTHC ngành Lao động - Thương binh và Xã hội."),
        statement("Thủ tục lĩnh vực LĐ-TB&XH không được dán cho dân xem."),
        statement("Mức thu phí, lệ phí không treo ở bảng."),
    ]
    scores = default_likeness().same(said)
    assert scores[0, 1] > 0 > scores[0, 2]
    assert scores[0, 1] > scores[1, 2]
    assert np.allclose(scores, scores.T, atol=1e-4)


def test_another_fault_of_one_subject_is_another_deficiency() -> None:
    said = [
        statement("Chưa ban hành kế hoạch CCHC năm.", "steering", "not_issued"),
        statement("Kế hoạch CCHC năm chung chung, sao chép của huyện.", "steering", "low_quality"),
        statement("Kế hoạch cải cách hành chính năm nay chưa có.", "steering", "not_issued"),
    ]
    scores = default_likeness().same(said)
    assert scores[0, 2] > 0 > scores[0, 1]


def test_a_remedy_finds_its_deficiency() -> None:
    wrong = [
        statement("Chưa ban hành quy chế làm việc của UBND xã.", "organisation", "not_issued"),
        statement("Không duy trì họp giao ban.", "organisation", "not_implemented"),
    ]
    gone = [statement("UBND xã đã ban hành quy chế làm việc.", "organisation")]
    scores = default_likeness().answers(wrong, gone)
    assert scores[0, 0] > 0 > scores[1, 0]


def test_a_score_does_not_depend_on_the_company() -> None:
    a, b = statement("Chữ ký số ít dùng.", "digital"), statement("Văn bản đi chưa ký số.", "digital")
    other = statement("Dự toán không công khai.", "public_finance")
    alone, among = default_likeness().same([a, b]), default_likeness().same([a, other, b])
    assert abs(alone[0, 1] - among[0, 2]) < 1e-3


def test_nothing_known_can_be_compared() -> None:
    empty = Statement(b"", None, ())
    assert np.isfinite(default_likeness().same([empty, statement("Niêm yết thiếu.")])).all()
    assert default_likeness().answers([empty], []).shape == (1, 0)


def test_the_artefact_is_of_these_pairs_and_features() -> None:
    card = load().card
    assert card["pairs_sha256"] == data_hash()
    assert card["features"] == {"same": list(SAME), "answer": list(WORDING)}
    assert card["scores"]["machine"]["pairs"]["held-out"][1] > 100


def test_the_table_of_errors_is_that_of_the_card() -> None:
    from models.subject_training import table

    assert "\n".join(table(load().card)) in (FOLDER / "subjects.md").read_text(encoding="utf-8")


def test_the_artefact_survives_a_round_trip(tmp_path: Path) -> None:
    artefact = load()
    save(artefact, tmp_path)
    again = SubjectLikeness(load(tmp_path))
    said = [
        statement("Chữ ký số ít dùng.", "digital"),
        statement("Dự toán không công khai.", "public_finance"),
    ]
    assert np.array_equal(again.same(said), default_likeness().same(said))
    assert (tmp_path / "subjects.npz").read_bytes() == (FOLDER / "subjects.npz").read_bytes()


def test_a_damaged_artefact_says_how_to_rebuild_it(tmp_path: Path) -> None:
    for name in ("subjects.npz", "subjects.json"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / "subjects.npz").write_bytes(b"nonsense")
    with pytest.raises(ArtefactProblem, match="subject_training"):
        load(tmp_path)
    card = json.loads((tmp_path / "subjects.json").read_text(encoding="utf-8"))
    (tmp_path / "subjects.json").write_text(json.dumps(card | {"format": 99}), encoding="utf-8")
    with pytest.raises(ArtefactProblem, match="format"):
        load(tmp_path)
    with pytest.raises(ArtefactProblem):
        load(tmp_path / "nowhere")


def test_wordings_are_whole_subjects_in_each_split() -> None:
    wordings = read_wordings()
    split: dict[int, set[str]] = {}
    for one in wordings:
        split.setdefault(one.subject, set()).add(one.split)
    assert all(len(found) == 1 for found in split.values())
    assert len({one.text for one in wordings}) == len(wordings)
    assert {code for one in wordings for code in one.types} <= set(TYPES)


def test_a_line_of_no_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "steering.txt").write_text("## steering | sổ\nChưa có sổ.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"steering\.txt, line 2"):
        read_wordings(tmp_path)


def test_the_name_of_a_subject_holds_words_and_nothing_else() -> None:
    text = (
        "Hồ sơ chứng thực quý 1/2021 tiếp tục không có phiếu kiểm soát, trang thông tin điện tử phường - cũ."
    )
    phrase = default_likeness().encode(text).phrase
    assert phrase == " ".join(phrase.split())
    assert phrase and all(any(sign.isalpha() for sign in part) for part in phrase.split())


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Chưa niêm yết thủ tục lĩnh vực Lao động - Thương binh và Xã hội, công dân phải hỏi.", "và xã hội"),
        ("Chưa lập phụ lục báo cáo của Phòng Kế hoạch và Đầu tư (biểu số 2).", "kế hoạch và đầu tư"),
    ],
)
def test_the_name_of_a_subject_ends_with_a_name_and_before_a_mark(text: str, phrase: str) -> None:
    assert default_likeness().encode(text).phrase.endswith(phrase)
