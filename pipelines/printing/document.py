"""One document: header, warnings, findings by unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotations.labels import AREAS, POLARITIES, TYPES
from annotations.printing import line, table, title
from pipelines.printing.common import label

_HEADER = {
    "kind": "Tên loại",
    "number": "Số, ký hiệu",
    "date": "Ngày",
    "place": "Địa danh",
    "issuer_parent": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "issuer_unit": "Đơn vị",
    "subject": "Trích yếu",
    "period": "Kỳ báo cáo",
    "recipients": "Kính gửi",
    "copies": "Nơi nhận",
    "authority": "Thẩm quyền ký",
    "signer_title": "Chức vụ",
    "signer": "Người ký",
}

_REVIEWED = {"accepted": "đã xác nhận", "corrected": "đã sửa", "added": "bổ sung"}


def show_documents(documents: Sequence[Sequence[dict[str, Any]]]) -> None:
    """Documents one after the other; a copy of one that is shown is only named behind it."""
    shown = {records[0]["id"] for records in documents}
    copies = [records[0] for records in documents if records[0]["duplicate_of"] in shown]
    for records in documents:
        if records[0] not in copies:
            show_document(records)
    for copy in copies:
        title(_called(copy))
        line("Bản trùng của văn bản trên, không tính; xem riêng: rasoat show " + copy["id"])


def show_document(records: Sequence[dict[str, Any]]) -> None:
    """One document: its header, its warnings, its findings unit by unit.

    Each finding with its page, and how sure its polarity is as long as nobody has looked at it.
    """
    document, findings = records[0], [record for record in records if record["record"] == "finding"]
    title(_called(document))
    fields = [
        (name, _value(document[field]), document["confidence"].get(field)) for field, name in _HEADER.items()
    ]
    pages = document["pages"]
    rows = [(name, "" if sure is None else f"{sure:.2f}", text) for name, text, sure in fields if text]
    if pages:
        rows.append(("Trang", "", f"{pages[0]}–{pages[1]}"))
    table(("", "Độ tin cậy", ""), rows)
    for field, proposals in document.get("proposals", {}).items():
        for one in proposals:
            said = f"{one['value']} ({_source(one['source'])}, {one['confidence']:.2f})"
            line(f"? {_HEADER.get(field, field)}, đề xuất: {said}")
    for warning in document["warnings"]:
        line(f"! {warning['code']}: {warning['message']}")
    measures = {one["finding"]: one["indicator"] for one in records if one["record"] == "measurement"}
    rejected = sum(item["status"] == "rejected" for item in findings)
    findings = [item for item in findings if item["status"] != "rejected"]
    if not findings:
        line("Không có nhận định nào.")
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        by_unit.setdefault(finding["unit"]["name"], []).append(finding)
    for unit, items in by_unit.items():
        title(f"{'Tất cả đơn vị' if unit == 'all' else unit}: {len(items)}")
        table(
            ("Trang", "Nhận định", "Tin cậy", "Lĩnh vực", "Loại", "Duyệt", "Nội dung"),
            [
                (
                    _page(item),
                    label(POLARITIES, item["polarity"]),
                    f"{item['confidence']['polarity']:.2f}" if item["status"] == "machine" else "",
                    label(AREAS, item["area"]),
                    ", ".join(label(TYPES, code) for code in item["types"]),
                    _REVIEWED.get(item["status"], ""),
                    _said(item["text"], measures.get(item["id"])),
                )
                for item in items
            ],
        )
    if rejected:
        line(f"\nĐã loại khi duyệt: {rejected}")


def _called(document: dict[str, Any]) -> str:
    return f"{document['source']}, phần {document['part']}  [{document['id']}]"


def _said(text: str, indicator: str | None) -> str:
    """The words of a finding; before the bare value of a table's cell what it measures."""
    bare = not any(sign.isalpha() for sign in text)
    return f"{indicator}: {text}" if bare and indicator else text


def _page(finding: dict[str, Any]) -> str:
    return str(finding["boxes"][0]["page"]) if finding["boxes"] else ""


def _source(source: str) -> str:
    """Where a proposal comes from, in Vietnamese."""
    named = {
        "file name": "tên tệp",
        "digital signature": "chữ ký số",
        "handwriting": "chữ viết tay",
        "text layer": "lớp văn bản của máy quét",
    }
    return named.get(source, source.replace("cited by", "được viện dẫn trong", 1))


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("label") or value.get("name") or "")
    return "" if value is None else str(value)
