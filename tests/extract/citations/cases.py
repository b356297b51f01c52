"""The written citation cases: sentences with what they cite marked in them; see the head of development.txt."""

from __future__ import annotations

from pathlib import Path

from annotations import citation_cases
from annotations.citation_cases import DAY, UNITS, Case, Expected

__all__ = ["DAY", "PARTS", "UNITS", "Case", "Expected", "read_cases"]
_HERE = Path(__file__).parent
PARTS = (
    "development",
    "held",
    "fresh",
    "last",
    "blind_a",
    "blind_b",
    "blind_c",
    "blind_e",
    "blind_f",
    "blind_g",
    "blind_h",
    "blind_i",
    "blind_j",
    "blind_k",
    "blind_l",
    "blind_m",
    "blind_n",
    "blind_o",
    "blind_p",
    "blind_q",
    "blind_r",
    "taught",
    "blind_s",
    "blind_t",
    "blind_u",
)
"""The files of cases, in the order they were written."""


def read_cases(half: str) -> list[Case]:
    """All cases of one of ``PARTS``, in the file's order."""
    return list(citation_cases.read_cases(_HERE / f"{half}.txt"))
