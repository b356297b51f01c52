"""The font of a text layer: Tinos, whose letters are as wide as those of Times New Roman.

Nobody sees it, but readers of a PDF take the places of letters from it. One font serves all pages of a
file. What it lacks (a tick, an arrow, a Chinese sign) gets the width of an ``n`` and still reads right.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

_PATH = Path(__file__).parents[2] / "corpora" / "fonts" / "Tinos-Regular.ttf"
_STAND_IN = "n"
_BLOCK = 100
"""Entries of one block of a CMap (ISO 32000-2, 9.10.3)."""


class LayerFont:
    """The font in one PDF. Text may be encoded until :meth:`finish`, which writes what was used."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._data = _PATH.read_bytes()
        with TTFont(_PATH) as font:
            self._glyphs: dict[int, int] = {
                code: font.getGlyphID(name) for code, name in font.getBestCmap().items()
            }
            self._count = len(font.getGlyphOrder())
            unit = 1000 / font["head"].unitsPerEm
            widths = font["hmtx"].metrics
            self._widths: list[float] = [widths[name][0] * unit for name in font.getGlyphOrder()]
            self.ascent: float = font["hhea"].ascent * unit / 1000
            self.descent: float = -font["hhea"].descent * unit / 1000
            head = font["head"]
            self._box = [round(edge * unit) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
            self._name = str(font["name"].getDebugName(6))
        self._used: dict[str, int] = {}
        self._strange: dict[str, int] = {}
        self._pdf = pdf
        self.object = pdf.make_indirect(Dictionary(Type=Name.Font))

    def code(self, letter: str) -> int:
        """The two-byte code of a letter."""
        code = self._used.get(letter)
        if code is None:
            code = self._glyphs.get(ord(letter))
            if code is None:
                code = self._strange[letter] = self._count + len(self._strange)
            self._used[letter] = code
        return code

    def width(self, letter: str) -> float:
        """How wide a letter is, in parts of the letters' size."""
        code = self.code(letter)
        return (self._widths[code] if code < self._count else self._widths[self._stand_in]) / 1000

    @property
    def _stand_in(self) -> int:
        return self._glyphs[ord(_STAND_IN)]

    def finish(self) -> None:
        """Write the font with its widths and with what its codes mean."""
        pdf, name = self._pdf, Name("/" + self._name)
        program = Stream(pdf, self._data)
        program.Length1 = len(self._data)
        # nonsymbolic, serif
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=34,
            FontBBox=Array(self._box),
            ItalicAngle=0,
            Ascent=round(1000 * self.ascent),
            Descent=round(-1000 * self.descent),
            CapHeight=662,
            StemV=80,
            FontFile2=pdf.make_indirect(program),
        )
        glyphs = [*range(self._count), *([self._stand_in] * len(self._strange))]
        places = Stream(pdf, b"".join(glyph.to_bytes(2, "big") for glyph in glyphs))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=1000,
            W=Array([0, Array([round(self._widths[glyph], 2) for glyph in glyphs])]),
            CIDToGIDMap=pdf.make_indirect(places),
        )
        font = self.object
        font.Subtype, font.BaseFont, font.Encoding = Name.Type0, name, Name("/Identity-H")
        font.DescendantFonts = Array([pdf.make_indirect(descendant)])
        font.ToUnicode = pdf.make_indirect(Stream(pdf, self._meanings()))

    def _meanings(self) -> bytes:
        """The CMap from codes to Unicode."""
        entries = sorted((code, letter.encode("utf-16-be").hex()) for letter, code in self._used.items())
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<0000> <FFFF>",
            "endcodespacerange",
        ]
        for start in range(0, len(entries), _BLOCK):
            block = entries[start : start + _BLOCK]
            lines += [
                f"{len(block)} beginbfchar",
                *(f"<{code:04X}> <{to}>" for code, to in block),
                "endbfchar",
            ]
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines).encode()
