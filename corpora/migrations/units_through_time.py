"""Units by the register's own id, since codes pass to other territories; and how units went on."""

UNITS_THROUGH_TIME = (
    "ALTER TABLE units ADD COLUMN uid TEXT",
    "ALTER TABLE units ADD COLUMN unsure TEXT NOT NULL DEFAULT ''",
    "DROP INDEX units_once",
    "CREATE UNIQUE INDEX units_once ON units (name, level, ifnull(code, ''), ifnull(uid, ''))",
    # `earliest` and `latest` are the possible first days of the new state, empty where open.
    """CREATE TABLE successions (
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        manner TEXT NOT NULL,
        earliest TEXT NOT NULL DEFAULT '',
        latest TEXT NOT NULL DEFAULT '',
        unsure INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (before, after)
    ) WITHOUT ROWID""",
    # The register whose units the tables hold: empty once documents name units not looked up in it.
    "CREATE TABLE register (version TEXT NOT NULL)",
)
