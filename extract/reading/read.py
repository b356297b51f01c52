"""Read one file: the only door of this package.

Supporting another format takes one file with a function ``(bytes, EngineSource) -> Reading`` and
one line in :data:`_READERS`, and a suffix in :data:`_KINDS`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileProblem,
    NotVietnamese,
    TooLarge,
    UnsupportedType,
    WrongType,
    cause,
)
from extract.pages import Source
from extract.reading import sniff
from extract.reading.base import OcrEngine, Reader, Reading
from extract.reading.engine.find import find_engine
from extract.reading.layout.table_numbers import number_tables
from extract.reading.origin import Origin
from extract.reading.pdf.reader import read_pdf
from extract.reading.scan.reader import read_image
from extract.reading.spelling.homoglyphs import mend_letters
from extract.reading.spelling.mending import mend_words
from extract.reading.spelling.vietnamese import is_vietnamese
from extract.reading.text import read_given, read_markdown, read_text
from extract.reading.watch import current
from extract.reading.word.doc_file import read_doc, read_odt
from extract.reading.word.docx_file import read_docx
from extract.reading.word.rtf import read_rtf

_IMAGES = frozenset({sniff.JPEG, sniff.PNG, sniff.TIFF})
_WORD = frozenset({sniff.DOCX, sniff.DOC, sniff.RTF})
_KINDS: dict[str, tuple[str, frozenset[str]]] = {
    ".md": ("markdown", frozenset({sniff.TEXT})),
    ".markdown": ("markdown", frozenset({sniff.TEXT})),
    ".txt": ("text", frozenset({sniff.TEXT})),
    # Word opens all three whatever they are called, so they are called anything
    ".docx": ("word", _WORD),
    ".docm": ("word", _WORD),
    ".doc": ("word", _WORD),
    ".rtf": ("word", _WORD),
    ".odt": ("odt", frozenset({sniff.ODT})),
    ".pdf": ("pdf", frozenset({sniff.PDF})),
    # phones and scanner programs mix these names up, and one reader takes them all
    ".jpg": ("image", _IMAGES),
    ".jpeg": ("image", _IMAGES),
    ".png": ("image", _IMAGES),
    ".tif": ("image", _IMAGES),
    ".tiff": ("image", _IMAGES),
}
_READERS: dict[str, Reader] = {
    "markdown": read_markdown,
    "text": read_text,
    "docx": read_docx,
    "doc": read_doc,
    "rtf": read_rtf,
    "odt": read_odt,
    "pdf": read_pdf,
    "image": read_image,
}
SUPPORTED_SUFFIXES: tuple[str, ...] = tuple(_KINDS)
"""The file name endings that :func:`read` takes, lower case, with their dot."""

MAX_BYTES = 1_000_000_000
"""A file above this size is not read at all."""

_REMEDIES = {
    "html": "Cần mở bằng trình duyệt rồi in ra PDF, hoặc tải chính văn bản từ trang đó.",
    "mhtml": "Cần mở bằng Word rồi lưu thành .docx.",
    "wordxml": "Cần mở bằng Word hoặc LibreOffice rồi lưu thành .docx.",
    "heic": "Cần lưu thành JPEG hoặc PNG.",
    "webp": "Cần lưu thành JPEG hoặc PNG.",
    "gif": "Cần lưu thành PNG hoặc TIFF.",
    "bmp": "Cần lưu thành PNG hoặc TIFF.",
    "zip": "Cần giải nén rồi nạp các tệp bên trong.",
    "rar": "Cần giải nén rồi nạp các tệp bên trong.",
    "7z": "Cần giải nén rồi nạp các tệp bên trong.",
}


def read(
    path: Path,
    name: str | None = None,
    *,
    engine: OcrEngine | None = None,
    cache: Path | None = None,
    any_text: bool = False,
) -> Source:
    """Read a file into pages of lines of words, in reading order.

    Args:
        path: The file. Accepted endings are :data:`SUPPORTED_SUFFIXES`.
        name: How the file is called in the dataset; by default its own name without the folder.
        engine: What recognises pictures; by default Tesseract, looked for when a page needs it.
        cache: The folder where that default engine keeps what it recognised, so that nothing is read twice.
        any_text: Whether a file without words, or in another language than Vietnamese, is read too.

    Returns:
        The source, ``sha256`` being that of the bytes. ``format`` is ``markdown``, ``text``, ``docx``,
        ``doc``, ``rtf``, ``odt``, ``pdf``, or for images ``jpeg``, ``png``, ``tiff``.

    Raises:
        FileProblem: one of its kinds, saying what is wrong with this file and what to do. No
            message names a folder.
    """
    name = name or path.name
    data = _bytes(path)
    kind = sniff.sniff(data)
    reader_name = _check_kind(path.suffix.lower(), kind)
    if reader_name == "word":
        reader_name = kind
    reading = _READERS[reader_name](data, lambda: engine or find_engine(cache))
    return _source(reading, name, data, kind if reader_name == "image" else reader_name, any_text)


def read_string(text: str, name: str = "text") -> tuple[Source, Origin]:
    """Read a text that is at hand as :func:`read` reads a ``.txt`` file that holds it.

    Returns:
        The source, and the way back from its words to the characters of ``text``.

    Raises:
        FileProblem: the text is empty, too long, or not Vietnamese.
    """
    data = text.encode("utf-8")
    if not data.strip():
        raise EmptyFile("Đoạn văn bản trống.", "Cần đưa vào văn bản có chữ.")
    reading, origin = read_given(text)
    return _source(reading, name, data, "text", False), origin


def _source(reading: Reading, name: str, data: bytes, kind: str, any_text: bool) -> Source:
    """What was read, its letters and words mended."""
    watch = current()
    watch.alive()
    mend_letters(reading.pages)
    if not any_text:
        _check_words(reading, recognised=reading.engine is not None)
    watch.alive()
    mend_words(reading.pages)
    watch.alive()
    number_tables(reading.pages)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=kind,
        pages=reading.pages,
        warnings=reading.warnings,
        engine=reading.engine,
        conversion=reading.conversion,
    )


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLarge(
                f"Tệp nặng {size // 10**6} MB, quá mức {MAX_BYTES // 10**6} MB đọc được.",
                "Cần chia thành các tệp nhỏ hơn.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise FileProblem(
            f"Không mở được tệp: {cause(error)}.",
            "Cần kiểm tra tệp còn ở đó và có quyền đọc.",
        ) from error
    if not data.strip():
        raise EmptyFile("Tệp trống.", "Cần lấy lại hoặc xuất lại tệp.")
    return data


def _check_kind(suffix: str, kind: str) -> str:
    """The name of the reader for this ending and content, or the problem between the two."""
    if kind == "encrypted":
        raise EncryptedFile(
            "Văn bản đặt mật khẩu, không mở được.", "Cần mở bằng Word rồi lưu lại không đặt mật khẩu."
        )
    called = sniff.NAMES[kind]
    ending = f"có đuôi “{suffix}”" if suffix else "không có đuôi"
    right = [ending for ending, (_, kinds) in _KINDS.items() if kind in kinds]
    if suffix not in _KINDS:
        if right and kind != sniff.TEXT:
            raise WrongType(
                f"Nội dung tệp là {called} nhưng tên tệp {ending}.",
                f"Cần đổi đuôi tên tệp thành {_proper_ending(kind)}.",
            )
        raise UnsupportedType(
            f"rasoat không đọc loại tệp này ({called}).",
            _REMEDIES.get(kind, f"Cần lưu thành một trong các loại: {', '.join(SUPPORTED_SUFFIXES)}."),
        )
    reader_name, kinds = _KINDS[suffix]
    if kind in kinds:
        return reader_name
    if suffix in (".docx", ".docm") and kind == "zip":
        raise DamagedFile(
            "Tệp DOCX bị thiếu hoặc hỏng.",
            "Cần lấy lại tệp, hoặc mở bằng Word cho Word sửa rồi lưu lại.",
        )
    if suffix == ".doc" and kind == "ole":
        raise DamagedFile(
            "Văn bản Word bị thiếu hoặc hỏng, hoặc là loại tệp Office khác.",
            "Cần lấy lại tệp, hoặc mở bằng Word rồi lưu thành .docx.",
        )
    if kind == "binary":
        promised = suffix[1:] if suffix[1:] in kinds else min(kinds)
        raise WrongType(
            f"Tên tệp {ending} nhưng nội dung không phải là {sniff.NAMES[promised]}.",
            "Cần kiểm tra có đúng tệp không; tệp có thể bị hỏng hoặc đặt sai tên.",
        )
    remedy = (
        f"Cần đổi đuôi tên tệp thành {_proper_ending(kind)}."
        if right
        else _REMEDIES.get(kind, "Cần lấy đúng tệp văn bản.")
    )
    raise WrongType(f"Tên tệp {ending} nhưng nội dung là {called}.", remedy)


def _proper_ending(kind: str) -> str:
    endings = {sniff.TEXT: ".txt", sniff.JPEG: ".jpg", sniff.TIFF: ".tif"}
    return endings.get(kind, f".{kind}")


def _check_words(reading: Reading, *, recognised: bool) -> None:
    texts = [line.text for page in reading.pages for line in page.lines]
    if not any(letter.isalnum() for text in texts for letter in text):
        if recognised:
            raise EmptyFile(
                "Không nhận dạng được chữ nào trong tệp.",
                "Cần kiểm tra trang có chữ, đúng chiều và rõ nét; nếu cần thì quét lại ở 300 dpi.",
            )
        raise EmptyFile("Tệp không có chữ nào.", "Cần kiểm tra có đúng tệp không rồi xuất lại.")
    if not is_vietnamese(texts):
        raise NotVietnamese(
            "Nội dung không phải tiếng Việt.",
            "Cần bỏ tệp này ra. Nếu trên màn hình vẫn là tiếng Việt thì tệp dùng bảng mã cũ khác TCVN3, VNI: "
            "cần chuyển sang Unicode.",
        )
