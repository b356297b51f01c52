"""Re-attach annotated statements after the canonical text of their document changed."""

from __future__ import annotations

import re
from dataclasses import replace

from annotations.files import Annotation, AnnotationFile, text_hash
from extract.document import Span

SAME = 0.6
"""Shared part of two spans above which they are the same statement."""


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
        pattern = r"\s+".join(re.escape(word) for word in one.text.split())
        hit = re.compile(pattern).search(text, at) or re.compile(pattern).search(text)
        if hit is None:
            lost.append(one)
            continue
        found.append(replace(one, span=hit.span(), text=hit.group()))
        at = max(at, hit.end())
    return found, lost


def shared(a: Span, b: Span) -> float:
    """The part of two spans' common stretch that both cover, 0 to 1.

    Above one half it can hold for one span only of several that do not overlap.
    """
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, common) / (max(a[1], b[1]) - min(a[0], b[0]))
