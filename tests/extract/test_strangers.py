"""Papers of places that had no part in building this: every field, unit, percentage and citation they print.

The papers lie in ``tests/fixtures/strangers`` as text or are made there (``make.py``); what is expected here
was written down from the papers by hand. Polarity, area and types are the classifier's business. A case in
:data:`WRONG` is right by the paper and not yet by the product.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.document import Document
from pipelines.road import process

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "strangers"


def _maker() -> Any:
    spec = importlib.util.spec_from_file_location("strangers_make", FIXTURES / "make.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKE = _maker()


@dataclass
class Paper:
    """One document of a file as a person reads it.

    ``units``: unit to its statements, each its beginning or ``"beginning … end"``. ``percents``: unit (``None``
    where it does not matter) and value. ``citations``: number and, where the paper settles it, key. ``free``:
    beginnings of statements whose unit is a matter of taste.
    """

    file: str
    header: dict[str, Any]
    units: dict[str, list[str]]
    percents: list[tuple[str | None, float]] = field(default_factory=list)
    citations: list[tuple[str, str | None]] = field(default_factory=list)
    free: tuple[str, ...] = ()
    part: int = 1

    @property
    def name(self) -> str:
        return f"{self.file}#{self.part}"


SO_NOI_VU = Paper(
    "so-noi-vu-2023.md",
    {
        "kind": "công văn",
        "number": "1874/SNV-CCHC",
        "date": "2023-10-09",
        "place": "Bình Lãng",
        "issuer": "SỞ NỘI VỤ",
        "issuer_parent": "UBND TỈNH BÌNH LÃNG",
        "issuer_unit": "Tỉnh Bình Lãng",
        "subject": "V/v khắc phục tồn tại, hạn chế sau kiểm tra cải cách hành chính năm 2023",
        "recipients": ("Ủy ban nhân dân các huyện, thị xã, thành phố",),
        "copies": ("Như trên", "UBND tỉnh (b/c)", "Lưu: VT, CCHC"),
        "authority": "KT. GIÁM ĐỐC",
        "signer_title": "PHÓ GIÁM ĐỐC",
        "signer": "Quàng Văn Thoa",
        "period": "năm 2023",
    },
    {
        "Huyện Mường Lự": ["UBND huyện Mường Lự ban hành", "Tỷ lệ hồ sơ trực tuyến còn thấp"],
        "Huyện Chiềng Đông": [
            "Huyện Chiềng Đông chưa gửi",
            "Tỷ lệ hồ sơ trực tuyến còn thấp",
            "UBND huyện Chiềng Đông gửi bổ sung",
        ],
        "Thành phố Bình Lãng": ["Tỷ lệ hồ sơ giải quyết đúng hạn của UBND thành phố Bình Lãng"],
        "Thị xã Nà Pàn": ["Thị xã Nà Pàn còn 14 hồ sơ", "Tỷ lệ hồ sơ trực tuyến còn thấp"],
        "một số địa phương": ["Công tác tuyên truyền tại một số địa phương"],
        "Xã Tà Hộc": ["Bộ phận Một cửa cấp xã chưa niêm yết … thị trấn Chiềng Đông (huyện Chiềng Đông)."],
        "Xã Nậm Ty": ["Bộ phận Một cửa cấp xã chưa niêm yết … thị trấn Chiềng Đông (huyện Chiềng Đông)."],
        "Thị trấn Chiềng Đông": [
            "Bộ phận Một cửa cấp xã chưa niêm yết … thị trấn Chiềng Đông (huyện Chiềng Đông)."
        ],
        "all": ["UBND các huyện, thị xã, thành phố tổ chức rút kinh nghiệm"],
    },
    [
        ("Thành phố Bình Lãng", 91.2),
        ("Huyện Mường Lự", 12.5),
        ("Huyện Chiềng Đông", 9.8),
        ("Thị xã Nà Pàn", 17.0),
    ],
    [
        ("27/KH-UBND", "kh:27:ubnd-binh-lang:2023"),
        ("33/2020/QĐ-UBND", "qd:33/2020:ubnd-binh-lang"),
    ],
    ("Thực hiện Kế hoạch", "từ ngày", "Qua kiểm tra", "Để khắc phục", "Sở Nội vụ đề nghị"),
)

PNV = Paper(
    "pnv-2010.txt",
    {
        "kind": "công văn",
        "number": "12/PNV-CV",
        "date": "2010-04-08",
        "place": "Đại Lâm",
        "issuer": "PHÒNG NỘI VỤ",
        "issuer_parent": "UBND HUYỆN ĐẠI LÂM",
        "issuer_unit": "Huyện Đại Lâm",
        "subject": 'V/v: chấn chỉnh việc thực hiện cơ chế "một cửa" tại UBND các xã, thị trấn',
        "recipients": ("UBND các xã, thị trấn trong huyện",),
        "copies": ("Như trên", "TT. UBND huyện (để b/c)", "Lưu: PNV"),
        "signer_title": "TRƯỞNG PHÒNG",
        "signer": "Huỳnh Văn Tấn",
        "authority": None,
        "period": "quý I năm 2010",
    },
    {
        "all": ["Ưu điểm: Các xã, thị trấn đã bố trí", "Đề nghị UBND các xã, thị trấn khắc phục ngay"],
        "Xã Phú Thuận": ["Xã Phú Thuận, xã Long Điền đã mở sổ … đúng mẫu."],
        "Xã Long Điền": ["Xã Phú Thuận, xã Long Điền đã mở sổ"],
        "Xã Tân Mỹ": ["Xã Tân Mỹ, Bình Phước và thị trấn Đại Lâm … lệ phí."],
        "Xã Bình Phước": [
            "Xã Tân Mỹ, Bình Phước và thị trấn Đại Lâm",
            "37/120 hồ sơ trả chậm",
            "Chưa có giấy hẹn trả kết quả",
        ],
        "Thị trấn Đại Lâm": ["Xã Tân Mỹ, Bình Phước và thị trấn Đại Lâm"],
        "Xã Hòa Long": [
            "UBND xã Hòa Long không bố trí",
            "diện tích phòng làm việc chỉ có 18m2",
            "Riêng UBND xã Hòa Long phải bố trí lại",
        ],
    },
    [("Xã Bình Phước", 30.8)],
    [("93/2007/QĐ-TTg", "qd:93/2007:thu-tuong")],
    ("Thực hiện Quyết định", "Kết quả cho thấy"),
)

SELF = Paper(
    "tu-kiem-tra-2022.txt",
    {
        "kind": "báo cáo",
        "number": "145/BC-UBND",
        "date": "2022-11-20",
        "place": "Ea Prin",
        "issuer": "ỦY BAN NHÂN DÂN XÃ EA PRIN",
        "issuer_parent": None,
        "issuer_unit": "Xã Ea Prin",
        "subject": "Kết quả tự kiểm tra công tác cải cách hành chính năm 2022",
        "recipients": ("Phòng Nội vụ huyện Krông Đăk",),
        "copies": ("Như trên", "TT Đảng ủy, HĐND xã", "Lưu: VT"),
        "authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer": "Y Bhăm Niê",
        "period": "năm 2022",
    },
    {
        "Xã Ea Prin": [
            "UBND xã đã ban hành Kế hoạch số 03/KH-UBND",
            "Hội đồng nhân dân xã đã thông qua",
            "Đã gửi đủ 04 báo cáo định kỳ",
            "Báo cáo quý gửi trước ngày 15",
            "Báo cáo năm gửi trước ngày 05/12",
            "Trạm truyền thanh xã phát 48 tin",
            "Tiếp nhận 1.204 hồ sơ",
            "Tỷ lệ hồ sơ trực tuyến đạt 36,4 %",
            "Kế hoạch tuyên truyền CCHC chưa sát",
            "Chưa tổ chức kiểm tra việc thực hiện",
            "Việc cập nhật hồ sơ lên phần mềm",
            "Còn 12 hồ sơ trễ hạn",
            "chưa thực hiện thư xin lỗi",
            "Chưa công khai quyết toán ngân sách",
        ],
    },
    [("Xã Ea Prin", 99.0), ("Xã Ea Prin", 36.4), ("Xã Ea Prin", 1.0)],
    [
        ("812/UBND-NV", "cv:812:ubnd-krong-dak:2022"),
        ("03/KH-UBND", "kh:03:ubnd-ea-prin:2022"),
        ("61/2018/NĐ-CP", "nd:61/2018:chinh-phu"),
    ],
    ("Thực hiện Công văn", "Trên đây", "Đề nghị UBND huyện"),
)

BY_AREA = Paper(
    "theo-linh-vuc-2020.md",
    {
        "kind": "báo cáo",
        "number": "318/BC-UBND",
        "date": "2020-12-28",
        "place": "Thanh Nguyên",
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN THANH NGUYÊN",
        "issuer_unit": "Huyện Thanh Nguyên",
        "subject": "Kết quả kiểm tra công tác cải cách hành chính năm 2020 đối với UBND các xã, thị trấn",
        "copies": ("Sở Nội vụ (b/c)", "Thường trực Huyện ủy, HĐND huyện", "Lưu: VT, NV"),
        "authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer": "Lê Đình Quế",
        "period": "năm 2020",
    },
    {
        "all": ["Ưu điểm: Hầu hết các đơn vị đã ban hành", "Khắc phục các tồn tại nêu trên"],
        "Xã Xuân Lâm": [
            "Một số đơn vị làm tốt",
            "Hạn chế: Vẫn còn các xã",
            "Xã Xuân Lâm và xã Hoằng Phú chưa thực hiện",
            "Hai xã này cũng chưa bố trí máy quét",
        ],
        "Xã Hoằng Phú": [
            "Một số đơn vị làm tốt",
            "Có 03 xã chưa gửi báo cáo",
            "Niêm yết thủ tục hành chính chưa đầy đủ",
            "Xã Xuân Lâm và xã Hoằng Phú chưa thực hiện",
            "Hai xã này cũng chưa bố trí máy quét",
            "Tỷ lệ hồ sơ dịch vụ công trực tuyến",
        ],
        "Thị trấn Rừng Vàng": [
            "Một số đơn vị làm tốt",
            "Niêm yết thủ tục hành chính chưa đầy đủ",
            "thị trấn Rừng Vàng chỉ đạt 3,3%",
        ],
        "Xã Thọ Bình": [
            "Hạn chế: Vẫn còn các xã",
            "Có 03 xã chưa gửi báo cáo",
            "Tỷ lệ hồ sơ trễ hạn còn cao",
            "Tỷ lệ hồ sơ dịch vụ công trực tuyến",
            "UBND xã Thọ Bình giải trình",
        ],
        "Xã Yên Khê": [
            "Hạn chế: Vẫn còn các xã",
            "Riêng xã Yên Khê chưa mở sổ",
            "Tỷ lệ hồ sơ trễ hạn còn cao",
            "Trang thông tin điện tử của xã Yên Khê",
        ],
        "Xã Minh Dân": [
            "Có 03 xã chưa gửi báo cáo",
            "Niêm yết thủ tục hành chính chưa đầy đủ",
            "Tỷ lệ hồ sơ trễ hạn còn cao",
            "Tuy nhiên xã Minh Dân đã đăng tải",
        ],
        "Huyện Thanh Nguyên": ["Chỉ đạo Phòng Tài chính - Kế hoạch bố trí"],
    },
    [
        ("Xã Thọ Bình", 4.8),
        ("Xã Yên Khê", 5.0),
        ("Xã Minh Dân", 6.25),
        ("Xã Hoằng Phú", 41.2),
        ("Xã Thọ Bình", 8.7),
        ("Thị trấn Rừng Vàng", 3.3),
    ],
    [
        ("4105/QĐ-UBND", "qd:4105:ubnd-thanh-nguyen:2020"),
        ("34/2016/NĐ-CP", "nd:34/2016:chinh-phu"),
    ],
    ("Thực hiện Quyết định",),
)

THREE_SUBMISSION = Paper(
    "ba-van-ban-2018.md",
    {
        "kind": "tờ trình",
        "number": "77/TTr-ĐKT",
        "date": "2018-07-02",
        "place": "Cao Sa",
        "issuer": "UBND HUYỆN CAO SA",
        "issuer_unit": "Huyện Cao Sa",
        "subject": "Về việc đề nghị ban hành kết luận kiểm tra cải cách hành chính",
        "recipients": ("Chủ tịch UBND huyện Cao Sa",),
        "copies": ("Như trên", "Lưu: ĐKT"),
        "signer_title": "TRƯỞNG ĐOÀN",
        "signer": "Nông Thế Hùng",
    },
    {},
    [],
    [("1502/QĐ-UBND", "qd:1502:ubnd-cao-sa:2018")],
    ("Căn cứ",),
)
THREE_CONCLUSION = Paper(
    "ba-van-ban-2018.md",
    {
        "kind": "kết luận",
        "number": "41/KL-UBND",
        "date": "2018-07-09",
        "place": "Cao Sa",
        "issuer": "UBND HUYỆN CAO SA",
        "issuer_unit": "Huyện Cao Sa",
        "subject": "Kiểm tra công tác cải cách hành chính 6 tháng đầu năm 2018",
        "copies": ("Các đơn vị được kiểm tra", "Lưu: VT"),
        "signer_title": "CHỦ TỊCH",
        "signer": "Hoàng Văn Páo",
        "period": "6 tháng đầu năm 2018",
    },
    {
        "Xã Vân Thủy": ["Chưa phân công cán bộ đầu mối", "Sổ theo dõi hồ sơ ghi thiếu"],
        "Xã Hồng Trị": ["Đã khắc phục 4/5 tồn tại", "Chưa ban hành quy chế chi tiêu"],
        "Phòng Tư pháp": ["Tham mưu báo cáo theo dõi"],
    },
    [("Xã Hồng Trị", 80.0)],
    part=2,
)
THREE_COMMUNE = Paper(
    "ba-van-ban-2018.md",
    {
        "kind": "báo cáo",
        "number": "29/BC-UBND",
        "date": "2018-07-25",
        "place": "Vân Thủy",
        "issuer": "UBND XÃ VÂN THỦY",
        "issuer_unit": "Xã Vân Thủy",
        "subject": "Kết quả khắc phục tồn tại theo Kết luận số 41/KL-UBND ngày 09/7/2018",
        "recipients": ("UBND huyện Cao Sa",),
        "copies": ("Như trên", "Lưu: VP"),
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "CHỦ TỊCH",
        "signer": "Bế Ích Quân",
    },
    {
        "Xã Vân Thủy": [
            "Ngày 16/7/2018, UBND xã đã ban hành",
            "Sổ theo dõi hồ sơ đã được bổ sung",
            "Tuy nhiên, do thiếu kinh phí",
        ]
    },
    [],
    [("41/KL-UBND", "kl:41:ubnd-cao-sa:2018"), ("58/QĐ-UBND", "qd:58:ubnd-van-thuy:2018")],
    part=3,
)

DECISION = Paper(
    "quyet-dinh-2021.md",
    {
        "kind": "quyết định",
        "number": "2290/QĐ-UBND",
        "date": "2021-08-17",
        "place": "Quảng Lĩnh",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH QUẢNG LĨNH",
        "issuer_unit": "Tỉnh Quảng Lĩnh",
        "subject": "Về việc xử lý tồn tại sau kiểm tra công tác cải cách hành chính tại huyện Hải Châu Sơn",
        "copies": ("Như Điều 4", "TT. Tỉnh ủy (b/c)", "Lưu: VT, NC"),
        "authority": "KT. CHỦ TỊCH",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer": "Trần Đức Lương Bằng",
    },
    {
        "Xã Vạn Lộc": ["Xã Vạn Lộc chưa công khai"],
        "Xã Kỳ Phong": ["Xã Kỳ Phong, xã Kỳ Thượng"],
        "Xã Kỳ Thượng": ["Xã Kỳ Phong, xã Kỳ Thượng"],
        "Thị trấn Hải Châu": ["Thị trấn Hải Châu có tỷ lệ"],
        "Huyện Hải Châu Sơn": [
            "Yêu cầu UBND huyện Hải Châu Sơn",
            "UBND huyện Hải Châu Sơn báo cáo",
        ],
    },
    [("Thị trấn Hải Châu", 78.5)],
    [
        ("77/2015/QH13", "luat:77/2015:quoc-hoi"),
        ("76/NQ-CP", "nq:76:chinh-phu:2021"),
        ("15/2019/QĐ-UBND", "qd:15/2019:ubnd-quang-linh"),
        ("617/TTr-SNV", "ttr:617:so-noi-vu-quang-linh:2021"),
    ],
    ("Căn cứ", "Xét đề nghị", "Quyết định này có hiệu lực", "Chánh Văn phòng UBND tỉnh"),
)

DEMANDS = Paper(
    "yeu-cau-2016.md",
    {
        "kind": "công văn",
        "number": "903/UBND-NV",
        "date": "2016-11-03",
        "place": "Lạc Thủy Bình",
        "issuer": "UBND HUYỆN LẠC THỦY BÌNH",
        "issuer_unit": "Huyện Lạc Thủy Bình",
        "subject": "V/v thực hiện kết luận kiểm tra cải cách hành chính",
        "recipients": ("Trưởng các phòng, ban, ngành", "Chủ tịch UBND các xã: An Nghĩa, Đồng Môn, Khoan Dụ"),
        "copies": ("Như trên", "TT Huyện ủy", "Lưu: VT"),
        "signer_title": "CHỦ TỊCH",
        "signer": "Quách Công Tiến",
    },
    {
        "Xã An Nghĩa": ["UBND xã An Nghĩa ban hành ngay"],
        "Xã Đồng Môn": ["UBND các xã Đồng Môn, Khoan Dụ niêm yết"],
        "Xã Khoan Dụ": ["UBND các xã Đồng Môn, Khoan Dụ niêm yết"],
        "Phòng Nội vụ": ["Theo dõi, đôn đốc các đơn vị", "Tổng hợp, báo cáo UBND huyện"],
        "Phòng Tài chính - Kế hoạch": ["Phòng Tài chính - Kế hoạch tham mưu"],
        "all": ["Nhận được Công văn này"],
    },
    [],
    [
        ("51/TB-UBND", "tb:51:ubnd-tinh:2016"),
        ("13/CT-TTg", "ct:13:thu-tuong:2015"),
        ("1180/QĐ-UBND", "qd:1180:ubnd-tinh:2016"),
        ("1181/QĐ-UBND", "qd:1181:ubnd-tinh:2016"),
    ],
    ("Căn cứ",),
)

PROVINCE = Paper(
    "tinh-2025.txt",
    {
        "kind": "thông báo",
        "number": "96/TB-UBND",
        "date": "2025-11-14",
        "place": "Sơn Bình",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH SƠN BÌNH",
        "issuer_unit": "Tỉnh Sơn Bình",
        "subject": "Kết quả kiểm tra công vụ và cải cách hành chính tại các xã, phường, đặc khu quý III năm 2025",
        "copies": ("Bộ Nội vụ (b/c)", "Các xã, phường, đặc khu", "Lưu: VT"),
        "authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer": "Giàng A Tủa",
        "period": "quý III năm 2025",
    },
    {
        "Phường Đông Lĩnh": ["Trung tâm Phục vụ hành chính công phường", "Chưa ban hành quy chế làm việc"],
        "Xã Nậm Xây": [
            "Phòng Văn hóa - Xã hội chưa phân công",
            "Tỷ lệ thanh toán trực tuyến",
            "Xã Nậm Xây khắc phục xong",
        ],
        "Đặc khu Hòn Mây": ["Chưa kết nối Cổng Dịch vụ công"],
        "Sở Khoa học và Công nghệ": ["Sở Khoa học và Công nghệ hỗ trợ"],
        "all": ["Các xã, phường, đặc khu còn lại"],
    },
    [("Phường Đông Lĩnh", 99.7), ("Xã Nậm Xây", 21.4)],
    [("1187/QĐ-BNV", "qd:1187:bo-noi-vu:2025"), ("112/KH-UBND", "kh:112:ubnd-son-binh:2025")],
    ("Thực hiện Quyết định",),
)

TABLE = Paper(
    "bang-2024.md",
    {
        "kind": "báo cáo",
        "number": "04/BC-ĐKT",
        "date": "2024-09-06",
        "place": "Bắc Trà",
        "issuer": "ĐOÀN KIỂM TRA CCHC",
        "issuer_parent": "UBND HUYỆN BẮC TRÀ",
        "issuer_unit": "Huyện Bắc Trà",
        "subject": "Kết quả kiểm tra cải cách hành chính tại các xã, thị trấn 9 tháng đầu năm 2024",
        "copies": ("Chủ tịch UBND huyện", "Lưu: ĐKT"),
        "authority": "TM. ĐOÀN KIỂM TRA",
        "signer_title": "TRƯỞNG ĐOÀN Phó Chủ tịch UBND huyện",
        "signer": "Zơ Râm Thị Nết",
        "period": "9 tháng đầu năm 2024",
    },
    {
        "Xã Trà Giác": ["Chưa ban hành kế hoạch kiểm soát TTHC", "Báo cáo quý II gửi chậm"],
        "Xã Trà Bui": ["Tỷ lệ hồ sơ trực tuyến đạt 14,6%"],
        "Thị trấn Bắc Trà": ["Hồ sơ lưu trữ chưa được chỉnh lý", "Chưa sử dụng chữ ký số"],
        "Trà Kót": ["Không niêm yết số điện thoại"],
    },
    [("Xã Trà Bui", 14.6)],
    free=("Đề nghị UBND huyện", "Có giải trình", "Đoàn kiểm tra CCHC huyện"),
)

TEAM = Paper(
    "doan-2019.docx",
    {
        "kind": "báo cáo",
        "number": "03/BC-ĐKT",
        "date": "2019-06-21",
        "place": "Kim Thành Sơn",
        "issuer": "ĐOÀN KIỂM TRA CÔNG TÁC CẢI CÁCH HÀNH CHÍNH",
        "issuer_parent": "UBND HUYỆN KIM THÀNH SƠN",
        "issuer_unit": "Huyện Kim Thành Sơn",
        "subject": "Kết quả kiểm tra công tác cải cách hành chính tại các xã, thị trấn 6 tháng đầu năm 2019",
        "recipients": ("Ủy ban nhân dân huyện Kim Thành Sơn",),
        "copies": ("Như kính gửi", "Các đơn vị được kiểm tra", "Lưu: ĐKT"),
        "authority": "TM. ĐOÀN KIỂM TRA",
        "signer_title": "TRƯỞNG ĐOÀN PHÓ CHỦ TỊCH UBND HUYỆN",
        "signer": "Nguyễn Hữu Khuê",
        "period": "6 tháng đầu năm 2019",
    },
    {
        "Xã Cẩm Đình": [
            "Đã ban hành kế hoạch CCHC năm 2019",
            "Tỷ lệ hồ sơ đúng hạn đạt 96,3%",
            "Chưa niêm yết thủ tục hành chính",
        ],
        "Xã Liên Mạc": [
            "Thể thức một số văn bản",
            "Chưa có báo cáo quý I",
            "Xã Liên Mạc và thị trấn Kim Thành chưa",
        ],
        "Thị trấn Kim Thành": [
            "Hồ sơ một cửa còn ghi thiếu",
            "Phần mềm dùng chung",
            "Xã Liên Mạc và thị trấn Kim Thành chưa",
        ],
        "Trung tâm Văn hóa - Thông tin": ["Chưa xây dựng quy chế văn hóa công sở"],
        "all": ["Các đơn vị được kiểm tra đã chấp hành", "Thực hiện Kế hoạch số 18/KH-UBND"],
    },
    [("Xã Cẩm Đình", 96.3)],
    [("18/KH-UBND", "kh:18:ubnd-kim-thanh-son:2019"), ("01/2011/TT-BNV", "tt:01/2011:bo-noi-vu")],
)

WARDS = Paper(
    "bang-2017.docx",
    {
        "kind": "công văn",
        "number": "560/UBND-NV",
        "date": "2017-01-05",
        "place": "Tân Sơn",
        "issuer": "ỦY BAN NHÂN DÂN QUẬN TÂN SƠN",
        "issuer_unit": "Quận Tân Sơn",
        "subject": "V/v khắc phục tồn tại sau kiểm tra",
        "recipients": ("Ủy ban nhân dân 12 phường",),
        "copies": ("Như trên", "Lưu: VT, NV (3)"),
        "authority": "TL. CHỦ TỊCH",
        "signer_title": "TRƯỞNG PHÒNG NỘI VỤ",
        "signer": "Lâm Quốc Thái",
    },
    {
        "Phường 5": ["Bảng niêm yết đặt ở vị trí", "Chưa có sổ góp ý", "Phường 5 và Phường 12 báo cáo riêng"],
        "Phường 12": ["Hồ sơ hộ tịch trễ hạn", "Phường 5 và Phường 12 báo cáo riêng"],
        "Phường Bình Trị": ["Chưa áp dụng hệ thống"],
        "Phường 7": ["Chưa gửi báo cáo tự kiểm tra"],
        "all": ["Đề nghị UBND các phường khắc phục"],
    },
    [("Phường 12", 3.5)],
    free=("Ủy ban nhân dân quận thông báo",),
)

CONCLUSION = Paper(
    "ket-luan-2018.pdf",
    {
        "kind": "thông báo",
        "number": "214/TB-UBND",
        "date": "2018-08-16",
        "place": "Long Hải Đông",
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN LONG HẢI ĐÔNG",
        "issuer_unit": "Huyện Long Hải Đông",
        "subject": "Kết luận kiểm tra công tác cải cách hành chính tại Ủy ban nhân dân xã Phước Tỉnh Hạ",
        "copies": ("TT HĐND huyện", "UBND xã Phước Tỉnh Hạ", "Lưu: VT"),
        "authority": "KT. CHỦ TỊCH",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer": "Võ Thành Nhơn",
    },
    {
        "Xã Phước Tỉnh Hạ": [
            "Lãnh đạo xã quan tâm … đúng quy định.",
            "Tỷ lệ hồ sơ giải quyết đúng hạn 6 tháng",
            "Chưa tổ chức kiểm tra việc thực hiện … chuyên môn;",
            "báo cáo quý I gửi chậm 12 ngày",
            "Nội dung kế hoạch còn sao chép",
            "Bảng niêm yết còn 07 thủ tục … UBND tỉnh.",
            "Việc cập nhật thủ tục mới",
            "Không lập phiếu kiểm soát … ngày 23/11/2018.",
            "Còn tình trạng công chức yêu cầu … hôn nhân.",
            "Tỷ lệ văn bản đi được ký số",
            "Máy tính của bộ phận một cửa",
            "UBND xã Phước Tỉnh Hạ tổ chức kiểm điểm",
        ],
        "Phòng Nội vụ": ["Giao Phòng Nội vụ theo dõi"],
    },
    [("Xã Phước Tỉnh Hạ", 98.4), ("Xã Phước Tỉnh Hạ", 22.0)],
    [
        ("2207/QĐ-UBND", "qd:2207:ubnd-long-hai-dong:2018"),
        ("1530/QĐ-UBND", "qd:1530:ubnd-tinh:2018"),
        ("01/2018/TT-VPCP", "tt:01/2018:van-phong-chinh-phu"),
    ],
    ("Thực hiện Quyết định", "Sau khi xem xét"),
)

CITY = Paper(
    "thanh-pho-2022.pdf",
    {
        "kind": "báo cáo",
        "number": "587/BC-UBND",
        "date": "2022-12-22",
        "place": "Lộc Giang",
        "issuer": "ỦY BAN NHÂN DÂN THÀNH PHỐ LỘC GIANG",
        "issuer_unit": "Thành phố Lộc Giang",
        "subject": "Kết quả kiểm tra công tác cải cách hành chính năm 2022",
        "recipients": ("Sở Nội vụ tỉnh Giang Nam",),
        "copies": ("Như trên", "CT, các PCT UBND TP", "Lưu: VT, NV"),
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "signer_title": "CHỦ TỊCH",
        "signer": "Mai Thị Kim Hương",
        "period": "năm 2022",
    },
    {
        "Phường 5": [
            "Ưu điểm: Phường đã số hóa",
            "cán bộ có thái độ phục vụ tốt",
            "Tồn tại: Chưa công khai kết quả",
            "Bảng tên công chức bị thiếu",
            "Tuy nhiên, Phường 5, Phường 11 và xã Hưng Thạnh",
            "Số hồ sơ trực tuyến toàn trình còn thấp",
        ],
        "Phường An Lộc Tây": [
            "Ưu điểm: Đã triển khai mô hình",
            "Tồn tại: Tỷ lệ thanh toán trực tuyến",
            "Chưa thực hiện việc chứng thực bản sao … nhiều lần.",
            "Số hồ sơ trực tuyến toàn trình còn thấp",
        ],
        "Xã Hưng Thạnh": [
            "Ưu điểm: Đã kiện toàn Ban Chỉ đạo",
            "Tồn tại: Chưa ban hành quy chế tiếp công dân",
            "Tuy nhiên, Phường 5, Phường 11 và xã Hưng Thạnh",
        ],
        "Phường 11": [
            "Tồn tại: Chưa lưu trữ hồ sơ",
            "Tuy nhiên, Phường 5, Phường 11 và xã Hưng Thạnh",
            "Số hồ sơ trực tuyến toàn trình còn thấp",
        ],
        "all": ["Các phường, xã đã nghiêm túc", "Đối với UBND các phường, xã: khắc phục"],
    },
    [
        ("Phường 5", 82.5),
        ("Phường An Lộc Tây", 11.7),
        ("Phường 5", 21.0),
        ("Phường 11", 18.4),
        ("Phường An Lộc Tây", 9.9),
    ],
    [("41/KH-UBND", "kh:41:ubnd-loc-giang:2022"), ("45/2020/NĐ-CP", "nd:45/2020:chinh-phu")],
    ("Căn cứ Kế hoạch", "nâng cấp Cổng dịch vụ công"),
)

ANNEX = Paper(
    "phu-luc-2021.pdf",
    {
        "kind": "báo cáo",
        "number": "11/BC-ĐKT884",
        "date": "2021-07-30",
        "place": "Vĩnh Sơn",
        "issuer": "ĐOÀN KIỂM TRA THEO QĐ 884",
        "issuer_parent": "UBND TỈNH VĨNH SƠN",
        "issuer_unit": "Tỉnh Vĩnh Sơn",
        "subject": "Kết quả kiểm tra việc giải quyết thủ tục hành chính tại huyện Tam Lộc",
        "copies": ("Chủ tịch UBND tỉnh", "UBND huyện Tam Lộc", "Lưu: Hồ sơ ĐKT"),
        "signer_title": "TRƯỞNG ĐOÀN",
        "signer": "Phùng Quang Huân",
    },
    {
        "all": ["Tồn tại của từng đơn vị nêu tại Phụ lục"],
        "Xã Hợp Thịnh": ["Tiếp nhận hồ sơ không ghi giấy hẹn", "Tỷ lệ trễ hạn 7,3%"],
        "Xã Đạo Tú": ["Chưa nhập hồ sơ vào phần mềm"],
        "Thị trấn Tam Lộc": ["Công chức tư pháp - hộ tịch thu lệ phí … 38/2020/NQ-HĐND."],
    },
    [(None, 68.75), ("Xã Hợp Thịnh", 7.3)],
    [("884/QĐ-UBND", "qd:884:ubnd-vinh-son:2021"), ("884/QĐ-UBND", None), ("38/2020/NQ-HĐND", None)],
    ("Thực hiện Quyết định", "Toàn huyện có 11/16", "Đoàn kiểm tra kính báo cáo"),
)


def _styled(style: str) -> Paper:
    return Paper(
        f"kieu-{style}.md",
        {
            "kind": "báo cáo",
            "number": "88/BC-PNV",
            "date": "2015-05-11",
            "issuer": "PHÒNG NỘI VỤ",
            "issuer_parent": "UBND THỊ XÃ TAM KỲ BẮC",
            "issuer_unit": "Thị xã Tam Kỳ Bắc",
            "signer_title": "TRƯỞNG PHÒNG",
            "signer": "Phan Bá Lộc",
            "period": "quý I năm 2015",
        },
        {
            "all": ["Các đơn vị đã chuẩn bị đầy đủ"],
            "Xã Kim Sơn Hạ": ["Đã bố trí công chức trực", "Chưa ban hành kế hoạch tuyên truyền"],
            "Xã Đồng Rì": ["Báo cáo quý thiếu phụ lục", "Công chức chưa đeo thẻ"],
            "Phường 5": ["Hồ sơ trễ hạn chiếm 6,5%"],
        },
        [("Phường 5", 6.5)],
        free=("Thực hiện chương trình", "Đề nghị UBND thị xã"),
    )


PAPERS = [
    SO_NOI_VU,
    PNV,
    SELF,
    BY_AREA,
    THREE_SUBMISSION,
    THREE_CONCLUSION,
    THREE_COMMUNE,
    DECISION,
    DEMANDS,
    PROVINCE,
    TABLE,
    TEAM,
    WARDS,
    CONCLUSION,
    CITY,
    ANNEX,
    *(_styled(style) for style in MAKE.HEADINGS),
]

BODIES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "wards by number": (
        "Phường 1, 2, 3 và Phường Trần Hưng Đạo chưa có sổ góp ý.",
        [(f"Phường {name}", "Phường 1, 2, 3") for name in ("1", "2", "3", "Trần Hưng Đạo")],
    ),
    "wards after a colon": (
        "Các phường: 1, 4, 7 chưa có sổ góp ý.",
        [(f"Phường {name}", "Các phường: 1, 4, 7") for name in ("1", "4", "7")],
    ),
    "short kinds": (
        "P. Tân Phú, P.5 và TT Na Sầm chưa có sổ góp ý.",
        [(name, "P. Tân Phú") for name in ("Phường Tân Phú", "Phường 5", "Thị trấn Na Sầm")],
    ),
    "capitals": ("XÃ TÂN AN chưa gửi báo cáo.", [("Xã Tân An", "XÃ TÂN AN chưa gửi")]),
    "rates split by semicolons": (
        "Các xã có tỷ lệ thấp: Phú Lâm 12%; Tà Hộc 8,5%.\n\nXã Phú Lâm và xã Tà Hộc đã giải trình.",
        [
            ("Xã Phú Lâm", "Các xã có tỷ lệ thấp"),
            ("Xã Tà Hộc", "Các xã có tỷ lệ thấp"),
            ("Xã Phú Lâm", "Xã Phú Lâm và xã Tà Hộc"),
            ("Xã Tà Hộc", "Xã Phú Lâm và xã Tà Hộc"),
        ],
    ),
    "several offices": (
        "Các đơn vị: xã Tân An, Phòng Tư pháp, Phòng Y tế chưa gửi báo cáo.",
        [(name, "Các đơn vị: xã Tân An") for name in ("Xã Tân An", "Phòng Tư pháp", "Phòng Y tế")],
    ),
    "kind and count": (
        "Đoàn đã kiểm tra 12 xã, thị trấn 6 tháng đầu năm.",
        [],
    ),
    "short sentences about all": (
        "- Các xã đã có cố gắng.\n\n- Các đơn vị chấp hành tốt.\n\n- Xã Tân An chưa báo cáo.",
        [
            ("all", "Các xã đã có cố gắng."),
            ("all", "Các đơn vị chấp hành tốt."),
            ("Xã Tân An", "Xã Tân An chưa báo cáo."),
        ],
    ),
    "short number before running text": (
        "1. Chưa có sổ góp ý.\n\n2. Hồ sơ thiếu phiếu.\n\nXã Tân An đã tiếp thu ý kiến của Đoàn kiểm tra.",
        [
            ("all", "Chưa có sổ góp ý."),
            ("all", "Hồ sơ thiếu phiếu."),
            ("Xã Tân An", "Xã Tân An đã tiếp thu"),
        ],
    ),
    "letters before numbers": (
        "1. Xã Tân An\n\na) Ban hành kế hoạch chậm.\n\nb) Hồ sơ thiếu phiếu.\n\nc) Báo cáo sơ sài.\n\n"
        "2. Xã Tân Bình\n\na) Sổ ghi thiếu cột.",
        [
            ("Xã Tân An", "Ban hành kế hoạch chậm."),
            ("Xã Tân An", "Hồ sơ thiếu phiếu."),
            ("Xã Tân An", "Báo cáo sơ sài."),
            ("Xã Tân Bình", "Sổ ghi thiếu cột."),
        ],
    ),
    "bold statements": (
        "1. Xã Tân An\n\n**1.1. Chưa bố trí máy quét**\n\n**1.2. Chưa có sổ góp ý**\n\n2. Xã Tân Bình\n\n"
        "- Chưa niêm yết TTHC",
        [
            ("Xã Tân An", "Chưa bố trí máy quét"),
            ("Xã Tân An", "Chưa có sổ góp ý"),
            ("Xã Tân Bình", "Chưa niêm yết TTHC"),
        ],
    ),
    "marked headings at two levels": (
        "## Xã Tân An\n\n### Ưu điểm\n\n- Đã có sổ.\n\n### Tồn tại\n\n- Chưa niêm yết.\n\n## Xã Tân Bình\n\n"
        "### Tồn tại\n\n- Báo cáo chậm.",
        [("Xã Tân An", "Đã có sổ."), ("Xã Tân An", "Chưa niêm yết."), ("Xã Tân Bình", "Báo cáo chậm.")],
    ),
    "bold headings at two levels": (
        "**Xã Tân An**\n\n**Ưu điểm**\n\n- Đã có sổ.\n\n**Tồn tại**\n\n- Chưa niêm yết.\n\n**Xã Tân Bình**\n\n"
        "**Tồn tại**\n\n- Báo cáo chậm.",
        [("Xã Tân An", "Đã có sổ."), ("Xã Tân An", "Chưa niêm yết."), ("Xã Tân Bình", "Báo cáo chậm.")],
    ),
    "area headings that begin like organs": (
        "1. Ban hành văn bản\n\n- Xã Tân An chưa ban hành kế hoạch.\n\n2. Đội ngũ công chức\n\n"
        "- Xã Tân Bình còn thiếu 2 công chức.\n\n3. Trường hợp trễ hạn\n\n- Xã Na Rì còn 3 hồ sơ.",
        [
            ("Xã Tân An", "Xã Tân An chưa ban hành"),
            ("Xã Tân Bình", "Xã Tân Bình còn thiếu"),
            ("Xã Na Rì", "Xã Na Rì còn 3 hồ sơ."),
        ],
    ),
    "one heading of two communes": (
        "1. Xã Tân An và xã Tân Bình\n\n- Chưa có sổ theo dõi.\n\n2. Xã Na Rì\n\n- Chưa niêm yết đủ.",
        [
            ("Xã Tân An", "Chưa có sổ theo dõi."),
            ("Xã Tân Bình", "Chưa có sổ theo dõi."),
            ("Xã Na Rì", "Chưa niêm yết đủ."),
        ],
    ),
    "council and committee as heading": (
        "1. Hội đồng nhân dân và UBND xã Tân An\n\n- Chưa có sổ.\n\n2. UBND xã Na Rì\n\n- Chưa niêm yết đủ.",
        [("Xã Tân An", "Chưa có sổ."), ("Xã Na Rì", "Chưa niêm yết đủ.")],
    ),
    "two communes as an item's lead": (
        "- Thị trấn Na Sầm, xã Tân An: Báo cáo chậm.\n\n- Xã Na Rì: Chưa có sổ.",
        [("Thị trấn Na Sầm", ""), ("Xã Tân An", ""), ("Xã Na Rì", "Chưa có sổ.")],
    ),
    "statement with the name of its lead only": (
        "Các xã có hồ sơ trễ hạn:\n\n- Xã Tân An: 35 %.\n\n- Xã Tân Bình: 12,5%.",
        [("Xã Tân An", ""), ("Xã Tân Bình", "")],
    ),
    "cooperative": ("Hợp tác xã Phú Lâm nộp hồ sơ từ tháng 3.", [("all", "Hợp tác xã Phú Lâm")]),
}
"""Short bodies of a report of an inspection team: all that may be said, unit and beginning."""

CLOSINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "T/M": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nT/M UBND HUYỆN\nCHỦ TỊCH\n(Ký tên, đóng dấu)\n\nLò Văn Pánh",
        {"authority": "T/M UBND HUYỆN", "signer": "Lò Văn Pánh", "copies": ("Như trên", "Lưu: VT")},
    ),
    "title in small letters": (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nChủ tịch\n\nLò Văn Pánh",
        {"signer_title": "Chủ tịch", "signer": "Lò Văn Pánh"},
    ),
    "copies on one line": (
        "Nơi nhận: - Như trên; - Lưu: VT.\n\nTRƯỞNG ĐOÀN\n\nLÒ VĂN PÁNH",
        {"copies": ("Như trên", "Lưu: VT"), "signer_title": "TRƯỞNG ĐOÀN"},
    ),
}

DATES: dict[str, tuple[str | None, str | None]] = {
    "Tân Khê, ngày 05/3/2018": ("Tân Khê", "2018-03-05"),
    "Ia H'Drai, ngày    05    tháng   3  năm 2018": ("Ia H'Drai", "2018-03-05"),
    "Tân Khê ngày 5 tháng 03 năm 2018": ("Tân Khê", "2018-03-05"),
    "Quận 3, ngày 05 tháng 3 năm 2018": ("Quận 3", "2018-03-05"),
    "Phường 5, ngày 05 tháng 3 năm 2018": ("Phường 5", "2018-03-05"),
    "TP. Tân Khê, ngày 05 tháng 3 năm 2018": ("TP. Tân Khê", "2018-03-05"),
}

NUMBERS: dict[str, tuple[str, str]] = {
    "Số: 415/UBND -NV": ("415/UBND-NV", "công văn"),
    "Số: 415 / UBND - NV": ("415/UBND-NV", "công văn"),
    "Số: 96/TB–UBND": ("96/TB-UBND", "thông báo"),
    "Số: 12-BC/HU": ("12-BC/HU", "báo cáo"),
    "Số: 618/UBND-SNV&CCHC": ("618/UBND-SNV&CCHC", "công văn"),
}

WRONG: dict[str, str] = {}
"""Cases where the product differs from the paper: id of the test to what comes out."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Document]]:
    """The documents of a stranger's file, made and read once."""
    folder = tmp_path_factory.mktemp("strangers")

    @cache
    def run(file: str) -> list[Document]:
        return process(MAKE.make(file, folder), file)

    return run


