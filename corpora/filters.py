"""What a question is limited to: unit, year, labels, document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.labels import check
from corpora.dataset import Dataset
from corpora.names import same_unit


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on a question; ``None`` limits nothing.

    ``unit`` is a name as people type it ("son le", "Xã Sơn Lễ"); ``year`` is the year a document
    reports on, else of its date; ``document`` an id, a number or a source.
    """

    unit: str | None = None
    year: int | None = None
    area: str | None = None
    type: str | None = None
    polarity: str | None = None
    document: str | None = None

    @property
    def about_findings(self) -> bool:
        """Whether only findings can pass: the rest of a text has no unit and no labels."""
        return any(value is not None for value in (self.unit, self.area, self.type, self.polarity))

    def check(self) -> None:
        """:class:`UsageError` with the valid codes if a label is unknown."""
        if self.polarity is not None:
            check("polarity", self.polarity)
        if self.area is not None:
            check("area", self.area)
        if self.type is not None:
            check("type", self.type)


def unit_ids(dataset: Dataset, name: str) -> list[int]:
    """Rows of the units table that a person means by ``name``."""
    rows = dataset.query("SELECT id, name FROM units ORDER BY id")
    return [row["id"] for row in rows if same_unit(name, row["name"])]


def conditions(
    dataset: Dataset, filters: Filters, units: list[int] | None = None
) -> tuple[str, dict[str, Any]]:
    """The filters as SQL over ``d`` (documents) and ``f`` (findings), with its values.

    ``units`` replaces the unit filter by unit rows already known. :class:`UsageError` for an
    unknown label or document.
    """
    filters.check()
    terms, values = ["1"], dict[str, Any]()
    if units is None and filters.unit is not None:
        units = unit_ids(dataset, filters.unit)
    if units is not None:
        terms.append(f"f.unit_id IN ({_listed('unit', units, values)})")
    if filters.document is not None:
        terms.append(f"d.id IN ({_listed('document', dataset.find_documents(filters.document), values)})")
    for column, value in (
        ("d.year", filters.year),
        ("f.area", filters.area),
        ("f.polarity", filters.polarity),
    ):
        if value is not None:
            terms.append(f"{column} = :{column[2:]}")
            values[column[2:]] = value
    if filters.type is not None:
        terms.append("EXISTS (SELECT 1 FROM finding_types t WHERE t.finding_id = f.id AND t.type = :type)")
        values["type"] = filters.type
    return " AND ".join(terms), values


def _listed(name: str, items: list[Any], values: dict[str, Any]) -> str:
    values.update({f"{name}{place}": item for place, item in enumerate(items)})
    return ", ".join(f":{name}{place}" for place in range(len(items)))
