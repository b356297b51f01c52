"""The written documents in the form of Nghị định 30/2020/NĐ-CP: two columns at the head, two at the end.

The texts of ``corpora/written`` say who issued what, but most as plain lines one below the other, as files
that lost their layout do. Paper has the organ on the left and quốc hiệu on the right; a scan needs that
form, and its truth needs the header fields by themselves, told from the printed lines alone and not by the
reader that is to be measured against them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora.render import cell_lines, plain

WRITTEN = Path(__file__).parent / "written"

FIELDS = ("number", "date", "kind", "issuer", "subject", "signer", "signer_title")
"""The header fields whose truth is known, named as in the public record contract."""

_KIND = re.compile(
    "(?:BÁO CÁO|THÔNG BÁO|KẾT LUẬN|KẾ HOẠCH|QUYẾT ĐỊNH|TỜ TRÌNH|CHỈ THỊ|BIÊN BẢN|HƯỚNG DẪN|CHƯƠNG TRÌNH)$"
)
_NUMBER = re.compile(r"Số\s*:?\s*(?P<digits>\d+)\s*(?P<symbol>/\S.*)$")
_DATE = re.compile(
    r"(?P<place>.*?)ngày (?P<day>\d{1,2}) (?P<rest>tháng (?P<month>\d{1,2}) năm (?P<year>\d{4}))$"
)
_RULE = re.compile(r"[-_]{3,}$")
_AREA = re.compile(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s")
_ORGAN = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|ĐOÀN|PHÒNG|SỞ|BAN|VĂN PHÒNG|THANH TRA|TỔ|CHI CỤC|TRUNG TÂM|BỘ)\s"
)
_BODY_BEGINS = re.compile(r"Kính gửi|Căn cứ|Thực hiện|[IVX]+\.|Phần|\d+\.|[-+*]\s|\|")
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s?\S")
_ITEM = re.compile(r"\s*[-+•–]\s")
_HEADING = re.compile(r"#|\*\*.*\*\*$|(?:[IVX]+|\d+|[A-Za-zđ])[.)]\s[^.;]{1,60}$|[^a-zà-ỹ]*$")
_GAP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Form:
    """A document with its parts apart; all strings as printed, without marks of Markdown.

    ``body`` is Markdown, one block a string. ``fields`` are the values of :data:`FIELDS`, the date in ISO.
    """

    name: str
    organs: tuple[str, ...]
    number: str
    date_line: str
    kind_line: str
    subject: str
    body: tuple[str, ...]
    copies: tuple[str, ...]
    signature: tuple[str, ...]
    fields: dict[str, str]

    @property
    def digits(self) -> str:
        """The number without its symbol: what a clerk writes by hand."""
        return self.number.partition("/")[0]

    @property
    def day(self) -> str:
        """The day of the date line, as printed."""
        found = _DATE.match(self.date_line)
        assert found
        return found["day"]

    def head(self, *, open_digits: bool = False) -> tuple[list[str], list[str]]:
        """The lines of the two header columns; ``open_digits`` leaves number and day to be written."""
        number, date_line = f"Số: {self.number}", self.date_line
        if open_digits:
            number = "Số:" + _GAP * (4 + 3 * len(self.digits)) + self.number[len(self.digits) :]
            date_line = re.sub(r"ngày \d+ ", "ngày" + _GAP * 9, self.date_line)
        left = [*self.organs, "", number]
        if not self.kind_line:
            left += _wrapped(self.subject, 29)
        return left, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", date_line]

    def closing(self) -> tuple[list[str], list[str]]:
        """The lines of the two columns at the end."""
        return ["Nơi nhận:", *self.copies], list(self.signature)

    def markdown(self, *, blocks: int | None = None, open_digits: bool = False) -> str:
        """The document as Markdown with layout tables, its body cut to the first ``blocks``."""
        left, right = self.head(open_digits=open_digits)
        bold = {*self.organs[-1:], *right[:2]}
        cells = [
            "<br>".join(
                "---"
                if not line
                else f"**{line}**"
                if line in bold
                else f"*{line}*"
                if line == right[-1]
                else line
                for line in column
            )
            for column in (left, right)
        ]
        parts = [f"| {cells[0]} | {cells[1]} |"]
        if self.kind_line:
            parts += [f"# {self.kind_line}", f"# {self.subject}"]
        body = list(self.body[:blocks])
        while blocks and body and _HEADING.match(body[-1]):
            body.pop()
        parts += body
        copies, signature = self.closing()
        *titles, name = (f"**{line}**" for line in signature)
        first = "<br>".join([f"***{copies[0]}***", *copies[1:]])
        parts.append(f"| {first} | {'<br>'.join([*titles, '', '', '', '', name])} |")
        return "\n\n".join(parts) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of about equal length: a trích yếu under the number is broken by its writer."""
    words = text.split()
    count = -(-len(text) // width)
    lines = [""]
    for word in words:
        if len(lines) < count and len(lines[-1]) + len(word) / 2 > len(text) / count:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def written_forms(folder: Path = WRITTEN) -> list[Form]:
    """The documents in ``folder`` whose head and closing are whole, in the order of their paths."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt"))
    return [form for path in paths if (form := read_form(path)) is not None]


def read_form(path: Path) -> Form | None:
    """The document at ``path`` with its parts apart; ``None`` where a part of the form is missing."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.replace("\N{NO-BREAK SPACE}", " ").splitlines()]
    closing = max((at for at, line in enumerate(lines) if _bare(line).startswith("Nơi nhận")), default=None)
    head = _read_head(lines)
    if closing is None or head is None or lines[closing].startswith("|") or head.body >= closing:
        return None
    copies, signature = _read_closing(lines[closing:])
    found = _DATE.match(head.date_line)
    if not (head.organs and head.number and head.subject and found and copies and len(signature) > 1):
        return None
    titles = [line for line in signature[:-1] if not _AUTHORITY.match(line)]
    if not titles or not signature[-1][-1].islower():
        return None
    fields = {
        "number": head.number,
        "date": f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}",
        "kind": head.kind_line.lower() or "công văn",
        "issuer": _last_organ(head.organs),
        "subject": head.subject,
        "signer": signature[-1],
        "signer_title": " ".join(titles),
    }
    return Form(
        name=f"{path.parent.name}/{path.stem}",
        organs=tuple(head.organs),
        number=head.number,
        date_line=head.date_line,
        kind_line=head.kind_line,
        subject=head.subject,
        body=tuple(_body_blocks(lines[head.body : closing])),
        copies=tuple(copies),
        signature=tuple(signature),
        fields=fields,
    )


