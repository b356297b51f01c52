"""Who bore what: rows of the units table to members, members to families.

A member is a unit as it was; a family is a unit with all that went on into it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpora.lineage import Identity, Lineage
from corpora.names import folded_bare

_SEPARATOR = "\x1f"
_BETWEEN = "\x1e"

Place = tuple[int, str, str]
"""A row of units, the district whose report names it, the report's day ('' where the row needs none)."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit as it was, in the family of ``root``."""

    identity: Identity
    root: Identity
    name: str
    level: str
    code: str | None
    path: str
    divided: bool


def settle(connection: sqlite3.Connection, lineage: Lineage) -> set[int]:
    """Bring families, members and places up to date; the families whose chains have to be built anew.

    The places of stale units are looked up again; who is who is asked of the lineage for all, which is
    cheap: a country's communes are ten thousand.
    """
    connection.execute("DELETE FROM unit_places WHERE unit_id IN (SELECT unit_id FROM stale_units)")
    places = [tuple(row) for row in connection.execute(_PLACES)]
    units = {row["id"]: row for row in connection.execute("SELECT id, name, level, code, uid FROM units")}
    who: dict[Place, Identity] = {}
    for unit_id, district, day in places:
        row = units[unit_id]
        who[unit_id, district, day] = lineage.identify(
            row["name"], row["level"], row["code"], district or None, uid=row["uid"], date=day or None
        )
    settled = lineage.settle(set(who.values()))
    who = {place: settled.get(identity, identity) for place, identity in who.items()}
    names = _names(who, {unit_id: row["name"] for unit_id, row in units.items()}, lineage)
    members = {member.identity: member for member in _members(set(who.values()), names, lineage)}
    return _write(connection, members, who, lineage)


_PLACES = """
    SELECT unit_id, district, day FROM unit_places
    UNION
    SELECT f.unit_id, ifnull(d.issuer_unit, ''), iif(u.uid IS NULL, ifnull(d.date, ''), '')
    FROM stale_units s JOIN units u ON u.id = s.unit_id JOIN findings f ON f.unit_id = u.id
    JOIN documents d ON d.id = f.document_id
    ORDER BY 1, 2, 3
"""


TOLD_OF = """
    FROM unit_places p JOIN units u ON u.id = p.unit_id
    JOIN findings f ON f.unit_id = p.unit_id AND f.status <> 'rejected'
    JOIN documents d ON d.id = f.document_id AND ifnull(d.issuer_unit, '') = p.district
        AND p.day = iif(u.uid IS NULL, ifnull(d.date, ''), '')
"""
"""SQL behind SELECT: members (``p.member_id``), the findings about them, their documents, copies too."""


def path(lineage: Lineage, identity: Identity) -> Iterator[Identity]:
    """The unit and what it has become, step by step, not past a division."""
    seen: set[Identity] = set()
    while identity not in seen:
        yield identity
        seen.add(identity)
        after = lineage.successors.get(identity, set())
        if not after or lineage.divided(identity):
            return
        (identity,) = after


def _names(who: dict[Place, Identity], names: dict[int, str], lineage: Lineage) -> dict[Identity, str]:
    """What each unit is called: the register's name; without a code the fullest that reports give it."""
    found: dict[Identity, str] = {}
    for (unit_id, _, _), identity in who.items():
        if identity[0] == "name":
            found[identity] = max(found.get(identity, ""), names[unit_id], key=lambda name: (len(name), name))
    return {identity: found.get(identity, name) for identity, name in lineage.names.items()}


def _members(present: Iterable[Identity], names: dict[Identity, str], lineage: Lineage) -> Iterator[Member]:
    roots = {}
    for identity in present:
        heir = lineage.heir(identity)
        roots[identity] = heir if heir in lineage.names else identity
    for root in set(roots.values()):
        roots.setdefault(root, root)
    for identity in sorted(roots):
        yield Member(
            identity,
            roots[identity],
            names[identity],
            lineage.levels[identity],
            lineage.codes.get(identity),
            _BETWEEN.join(map(_stored, path(lineage, identity))),
            lineage.divided(identity),
        )


