"""Office files: macros, objects that run, templates and data fetched from elsewhere, in the new kind and the old."""

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaproject|vbadata|xl/macrosheets/|xl/dialogsheets/", re.IGNORECASE)
_RUNS = re.compile(r"(?:^|/)activex/|(?:^|/)oleobject\d*\.bin$|customui/", re.IGNORECASE)
_FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b", re.IGNORECASE)
_HARMLESS_LINK = re.compile(r"(?:https?|mailto|tel):|#", re.IGNORECASE)
_OLD_MACROS = re.compile("_VBA_PROJECT|Macros|_VBA_PROJECT_CUR".encode("utf-16-le"))
_OLD_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(r"\bDDE\s*\(|\bWEBSERVICE\s*\(|\bCALL\s*\(|\bEXEC\s*\(|^\W*\w+\|", re.IGNORECASE)


def faults_of_part(name: str, data: bytes) -> set[str]:
    """What one part of a Word or Excel file gives away."""
    found = {"macros"} if _MACROS.search(name) else set()
    found |= {"active"} if _RUNS.search(name) or data.startswith(OLE) else set()
    if name.lower().endswith((".xml", ".rels")):
        found |= _in_xml(name.lower(), data)
    return found


def _in_xml(name: str, data: bytes) -> set[str]:
    head = data[:4096].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in data.replace(b"\x00", b""):
        return {"entities"}
    try:
        root = fromstring(data)  # noqa: S314 - no entities, see above  # nosec B314
    except (ParseError, ValueError, LookupError):
        return {"unreadable"}
    if name == "[content_types].xml":
        return _in_types(root)
    return _in_relations(root) if name.endswith(".rels") else _in_text(root)


def _in_types(root: Element) -> set[str]:
    kinds = " ".join(child.get("ContentType", "") for child in root.iter()).lower()
    found = {"macros"} if "macroenabled" in kinds or "vbaproject" in kinds else set()
    return found | ({"active"} if "activex" in kinds else set())


def _in_relations(root: Element) -> set[str]:
    """A template, picture, frame or object from elsewhere; a link that a reader must click may stay."""
    for child in root.iter():
        kind, target = child.get("Type", "").lower(), child.get("Target", "")
        outside = child.get("TargetMode", "").lower() == "external"
        if outside and not (kind.endswith("/hyperlink") and _HARMLESS_LINK.match(target)):
            return {"outside"}
    return set()


def _in_text(root: Element) -> set[str]:
    """Fields and formulas that fetch or call something. A field's words may be cut into many pieces."""
    fields, formulas, links = [], [], False
    for child in root.iter():
        tag = child.tag.rpartition("}")[2]
        if tag == "instrText":
            fields.append(child.text or "")
        elif tag == "fldSimple":
            fields += [value for name, value in child.attrib.items() if name.endswith("instr")]
        elif tag in ("f", "definedName"):
            formulas.append(child.text or "")
        links = links or tag in ("ddeLink", "oleLink")
    calls = _FIELDS.search("".join(fields)) or any(_FORMULA.search(each) for each in formulas)
    return {"outside"} if calls or links else set()


def faults_of_old(content: bytes) -> set[str]:
    """An Office file of the old kind (also a locked one of the new kind): its parts are named, not looked into."""
    found = {"old_office"}
    found |= {"macros"} if _OLD_MACROS.search(content) else set()
    return found | ({"encrypted"} if _OLD_LOCKED in content else set())
