"""Re-attach annotated statements after the canonical text of their document changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotations.records import Annotation, AnnotationFile, text_hash
from extract.document import Span

SAME = 0.6
"""Shared part of two spans above which they are the same statement."""

CONTEXT = 80
"""Code points before a statement that tell it from others with the same words."""


def anchor(content: AnnotationFile, text: str) -> tuple[list[Annotation], list[Annotation]]:
    """The annotations with spans in ``text``, and those whose words are no longer there.

    Spans stay as they are when the text is the one they were made on. Otherwise each statement is
    looked for, blanks apart, behind the statement before it.
    """
    if content.text_sha256 == text_hash(text):
        return list(content.annotations), []
    found: list[Annotation] = []
    lost: list[Annotation] = []
    at = 0
    for one in content.annotations:
        pattern = _pattern(one.text)
        hit = pattern.search(text, at) or pattern.search(text)
        if hit is None:
            lost.append(one)
            continue
        found.append(replace(one, span=hit.span(), text=hit.group()))
        at = max(at, hit.end())
    return found, lost


def places(words: str, text: str) -> list[Span]:
    """Where ``words`` stand in ``text``, blanks apart."""
    return [hit.span() for hit in _pattern(words).finditer(text)] if words.strip() else []


def place_by_context(words: str, before: str, text: str) -> Span | None:
    """Where ``words`` stand in ``text``: of several places the one behind the words ``before``.

    ``None`` where they stand nowhere, or where what stands before tells no place from another.
    """
    found = places(words, text)
    if len(found) < 2:
        return found[0] if found else None
    alike = [_common_end(before, text[max(0, start - 2 * CONTEXT) : start]) for start, _ in found]
    best = max(alike)
    return found[alike.index(best)] if best and alike.count(best) == 1 else None


def shared(a: Span, b: Span) -> float:
    """The part of two spans' common stretch that both cover, 0 to 1.

    Above one half it can hold for one span only of several that do not overlap.
    """
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (max(a[1], b[1]) - min(a[0], b[0]))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(re.escape(word) for word in words.split()))


def _common_end(first: str, second: str) -> int:
    """How many code points the ends of two texts have in common, blanks apart."""
    count = 0
    for a, b in zip(_reversed(first), _reversed(second), strict=False):
        if a != b:
            break
        count += 1
    return count


def _reversed(text: str) -> Sequence[str]:
    return "".join(text.split())[::-1]
