"""How a document stands among copies, kept beside its imprint; numbers are looked up with their day."""

STANDING = (
    # NULL for imprints of before, until it is asked for.
    "ALTER TABLE imprints ADD COLUMN standing TEXT",
    "DROP INDEX imprints_by_number",
    "CREATE INDEX imprints_by_number ON imprints (number, date, document_id)",
)
