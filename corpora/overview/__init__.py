"""What pictures and annexes show: units with their documents, deficiencies as chains, measured values.

One reading of the dataset for one scope. Chains come from :mod:`corpora.recurrence`; beside them stand
the documents that speak of each unit, so that a year without deficiencies and one without a document
can be told apart. Copies of a document, and findings that a reviewer rejected, count nowhere.
"""
