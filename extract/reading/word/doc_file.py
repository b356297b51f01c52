"""Old Word documents (.doc), by LibreOffice where it is installed, else by antiword; OpenDocument texts.

LibreOffice keeps fonts, borders and numbers of lists; antiword, small and quick, keeps the text. Which
of them was taken is stored with the document.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from extract.errors import DamagedFile, EncryptedFile, MissingProgram
from extract.pages import Caution
from extract.reading.base import EngineSource, Reading
from extract.reading.word import antiword, libreoffice
from extract.reading.word.binary import BrokenContainer, WordBinary
from extract.reading.word.docx_bounds import check_bounds
from extract.reading.word.docx_file import read_body, read_docx
from extract.reading.word.outside import ConversionFailed

_REPAIR = "Cần lấy lại tệp, hoặc mở bằng Word hoặc LibreOffice rồi lưu thành .docx."


def read_doc(data: bytes, engine: EngineSource) -> Reading:
    """Read an old Word document (Word 6 to 2003).

    Raises:
        EncryptedFile: it opens only with a password.
        DamagedFile: it is cut off or broken.
        MissingProgram: neither LibreOffice nor antiword is installed.
    """
    try:
        binary = WordBinary(data)
    except BrokenContainer as error:
        raise DamagedFile("Văn bản Word bị thiếu hoặc hỏng.", _REPAIR) from error
    if binary.encrypted:
        raise EncryptedFile(
            "Văn bản đặt mật khẩu, không mở được.", "Cần mở bằng Word rồi lưu lại không đặt mật khẩu."
        )
    office, small = libreoffice.find_libreoffice(), antiword.find_antiword()
    if office is None and small is None:
        raise MissingProgram(
            "Đọc văn bản Word đời cũ (.doc) cần LibreOffice hoặc antiword, nhưng máy chưa cài.",
            f"Cần cài bằng lệnh: {libreoffice.INSTALL} (đọc đủ hơn), hoặc: {antiword.INSTALL}",
        )
    if office is not None:
        try:
            return named(read_docx(office.to_docx(data, "doc"), engine), office.name)
        except (ConversionFailed, DamagedFile) as error:
            if small is None:
                raise DamagedFile("LibreOffice không đọc được văn bản Word này.", _REPAIR) from error
    assert small is not None
    try:
        reading = read_body(small.body(data).root, None, None)
    except ConversionFailed as error:
        raise DamagedFile("Không chuyển đổi được văn bản Word này.", _REPAIR) from error
    reading.warnings.append(
        Caution(
            "layout_lost",
            f"Văn bản đọc bằng {small.name} nên mất phông chữ, đường kẻ bảng và số thứ tự tự động (thay bằng "
            f"gạch đầu dòng). Cần cài LibreOffice để đọc đủ hơn, bằng lệnh: {libreoffice.INSTALL}",
        )
    )
    return named(reading, small.name)


def read_odt(data: bytes, engine: EngineSource) -> Reading:
    """Read an OpenDocument text through LibreOffice.

    Raises:
        EncryptedFile: it opens only with a password.
        DamagedFile: it is cut off or broken.
        TooLarge: unpacked it would pass the bounds.
        MissingProgram: LibreOffice is not installed.
    """
    check_bounds(data, "Tệp OpenDocument")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            encrypted = b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError) as error:
        raise DamagedFile("Tệp OpenDocument bị thiếu hoặc hỏng.", "Cần lấy lại tệp.") from error
    if encrypted:
        raise EncryptedFile(
            "Văn bản đặt mật khẩu, không mở được.",
            "Cần mở bằng LibreOffice rồi lưu lại không đặt mật khẩu.",
        )
    office = libreoffice.find_libreoffice()
    if office is None:
        raise MissingProgram(
            "Đọc tệp OpenDocument (.odt) cần LibreOffice, nhưng máy chưa cài.",
            f"Cần cài bằng lệnh: {libreoffice.INSTALL}",
        )
    try:
        return named(read_docx(office.to_docx(data, "odt"), engine), office.name)
    except (ConversionFailed, DamagedFile) as error:
        raise DamagedFile("LibreOffice không đọc được tệp OpenDocument này.", "Cần lấy lại tệp.") from error


def named(reading: Reading, program: str) -> Reading:
    """``reading`` with the program in front of what else was converted."""
    reading.conversion = f"{program}, {reading.conversion}" if reading.conversion else program
    return reading
