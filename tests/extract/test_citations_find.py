"""Citations found in written cases: every form of number, and what looks like one and is none."""

from __future__ import annotations

import pytest

from extract.citations import find_citations

Expected = list[tuple[str, str | None, str | None, str | None]]

# text, then for each citation: number, kind, date, issuer
CASES: list[tuple[str, Expected]] = [
    # kind, number, date, issuer in full
    (
        "Quyết định số 2005/QĐ-UBND ngày 12/5/2021 của UBND huyện",
        [("2005/QĐ-UBND", "quyết định", "2021-05-12", "UBND huyện")],
    ),
    (
        "Quyết định 52/2017/QĐ-UBND của UBND tỉnh.",
        [("52/2017/QĐ-UBND", "quyết định", None, "UBND tỉnh")],
    ),
    (
        "đối chiếu với QĐ số 1147/QĐ-UBND ngày 22/5/2018 của UBND tỉnh.",
        [("1147/QĐ-UBND", "quyết định", "2018-05-22", "UBND tỉnh")],
    ),
    (
        "theo NĐ 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
        [("30/2020/NĐ-CP", "nghị định", "2020-03-05", "Chính phủ")],
    ),
    ("chưa đúng Nghị định số 30/NĐ-CP.", [("30/NĐ-CP", "nghị định", None, "Chính phủ")]),
    (
        "Kế hoạch số 48/KH-UBND ngày 18 tháng 3 năm 2021",
        [("48/KH-UBND", "kế hoạch", "2021-03-18", None)],
    ),
    ("Công văn số 415/UBND-NV", [("415/UBND-NV", "công văn", None, None)]),
    ("2231/SNV-CCHC&PC", [("2231/SNV-CCHC&PC", "công văn", None, "Sở Nội vụ")]),
    ("617/TTr-SNV", [("617/TTr-SNV", "tờ trình", None, "Sở Nội vụ")]),
    ("141/KH-BCĐTKNQ18", [("141/KH-BCĐTKNQ18", "kế hoạch", None, None)]),
    (
        "01/2015/TTLT-BNV-BTC",
        [("01/2015/TTLT-BNV-BTC", "thông tư liên tịch", None, "Bộ Nội vụ, Bộ Tài chính")],
    ),
    ("30c/NQ-CP", [("30c/NQ-CP", "nghị quyết", None, "Chính phủ")]),
    ("496-TB/TU", [("496-TB/TU", "thông báo", None, "Tỉnh ủy")]),
    ("29-NQ/TW", [("29-NQ/TW", "nghị quyết", None, "Trung ương")]),
    ("02-KH/BCĐTW", [("02-KH/BCĐTW", "kế hoạch", None, "Ban Chỉ đạo Trung ương")]),
    ("36-HD/VPTW", [("36-HD/VPTW", "hướng dẫn", None, "Văn phòng Trung ương Đảng")]),
    ("93/2007/QĐ-TTg", [("93/2007/QĐ-TTg", "quyết định", None, "Thủ tướng Chính phủ")]),
    (
        "Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13",
        [("80/2015/QH13", "luật", None, "Quốc hội")],
    ),
    ("91/2015/QH13", [("91/2015/QH13", None, None, "Quốc hội")]),
    ("Bộ luật Dân sự số 91/2015/QH13", [("91/2015/QH13", "bộ luật", None, "Quốc hội")]),
    (
        "Luật Cán bộ, công chức số 22/2008/QH12 ngày 13/11/2008",
        [("22/2008/QH12", "luật", "2008-11-13", "Quốc hội")],
    ),
    (
        "Nghị quyết số 1211/2016/UBTVQH13 ngày 25/5/2016",
        [("1211/2016/UBTVQH13", "nghị quyết", "2016-05-25", "Ủy ban Thường vụ Quốc hội")],
    ),
    (
        "Nghị quyết số 387/NQ-UBTVQH15",
        [("387/NQ-UBTVQH15", "nghị quyết", None, "Ủy ban Thường vụ Quốc hội")],
    ),
    (
        "Pháp lệnh số 34/2007/PL-UBTVQH11",
        [("34/2007/PL-UBTVQH11", "pháp lệnh", None, "Ủy ban Thường vụ Quốc hội")],
    ),
    ("Lệnh số 12/L-CTN", [("12/L-CTN", "lệnh", None, "Chủ tịch nước")]),
    ("03/VBHN-VPQH", [("03/VBHN-VPQH", "văn bản hợp nhất", None, "Văn phòng Quốc hội")]),
    ("415/CV-PA83", [("415/CV-PA83", "công văn", None, None)]),
    ("18/BCTĐ-STP", [("18/BCTĐ-STP", "báo cáo thẩm định", None, "Sở Tư pháp")]),
    ("12/QĐ-BCĐCCHC", [("12/QĐ-BCĐCCHC", "quyết định", None, None)]),
    ("Thông báo số 07/TB-VPCP", [("07/TB-VPCP", "thông báo", None, "Văn phòng Chính phủ")]),
    ("Chỉ thị số 16/CT-TTg", [("16/CT-TTg", "chỉ thị", None, "Thủ tướng Chính phủ")]),
    (
        "Thông tư số 01/2011/TT-BNV ngày 19/01/2011 của Bộ Nội vụ",
        [("01/2011/TT-BNV", "thông tư", "2011-01-19", "Bộ Nội vụ")],
    ),
    ("Kết luận số 21-KL/TW", [("21-KL/TW", "kết luận", None, "Trung ương")]),
    ("Chương trình số 08-CTr/HU", [("08-CTr/HU", "chương trình", None, "Huyện ủy")]),
    ("Đề án số 02/ĐA-UBND", [("02/ĐA-UBND", "đề án", None, None)]),
    ("Biên bản số 04/BB-ĐKT", [("04/BB-ĐKT", "biên bản", None, None)]),
    ("Công điện số 1063/CĐ-TTg", [("1063/CĐ-TTg", "công điện", None, "Thủ tướng Chính phủ")]),
    ("Hướng dẫn số 11/HD-SNV", [("11/HD-SNV", "hướng dẫn", None, "Sở Nội vụ")]),
    ("Quy định số 09-QyĐ/TU", [("09-QyĐ/TU", "quy định", None, "Tỉnh ủy")]),
    ("Nghị định số 24/CP", [("24/CP", "nghị định", None, "Chính phủ")]),
    ("Quyết định số 771/QĐ-UB", [("771/QĐ-UB", "quyết định", None, None)]),
    ("Báo cáo số 02/BC-DKT", [("02/BC-ĐKT", "báo cáo", None, None)]),
    # dates and issuers in other words and orders
    (
        "Quyết định số 77/QĐ-UBND của UBND xã Khe Mận ngày 02/02/2022",
        [("77/QĐ-UBND", "quyết định", "2022-02-02", "UBND xã Khe Mận")],
    ),
    (
        "Quyết định số 77/QĐ-UBND, ngày 02/02/2022",
        [("77/QĐ-UBND", "quyết định", "2022-02-02", None)],
    ),
    (
        "Quyết định số 77/QĐ-UBND (ngày 02/02/2022) của UBND xã",
        [("77/QĐ-UBND", "quyết định", "2022-02-02", "UBND xã")],
    ),
    ("Quyết định số 77/QĐ-UBND (02/02/2022)", [("77/QĐ-UBND", "quyết định", "2022-02-02", None)]),
    (
        "Quyết định số 77/QĐ-UBND ban hành ngày 2.2.2022",
        [("77/QĐ-UBND", "quyết định", "2022-02-02", None)],
    ),
    (
        "Quyết định số 77/QĐ-UBND ngày 2 tháng 02 năm 2022",
        [("77/QĐ-UBND", "quyết định", "2022-02-02", None)],
    ),
    ("Quyết định số 77/QĐ-UBND ngày 31/02/2022", [("77/QĐ-UBND", "quyết định", None, None)]),
    (
        "Kế hoạch số 10/KH-UBND của Ủy ban nhân dân huyện Lũng Cát về rà soát",
        [("10/KH-UBND", "kế hoạch", None, "UBND huyện Lũng Cát")],
    ),
    (
        "Kế hoạch số 10/KH-UBND của Uỷ ban nhân dân tỉnh",
        [("10/KH-UBND", "kế hoạch", None, "UBND tỉnh")],
    ),
    (
        "Quyết định số 45/QĐ-UBND của Chủ tịch UBND huyện Lũng Cát",
        [("45/QĐ-UBND", "quyết định", None, "Chủ tịch UBND huyện Lũng Cát")],
    ),
    (
        "Nghị quyết số 05/NQ-HĐND ngày 20/7/2022 của HĐND thị trấn Bến Giang",
        [("05/NQ-HĐND", "nghị quyết", "2022-07-20", "HĐND thị trấn Bến Giang")],
    ),
    (
        "Nghị quyết số 05/NQ-HĐND của Hội đồng nhân dân huyện",
        [("05/NQ-HĐND", "nghị quyết", None, "HĐND huyện")],
    ),
    (
        "Hướng dẫn số 88/HD-SNV của Sở Nội vụ tỉnh Đông Lĩnh về công tác CCHC",
        [("88/HD-SNV", "hướng dẫn", None, "Sở Nội vụ tỉnh Đông Lĩnh")],
    ),
    (
        "Công văn số 90/SGDĐT-VP của Sở Giáo dục và Đào tạo về việc báo cáo",
        [("90/SGDĐT-VP", "công văn", None, "Sở Giáo dục và Đào tạo")],
    ),
    (
        "Công văn số 12/LĐTBXH ngày 3/4/2020 của Phòng Lao động - Thương binh và Xã hội",
        [("12/LĐTBXH", "công văn", "2020-04-03", "Phòng Lao động - Thương binh và Xã hội")],
    ),
    (
        "Kết luận số 15/KL-TTr của Thanh tra huyện chưa được thực hiện",
        [("15/KL-TTr", "kết luận", None, "Thanh tra huyện")],
    ),
    (
        "Nghị quyết số 03-NQ/HU ngày 01/6/2021 của Huyện ủy Lũng Cát",
        [("03-NQ/HU", "nghị quyết", "2021-06-01", "Huyện ủy Lũng Cát")],
    ),
    (
        "Quyết định số 45/QĐ-UBND của UBND thành phố Bến Giang",
        [("45/QĐ-UBND", "quyết định", None, "UBND thành phố Bến Giang")],
    ),
    (
        "Quyết định số 45/QĐ-UBND của UBND TP. Bến Giang",
        [("45/QĐ-UBND", "quyết định", None, "UBND thành phố Bến Giang")],
    ),
    (
        "Quyết định số 45/QĐ-UBND của UBND tỉnh. Qua kiểm tra",
        [("45/QĐ-UBND", "quyết định", None, "UBND tỉnh")],
    ),
    (
        "Quyết định số 1557/QĐ-UBND của UBND tỉnh và Kế hoạch số 9/KH-UBND",
        [("1557/QĐ-UBND", "quyết định", None, "UBND tỉnh"), ("9/KH-UBND", "kế hoạch", None, None)],
    ),
    (
        "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể",
        [("76/NQ-CP", "nghị quyết", "2021-07-15", "Chính phủ")],
    ),
    (
        "Nghị quyết số 18-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XII",
        [("18-NQ/TW", "nghị quyết", None, "Ban Chấp hành Trung ương Đảng khóa XII")],
    ),
    (
        "Quyết định của UBND tỉnh Đông Lĩnh số 1557/QĐ-UBND ngày 04/5/2021",
        [("1557/QĐ-UBND", "quyết định", "2021-05-04", "UBND tỉnh Đông Lĩnh")],
    ),
    # the next line of a letterhead is no part of a name
    (
        "Báo cáo số 22/BC-ĐKT của Đoàn kiểm tra CCHC huyện\nKính gửi: UBND huyện",
        [("22/BC-ĐKT", "báo cáo", None, "Đoàn kiểm tra CCHC huyện")],
    ),
    (
        "Quyết định số 1180/QĐ-UBND ngày 29/6/2016; Quyết định số 1181/QĐ-UBND cùng ngày của UBND tỉnh",
        [
            ("1180/QĐ-UBND", "quyết định", "2016-06-29", "UBND tỉnh"),
            ("1181/QĐ-UBND", "quyết định", "2016-06-29", "UBND tỉnh"),
        ],
    ),
    # lists
    (
        "các Quyết định số 12/QĐ-UBND, 13/QĐ-UBND và 15/QĐ-UBND ngày 10/3/2021 của UBND huyện",
        [
            ("12/QĐ-UBND", "quyết định", "2021-03-10", "UBND huyện"),
            ("13/QĐ-UBND", "quyết định", "2021-03-10", "UBND huyện"),
            ("15/QĐ-UBND", "quyết định", "2021-03-10", "UBND huyện"),
        ],
    ),
    (
        "các Quyết định số 12, 13 và 15/QĐ-UBND ngày 10/3/2021",
        [
            ("12/QĐ-UBND", "quyết định", "2021-03-10", None),
            ("13/QĐ-UBND", "quyết định", "2021-03-10", None),
            ("15/QĐ-UBND", "quyết định", "2021-03-10", None),
        ],
    ),
    (
        "Quyết định số 12/QĐ-UBND ngày 01/02/2021, số 13/QĐ-UBND ngày 03/4/2021 của UBND xã",
        [
            ("12/QĐ-UBND", "quyết định", "2021-02-01", "UBND xã"),
            ("13/QĐ-UBND", "quyết định", "2021-04-03", "UBND xã"),
        ],
    ),
    (
        "Công văn số 415/UBND-NV; số 416/UBND-NV",
        [("415/UBND-NV", "công văn", None, None), ("416/UBND-NV", "công văn", None, None)],
    ),
    (
        "Quyết định số 12/QĐ-UBND và Kế hoạch số 13/KH-UBND ngày 10/3/2021 của UBND huyện",
        [("12/QĐ-UBND", "quyết định", None, None), ("13/KH-UBND", "kế hoạch", "2021-03-10", "UBND huyện")],
    ),
    (
        "Nghị định 61/2018/NĐ-CP, Nghị định 107/2021/NĐ-CP",
        [
            ("61/2018/NĐ-CP", "nghị định", None, "Chính phủ"),
            ("107/2021/NĐ-CP", "nghị định", None, "Chính phủ"),
        ],
    ),
    (
        "Quyết định số 985/QĐ-TTg và số 1064/QĐ-TTg",
        [
            ("985/QĐ-TTg", "quyết định", None, "Thủ tướng Chính phủ"),
            ("1064/QĐ-TTg", "quyết định", None, "Thủ tướng Chính phủ"),
        ],
    ),
    (
        "các Nghị định số 30, 61 và 63 của Chính phủ",
        [(f"{serial}/NĐ-CP", "nghị định", None, "Chính phủ") for serial in (30, 61, 63)],
    ),
    ("Nghị định số 30, 25 xã chưa áp dụng", [("30/NĐ-CP", "nghị định", None, "Chính phủ")]),
    (
        "Thông tư liên tịch 55/2005/TTLT-BNV-VPCP của Bộ Nội vụ và Văn phòng Chính phủ",
        [("55/2005/TTLT-BNV-VPCP", "thông tư liên tịch", None, "Bộ Nội vụ và Văn phòng Chính phủ")],
    ),
    ("Quyết định 766/QĐ-TTg của Thủ tướng", [("766/QĐ-TTg", "quyết định", None, "Thủ tướng")]),
    (
        "Quyết định số 12/QĐ-UBND năm 2021 của UBND xã Khe Mận",
        [("12/QĐ-UBND", "quyết định", None, "UBND xã Khe Mận")],
    ),
    # blanks, line ends, dashes, typing
    ("số 1310 /UBND-NV", [("1310/UBND-NV", "công văn", None, None)]),
    ("Quyết định số 2005/QĐ- UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/QĐ -UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005 / QĐ - UBND ngày 1/2/2021", [("2005/QĐ-UBND", "quyết định", "2021-02-01", None)]),
    ("Quyết định số 2005/QĐ-\nUBND của UBND huyện", [("2005/QĐ-UBND", "quyết định", None, "UBND huyện")]),
    ("Quyết định số\n2005/QĐ-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/\nQĐ-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/QĐ–UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/QĐ—UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Nghị quyết số 29 - NQ/TW", [("29-NQ/TW", "nghị quyết", None, "Trung ương")]),
    ("Nghị quyết số 29–NQ/TW", [("29-NQ/TW", "nghị quyết", None, "Trung ương")]),
    ("Quyết định số 2005/QD-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Nghị định 30/2020/ND-CP", [("30/2020/NĐ-CP", "nghị định", None, "Chính phủ")]),
    ("Nghị định 30/2020/NÐ-CP", [("30/2020/NĐ-CP", "nghị định", None, "Chính phủ")]),
    ("Quyết định số 93/2007/QĐ-TTG", [("93/2007/QĐ-TTg", "quyết định", None, "Thủ tướng Chính phủ")]),
    ("Tờ trình số 617/TTR-SNV", [("617/TTr-SNV", "tờ trình", None, "Sở Nội vụ")]),
    ("theo 15/qđ-ubnd của xã", [("15/QĐ-UBND", "quyết định", None, "UBND xã")]),
    ("77/QĐ-UB ND", [("77/QĐ-UBND", "quyết định", None, None)]),
    ("77/Q Đ-UBND", [("77/QĐ-UBND", "quyết định", None, None)]),
    ("Kế hoạch số 48/KH UBND ngày 18/3/2021", [("48/KH-UBND", "kế hoạch", "2021-03-18", None)]),
    ("Quyết định số2005/QĐ-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số: 2005/QĐ-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định (số 2005/QĐ-UBND)", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyêt đinh sô 2005/QĐ-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("QUYẾT ĐỊNH SỐ 2005/QĐ-UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("“Quyết định số 2005/QĐ-UBND”", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("2005/QĐ-UBND.", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Tờ trình số 12/TTr-UBND-NV", [("12/TTr-UBND-NV", "tờ trình", None, None)]),
    ("Công văn số 12/UBND.NV", [("12/UBND.NV", "công văn", None, None)]),
    ("Công văn số 12/UBND-V1", [("12/UBND-V1", "công văn", None, None)]),
    ("Quyết định số 2005/QĐUBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/QĐ/UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/QĐ.UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 2005/QĐ_UBND", [("2005/QĐ-UBND", "quyết định", None, None)]),
    ("Nghị định 30/2020/nđ-cp", [("30/2020/NĐ-CP", "nghị định", None, "Chính phủ")]),
    # the symbol decides the kind, the word only where the symbol has none
    ("Công văn số 617/TTr-SNV", [("617/TTr-SNV", "tờ trình", None, "Sở Nội vụ")]),
    ("Văn bản số 415/UBND-NV", [("415/UBND-NV", "công văn", None, None)]),
    ("Thông báo số 415/UBND-NV", [("415/UBND-NV", "thông báo", None, None)]),
    ("Thông báo kết luận số 55/TB-UBND", [("55/TB-UBND", "thông báo", None, None)]),
    # no symbol
    ("theo Nghị định 61 của Chính phủ", [("61/NĐ-CP", "nghị định", None, "Chính phủ")]),
    ("chưa áp dụng Nghị định 30.", [("30/NĐ-CP", "nghị định", None, "Chính phủ")]),
    ("theo NĐ 30 về công tác văn thư", [("30/NĐ-CP", "nghị định", None, "Chính phủ")]),
    ("Nghị định 30/2020 của Chính phủ", [("30/2020/NĐ-CP", "nghị định", None, "Chính phủ")]),
    ("Quyết định số 739 ngày 22/3/2017 của UBND tỉnh", [("739", "quyết định", "2017-03-22", "UBND tỉnh")]),
    ("Quyết định 52 của UBND tỉnh", [("52", "quyết định", None, "UBND tỉnh")]),
    ("Quyết định 52/2017 của UBND tỉnh", [("52/2017", "quyết định", None, "UBND tỉnh")]),
    ("Công văn số 415 ngày 3/4/2021 của UBND huyện", [("415", "công văn", "2021-04-03", "UBND huyện")]),
    ("Nghị quyết 30c của Chính phủ", [("30c", "nghị quyết", None, "Chính phủ")]),
    ("Thông tư số 01/2011 của Bộ Nội vụ", [("01/2011/TT-BNV", "thông tư", None, "Bộ Nội vụ")]),
    # an item of a list follows
    (
        "- Theo Quyết định số 12/QĐ-UBND\n- UBND xã chưa báo cáo",
        [("12/QĐ-UBND", "quyết định", None, None)],
    ),
    ("Quyết định số 12/QĐ-UBND - Báo cáo", [("12/QĐ-UBND", "quyết định", None, None)]),
    ("Quyết định số 12/QĐ-UBND - TTHC", [("12/QĐ-UBND", "quyết định", None, None)]),
    (
        "nêu trong Luật số 80/2015/QH13 và Nghị định số 34/2016/NĐ-CP",
        [
            ("80/2015/QH13", "luật", None, "Quốc hội"),
            ("34/2016/NĐ-CP", "nghị định", None, "Chính phủ"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0][:48] for case in CASES])
def test_found(text: str, expected: Expected) -> None:
    found = [(one.number, one.kind, one.date, one.issuer) for one in find_citations(text)]
    assert found == expected


NONE = [
    "ngày 12/5/2021",
    "Ngày 30/7/2021, Đoàn kiểm tra",
    "kiểm tra tại 25/25 xã, thị trấn",
    "tháng 6/2021",
    "quý I/2021 - UBND xã",
    "TCVN ISO 9001:2015",
    "ISO 9001: 2015/BKHCN",
    "TCVN 6909:2001",
    "QCVN 06:2021/BXD",
    "điện thoại 0239.3875.123",
    "số điện thoại 0912/345/678",
    "số 15 đường Trần Phú",
    "số nhà 15/4 khối 3",
    "số 3417 hồ sơ",
    "tiếp nhận 4163 hồ sơ dịch vụ công mức độ 3",
    "nhiệm kỳ 2020-2025",
    "giai đoạn 2021-2030/KH",
    "mẫu số 01/BC",
    "Mẫu số 02/TTr-UBND",
    "biểu mẫu 03/BB",
    "phụ lục số 1/PL",
    "dịch vụ công trực tuyến mức độ 3, 4",
    "mức độ 3/DVC",
    "năm 2021/KH-UBND",
    "Điều 5/QĐ-UBND",
    "Kế hoạch 12 tháng",
    "Báo cáo 6 tháng đầu năm 2021",
    "Báo cáo 6/2021",
    "Chương trình 135",
    "quyết định 3 nội dung",
    "Thông báo 15 hồ sơ trễ hạn",
    "đã ban hành 12 quyết định",
    "Quyết định số lượng 12 người",
    "Luật Ban hành văn bản quy phạm pháp luật",
    "Nghị quyết Đại hội lần thứ XXIII, nhiệm kỳ 2020-2025",
    "Lưu: VT, NV.",
    "đạt 8/10 điểm",
    "1/2 UBND xã",
    "TT 12 xã",
    "12/5",
    "",
    "/QĐ-UBND",
    "Số:      /UBND-NV",
    "số    /BC-UBND",
    "hạn 30/6/2021-UBND xã",
    "1.234/1.300 hồ sơ",
    "trực 24/7",
]


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert [one.as_printed for one in find_citations(text)] == []
