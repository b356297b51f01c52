"""The entries of an annotation file as checked values, or the reason why one is refused.

An entry is one JSON object. Lines that begin with a blank belong to the entry above them, so that a
person sees labels, words and bookkeeping one below the other. Empty lines and lines that begin with
``#`` are for people only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import fields
from typing import Any

from annotations import machine_code
from annotations.anchor import places
from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.records import STATUSES, Annotation, AnnotationFile, MachineAnswer, text_hash
from extract.document import Span

SCHEMA = 1
_BENT = dict.fromkeys(map(ord, "“”„‟"), '"')
_HASH = re.compile(r"[0-9a-f]{64}")
_HEAD = ("record", "schema", "document", "part", "text_sha256", "reviewer", "model")


class WrongError(Exception):
    """The reason why an entry is refused. ``line`` counts from 0 inside the entry."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def entries(raw: str) -> Iterator[tuple[int, str]]:
    """The entries of a file with the number of their first line."""
    begun, held = 0, list[str]()
    # Not splitlines(): a text may hold U+2028 and its like, which JSON leaves as they are.
    for number, line in enumerate(raw.split("\n"), start=1):
        bare = line.strip()
        if held and bare and line[0] in " \t" and bare[0] not in "#{":
            held.append(line)
            continue
        if held:
            yield begun, "\n".join(held)
        begun, held = number, [line] if bare and bare[0] != "#" else []
    if held:
        yield begun, "\n".join(held)