def _cases(split: Callable[[Paper], Iterator[tuple[str, tuple[Any, ...]]]], test: str) -> list[Any]:
    cases = []
    for paper in PAPERS:
        for label, values in split(paper):
            name = f"{test}:{paper.name}:{label}" if label else f"{test}:{paper.name}"
            marks = (
                [pytest.mark.xfail(strict=True, reason=WRONG[name], raises=AssertionError)]
                if name in WRONG
                else []
            )
            cases.append(pytest.param(paper, *values, id=name, marks=marks))
    return cases


def _says(statement: str, expected: str) -> bool:
    begin, _, end = expected.partition(" … ")
    words = " ".join(statement.split())
    return words.startswith(begin) and words.endswith(end)


def _plain(value: Any) -> Any:
    """A header value as expected here: a unit by its name, a period by its label."""
    return getattr(value, "label", None) or getattr(value, "name", None) or value


@pytest.mark.parametrize("file", sorted({paper.file for paper in PAPERS}))
def test_a_file_holds_as_many_documents_as_the_papers_in_it(
    file: str, read: Callable[[str], list[Document]]
) -> None:
    assert len(read(file)) == max(paper.part for paper in PAPERS if paper.file == file)


@pytest.mark.parametrize(
    ("paper", "name", "value"),
    _cases(lambda paper: ((name, (name, value)) for name, value in paper.header.items()), "header"),
)
def test_a_header_field_is_what_the_paper_prints(
    paper: Paper, name: str, value: Any, read: Callable[[str], list[Document]]
) -> None:
    assert _plain(read(paper.file)[paper.part - 1].value(name)) == value


