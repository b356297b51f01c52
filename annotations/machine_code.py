"""The machine's answer as one word of letters, so that a change all over a file does not reach it.

A reviewer who replaces "machine" by "accepted", or one label by another, in the whole file would change the
copy as well that the answer is held against, and the answer would look like none.
"""

from __future__ import annotations

import base64
import json
from typing import Any


def written(answer: dict[str, Any]) -> str:
    """The machine's answer, its fields as in an annotation file, as a code."""
    return base64.urlsafe_b64encode(json.dumps(answer, ensure_ascii=False).encode()).decode()


def read(code: str) -> dict[str, Any]:
    """The answer of a code; :class:`ValueError` where it is none."""
    answer = json.loads(base64.b64decode(code.encode(), altchars=b"-_", validate=True).decode())
    if not isinstance(answer, dict):
        raise ValueError("no JSON object")
    return answer
