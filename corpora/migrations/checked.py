"""What checks noted of each document, so that a question compares notes and reads no document again."""

_LOST = "DELETE FROM check_notes WHERE document_id"

CHECKED_TABLES = (
    # The rules that the notes were made by; with others all are made anew.
    "CREATE TABLE check_rules (version TEXT NOT NULL)",
    # A document without a line is to be read. `found` is what is wrong with it alone, `strangers` the units
    # that may not be in the register, `words` how many of its statements have each word of a subject;
    # `blamed` and `cites` are a letter's, `named` a report's. A new line has a new id.
    """CREATE TABLE check_notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id TEXT NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
        scanned INTEGER NOT NULL,
        number_place TEXT,
        date_place TEXT,
        found TEXT NOT NULL,
        strangers TEXT NOT NULL,
        statements INTEGER NOT NULL,
        words TEXT NOT NULL,
        blamed TEXT,
        cites TEXT,
        named TEXT
    )""",
    # `owner` is the unit as the document names it, `period` two days, `detail` what is compared and shown.
    """CREATE TABLE check_values (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES check_notes (id) ON DELETE CASCADE,
        owner TEXT NOT NULL,
        indicator TEXT NOT NULL,
        period TEXT,
        figure TEXT NOT NULL,
        detail TEXT NOT NULL
    )""",
    "CREATE INDEX check_values_of_note ON check_values (note_id, id, owner, indicator, period, figure)",
    """CREATE TABLE check_statements (
        id INTEGER PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES check_notes (id) ON DELETE CASCADE,
        owner TEXT NOT NULL,
        polarity TEXT NOT NULL,
        area TEXT,
        aspects INTEGER NOT NULL,
        period TEXT,
        detail TEXT NOT NULL
    )""",
    """CREATE INDEX check_statements_of_note ON check_statements
        (note_id, id, owner, polarity, area, aspects, period)""",
    # The sentences of citations that say a day or an issuer.
    """CREATE TABLE check_citations (
        citation_id TEXT PRIMARY KEY,
        note_id INTEGER NOT NULL REFERENCES check_notes (id) ON DELETE CASCADE,
        page INTEGER,
        words TEXT NOT NULL
    ) WITHOUT ROWID""",
    "CREATE INDEX check_citations_of_note ON check_citations (note_id)",
    # What a letter was found to say against reports; `reports` are these with the ids of their notes.
    """CREATE TABLE check_letters (
        note_id INTEGER PRIMARY KEY REFERENCES check_notes (id) ON DELETE CASCADE,
        reports TEXT NOT NULL,
        found TEXT NOT NULL
    )""",
)


def _when(happened: str, table: str, name: str, row: str, document: str) -> str:
    return f"""CREATE TRIGGER {name} AFTER {happened} ON {table} BEGIN
        {_LOST} = {row}.{document};
    END"""


CHECKED = (
    *CHECKED_TABLES,
    _when("UPDATE", "documents", "a_changed_document_loses_its_notes", "new", "id"),
    *(
        _when(happened, table, f"a_{said}_{table[:-1]}_loses_notes", row, "document_id")
        for table in ("findings", "measurements", "citations")
        for happened, said, row in (
            ("INSERT", "new", "new"),
            ("DELETE", "lost", "old"),
            ("UPDATE", "changed", "new"),
        )
    ),
    f"""CREATE TRIGGER a_renamed_source_loses_notes AFTER UPDATE OF name ON sources BEGIN
        {_LOST} IN (SELECT id FROM documents WHERE source_id = new.id);
    END""",
)
