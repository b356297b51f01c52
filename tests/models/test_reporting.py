"""Which statements report: texts of other kinds do not, a plan's section on what was found does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.artefact import FOLDER, ArtefactProblem, load
from models.classify import Classifier
from models.features import Input
from models.reporting import REPORTS, load_reporting, look_around, save, share_known
from models.reporting_training import OTHERS, Paper, other_papers, train_reporting

FINDINGS = [
    "Xã Khe Mận chưa niêm yết bộ thủ tục hành chính lĩnh vực đất đai.",
    "UBND xã Bản Lầu gửi báo cáo quý II chậm 12 ngày.",
    "Sổ theo dõi hồ sơ của xã Khe Mận không ghi ngày hẹn trả.",
]
RULES = [
    "Hồ sơ thiếu chữ ký thì văn thư trả lại, không đóng dấu.",
    "Cán bộ không được đi muộn, về sớm; vi phạm lần thứ hai thì bị phê bình.",
    "Văn bản chưa có chữ ký số thì chưa phát hành.",
]


def _inputs(texts: list[str], *titles: str) -> list[Input]:
    return [Input(text, titles) for text in texts]


def test_findings_report_and_rules_do_not() -> None:
    reporting = load_reporting()
    assert min(reporting(_inputs(FINDINGS, "Tồn tại, hạn chế"))) >= REPORTS
    assert max(reporting(_inputs(RULES, "Quy định chung"))) < REPORTS
    assert reporting([]) == []


def test_both_in_one_paper_are_told_apart() -> None:
    mixed = _inputs(FINDINGS, "TÌNH HÌNH NĂM 2020", "Tồn tại, hạn chế") + _inputs(RULES, "NHIỆM VỤ")
    sure = load_reporting()(mixed)
    assert min(sure[: len(FINDINGS)]) >= REPORTS > max(sure[len(FINDINGS) :])


def test_what_does_not_report_is_information_and_demands_stay() -> None:
    rules = [*_inputs(RULES, "Quy định chung"), Input("Yêu cầu các phòng thực hiện nghiêm túc Chỉ thị này.")]
    alone = Classifier(load())(rules)
    heard = Classifier(load(), load_reporting())(rules)
    assert any(label.judges for label in alone)
    for before, after in zip(alone, heard, strict=True):
        assert not after.judges and not after.types
        assert after.polarity == ("information" if before.judges else before.polarity)
        assert 0 <= after.polarity_confidence <= 1


def test_around_has_no_neighbours_at_a_lone_statement() -> None:
    evidence = np.array([[1.0, 2.0, 0.5, 1.0]], dtype=np.float32)
    (row,) = look_around(evidence, [("I",)])
    assert row[:4].tolist() == evidence[0].tolist()
    assert not row[4:-1].any() and row[-1] == 1
    two = look_around(np.concatenate([evidence, evidence * 3]), [("I",), ("II",)])
    assert two[0, 12:16].tolist() == (evidence[0] * 3).tolist()  # the rest of the document
    assert not two[0, 8:12].any()  # the rest of its section


def test_a_text_without_known_pairs_stays_near_a_half_only_when_short() -> None:
    assert share_known(["c:a"], {"c:a b"}) == 0.5
    assert share_known(["c:a b", "c:b c"], {"c:a b", "c:b c"}) > 0.5 > share_known(["c:x y"] * 5, {"c:a b"})


def test_training_again_gives_the_same_bytes(tmp_path: Path) -> None:
    others = other_papers(sorted(OTHERS.glob("*.txt"))[:8])
    reports = [
        Paper(f"huyện {at}", True, _inputs([f"{text} Lần {at}." for text in FINDINGS], "Tồn tại"), [True] * 3)
        for at in range(8)
    ]
    for name in ("a", "b"):
        save(train_reporting([*reports, *others]), tmp_path / name)
    for ending in ("npz", "json"):
        first, second = (tmp_path / name / f"reporting.{ending}" for name in ("a", "b"))
        assert first.read_bytes() == second.read_bytes()
    inputs = _inputs(FINDINGS)
    assert load_reporting(tmp_path / "a")(inputs) == load_reporting(tmp_path / "b")(inputs)


def test_a_damaged_artefact_names_the_remedy(tmp_path: Path) -> None:
    for name in ("reporting.npz", "reporting.json"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    load_reporting(tmp_path)
    with (tmp_path / "reporting.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ArtefactProblem, match=r"models\.reporting_training"):
        load_reporting(tmp_path)
    (tmp_path / "reporting.json").unlink()
    with pytest.raises(ArtefactProblem, match="cannot be read"):
        load_reporting(tmp_path)
