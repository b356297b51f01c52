"""What the machine said where the dataset shows a person's answer."""

REVIEWED = (
    # `record` is the machine's own, so that answers can be laid over it anew at any time.
    """CREATE TABLE machine_records (
        id TEXT PRIMARY KEY,
        document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('finding', 'measurement', 'citation')),
        record TEXT NOT NULL
    )""",
    "CREATE INDEX machine_records_of_document ON machine_records (document_id)",
)