def row_of(entry: str) -> dict[str, Any]:
    """The JSON object of an entry."""
    try:
        row = _plainly_quoted(entry)
    except json.JSONDecodeError as error:
        raise WrongError(f"not JSON ({error.msg}, column {error.colno}).", error.lineno - 1) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits is a plain ValueError, deep nesting a RecursionError.
        raise WrongError(f"not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise WrongError("not a JSON object.")
    return row


def _plainly_quoted(entry: str) -> Any:
    """The value of an entry, also where a word processor has bent the quotation marks that a person typed."""
    try:
        return json.loads(entry)
    except json.JSONDecodeError:
        if entry == (straight := entry.translate(_BENT)):
            raise
        try:
            return json.loads(straight)
        except json.JSONDecodeError:
            pass
        raise


def head_of(row: dict[str, Any]) -> AnnotationFile:
    """The head of a file, without annotations yet."""
    if row.get("record") != "annotation_file" or row.get("schema") != SCHEMA:
        raise WrongError(f"no head of an annotation file of schema {SCHEMA}.")
    _only(row, _HEAD)
    document, part, digest = _string(row, "document"), _whole(row, "part"), _string(row, "text_sha256")
    if part < 1:
        raise WrongError(f"part is {part}; parts count from 1.")
    if not _HASH.fullmatch(digest):
        raise WrongError("text_sha256 is not 64 hexadecimal digits in small letters.")
    reviewer = row.get("reviewer")
    if reviewer is not None and not isinstance(reviewer, str):
        raise WrongError("reviewer is no text.")
    return AnnotationFile(document, part, digest, (), reviewer, _optional(row, "model"))


def check_text(head: AnnotationFile, text: str) -> None:
    """Refuse a file that was made on another text."""
    if head.text_sha256 != text_hash(text):
        raise WrongError("made on another text than the document has now (text_sha256 differs).")


def annotation_of(row: dict[str, Any], text: str | None = None) -> Annotation:
    """One annotation, checked by itself.

    With ``text`` its words are checked too, and a line that a person added may leave out ``n`` (0 then) and
    ``span``, if its words stand in the text once.
    """
    _only(row, ("record", *(field.name for field in fields(Annotation)), "said"))
    if row.get("record", None if text is None else "annotation") != "annotation":
        raise WrongError(f"record is {row.get('record')!r}, not 'annotation'.")
    words = _string(row, "text")
    one = Annotation(
        0 if text is not None and "n" not in row else _whole(row, "n"),
        _only_place(words, text) if text is not None and row.get("span") is None else _span(row),
        words,
        _string(row, "polarity"),
        _string(row, "area") if _field(row, "area") is not None else None,
        _strings(row, "types"),
        _units(row),
        _status(row),
        _machine(row),
        _optional(row, "reviewer"),
        _optional(row, "reviewed_at"),
    )
    _check_labels(one)
    _check_words(one, text)
    return one


def check_order(one: Annotation, before: Annotation | None) -> None:
    """Refuse an annotation that does not stand behind the one before it."""
    if one.n < 1 or (before is not None and one.n <= before.n):
        raise WrongError(f"n is {one.n}; n counts up from 1.")
    rejected = before is not None and "rejected" in (one.status, before.status)
    if before is not None and one.span[0] < before.span[1] and not rejected:
        raise overlap(one, before)


def overlap(one: Annotation, other: Annotation) -> WrongError:
    """The refusal of a statement that covers words of another one, or stands before it."""
    how = "overlaps" if one.span[1] > other.span[0] else "stands before"
    return WrongError(f"the span {one.span} {how} that of n {other.n} {other.span}.")


def _only_place(words: str, text: str) -> Span:
    found = places(words, text)
    if len(found) != 1:
        raise WrongError(
            "the words stand nowhere in the document; copy them as they are printed."
            if not found
            else f"the words stand {len(found)} times in the document; give the span, or more of the words."
        )
    return found[0]


def _check_labels(one: Annotation) -> None:
    _known("polarity", one.polarity, POLARITIES)
    if one.area is not None:
        _known("area", one.area, AREAS)
    elif one.polarity != "information":
        raise WrongError("unknown area null; only information may have no area.")
    for code in one.types:
        _known("type", code, TYPES)
    if len(set(one.types)) < len(one.types):
        raise WrongError("a type stands twice.")
    if bool(one.types) != (one.polarity == "deficiency"):
        raise WrongError("a deficiency has at least one type, and nothing else has any.")


def _check_words(one: Annotation, text: str | None) -> None:
    start, end = one.span
    if start < 0 or start >= end:
        raise WrongError(f"the span is empty or begins before the text ({start}, {end}).")
    if text is not None and text[start:end] != one.text and len(places(one.text, text[start:end])) != 1:
        raise WrongError("the document has other words at the span, or ends before it.")
    if text is None and end - start != len(one.text):
        raise WrongError(f"the span is {end - start} code points long and the text {len(one.text)}.")


def _known(kind: str, code: str, labels: Collection[str]) -> None:
    if code not in labels:
        raise WrongError(f"unknown {kind} {code!r}; one of {', '.join(labels)}.")


def _only(row: dict[str, Any], names: Collection[str]) -> None:
    # A misspelt field would be lost in silence when the file is written again.
    if unknown := sorted(row.keys() - set(names)):
        raise WrongError(f"unknown field {unknown[0]!r}; the fields are {', '.join(names)}.")


def _field(row: dict[str, Any], name: str) -> Any:
    if name not in row:
        raise WrongError(f"the field {name!r} is missing.")
    return row[name]


def _string(row: dict[str, Any], name: str) -> str:
    value = _field(row, name)
    if not isinstance(value, str) or not value:
        raise WrongError(f"{name} is no text, or empty.")
    return value


def _optional(row: dict[str, Any], name: str) -> str | None:
    return _string(row, name) if row.get(name) is not None else None


def _strings(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = _field(row, name)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one for one in value):
        raise WrongError(f"{name} is no list of texts.")
    return tuple(value)


def _units(row: dict[str, Any]) -> tuple[str, ...] | None:
    return (_strings(row, "units") or None) if row.get("units") is not None else None


def _status(row: dict[str, Any]) -> str | None:
    status = _optional(row, "status")
    if status is not None:
        _known("status", status, STATUSES)
    return status


def _machine(row: dict[str, Any]) -> MachineAnswer | None:
    said = row.get("machine")
    if (code := _optional(row, "said")) is not None:
        try:
            said = machine_code.read(code)
        except ValueError as error:
            raise WrongError("said is no machine's answer; leave the third line as it was.", 2) from error
    if said is None:
        return None
    if not isinstance(said, dict):
        raise WrongError("machine is no JSON object.")
    _only(said, [field.name for field in fields(MachineAnswer)])
    area = said.get("area")
    if area is not None and not isinstance(area, str):
        raise WrongError("machine: area is no text.")
    return MachineAnswer(_string(said, "polarity"), area, _strings(said, "types"), _units(said))


def _whole(row: dict[str, Any], name: str) -> int:
    value = _field(row, name)
    if type(value) is not int:  # True is an int to isinstance()
        raise WrongError(f"{name} is no whole number.")
    return value


def _span(row: dict[str, Any]) -> Span:
    value = _field(row, "span")
    if not isinstance(value, list | tuple) or len(value) != 2 or any(type(at) is not int for at in value):
        raise WrongError("span is no pair of whole numbers.")
    return value[0], value[1]
