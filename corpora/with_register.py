"""The part of the register that a dataset holds: the units that its documents name, and their kin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extract.units.register import Register, Succession, Unit

if TYPE_CHECKING:
    from corpora.dataset import Dataset

_NAMED = """
    SELECT DISTINCT u.uid, u.code, u.level FROM units u WHERE (u.uid IS NOT NULL OR u.code IS NOT NULL)
    AND EXISTS (SELECT 1 FROM findings f WHERE f.unit_id = u.id)
"""
_UNIT_COLUMNS = "name, level, code, parent, valid_from, valid_to, successors, uid, unsure"
_LINK_COLUMNS = "before, after, manner, earliest, latest, unsure"


def settle(dataset: Dataset, register: Register, version: str) -> None:
    """Write the units that findings name, the user's own, and what they were made from and became."""
    wanted = dict(register.units)
    links: dict[tuple[str, str], Succession] = {}
    for row in list(dataset.query(_NAMED)):
        known = register.unit(row["uid"]) if row["uid"] else None
        for unit in [known] if known else register.of_code(row["code"]) if row["code"] else []:
            if unit.level == row["level"]:
                _add_kin(register, unit, wanted, links)
    for unit in list(wanted.values()):
        links.update({(link.before, link.after): link for link in register.successors(unit.id)})
    kept = [link for link in links.values() if link.before in wanted and link.after in wanted]
    keep(dataset, list(wanted.values()), kept)
    if not dataset.units_settled(version):
        with dataset.transaction() as connection:
            connection.execute("DELETE FROM register")
            connection.execute("INSERT INTO register VALUES (?)", (version,))


def _add_kin(
    register: Register, unit: Unit, wanted: dict[str, Unit], links: dict[tuple[str, str], Succession]
) -> None:
    """The unit's history, that of the units in which it stands today, and the units above all of these."""
    history = register.history(unit.id)
    histories = [history, *(register.history(one.id) for one in history.today if one.id != unit.id)]
    for one in histories:
        links.update({(link.before, link.after): link for link in (*one.before, *one.after)})
    for made in sorted(set().union(*(one.units for one in histories))):
        for found in (register.unit(made), *register.parents(made)):
            if found is not None:
                wanted[found.id] = found


def keep(dataset: Dataset, units: list[Unit], successions: Iterable[Succession] | None) -> None:
    """Make ``units`` the registered ones in place of those of before, if they are not the same."""
    rows = [
        (
            unit.name,
            unit.level,
            unit.code or None,
            unit.parent,
            unit.valid_from,
            unit.valid_to,
            " ".join(unit.successors),
            unit.id,
            " ".join(unit.unsure),
        )
        for unit in units
    ]
    known = {unit.id for unit in units}
    if successions is None:
        successions = [
            Succession(unit.id, after, "divided" if len(unit.successors) > 1 else "merged")
            for unit in units
            for after in unit.successors
        ]
    links = [
        (link.before, link.after, link.manner, link.earliest, link.latest, int(link.unsure))
        for link in successions
        if link.before in known and link.after in known
    ]
    held = dataset.query(f"SELECT {_UNIT_COLUMNS} FROM units WHERE registered")
    held_links = dataset.query(f"SELECT {_LINK_COLUMNS} FROM successions")
    if set(map(tuple, held)) == set(rows) and set(map(tuple, held_links)) == set(links):
        return  # a question must not wait for a writer
    with dataset.transaction() as connection:
        connection.execute(
            "UPDATE units SET registered = 0, parent = '', valid_from = '', valid_to = '', "
            "successors = '', unsure = ''"
        )
        connection.executemany(
            f"""INSERT INTO units ({_UNIT_COLUMNS}, registered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
            ON CONFLICT (name, level, ifnull(code, ''), ifnull(uid, '')) DO UPDATE SET
            parent = excluded.parent, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
            successors = excluded.successors, unsure = excluded.unsure, registered = 1""",
            rows,
        )
        connection.execute("DELETE FROM successions")
        connection.executemany(f"INSERT INTO successions ({_LINK_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", links)
        connection.execute(
            "DELETE FROM units WHERE registered = 0 AND id NOT IN (SELECT unit_id FROM findings)"
        )
        connection.execute("DELETE FROM register")
