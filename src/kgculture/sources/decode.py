"""Bytes to text, or the reason why not.

UTF-8 first; UTF-16 and UTF-32 by their byte order mark; then the 8-bit encodings in which Russian, Kazakh and English pages occur,
accepted only where the result is text of a language that can be recognised: every byte string is some string of cp1251. A file that ends
in the middle of a UTF-8 character was cut off in transfer; it is refused, since its last sentence may say half of what it meant.
"""

from __future__ import annotations

import codecs
import re

from kgculture.language.detect import READ, familiarity, identify

_BOMS = (  # UTF-32 before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"{\\rtf", "an RTF document"),
)
#: In order of likelihood: of equals the first is taken.
_EIGHT_BIT = ("cp1251", "kz1048", "koi8-r", "cp866", "mac-cyrillic", "cp1252")
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})|<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9_-]{2,20})",
    re.I,
)
#: Encodings that a page may declare: those of text alone, none with a costly decoder.
_ALLOWED = re.compile(
    r"(?:windows-|cp|x-cp-?)125\d|iso-?8859-\d+|latin-?1|koi8-?[ru]|utf-?(?:8|16(?:le|be)?)|us-ascii|ascii|(?:x-)?mac-?cyrillic|(?:cp|ibm)866|kz-?1048|strk1048-2002",
    re.I,
)
_SWAPPED = re.compile(r"\b[а-яё][А-ЯЁ]{2,}\b")
#: Letters of Serbian and Macedonian: what capitals become under a table that is not theirs.
_BALKAN = re.compile("[ЂЃЉЊЌЋЏЅЈђѓљњќћџѕј]")
_MIXED = re.compile(r"[A-Za-z][А-Яа-яЁё]|[а-яё][a-z]")
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{2,}")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Characters that no text has and that XML, and with it RDF/XML, cannot hold; also lone halves of a surrogate pair.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
#: More than this share of control characters or of replacement characters, and it is not text.
_TOO_MANY = 0.02


class Undecodable(ValueError):
    """Bytes that are no text; the message is the reason, in one line."""


def decode(data: bytes, *, html: bool = False) -> str:
    """The text of bytes, clean (see `clean`). `html`: a declared charset is heeded. Raises Undecodable with the reason."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise Undecodable(f"binary: {kind}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                raise Undecodable(
                    f"damaged {encoding[:6].upper().rstrip('-')} at byte {error.start + len(mark)}"
                ) from None
    if b"\x00" in data:
        return _checked(_utf16(data))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        failure = error
    if html and (declared := _declared(data)):
        try:
            return _checked(data.decode(declared))
        except (UnicodeDecodeError, LookupError):
            pass
    if _is_utf8_but_for(data, failure):
        if failure.end >= len(data) and failure.reason == "unexpected end of data":
            raise Undecodable("cut off: it ends in the middle of a UTF-8 character")
        raise Undecodable(f"damaged UTF-8 at byte {failure.start}")
    return _checked(_eight_bit(data))


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    name = (match.group(1) or match.group(2)).decode("ascii") if match else ""
    return name if _ALLOWED.fullmatch(name) else None


def _utf16(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin text is NUL."""
    if len(data) % 2 == 0:
        for encoding, nul in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
            if nul.count(0) + nul.count(4) < 0.8 * len(nul):
                continue
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Undecodable("binary: it holds NUL bytes")


def _is_utf8_but_for(data: bytes, failure: UnicodeDecodeError) -> bool:
    """True where bytes beyond ASCII are nearly all good UTF-8, as no 8-bit text is by chance."""
    good = data.decode("utf-8", errors="ignore")
    beyond = sum(len(c.encode()) for c in good if c > "\x7f")
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high - beyond <= 3 and failure.end >= len(data) and failure.start > 0:
        return beyond > 0
    return beyond > 0.9 * high and beyond > 6


def _eight_bit(data: bytes) -> str:
    """The text by the table that gives most words of a language; bytes say nothing of their table, words do."""
    best: tuple[float, str] | None = None
    for encoding in _EIGHT_BIT:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) > _TOO_MANY * len(text):
            continue
        sample = text[:50_000]
        words = len(_CYRILLIC_WORD.findall(sample)) or 1
        if len(_SWAPPED.findall(sample)) > 0.1 * words or len(_MIXED.findall(sample)) > 0.02 * words:
            continue
        code = identify(sample)
        if code is None or (code in READ and len(_BALKAN.findall(sample)) > 0.02 * words):
            continue
        score = familiarity(sample)
        if best is None or score > best[0]:
            best = (score, text)
    if best is not None:
        return best[1]
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in data[:4096])
    if control > _TOO_MANY * min(len(data), 4096):
        raise Undecodable("binary: it holds control bytes")
    raise Undecodable("neither UTF-8 nor an 8-bit encoding in which it can be read")


def _checked(text: str) -> str:
    strange = len(_CONTROL.findall(text)) if _CONTROL.search(text) else 0
    if strange > max(3, _TOO_MANY * len(text)):
        raise Undecodable("binary: it holds control characters")
    if text.count("\ufffd") > max(3, _TOO_MANY * len(text)):
        raise Undecodable("damaged: characters were lost before it was saved")
    return clean(text)


def clean(text: str) -> str:
    """Line breaks of every kind to newline, no byte order mark, and a space or U+FFFD for each character that no text has."""
    text = _BREAKS.sub("\n", text.removeprefix("\ufeff"))
    return _CONTROL.sub(lambda match: "\ufffd" if match.group() >= "\ud800" else " ", text)
