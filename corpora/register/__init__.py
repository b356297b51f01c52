"""Building the national register of units from its source tables (``python -m corpora.build_register``)."""