@pytest.mark.parametrize(
    ("paper", "unit", "statement"),
    _cases(
        lambda paper: (
            (f"{unit}:{statement}", (unit, statement))
            for unit, statements in paper.units.items()
            for statement in statements
        ),
        "unit",
    ),
)
def test_a_statement_belongs_to_the_unit_that_the_paper_gives_it_to(
    paper: Paper, unit: str, statement: str, read: Callable[[str], list[Document]]
) -> None:
    document = read(paper.file)[paper.part - 1]
    assert [f.text for f in document.findings if f.unit.name == unit and _says(f.text, statement)]


@pytest.mark.parametrize("paper", _cases(lambda paper: iter([("", ())]), "stray"))
def test_no_statement_is_given_to_a_unit_that_it_does_not_speak_of(
    paper: Paper, read: Callable[[str], list[Document]]
) -> None:
    stray = [
        (finding.unit.name, finding.text)
        for finding in read(paper.file)[paper.part - 1].findings
        if not any(_says(finding.text, statement) for statement in paper.units.get(finding.unit.name, []))
        and (not finding.text.startswith(paper.free or ("\0",)) or finding.unit.name.startswith("Thị trấn "))
    ]
    assert not stray


@pytest.mark.parametrize("paper", _cases(lambda paper: iter([("", ())]), "percents"))
def test_percentages_with_their_units(paper: Paper, read: Callable[[str], list[Document]]) -> None:
    document = read(paper.file)[paper.part - 1]
    found = [(m.unit.name if m.unit else None, round(m.value, 2)) for m in document.measurements]
    anyone = {value for unit, value in paper.percents if unit is None}
    counted = sorted(((None if value in anyone else unit, value) for unit, value in found), key=str)
    assert counted == sorted(paper.percents, key=str)


