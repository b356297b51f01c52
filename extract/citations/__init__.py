"""Numbered documents that a text cites: found (:mod:`find`), completed and keyed (:mod:`resolve`).

The grammar — kinds, symbols, issuing bodies — is data in ``grammar.toml``.
"""

from __future__ import annotations

from extract.citations.find import find_citations
from extract.citations.resolve import resolve

__all__ = ["find_citations", "resolve"]
