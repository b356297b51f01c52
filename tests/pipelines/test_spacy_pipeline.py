"""The spaCy pipeline: the findings of ``rasoat ingest`` on any text, with places in the text as given."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from extract.errors import UsageError
from pipelines.ingest import ingest
from pipelines.spacy_pipeline import KINDS, load
from pipelines.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora" / "samples" / "archive" / "2021" / "bao-cao-khac-phuc-2021.txt"
UNITS = ROOT / "corpora" / "samples" / "archive" / "units.csv"
LABELS = ("id", "document", "unit", "polarity", "area", "types", "confidence", "measurements", "citations")


@pytest.fixture(autouse=True)
def road(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real road, not the invented one of this folder's other tests."""
    monkeypatch.setenv("RASOAT_PATIENCE", "0")


@pytest.fixture(scope="module")
def nlp() -> Any:
    return spacy.load("rasoat")


@pytest.fixture(scope="module")
def report() -> str:
    return SAMPLE.read_text(encoding="utf-8")


def test_the_same_findings_as_ingesting_the_file(nlp: Any, report: str, tmp_path: Path) -> None:
    ingest([SAMPLE], tmp_path / "w", 1)
    with Workspace(tmp_path / "w").open() as dataset:
        records = list(dataset.records())
    doc = nlp(report)
    for kind in ("finding", "measurement", "citation"):
        stored = {one["id"]: one for one in records if one["record"] == kind}
        found = doc._.get(f"{kind}s")
        assert found or kind == "measurement"
        assert {one["id"] for one in found} == set(stored)
        for one in found:
            same = set(one) & set(stored[one["id"]]) - {"span", "text", "as_printed", "boxes"}
            assert {name: one[name] for name in same} == {name: stored[one["id"]][name] for name in same}
    texts = {one["id"]: one["text"] for one in records if one["record"] == "finding"}
    assert all(" ".join(one["text"].split()) == texts[one["id"]] for one in doc._.findings)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_are_exact_in_the_text_as_given(nlp: Any, report: str, form: Any) -> None:
    text = unicodedata.normalize(form, report)
    doc, plain = nlp(text), nlp(report)
    assert doc.text == text
    assert len(doc._.findings) == len(plain._.findings) > 5
    for here, there in zip(doc._.findings, plain._.findings, strict=True):
        assert text[slice(*here["span"])] == here["text"]
        assert unicodedata.normalize("NFC", here["text"]) == there["text"]
        assert [here[name] for name in LABELS[2:7]] == [there[name] for name in LABELS[2:7]]
    for one in (*doc._.measurements, *doc._.citations):
        assert text[slice(*one["span"])] == one["as_printed"]
    for unit in doc._.units:
        assert unit["findings"]
        assert all(0 <= start < end <= len(text) for start, end in unit["mentions"])


def test_spans_cover_their_findings(nlp: Any, report: str) -> None:
    doc = nlp(report)
    spans = list(doc.spans["findings"])
    assert len(spans) == len(doc._.findings)
    for span, finding in zip(spans, doc._.findings, strict=True):
        assert span.label_ == finding["polarity"]
        assert span._.finding == finding
        assert span.start_char <= finding["span"][0] < finding["span"][1] <= span.end_char
        assert finding["text"] in span.text
    assert doc[0:1]._.finding is None


def test_many_texts_in_two_processes(nlp: Any, report: str) -> None:
    texts = [
        report,
        "",
        "Xã Khe Mận chưa niêm yết bộ thủ tục hành chính.",
        "The sun rose over the hills. " * 9,
    ]
    alone = [nlp(text) for text in texts]
    together = list(nlp.pipe(texts, n_process=2, batch_size=1))
    for one, other in zip(alone, together, strict=True):
        assert one.text == other.text
        assert all(one._.get(kind) == other._.get(kind) for kind in KINDS)
        assert [(span.start, span.label_, span.id_) for span in one.spans["findings"]] == [
            (span.start, span.label_, span.id_) for span in other.spans["findings"]
        ]


def test_a_text_that_cannot_be_read_says_why(nlp: Any) -> None:
    for text, code in (("", "empty"), ("The sun rose over the hills. " * 9, "not_vietnamese")):
        doc = nlp(text)
        assert [one["code"] for one in doc._.cautions] == [code]
        assert not doc._.findings and not doc.spans["findings"]


def test_findings_survive_a_doc_bin(nlp: Any, report: str) -> None:
    doc = nlp(report)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    assert json.dumps(again._.findings) == json.dumps(doc._.findings)  # lists come back as tuples


def test_the_pipeline_survives_the_disk(report: str, tmp_path: Path) -> None:
    nlp = load(units=[UNITS])
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == ["rasoat"]
    assert again(report)._.findings == nlp(report)._.findings
    assert any(unit["code"] for unit in again(report)._.units)


def test_a_units_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises((UsageError, OSError), match="units-2021"):
        load(units=[tmp_path / "units-2021.csv"])


def test_it_stands_in_another_pipeline() -> None:
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.add_pipe("rasoat")
    (finding,) = nlp("Xã Khe Mận chưa niêm yết bộ thủ tục hành chính.")._.findings
    assert finding["unit"]["name"] == "Xã Khe Mận"
    assert finding["polarity"] == "deficiency"


def test_spacy_load_hands_its_arguments_on() -> None:
    assert spacy.load("rasoat", exclude=["rasoat"]).pipe_names == []
    assert spacy.load("rasoat", disable="rasoat").disabled == ["rasoat"]
    assert load(enable=["rasoat"]).pipe_names == ["rasoat"]
    with pytest.raises((UsageError, OSError)):
        spacy.load("rasoat", config={"components": {"rasoat": {"units": ["nowhere.csv"]}}})


def test_the_entry_point_names_the_factory() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"]["spacy_factories"]["rasoat"].partition(":")
    made = getattr(__import__(module, fromlist=[name]), name)
    assert spacy.Language.get_factory_meta("rasoat").factory == "rasoat"
    assert callable(made)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["Xã Khe Mận", "chưa niêm yết", "thủ tục", "đạt 12,5%", ".", ";", "\n", "\n\n- ", "I. ", "theo",
             "Quyết định số 5/QĐ-UBND", "\t\t\t", "     ", "Số: 5/BC-UBND", "BÁO CÁO", "|", "…", "•", "\u200b"]
        ),
        max_size=30,
    ),
    st.sampled_from(["NFC", "NFD"]),
)  # fmt: skip
def test_any_text_keeps_its_characters_and_places(nlp: Any, pieces: list[str], form: Any) -> None:
    text = unicodedata.normalize(form, " ".join(pieces))
    doc = nlp(text)
    assert doc.text == text
    for one in doc._.findings:
        assert text[slice(*one["span"])] == one["text"]
