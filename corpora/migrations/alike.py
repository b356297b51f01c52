"""Tables that let a document find those which may be the same: sketches of texts, and pairs found alike."""

ALIKE = (
    # One line per document that was compared, with what its head says where that is believed.
    # It goes with the document, and a new one is compared anew.
    """CREATE TABLE imprints (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id TEXT NOT NULL UNIQUE REFERENCES documents (id) ON DELETE CASCADE,
        number TEXT,
        date TEXT
    )""",
    "CREATE INDEX imprints_by_number ON imprints (number)",
    """CREATE TABLE sketch_hashes (
        hash INTEGER NOT NULL,
        imprint_id INTEGER NOT NULL REFERENCES imprints (id) ON DELETE CASCADE,
        PRIMARY KEY (hash, imprint_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX sketch_hashes_of_imprint ON sketch_hashes (imprint_id)",
    # Pairs of documents with something to say about them; `first` is the smaller id.
    """CREATE TABLE alike (
        first TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        second TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL CHECK (verdict IN ('same', 'amended', 'one_number', 'unsure')),
        likeness REAL NOT NULL,
        differing INTEGER NOT NULL,
        PRIMARY KEY (first, second)
    ) WITHOUT ROWID""",
    "CREATE INDEX alike_by_second ON alike (second)",
)
