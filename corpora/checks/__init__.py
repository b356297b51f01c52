"""One file per kind of contradiction that ``rasoat check`` looks for; the question is asked in
:mod:`corpora.consistency`."""
