"""Files of word processors are zip files of XML: opened with limits, and never followed outside.

Nothing is unpacked to the disk. Sizes are looked at before anything is decoded, and a document
type, which is where entities are declared, is refused.
"""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from foldwell.errors import FoldwellError, Place
from foldwell.importing.brought import DEPTH_LIMIT

UNPACKED_LIMIT_BYTES = 200 * 1024 * 1024
XML_LIMIT_BYTES = 10 * 1024 * 1024
"""The largest part that is read as XML."""
ELEMENTS_LIMIT = 200_000
"""The most elements of a part: far more than leaflets have, and little enough for the memory."""
MEMBERS_LIMIT = 4_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_DEPTH_LIMIT = DEPTH_LIMIT * 8
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main",
     b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
     b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    (b"http://purl.oclc.org/ooxml/drawingml/picture",
     b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)  # fmt: skip
"""Names of the strict form of Word's files, and those of the usual one."""


class Archive:
    """An opened zip file.

    Args:
        content: The file.
        path: As the user knows it, for messages.
        holds: A part that such a file must have.

    Raises:
        FoldwellError: If it is none, is locked with a password, or is too large.
    """

    def __init__(self, content: bytes, path: str, holds: str) -> None:
        self.place = Place(path)
        if content.startswith(_OLE):
            raise FoldwellError(
                "This file is locked with a password, or of a kind before 2007.",
                self.place,
                "Open it, save it as .docx without a password, and import that.",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self._broken() from error
        if len(members) > MEMBERS_LIMIT or sum(m.file_size for m in members) > UNPACKED_LIMIT_BYTES:
            raise FoldwellError(
                f"This file unpacks to more than {UNPACKED_LIMIT_BYTES // 2**20} MB or"
                f" {MEMBERS_LIMIT} parts.",
                self.place,
                "Save it again with smaller pictures.",
            )
        self.names = {member.filename: member for member in members}
        if holds not in self.names:
            raise FoldwellError(
                "This file is not what its name says.",
                self.place,
                "Open it in the program that wrote it, and save it again.",
            )
        if any(member.flag_bits & 1 for member in members):
            raise FoldwellError(
                "This file is locked with a password.", self.place, "Save it without one."
            )

    def _broken(self) -> FoldwellError:
        return FoldwellError(
            "This file is damaged, or is not what its name says.",
            self.place,
            "Open it in the program that wrote it, and save it again.",
        )

    def read(self, name: str, limit_bytes: int = UNPACKED_LIMIT_BYTES) -> bytes:
        """One part, never more of it than it says it is.

        Raises:
            FoldwellError: If it is damaged or too large.
        """
        size = self.names[name].file_size
        if size > limit_bytes:
            raise FoldwellError(
                f"The part '{name}' of this file is larger than {limit_bytes // 2**20} MB.",
                self.place,
                "Split the document.",
            )
        try:
            with self._zip.open(name) as part:
                return part.read(size + 1)[:size]
        except Exception as error:  # zlib and zipfile raise many kinds for what is damaged
            raise self._broken() from error

    def xml(self, name: str) -> ET.Element:
        """One part as XML.

        Raises:
            FoldwellError: If it is damaged, declares entities, or is too large or too deep.
        """
        content = self.read(name, XML_LIMIT_BYTES)
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        try:
            root: ET.Element = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
        except DefusedXmlException as error:
            raise FoldwellError(
                f"The part '{name}' of this file declares entities, which no word processor does.",
                self.place,
                "Open it in a word processor, and save it again.",
            ) from error
        except (ET.ParseError, ValueError, RecursionError) as error:
            raise self._broken() from error
        if sum(1 for _ in root.iter()) > ELEMENTS_LIMIT:
            raise FoldwellError(
                f"The part '{name}' of this file has more than {ELEMENTS_LIMIT} elements.",
                self.place,
                "Split the document.",
            )
        if depth_of(root, _XML_DEPTH_LIMIT) > _XML_DEPTH_LIMIT:
            raise FoldwellError(
                "What stands in this file is nested too deep.", self.place, "Copy its text out."
            )
        return root


def depth_of(root: ET.Element, limit: int) -> int:
    """How deep elements stand in one another, looked at down to a limit."""
    level, depth = [root], 0
    while level and depth <= limit:
        level = [child for element in level for child in element]
        depth += 1
    return depth
