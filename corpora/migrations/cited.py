"""What questions about cited documents read of citations and heads, beside the records and by index."""

_COMPLETED = "SELECT 1 FROM json_each(record, '$.completed') WHERE value = '{}'"

CITED = (
    # What stands beside the mention itself: `date` and `issuer` may come from other mentions.
    "ALTER TABLE citations ADD COLUMN own_date TEXT",
    "ALTER TABLE citations ADD COLUMN own_issuer TEXT",
    "ALTER TABLE citations ADD COLUMN subject TEXT",
    "ALTER TABLE citations ADD COLUMN page INTEGER",
    "ALTER TABLE citations ADD COLUMN in_force INTEGER",
    "ALTER TABLE citations ADD COLUMN says_replaced INTEGER NOT NULL DEFAULT 0",
    f"""UPDATE citations SET
        own_date = iif(EXISTS ({_COMPLETED.format("date")}), NULL, date),
        own_issuer = iif(EXISTS ({_COMPLETED.format("issuer")}), NULL, issuer),
        subject = json_extract(record, '$.subject'),
        page = json_extract(record, '$.boxes[0].page'),
        in_force = json_extract(record, '$.in_force'),
        says_replaced = ifnull(json_extract(record, '$.says_replaced'), 0)""",
    # The key under which others cite the document.
    "ALTER TABLE documents ADD COLUMN cited_as TEXT",
    """UPDATE documents SET cited_as = own_key(kind, number, date,
        json_extract(record, '$.issuer_unit.name'), json_extract(record, '$.issuer_unit.level'))
        WHERE number IS NOT NULL""",
    # All that is compared of all citations, so that their records need not be read for it.
    "DROP INDEX citations_of_document",
    """CREATE INDEX citations_of_document ON citations (document_id, start, position, key, number, own_date,
        own_issuer, in_force, says_replaced, id)""",
    "DROP INDEX citations_by_key",
    "CREATE INDEX citations_printed ON citations (key, number, as_printed)",
    # The text of a document lies between the columns that a list of all documents needs.
    """CREATE INDEX documents_listed ON documents
        (source_id, part, id, duplicate_of, date, year, number, issuer_unit, first_page, cited_as)""",
)
