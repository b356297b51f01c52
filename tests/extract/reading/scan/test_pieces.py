"""Pieces of a mask are those of OpenCV, whether 16 bits hold their labels or not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.reading.scan.picture.pieces import pieces_of


def test_more_pieces_than_16_bits_hold_are_all_counted() -> None:
    mask = np.zeros((600, 600), np.uint8)
    mask[::2, ::2] = 1
    found = pieces_of(mask)
    assert found.many == 300 * 300 + 1
    assert int(found.labels.max()) == 300 * 300
    assert (found.stats[1:, cv2.CC_STAT_AREA] == 1).all()


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
@pytest.mark.parametrize("ink", [1, 255])
def test_pieces_are_those_of_opencv(share: float, ink: int) -> None:
    mask = ((np.random.default_rng(7).random((500, 700)) < share) * ink).astype(np.uint8)
    many, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = pieces_of(mask)
    assert found.many == many
    assert np.array_equal(found.labels, labels)
    assert np.array_equal(found.stats, stats)
    assert np.allclose(found.middles[1:], middles[1:])


def test_a_mask_of_one_column_has_pieces() -> None:
    assert pieces_of(np.array([[1], [0], [1]], np.uint8)).many == 3
