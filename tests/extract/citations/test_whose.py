"""Whose a committee's paper is: what the passage offers, what a judge's answer does, what is never asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.citations import find_citations, resolve
from extract.citations.candidates import Candidate, Paper
from extract.citations.passage import Owner, Passage
from extract.citations.places import places_of
from extract.citations.whose import SURE, Judge
from extract.document import Citation, UnitMention
from models.issuers import default_issuers

DISTRICT = UnitMention("Huyện Lũng Cát", "district", "HUYỆN LŨNG CÁT")
COMMUNE = UnitMention("Xã Khe Mận", "commune", "XÃ KHE MẬN")


def cited(
    text: str, judge: Judge | None, unit: UnitMention | None = DISTRICT, known: Sequence[Citation] = ()
) -> list[Citation]:
    return resolve(
        find_citations(text),
        document_number=None,
        document_date=None,
        issuer=unit.as_printed if unit else None,
        issuer_unit=unit,
        text=text,
        known=known,
        judge=judge,
    )


class Choosing:
    """A judge that takes the place named by its words with a given chance, and keeps what it was asked."""

    def __init__(self, words: str, chance: float = 1.0) -> None:
        self._words, self._chance = words, chance
        self.asked: list[tuple[str, list[Candidate]]] = []

    def __call__(self, paper: Paper, found: Sequence[Candidate]) -> list[float]:
        self.asked.append((paper.number, list(found)))
        chosen = [one.words == self._words for one in found]
        if not any(chosen):
            chosen = [one.owner is None for one in found]
        rest = len(found) - sum(chosen)
        return [self._chance / sum(chosen) if one else (1 - self._chance) / rest for one in chosen]


def named(text: str, unit: UnitMention | None = DISTRICT) -> list[tuple[str, str, Owner, str]]:
    places = places_of(text, unit.as_printed if unit else None, unit)
    passage = Passage(text, places, unit, [], [(0, len(text))])
    return [(text[one.start : one.end], one.kind, one.owner, one.told) for one in passage.named]


NA_PE = Owner("commune", "na-pe")
LUNG_CAT = Owner("district", "lung-cat")


def test_the_one_who_is_named_again_without_a_name_is_the_same() -> None:
    text = "UBND xã Nà Pe nhận văn bản của UBND huyện. HĐND xã và UBND đã họp, xã báo cáo UBND tỉnh."
    assert named(text) == [
        ("UBND xã Nà Pe", "ubnd", NA_PE, "named"),
        ("UBND huyện", "ubnd", LUNG_CAT, "own"),
        ("HĐND xã", "hdnd", NA_PE, "focus"),
        ("UBND", "ubnd", NA_PE, "bare"),
        ("xã", "place", NA_PE, "focus"),
        ("UBND tỉnh", "ubnd", Owner("province", None), "level"),
    ]


def test_a_place_behind_an_office_is_not_spoken_of_itself() -> None:
    assert named("Đảng ủy xã Nà Pe") == [("xã Nà Pe", "office", NA_PE, "named")]


def test_bodies_inside_numbers_are_none() -> None:
    assert named("Thông báo số 97/TB- UBND") == []


def test_only_what_is_near_is_offered() -> None:
    far = "Xã Nà Pe có trụ sở mới. " + "Bàn ghế đã cũ và chưa được thay. " * 40
    judge = Choosing("xã Nà Pe")
    cited(far + "Kế hoạch số 12/KH-UBND còn chung chung.", judge)
    ((_, found),) = judge.asked
    assert all(one.named is None for one in found)


def test_what_is_told_completes_issuer_key_and_day() -> None:
    text = "Ngày 03/4/2021, xã Nà Pe gửi Công văn số 15/UBND."
    (found,) = cited(text, Choosing("xã Nà Pe"))
    assert (found.issuer, found.date, found.key) == ("UBND xã Nà Pe", "2021-04-03", "cv:15:ubnd-na-pe:2021")
    assert found.resolved and set(found.completed) == {"date", "issuer"}


def test_a_day_on_which_a_paper_is_withdrawn_is_not_its_own() -> None:
    (found,) = cited("Ngày 03/4/2021, xã Nà Pe thu hồi Quyết định số 15/QĐ-UBND.", Choosing("xã Nà Pe"))
    assert (found.issuer, found.date) == ("UBND xã Nà Pe", None)


@pytest.mark.parametrize(("chance", "key"), [(SURE + 0.01, "bc:15:ubnd-na-pe"), (SURE - 0.01, "bc:15:ubnd")])
def test_who_is_not_sure_leaves_it_open(chance: float, key: str) -> None:
    (found,) = cited("Xã Nà Pe: Báo cáo số 15/BC-UBND sơ sài.", Choosing("xã Nà Pe", chance))
    assert found.key == key


def test_without_a_judge_it_stays_open() -> None:
    (found,) = cited("UBND xã Nà Pe ban hành Kế hoạch số 15/KH-UBND.", None)
    assert (found.issuer, found.key) == (None, "kh:15:ubnd")


def test_what_the_citation_says_itself_is_not_asked() -> None:
    judge = Choosing("xã Nà Pe")
    (found,) = cited("Xã Nà Pe chưa thực hiện Kế hoạch số 15/KH-UBND của UBND huyện.", judge)
    assert found.key == "kh:15:ubnd-lung-cat" and not judge.asked


def test_a_paper_of_the_same_file_is_not_asked() -> None:
    judge = Choosing("xã Khe Mận")
    known = cited("Kết luận số 41/KL-UBND ngày 09/7/2018 của UBND huyện Cao Sa.", None, None)
    text = "UBND xã thực hiện Kết luận số 41/KL-UBND ngày 09/7/2018."
    (found,) = cited(text, judge, COMMUNE, known)
    assert found.key == "kl:41:ubnd-cao-sa:2018" and not judge.asked


def test_one_mention_tells_of_the_next_of_its_number() -> None:
    judge = Choosing("xã Nà Pe")
    text = "Kế hoạch số 15/KH-UBND của UBND xã Nà Pe còn sơ sài. Qua 6 tháng, Kế hoạch 15/KH-UBND đạt 40%."
    first, second = cited(text, judge)
    ((_, found),) = judge.asked
    again = {one.owner for one in found if "AGAIN" in one.features}
    assert again == {NA_PE} and first.key == second.key == "kh:15:ubnd-na-pe"


def test_a_list_is_looked_at_as_one() -> None:
    judge = Choosing("xã Nà Pe")
    cited("Xã Nà Pe ban hành Kế hoạch số 15/KH-UBND, Quyết định số 16/QĐ-UBND.", judge)
    nearest = [next(one for one in found if one.named) for _, found in judge.asked]
    assert [one.words for one in nearest] == ["xã Nà Pe"] * 2
    assert all("B|cited=0" in one.features for one in nearest)


@pytest.mark.parametrize(
    ("text", "unit", "key"),
    [
        ("Xã Tân Lập bị nhắc nhở do chậm gửi Báo cáo số 22/BC-UBND.", DISTRICT, "bc:22:ubnd-tan-lap"),
        ("Theo chỉ đạo của huyện tại Công văn số 677/UBND-NV, xã đã họp.", COMMUNE, "cv:677:ubnd-huyen"),
        ("Xã Tân Lập nhận Công văn số 677/UBND-NV nhưng không vào sổ.", DISTRICT, "cv:677:ubnd"),
        ("UBND xã chưa thực hiện Kế hoạch số 58/KH-UBND.", COMMUNE, "kh:58:ubnd"),
    ],
)
def test_the_judge_of_rasoat_tells_who_wrote_from_who_acts(text: str, unit: UnitMention, key: str) -> None:
    (found,) = cited(text, default_issuers(), unit)
    assert found.key == key
