"""The tokenizer: underthesea's words, our offsets."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from underthesea import word_tokenize

from models.tokens import blank_pipeline, word_spans

SENTENCES = [
    "Xã Khe Mận chưa ban hành kế hoạch cải cách hành chính năm 2021.",
    "Uỷ ban nhân dân xã  đã niêm yết 12,5% thủ tục (lĩnh vực Đất đai).",
    "Quyết định số 52/2017/QĐ-UBND ngày 30/7/2021 còn hiệu lực.",
    "Hoà giải ở cơ sở; qui định về   văn hoá công sở…",
]


def test_words_are_those_of_underthesea() -> None:
    for sentence in SENTENCES:
        plain = " ".join(sentence.split())
        ours = [plain[a:b] for a, b in word_spans(plain)]
        assert ours == word_tokenize(plain, use_token_normalize=False)


def test_doc_text_and_offsets_are_exact() -> None:
    nlp = blank_pipeline()
    for text in [*SENTENCES, "\n".join(SENTENCES), "  hai  dòng \n\n\tcó khoảng trắng "]:
        doc = nlp(text)
        assert doc.text == text
        assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_pipeline_survives_the_disk(tmp_path: object) -> None:
    import spacy

    nlp = blank_pipeline()
    nlp.to_disk(str(tmp_path))
    again = spacy.load(str(tmp_path))
    assert [t.text for t in again(SENTENCES[0])] == [t.text for t in nlp(SENTENCES[0])]


def test_tokenizer_is_an_entry_point_that_spacy_finds() -> None:
    from spacy.util import registry

    assert registry.tokenizers.get("rasoat.vi_tokenizer.v1") is not None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aăâbđếộ ỹ.,%/-\n\t()1290#ÀỄ", max_size=60))
def test_every_visible_code_point_is_in_one_word(text: str) -> None:
    spans = word_spans(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = {at for a, b in spans for at in range(a, b)}
    assert all(at in covered for at, letter in enumerate(text) if not letter.isspace())