@pytest.mark.parametrize("paper", _cases(lambda paper: iter([("", ())]), "citations"))
def test_citations_by_number(paper: Paper, read: Callable[[str], list[Document]]) -> None:
    document = read(paper.file)[paper.part - 1]
    assert sorted(cited.number for cited in document.citations) == sorted(n for n, _ in paper.citations)


@pytest.mark.parametrize(
    ("paper", "number", "key"),
    _cases(lambda paper: ((number, (number, key)) for number, key in paper.citations if key), "key"),
)
def test_the_key_of_a_citation_names_its_issuer(
    paper: Paper, number: str, key: str, read: Callable[[str], list[Document]]
) -> None:
    document = read(paper.file)[paper.part - 1]
    assert {cited.key for cited in document.citations if cited.number == number} == {key}


_FORM = """\
UBND HUYỆN TÂN KHÊ
ĐOÀN KIỂM TRA

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{number}

{date}

BÁO CÁO
Kết quả kiểm tra cải cách hành chính

I. Kết quả

{body}

{closing}
"""
_CLOSING = "Nơi nhận:\n- Lưu: VT.\n\nTRƯỞNG ĐOÀN\n\nHà Thị Ngân"


def _small(folder: Path, suffix: str = ".md", **parts: str) -> Document:
    form = {
        "number": "Số: 03/BC-ĐKT",
        "date": "Tân Khê, ngày 12 tháng 7 năm 2019",
        "body": "Các đơn vị được kiểm tra đã chuẩn bị đầy đủ hồ sơ theo yêu cầu của Đoàn kiểm tra.",
        "closing": _CLOSING,
        **parts,
    }
    text = _FORM.format(**form)
    if not form["number"].startswith("Số: 03"):
        text = text.replace("BÁO CÁO\nKết quả", "V/v kết quả")
    path = folder / f"small{suffix}"
    path.write_text(text, encoding="utf-8")
    (document,) = process(path, path.name)
    return document


