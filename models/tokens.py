"""underthesea's word segmentation as a spaCy tokenizer with exact offsets.

``underthesea.word_tokenize`` rewrites text ("Hoà" becomes "Hòa") and gives no offsets. Its own
syllable pattern and its own CRF give both when they are called apart: the pattern finds the
syllables in the text as it stands, the CRF says which of them continue a word.
Registered as ``rasoat.vi_tokenizer.v1`` by the project's entry point.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

TOKENIZER = "rasoat.vi_tokenizer.v1"


@lru_cache(maxsize=1)
def _segmenter() -> tuple[re.Pattern[str], Any]:
    """underthesea's syllable pattern and its segmentation CRF, loaded once a process."""
    import underthesea
    from underthesea.models.fast_crf_sequence_tagger import FastCRFSequenceTagger
    from underthesea.pipeline.word_tokenize.regex_tokenize import patterns

    folder = Path(underthesea.__file__).parent / "pipeline" / "word_tokenize" / "models"
    model = next(path.parent for path in sorted(folder.rglob("models.bin")))
    tagger = FastCRFSequenceTagger()
    tagger.load(str(model))
    return patterns, tagger


def word_spans(text: str) -> list[tuple[int, int]]:
    """The words of ``text`` as ``(start, end)`` in code points; every visible code point is in one.

    Lines are segmented apart, because the CRF reads over line ends.
    """
    pattern, tagger = _segmenter()
    spans: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        syllables = [
            (at + hit.start(), at + hit.end()) for hit in pattern.finditer(line) if hit.group().strip()
        ]
        if syllables:
            tags = tagger.predict([[text[a:b]] for a, b in syllables])
            spans.extend(_merge(syllables, tags))
        at += len(line) + 1
    return spans


def _merge(syllables: list[tuple[int, int]], tags: list[str]) -> list[tuple[int, int]]:
    words: list[tuple[int, int]] = []
    for span, tag in zip(syllables, tags, strict=True):
        if tag == "I-W" and words:
            words[-1] = (words[-1][0], span[1])
        else:
            words.append(span)
    return words


class VietnameseTokenizer:
    """spaCy tokenizer over :func:`word_spans`; ``doc.text == text`` and every ``token.idx`` is exact."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text as a ``Doc``; blanks are kept, as trailing spaces or tokens of their own."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in word_spans(text):
            _fill(text[at:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            at = end
        _fill(text[at:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing: the model lies in the underthesea package."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> VietnameseTokenizer:
        """Itself: there is nothing to restore."""
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        """The tokenizer has no state of its own: the model lies in the underthesea package."""

    def from_disk(self, _path: object, **_: object) -> VietnameseTokenizer:
        """Itself: there is nothing to restore."""
        return self


def _fill(gap: str, words: list[str], spaces: list[bool]) -> None:
    """Account for what stands between two words: one blank belongs to the word, more is a token."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def make_tokenizer() -> Callable[[Language], VietnameseTokenizer]:
    """The factory that spaCy's ``tokenizers`` registry calls."""
    return lambda nlp: VietnameseTokenizer(nlp.vocab)


def blank_pipeline(vocab: Vocab | bool = True) -> Language:
    """A spaCy pipeline of the tokenizer alone, without pyvi."""
    import spacy
    from spacy.util import registry

    registry.tokenizers.register(TOKENIZER, func=make_tokenizer)
    return spacy.blank("vi", vocab=vocab, config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
