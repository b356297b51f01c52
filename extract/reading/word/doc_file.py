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

_REPAIR = "Fetch it again, or open it in Word or LibreOffice and save it as .docx."


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
        raise DamagedFile("The Word document is cut off or broken.", _REPAIR) from error
    if binary.encrypted:
        raise EncryptedFile(
            "The document opens only with a password.", "Open it in Word and save it without the password."
        )
    office, small = libreoffice.find_libreoffice(), antiword.find_antiword()
    if office is None and small is None:
        raise MissingProgram(
            "Reading old Word documents (.doc) needs LibreOffice or antiword, and neither is installed.",
            f"Install one with: {libreoffice.INSTALL} (reads more), or: {antiword.INSTALL}",
        )
    if office is not None:
        try:
            return named(read_docx(office.to_docx(data, "doc"), engine), office.name)
        except (ConversionFailed, DamagedFile) as error:
            if small is None:
                raise DamagedFile("LibreOffice could not read the Word document.", _REPAIR) from error
    assert small is not None
    try:
        reading = read_body(small.body(data).root, None, None)
    except ConversionFailed as error:
        raise DamagedFile("The Word document could not be converted.", _REPAIR) from error
    reading.warnings.append(
        Caution(
            "layout_lost",
            f"The document was read by {small.name}, which does not see fonts, lines of tables and the "
            "automatic numbers of lists, which stand as dashes here. LibreOffice reads more: "
            + libreoffice.INSTALL,
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
    check_bounds(data, "OpenDocument file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            encrypted = b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, RuntimeError) as error:
        raise DamagedFile("The OpenDocument file is cut off or broken.", "Fetch it again.") from error
    if encrypted:
        raise EncryptedFile(
            "The document opens only with a password.",
            "Open it in LibreOffice and save it without the password.",
        )
    office = libreoffice.find_libreoffice()
    if office is None:
        raise MissingProgram(
            "Reading OpenDocument files (.odt) needs LibreOffice, which is not installed.",
            f"Install it with: {libreoffice.INSTALL}",
        )
    try:
        return named(read_docx(office.to_docx(data, "odt"), engine), office.name)
    except (ConversionFailed, DamagedFile) as error:
        raise DamagedFile("LibreOffice could not read the OpenDocument file.", "Fetch it again.") from error


def named(reading: Reading, program: str) -> Reading:
    """``reading`` with the program in front of what else was converted."""
    reading.conversion = f"{program}, {reading.conversion}" if reading.conversion else program
    return reading
