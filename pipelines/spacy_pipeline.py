"""rasoat as a spaCy pipeline: any text in, ``doc._.findings`` out.

``spacy.load("rasoat")`` gives a pipeline of underthesea's words and the component ``rasoat``; the component
can also be added to another Vietnamese pipeline by ``nlp.add_pipe("rasoat")``. A text walks the same road as
a plain text file that holds it, and gets the same findings. What a ``Doc`` carries afterwards are records of
the public contract as plain dictionaries (they travel between processes and through ``DocBin``), with spans
that count characters of ``doc.text``, also where that has decomposed letters or unusual blanks:

* ``doc._.findings``, ``doc._.measurements``, ``doc._.citations``: the records, in reading order;
* ``doc._.units``: the units spoken of, each with ``mentions`` (spans) and ``findings`` (ids);
* ``doc._.documents``: header fields of each document in the text (a letter and its report are two);
* ``doc._.cautions``: what a person should know, as ``{"code", "message"}``; why there are no findings, if so;
* ``doc.spans["findings"]``: a span of tokens a finding, ``label_`` its polarity, ``id_`` its id and
  ``span._.finding`` its record. Where a statement ends inside a token, the span takes in the whole token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from extract.document import HEADER_FIELDS, Document, Span, UnitMention
from extract.errors import FileProblem
from extract.reading.origin import Origin
from extract.reading.read import read_string
from extract.reading.text import MAX_LETTERS
from extract.units.register import Register
from models.classify import default_classifier
from models.tokens import blank_pipeline
from pipelines.road import walk

if TYPE_CHECKING:
    from spacy.vocab import Vocab

NAME = "rasoat"
GROUP = "findings"
"""The component's name, and that of its group of spans."""
KINDS = ("findings", "measurements", "citations", "units", "documents", "cautions")
"""The attributes that a ``Doc`` gets, each a list of records."""

Record = dict[str, Any]


def load(
    *,
    units: Iterable[str | Path] = (),
    vocab: Vocab | bool = True,
    disable: str | Iterable[str] = (),
    enable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    config: dict[str, Any] | None = None,
) -> Language:
    """The pipeline; ``spacy.load("rasoat")`` calls this.

    ``units`` are units files (CSV), from which names get codes. The other arguments are those of
    ``spacy.load``; of ``config``, ``components.rasoat.units`` is looked at. Raises
    :class:`extract.errors.UsageError` for a bad units file and
    :class:`models.artefact.ArtefactProblem` where the trained model cannot be used.
    """
    nlp = blank_pipeline(vocab)
    nlp.max_length = MAX_LETTERS
    given = (config or {}).get("components", {}).get(NAME, {})
    paths = [str(path) for path in units] or list(given.get("units", ()))
    if NAME not in _names(exclude):
        nlp.add_pipe(NAME, config={"units": paths})
    off = {*_names(disable), *(set(nlp.pipe_names) - set(_names(enable)) if enable else ())}
    for name in off & set(nlp.pipe_names):
        nlp.disable_pipe(name)
    return nlp


def _names(given: str | Iterable[str]) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


@Language.factory(NAME, default_config={"units": []}, assigns=[f"doc._.{kind}" for kind in KINDS])
def make_component(nlp: Language, name: str, units: list[str]) -> Callable[[Doc], Doc]:
    """The component that spaCy's ``factories`` registry makes; ``units`` are paths of units files."""
    return Findings([Path(path) for path in units])


class Findings:
    """The road as a spaCy component; the trained model lies in the package, loaded at the first text."""

    def __init__(self, units: Iterable[Path] = ()) -> None:
        _register_attributes()
        self.register = Register.load(units, country=True)

    def __call__(self, doc: Doc) -> Doc:
        """Sets the attributes and the spans; a text that cannot be read has no findings and a caution."""
        found = self._read(doc.text)
        for kind in KINDS:
            doc._.set(kind, found[kind])
        doc.spans[GROUP] = [_tokens(doc, finding) for finding in found["findings"]]
        return doc

    def _read(self, text: str) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {kind: [] for kind in KINDS}
        try:
            source, origin = read_string(text)
        except FileProblem as problem:
            found["cautions"].append({"code": problem.code, "message": str(problem)})
            return found
        if not origin.holds:
            message = (
                "Không xác định được vị trí vì có từ bị dính, bị tách. Cần lưu văn bản theo Unicode (NFC)."
            )
            found["cautions"].append({"code": "not_aligned", "message": message})
            return found
        for document in walk(source, self.register, default_classifier()):
            for kind, records in _records(document, origin).items():
                found[kind].extend(records)
        found["cautions"] = _without_repeats(found["cautions"])
        return found

    def to_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> None:
        """Nothing: the units files stand in the pipeline's config, the model lies in the package."""

    def from_disk(self, path: Any, *, exclude: Iterable[str] = ()) -> Findings:
        """Itself: there is nothing to restore."""
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Nothing, as for :meth:`to_disk`."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Findings:
        """Itself: there is nothing to restore."""
        return self


def _records(document: Document, origin: Origin) -> dict[str, list[Record]]:
    """The document's records with their spans in the given text."""

    def moved(record: Record, printed: str) -> Record:
        start, end = origin.span(document.words, (record["span"][0], record["span"][1]))
        return record | {"span": [start, end], printed: origin.given[start:end]}

    return {
        "findings": [moved(one.to_record(), "text") for one in document.findings],
        "measurements": [moved(one.to_record(), "as_printed") for one in document.measurements],
        "citations": [moved(one.to_record(), "as_printed") for one in document.citations],
        "units": list(_units(document, lambda span: origin.span(document.words, span))),
        "documents": [_header(document)],
        "cautions": [one.to_record() for one in document.warnings],
    }


def _units(document: Document, place: Callable[[Span], Span]) -> Iterator[Record]:
    """The units that findings speak of, in the order of their first one."""
    found: dict[str, tuple[UnitMention, set[Span], list[str]]] = {}
    for finding in document.findings:
        unit = finding.unit
        _, mentions, ids = found.setdefault(unit.code or unit.name, (unit, set(), []))
        mentions |= {place(unit.span)} if unit.span else set()
        ids.append(finding.id)
    for unit, mentions, ids in found.values():
        yield {**unit.to_record(), "mentions": [list(span) for span in sorted(mentions)], "findings": ids}


def _header(document: Document) -> Record:
    record = document.to_record()
    return {name: record[name] for name in ("id", "part", *HEADER_FIELDS, "confidence")}


def _tokens(doc: Doc, finding: Record) -> SpacySpan:
    start, end = finding["span"]
    span = doc.char_span(
        start, end, label=finding["polarity"], span_id=finding["id"], alignment_mode="expand"
    )
    assert span is not None  # every character of a text is in a token
    return span


def _without_repeats(records: list[Record]) -> list[Record]:
    return [one for at, one in enumerate(records) if one not in records[:at]]


def _finding_of(span: SpacySpan) -> Record | None:
    """The record behind a span of the group; ``None`` for any other span."""
    return next((one for one in span.doc._.findings if one["id"] == span.id_), None)


def _register_attributes() -> None:
    for kind in KINDS:
        if not Doc.has_extension(kind):
            Doc.set_extension(kind, default=[])
    if not SpacySpan.has_extension("finding"):
        SpacySpan.set_extension("finding", getter=_finding_of)


_register_attributes()
