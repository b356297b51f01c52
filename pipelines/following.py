"""The chains of a dataset brought up to date with the learned likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpora.chains.build import bring_up_to_date, refresh, stale

if TYPE_CHECKING:
    from corpora.chains.likeness import Likeness
    from corpora.dataset import Dataset


def likeness() -> Likeness:
    """The learned likeness, loaded when it is needed."""
    from models.subjects import default_likeness

    return default_likeness()


def follow(dataset: Dataset, *, thoroughly: bool = False) -> bool:
    """Bring the chains up to date; whether they are.

    ``thoroughly`` also asks whether the likeness is still the one that they were built with.
    :class:`models.artefact.ArtefactProblem` if the learned likeness cannot be loaded.
    """
    if not thoroughly and not stale(dataset):
        return True
    from threadpoolctl import threadpool_limits

    # The matrices of one unit are small: threads would only wait for each other.
    with threadpool_limits(limits=1):
        if thoroughly:
            refresh(dataset, likeness())
            return True
        return bring_up_to_date(dataset, likeness)