@dataclass(slots=True)
class _Head:
    organs: list[str]
    number: str = ""
    date_line: str = ""
    kind_line: str = ""
    subject: str = ""
    body: int = 0


def _read_head(lines: list[str]) -> _Head | None:
    head = _Head([])
    for at, raw in enumerate(lines[:40]):
        line = _bare(raw)
        if raw.startswith("|"):
            return None
        if _KIND.match(line):
            head.kind_line = line
            head.body, head.subject = _subject_below(lines, at + 1)
            return head
        if line.startswith("Kính gửi"):
            head.body = at
            return head
        if not _sort(line, head):
            return None
    return None


def _sort(line: str, head: _Head) -> bool:
    """Put one line of the head to its part; whether it has a place there."""
    if not line or _RULE.match(line) or re.match(r"CỘNG H|Độc lập", line):
        return True
    if number := _NUMBER.match(line):
        head.number = number["digits"] + re.sub(r"\s+", "", number["symbol"])
    elif _DATE.match(line):
        head.date_line = line
    elif line.startswith(("V/v", "Về việc")):
        head.subject = line
    elif head.subject and not head.kind_line and not line.isupper():
        head.subject += f" {line}"
    elif line.isupper():
        head.organs.append(line)
    else:
        return False
    return True


def _subject_below(lines: list[str], at: int) -> tuple[int, str]:
    """Where the body begins and the trích yếu under a tên loại."""
    parts: list[str] = []
    for place in range(at, min(at + 12, len(lines))):
        line = _bare(lines[place])
        if parts and (not line or _RULE.match(line) or _BODY_BEGINS.match(line)):
            return place + bool(line and _RULE.match(line)), " ".join(parts)
        if line and not _RULE.match(line):
            parts.append(line)
    return at, " ".join(parts)


def _read_closing(lines: list[str]) -> tuple[list[str], list[str]]:
    """The recipients and the lines of the signature."""
    copies: list[str] = []
    signature: list[str] = []
    first = _bare(lines[0]).removeprefix("Nơi nhận").lstrip(" :")
    copies += [f"- {part.strip()}" for part in first.split(";") if part.strip()]
    for raw in lines[1:]:
        line = _bare(raw, items=False)
        if not line or re.fullmatch(r"\(.*\)|[-_*]{3,}", line):
            continue
        if not signature and _ITEM.match(f"{line} "):
            copies.append(line)
        elif raw.startswith(("|", "#", "<")) or len(line) > 60:
            return [], []
        else:
            signature.append(line)
    return copies, signature if len(signature) < 6 else []


def _body_blocks(lines: list[str]) -> Iterator[str]:
    """The body line by line; the rows of a table stay together."""
    table: list[str] = []
    for line in lines:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            yield "\n".join(table)
            table = []
        if line:
            yield line
    if table:
        yield "\n".join(table)


def _last_organ(lines: list[str]) -> str:
    """The issuing body: the last line that begins one, with the lines that go on its name."""
    begins = [at for at, line in enumerate(lines) if _ORGAN.match(f"{line} ")]
    return " ".join(lines[begins[-1] if begins else 0 :])


def _bare(line: str, *, items: bool = True) -> str:
    """A line without the marks of headings, emphasis and centring."""
    line = re.sub(r"^#{1,6}\s+|</?center>", "", line)
    return plain(" ".join(cell_lines(line))).strip() if items else plain(line).strip()
