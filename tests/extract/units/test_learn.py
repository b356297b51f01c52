"""Names that a document teaches: communes written without their kind."""

from __future__ import annotations

from extract.units.learn import bare_names

TEXT = "Xã Hồ Thung họp đủ. Các nơi Hồ Thung, Gò Môi nộp chậm. Riêng Gò Môi chưa có sổ. "


def test_a_name_beside_a_known_commune_is_a_communes() -> None:
    assert bare_names(TEXT, lambda name: name == "Hồ Thung") == ["Gò Môi"]


def test_a_name_that_is_also_a_villages_is_not() -> None:
    # it stood behind a word of another kind all along, and nobody looked there
    assert bare_names(TEXT + "Nhà văn hóa thôn Gò Môi khóa.", lambda name: name == "Hồ Thung") == []
