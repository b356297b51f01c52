"""Answers for eyes: rich tables on a terminal, plain aligned text in a pipe, never cut."""
