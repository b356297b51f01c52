"""The chains of a dataset brought up to date with the learned likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpora.chains.build import built_with, refresh, stale

if TYPE_CHECKING:
    from corpora.chains.likeness import Likeness
    from corpora.dataset import Dataset


def likeness() -> Likeness:
    """The learned likeness, loaded when it is needed."""
    from models.subjects import default_likeness

    return default_likeness()


def follow(dataset: Dataset) -> bool:
    """Bring the chains up to date; whether they are those of the findings and of the learned likeness.

    They are built anew where findings, documents or the register changed, and all of them where they were
    built with another likeness, or by labels alone. Nothing is written where the dataset cannot be.
    :class:`models.artefact.ArtefactProblem` if the learned likeness cannot be loaded.
    """
    from models.subject_artefact import version

    if not stale(dataset) and built_with(dataset) in (None, version()):
        return True
    if not dataset.writable:
        return False
    from threadpoolctl import threadpool_limits

    # The matrices of one unit are small: threads would only wait for each other.
    with threadpool_limits(limits=1):
        refresh(dataset, likeness())
    return True
