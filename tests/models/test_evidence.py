"""Features weighed by evidence: what stands with one label counts more than what stands with all."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.svm import LinearSVC

from models.evidence import EvidenceSVC, evidence

RANDOM = np.random.default_rng(20_211_230)


def statements(count: int, labels: int) -> tuple[csr_matrix, np.ndarray]:
    """Each label has its own feature, mostly; the others stand with all labels alike."""
    truth = RANDOM.integers(0, labels, count)
    features = (RANDOM.random((count, labels + 20)) < 0.3).astype(np.float32)
    features[:, :labels] = (RANDOM.random((count, labels)) < 0.05).astype(np.float32)
    features[np.arange(count), truth] = RANDOM.random(count) < 0.9
    return csr_matrix(features), truth


def test_a_feature_of_one_label_weighs_more_than_one_of_all() -> None:
    features, truth = statements(400, 3)
    weights = evidence(features, truth == 0)
    assert weights[0] > 2 * weights[3:].max()
    assert abs(weights.mean() - 1) < 1e-5
    assert (weights > 0).all(), "no feature is lost"


def test_the_weights_are_inside_the_coefficients() -> None:
    features, truth = statements(300, 3)
    model = EvidenceSVC(C=1.0, random_state=1).fit(features, truth)
    weights = evidence(features, truth == 2)
    by_hand = LinearSVC(C=1.0, class_weight="balanced", random_state=1)
    by_hand.fit(csr_matrix(features.multiply(weights)), truth == 2)
    expected = by_hand.decision_function(csr_matrix(features.multiply(weights)))
    np.testing.assert_allclose(model.decision_function(features)[:, 2], expected, rtol=1e-3, atol=1e-3)
    assert (model.predict(features) == truth).mean() > 0.8


def test_labels_keep_their_names_and_a_clone_knows_nothing() -> None:
    features, truth = statements(200, 2)
    model = EvidenceSVC().fit(features, np.array([7, 3])[truth])
    assert set(model.predict(features)) == {3, 7}
    assert not hasattr(clone(model), "coef_")
