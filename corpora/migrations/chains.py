"""Chains of deficiencies: who bore them, what is kept for comparing, what has to be built anew."""

# "INSERT OR IGNORE" will not do: in a trigger the policy of the statement that fired it would hold instead.
_STALE = "INSERT INTO stale_units"
_ONCE = "ON CONFLICT (unit_id) DO NOTHING"
_OF_FINDING = f"{_STALE} SELECT unit_id FROM findings WHERE id = {{}}.finding_id {_ONCE}"
_OF_DOCUMENT = f"{_STALE} SELECT DISTINCT unit_id FROM findings WHERE document_id = new.id {_ONCE}"
_REGISTER_CHANGED = f"{_STALE} VALUES (0) {_ONCE}"
_REGISTER = "name, level, code, parent, valid_from, valid_to, successors, registered"

CHAINS = (
    # The likeness that the stored terms were made with; a newer one makes them all again.
    "CREATE TABLE chain_likeness (version TEXT NOT NULL)",
    """CREATE TABLE finding_subjects (
        finding_id TEXT PRIMARY KEY REFERENCES findings (id) ON DELETE CASCADE,
        terms BLOB NOT NULL,
        phrase TEXT NOT NULL
    ) WITHOUT ROWID""",
    # A family: a unit with all that went on into it. Its members are units as they were.
    """CREATE TABLE families (
        id INTEGER PRIMARY KEY,
        root TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        code TEXT,
        district TEXT,
        documents INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE family_members (
        id INTEGER PRIMARY KEY,
        family_id INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
        identity TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        code TEXT,
        key TEXT NOT NULL,
        path TEXT NOT NULL,
        divided INTEGER NOT NULL
    )""",
    "CREATE INDEX family_members_of_family ON family_members (family_id)",
    "CREATE INDEX family_members_by_key ON family_members (key)",
    # A family whose unit was divided, and the families that its parts went into.
    """CREATE TABLE family_parts (
        family_id INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
        part_id INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
        PRIMARY KEY (part_id, family_id)
    ) WITHOUT ROWID""",
    # Which member a row of units is in the reports of a district ('': of none); where the register does not
    # know the row, in those of one day, which tells units of one name in turn apart.
    """CREATE TABLE unit_places (
        unit_id INTEGER NOT NULL REFERENCES units (id) ON DELETE CASCADE,
        district TEXT NOT NULL,
        day TEXT NOT NULL,
        member_id INTEGER NOT NULL REFERENCES family_members (id) ON DELETE CASCADE,
        PRIMARY KEY (unit_id, district, day)
    ) WITHOUT ROWID""",
    "CREATE INDEX unit_places_of_member ON unit_places (member_id)",
    """CREATE TABLE chains (
        id TEXT PRIMARY KEY,
        family_id INTEGER NOT NULL REFERENCES families (id) ON DELETE CASCADE,
        area TEXT,
        types TEXT NOT NULL,
        subject TEXT NOT NULL,
        state TEXT NOT NULL,
        first INTEGER,
        since INTEGER,
        last INTEGER,
        running INTEGER NOT NULL,
        years INTEGER NOT NULL,
        documents INTEGER NOT NULL,
        silent TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX chains_of_family ON chains (family_id)",
    "CREATE INDEX chains_by_length ON chains (years DESC, documents DESC)",
    """CREATE TABLE chain_findings (
        finding_id TEXT PRIMARY KEY REFERENCES findings (id) ON DELETE CASCADE,
        chain_id TEXT NOT NULL REFERENCES chains (id) ON DELETE CASCADE,
        member_id INTEGER NOT NULL,
        document_id TEXT NOT NULL,
        year INTEGER
    ) WITHOUT ROWID""",
    "CREATE INDEX chain_findings_of_chain ON chain_findings (chain_id, year, document_id, member_id)",
    # Statements that a chain's deficiency is gone ('remedy'), or has to go ('demand', perhaps by a day).
    """CREATE TABLE chain_answers (
        finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
        chain_id TEXT NOT NULL REFERENCES chains (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('remedy', 'demand')),
        PRIMARY KEY (chain_id, finding_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX chain_answers_of_finding ON chain_answers (finding_id)",
    "CREATE INDEX documents_by_issuer ON documents (issuer_unit, year, duplicate_of, kind)",
    # Units of which something changed since their chains were built; 0: the register changed.
    "CREATE TABLE stale_units (unit_id INTEGER PRIMARY KEY)",
    f"""CREATE TRIGGER a_new_finding_opens_its_chains AFTER INSERT ON findings BEGIN
        {_STALE} VALUES (new.unit_id) {_ONCE};
    END""",
    f"""CREATE TRIGGER a_lost_finding_opens_its_chains AFTER DELETE ON findings BEGIN
        {_STALE} VALUES (old.unit_id) {_ONCE};
    END""",
    f"""CREATE TRIGGER a_changed_finding_opens_its_chains
    AFTER UPDATE OF unit_id, polarity, area, status, text ON findings BEGIN
        {_STALE} VALUES (old.unit_id), (new.unit_id) {_ONCE};
        DELETE FROM finding_subjects WHERE finding_id = new.id AND new.text <> old.text;
    END""",
    f"""CREATE TRIGGER a_new_type_opens_its_chains AFTER INSERT ON finding_types BEGIN
        {_OF_FINDING.format("new")};
    END""",
    f"""CREATE TRIGGER a_lost_type_opens_its_chains AFTER DELETE ON finding_types BEGIN
        {_OF_FINDING.format("old")};
    END""",
    f"""CREATE TRIGGER a_changed_document_opens_its_chains
    AFTER UPDATE OF duplicate_of, year, date, kind, issuer_unit ON documents BEGIN
        {_OF_DOCUMENT};
    END""",
    # What a chain says of itself comes from its findings: without one of them nothing of it may stay.
    """CREATE TRIGGER a_chain_goes_with_its_findings AFTER DELETE ON chain_findings BEGIN
        DELETE FROM chains WHERE id = old.chain_id;
    END""",
    """CREATE TRIGGER a_chain_goes_with_its_answers AFTER DELETE ON chain_answers BEGIN
        DELETE FROM chains WHERE id = old.chain_id;
    END""",
    f"""CREATE TRIGGER a_registered_unit_opens_chains AFTER INSERT ON units WHEN new.registered BEGIN
        {_REGISTER_CHANGED};
    END""",
    f"""CREATE TRIGGER a_changed_unit_opens_chains AFTER UPDATE OF {_REGISTER} ON units BEGIN
        {_REGISTER_CHANGED};
    END""",
    f"""CREATE TRIGGER a_lost_unit_opens_chains AFTER DELETE ON units WHEN old.registered BEGIN
        {_REGISTER_CHANGED};
    END""",
    f"{_STALE} SELECT DISTINCT unit_id FROM findings",
)
