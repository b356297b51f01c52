"""Cue words as a baseline: what a list of words alone would reach. For the comparison, never on the road."""

from __future__ import annotations

import re

_CUES: dict[str, tuple[tuple[str, str], ...]] = {
    "polarity": (
        ("recommendation", r"đề nghị|yêu cầu|kiến nghị|cần |tiếp tục|giao |khắc phục ngay|trước ngày|phải "),
        (
            "deficiency",
            r"chưa|không (?!có hồ sơ (?:trễ|quá))|thiếu|chậm|sai|còn hạn chế|thấp|quá hạn|trễ|sơ sài|"
            r"hình thức|mới đạt|chỉ ",
        ),
        ("achievement", r"đã |đạt|tốt|kịp thời|đầy đủ|đúng|100 ?%|thực hiện|duy trì"),
        ("information", r""),
    ),
    "area": (
        (
            "public_finance",
            r"tài chính|ngân sách|dự toán|quyết toán|chi tiêu|kinh phí|phí|thu nhập|tài sản công|giải ngân",
        ),
        ("procedures", r"tthc|thủ tục|một cửa|hồ sơ|niêm yết|phiếu kiểm soát|bưu chính|trả kết quả"),
        (
            "digital",
            r"trang thông tin|cổng|trực tuyến|chữ ký số|phần mềm|mạng|máy tính|iso|dvc|số hóa|điện tử",
        ),
        ("civil_service", r"cán bộ|công chức|cbcc|viên chức|đào tạo|bồi dưỡng|kỷ luật|tiếp công dân|giờ"),
        ("organisation", r"quy chế làm việc|bộ máy|phân công|tổ chức|vị trí việc làm|bầu cử|biên chế"),
        ("institutions", r"qppl|quy phạm|văn bản|pháp luật|hệ thống hóa|tư pháp|nghị quyết"),
        ("steering", r""),
    ),
    "types": (
        ("not_reported", r"(?:chưa|không) (?:có )?(?:gửi )?báo cáo"),
        ("not_published", r"(?:chưa|không)[\w ]*(?:niêm yết|công khai|công bố)"),
        ("not_updated", r"cập nhật|bãi bỏ|cũ"),
        ("not_issued", r"chưa (?:ban hành|có|xây dựng|lập|mở)"),
        ("late", r"chậm|muộn|trễ|quá hạn|sau thời hạn"),
        ("wrong_form", r"thể thức|mẫu|phông|kỹ thuật trình bày"),
        ("noncompliant", r"không đúng|trái|sai (?:quy định|thẩm quyền)|hết hiệu lực|tự đặt"),
        ("low_rate", r"tỷ lệ|thấp|mới đạt|%"),
        ("low_usage", r"ít sử dụng|không dùng|chưa sử dụng|không sử dụng|ít dùng"),
        ("lack_of_resources", r"thiếu (?:máy|kinh phí|người|biên chế)|hỏng|xuống cấp|không có kinh phí"),
        ("poor_records", r"lưu trữ|lưu|sổ|rách|lẫn"),
        ("not_fit", r"chưa sát|chưa phù hợp|không phù hợp|bám sát|sao chép"),
        ("low_quality", r"chung chung|sơ sài|hình thức|chất lượng|qua loa"),
        ("incomplete", r"thiếu|chưa đầy đủ|chưa đủ|bỏ sót"),
        ("not_implemented", r"chưa (?:thực hiện|triển khai|tổ chức|làm)|không (?:thực hiện|tổ chức)"),
        ("other", r""),
    ),
}
_PATTERNS = {
    decision: tuple((label, re.compile(cue, re.IGNORECASE)) for label, cue in cues)
    for decision, cues in _CUES.items()
}


def cue_labels(decision: str, text: str) -> tuple[str, ...]:
    """The label of the first cue that ``text`` holds; the decision's last label where it holds none."""
    return next((label,) for label, pattern in _PATTERNS[decision] if pattern.search(text))
