"""What the vocabulary of subjects learns from wordings: words that change places in one deficiency are near."""

from __future__ import annotations

from functools import cache

import numpy as np

from models.subject_artefact import SubjectArtefact
from models.subject_pairs import Wording, read_wordings
from models.subject_vocabulary import vocabulary

CHANGING, APART = ("lamu", "kizo"), ("pogu", "wase")
"""Made words that never meet in one sentence, of which the first two stand for one thing in one deficiency."""
AROUND = ("{} hay đứt từ sáng", "cả chiều {} chập chờn")


def worded(words: tuple[str, str], deficiencies: tuple[int, int]) -> list[Wording]:
    """Each word in a sentence of its own, twice, so that it is no rarity; the sentences share no word."""
    return [
        Wording(around.format(word), number, number, "digital", ("lack_of_resources",), False, "train")
        for word, around, number in zip(words * 2, AROUND * 2, deficiencies * 2, strict=True)
    ]


@cache
def learned() -> SubjectArtefact:
    written = [one for one in read_wordings() if one.split == "train"]
    return vocabulary([], [*written, *worded(CHANGING, (-1, -1)), *worded(APART, (-2, -3))])


def nearness(one: str, other: str) -> float:
    number = {term: at for at, term in enumerate(learned().terms)}
    first, second = (learned().vectors[number[f"w:{word}"]] for word in (one, other))
    return float(first @ second)


def test_words_that_change_places_in_one_deficiency_are_nearer_than_those_of_several() -> None:
    assert nearness(*CHANGING) > nearness(*APART) + 0.1


def test_vectors_have_unit_length_and_pairs_of_syllables_none() -> None:
    lengths = np.linalg.norm(learned().vectors, axis=1)
    words = np.array([term.startswith("w:") for term in learned().terms])
    assert np.allclose(lengths[words][lengths[words] > 0], 1, atol=1e-2)
    assert not lengths[~words].any()


def test_the_same_texts_give_the_same_vocabulary() -> None:
    again = vocabulary([], [one for one in read_wordings() if one.split == "train"])
    once_more = vocabulary([], [one for one in read_wordings() if one.split == "train"])
    assert again.terms == once_more.terms
    assert all(
        np.array_equal(getattr(again, name), getattr(once_more, name))
        for name in ("idf", "pointing", "aboutness", "vectors", "types", "areas")
    )
