"""The resources of a page, which other pages may share, are copied before anything is put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pikepdf import Dictionary, Name, Object


def with_drawn(resources: Any, more: Mapping[str, Object]) -> Dictionary:
    """A copy of ``resources`` with more drawn objects (XObjects) in it."""
    copy = Dictionary(dict(resources.items()))
    drawn: dict[str, Any] = dict(copy[Name.XObject].items()) if Name.XObject in copy else {}
    copy[Name.XObject] = Dictionary(drawn | dict(more))
    return copy
