"""The committed model card says what the committed figures say."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from models.artefact import FOLDER, LABELS, load
from models.calibration import Judged
from models.card import CARD, write_card
from models.comparison import OUTPUT
from models.cues import cue_labels
from models.pictures import draw_reliability


def test_the_card_is_the_one_that_the_figures_make(tmp_path: Path) -> None:
    comparison = json.loads(OUTPUT.read_text(encoding="utf-8"))
    text = write_card(load().card, comparison, tmp_path / "card.md")
    assert CARD.read_text(encoding="utf-8") == text, (
        "run 'python -m models.comparison', then 'python -m models.card'"
    )


def test_the_comparison_is_of_the_committed_model() -> None:
    comparison = json.loads(OUTPUT.read_text(encoding="utf-8"))
    scores = load().card["scores"]
    shipped, last = comparison["table"][-1], comparison["learning_curve"][-1]
    for name in LABELS:
        assert shipped[name] == last[name] == pytest.approx(scores[name]["macro_f1"], abs=1e-4)
    assert last["statements"] == load().card["statements"]


def test_pictures_are_drawn_anew_byte_by_byte(tmp_path: Path) -> None:
    values: dict[str, list[Judged]] = {name: [(0.95, True), (0.4, False)] for name in LABELS}
    for at in (1, 2):
        draw_reliability(values, tmp_path / f"{at}.svg")
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()
    for path in (tmp_path / "1.svg", FOLDER / "reliability.svg", FOLDER / "learning-curve.svg"):
        assert ElementTree.parse(path).getroot().tag.endswith("svg")


@pytest.mark.parametrize("decision", LABELS)
def test_cue_words_give_labels_of_the_decision(decision: str) -> None:
    for text in ("Chưa niêm yết thủ tục hành chính.", "Đạt 100%.", "", "Đề nghị xã sớm báo cáo."):
        (label,) = cue_labels(decision, text)
        assert label in LABELS[decision]