def _write(
    connection: sqlite3.Connection,
    members: dict[Identity, Member],
    who: dict[Place, Identity],
    lineage: Lineage,
) -> set[int]:
    stored = {tuple(row["identity"].split(_SEPARATOR)): row for row in connection.execute(_STORED)}
    families = {
        tuple(row["root"].split(_SEPARATOR)): row["id"]
        for row in connection.execute("SELECT id, root FROM families")
    }
    touched: set[int] = set()
    for identity, row in stored.items():
        if identity not in members:
            touched.add(row["family_id"])
            connection.execute("DELETE FROM family_members WHERE id = ?", (row["id"],))
    ids: dict[Identity, int] = {}
    for identity, member in members.items():
        if member.root not in families:
            root = members[member.root]
            families[member.root] = connection.execute(
                "INSERT INTO families (root, name, level, code) VALUES (?, ?, ?, ?)",
                (_stored(member.root), root.name, root.level, root.code),
            ).lastrowid
        family = families[member.root]
        key = folded_bare(member.name)
        values = (family, member.name, member.level, member.code, key, member.path, member.divided)
        held = stored.get(identity)
        if held is None:
            ids[identity] = (
                connection.execute(
                    f"INSERT INTO family_members ({', '.join(_KEPT)}, identity) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*values, _stored(identity)),
                ).lastrowid
                or 0
            )
            touched.add(family)
            continue
        ids[identity] = held["id"]
        if tuple(held[name] for name in _KEPT) != values:
            touched |= {held["family_id"], family}
            connection.execute(
                f"UPDATE family_members SET {' = ?, '.join(_KEPT)} = ? WHERE id = ?",
                (*values, held["id"]),
            )
    connection.executemany(
        "INSERT INTO unit_places (unit_id, district, day, member_id) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (unit_id, district, day) DO UPDATE SET member_id = excluded.member_id "
        "WHERE member_id <> excluded.member_id",
        [(*place, ids[identity]) for place, identity in who.items()],
    )
    for row in connection.execute(
        "SELECT DISTINCT m.family_id FROM stale_units s JOIN unit_places p ON p.unit_id = s.unit_id "
        "JOIN family_members m ON m.id = p.member_id"
    ):
        touched.add(row["family_id"])
    for top, family in list(families.items()):
        if top not in members or members[top].root != top:
            del families[top]
            connection.execute("DELETE FROM families WHERE id = ?", (family,))
            touched.discard(family)
        else:
            unit = members[top]
            connection.execute(
                "UPDATE families SET name = ?, level = ?, code = ? WHERE id = ? "
                "AND (name, level, ifnull(code, '')) <> (?, ?, ?)",
                (unit.name, unit.level, unit.code, family, unit.name, unit.level, unit.code or ""),
            )
    _write_parts(connection, families, lineage)
    return touched


_KEPT = ("family_id", "name", "level", "code", "key", "path", "divided")
_STORED = f"SELECT id, identity, {', '.join(_KEPT)} FROM family_members"


def _write_parts(connection: sqlite3.Connection, families: dict[Identity, int], lineage: Lineage) -> None:
    """Which families hold parts of a divided unit."""
    connection.execute("DELETE FROM family_parts")
    for root, family in families.items():
        for part in lineage.successors.get(root, ()):
            into = families.get(lineage.heir(part))
            if into is not None and into != family:
                connection.execute("INSERT OR IGNORE INTO family_parts VALUES (?, ?)", (family, into))


def _stored(identity: Identity) -> str:
    return _SEPARATOR.join(identity)


def steps_of(stored: str) -> list[str]:
    """A path as it is kept: the identities from a member to its root, each as kept."""
    return stored.split(_BETWEEN)