def _named(test: str, table: dict[str, Any]) -> list[Any]:
    return [
        pytest.param(
            name,
            id=f"{test}:{name}",
            marks=[pytest.mark.xfail(strict=True, reason=WRONG[f"{test}:{name}"], raises=AssertionError)]
            if f"{test}:{name}" in WRONG
            else [],
        )
        for name in table
    ]


@pytest.mark.parametrize("name", _named("body", BODIES))
def test_a_short_body_gives_these_units_and_statements(name: str, tmp_path: Path) -> None:
    body, expected = BODIES[name]
    found = [(f.unit.name, f.text) for f in _small(tmp_path, body=body).findings]
    if name == "kind and count":
        assert not [unit for unit, _ in found if unit.startswith("Thị trấn")]
        return
    assert [unit for unit, _ in found] == [unit for unit, _ in expected]
    assert all(_says(text, begin) for (_, text), (_, begin) in zip(found, expected, strict=True))


@pytest.mark.parametrize("name", _named("closing", CLOSINGS))
def test_a_closing_as_offices_write_it(name: str, tmp_path: Path) -> None:
    closing, expected = CLOSINGS[name]
    document = _small(tmp_path, ".txt", closing=closing)
    assert {field: document.value(field) for field in expected} == expected


@pytest.mark.parametrize("name", _named("date", DATES))
def test_place_and_date_as_offices_write_them(name: str, tmp_path: Path) -> None:
    document = _small(tmp_path, ".txt", date=name)
    assert (document.value("place"), document.value("date")) == DATES[name]


@pytest.mark.parametrize("name", _named("number", NUMBERS))
def test_a_number_as_offices_write_it(name: str, tmp_path: Path) -> None:
    document = _small(tmp_path, ".txt", number=name)
    assert (document.value("number"), document.value("kind")) == NUMBERS[name]
