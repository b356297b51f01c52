"""The tables of the first dataset: ledger, units, documents and their records, the search index."""

FIRST_TABLES = (
    # The ledger: one line per file that was ever looked at, failed ones too. `sha256` is the
    # content seen last, `stored_sha256` the content whose records are held (NULL: none).
    """CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL UNIQUE,
        sha256 TEXT,
        stored_sha256 TEXT,
        size INTEGER,
        status TEXT NOT NULL CHECK (status IN ('ok', 'failed')),
        code TEXT,
        reason TEXT,
        remedy TEXT,
        ingested_at TEXT NOT NULL,
        stored_at TEXT,
        versions TEXT,
        pages INTEGER
    )""",
    "CREATE INDEX sources_by_content ON sources (stored_sha256)",
    """CREATE TABLE units (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        code TEXT,
        parent TEXT NOT NULL DEFAULT '',
        valid_from TEXT NOT NULL DEFAULT '',
        valid_to TEXT NOT NULL DEFAULT '',
        successors TEXT NOT NULL DEFAULT '',
        registered INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE UNIQUE INDEX units_once ON units (name, level, ifnull(code, ''))",
    """CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        part INTEGER NOT NULL,
        kind TEXT,
        number TEXT,
        number_as_printed TEXT,
        date TEXT,
        year INTEGER,
        issuer TEXT,
        issuer_unit TEXT,
        subject TEXT,
        signer TEXT,
        period_start TEXT,
        period_end TEXT,
        first_page INTEGER,
        last_page INTEGER,
        duplicate_of TEXT,
        text TEXT NOT NULL,
        record TEXT NOT NULL,
        UNIQUE (source_id, part)
    )""",
    "CREATE INDEX documents_by_original ON documents (duplicate_of)",
    """CREATE TABLE pages (
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (document_id, number)
    )""",
    """CREATE TABLE findings (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        unit_id INTEGER NOT NULL REFERENCES units (id),
        polarity TEXT NOT NULL,
        area TEXT,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        page INTEGER,
        section TEXT NOT NULL,
        status TEXT NOT NULL,
        text TEXT NOT NULL,
        position INTEGER NOT NULL,
        record TEXT NOT NULL
    )""",
    "CREATE INDEX findings_of_document ON findings (document_id, start)",
    "CREATE INDEX findings_of_unit ON findings (unit_id, polarity, area)",
    """CREATE TABLE finding_types (
        finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        PRIMARY KEY (finding_id, type)
    ) WITHOUT ROWID""",
    "CREATE INDEX finding_types_by_type ON finding_types (type)",
    """CREATE TABLE measurements (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        finding_id TEXT REFERENCES findings (id) DEFERRABLE INITIALLY DEFERRED,
        unit TEXT,
        indicator TEXT,
        value REAL NOT NULL,
        numerator REAL,
        denominator REAL,
        direction TEXT NOT NULL,
        period_start TEXT,
        period_end TEXT,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        position INTEGER NOT NULL,
        record TEXT NOT NULL
    )""",
    "CREATE INDEX measurements_of_document ON measurements (document_id, start)",
    "CREATE INDEX measurements_of_finding ON measurements (finding_id)",
    """CREATE TABLE citations (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        kind TEXT,
        number TEXT NOT NULL,
        as_printed TEXT NOT NULL,
        key TEXT NOT NULL,
        date TEXT,
        issuer TEXT,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        position INTEGER NOT NULL,
        record TEXT NOT NULL
    )""",
    "CREATE INDEX citations_of_document ON citations (document_id, start)",
    "CREATE INDEX citations_by_key ON citations (key)",
    """CREATE TABLE finding_citations (
        finding_id TEXT NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
        citation_id TEXT NOT NULL REFERENCES citations (id) ON DELETE CASCADE,
        PRIMARY KEY (finding_id, citation_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX finding_citations_by_citation ON finding_citations (citation_id)",
    # What search finds: every finding, and every paragraph that is more than findings. `text` is
    # only filled where the document's own text does not hold the words.
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        finding_id TEXT REFERENCES findings (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        page INTEGER,
        text TEXT
    )""",
    "CREATE INDEX passages_of_document ON passages (document_id, start)",
    "CREATE INDEX passages_of_finding ON passages (finding_id)",
    # unicode61 must not fold by itself: none of its modes knows đ (corpora/fold.py does it).
    """CREATE VIRTUAL TABLE passages_fts USING fts5 (
        exact, folded, place, place_folded, symbols,
        tokenize = "unicode61 remove_diacritics 0"
    )""",
    """CREATE TRIGGER passages_leave_the_index AFTER DELETE ON passages BEGIN
        DELETE FROM passages_fts WHERE rowid = old.id;
    END""",
)
