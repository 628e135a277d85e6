"""Contact details: the addresses by which a machine reaches what is printed."""

import re
import unicodedata

# Notices are Chinese, and so are all their telephone numbers.
_COUNTRY_CODE = "86"
_SHORT, _LOCAL = 6, 8  # digits of a hotline (12345), and at most of a number within one area
_AREA_CODE = re.compile("(?<![0-9])0[0-9]{2,3}(?![0-9])")


def contact_uris(kind: str, printed: str, before: str) -> list[str | None]:
    """Return the URIs that a contact line of a kind may have, the likeliest first; None is for one without.

    `before` is what its line prints before it: the area code may stand there, (0329) or the 0329- of another number.
    """
    if kind in ("telephone", "fax"):
        codes = _AREA_CODE.findall(before)
        return [_telephone_uri(printed, codes[-1] if codes else "")]
    if kind == "email":
        return [f"mailto:{printed}"]
    if kind == "website":
        return [printed] if "://" in printed else [f"http://{printed}", f"https://{printed}"]
    return [None]


def _telephone_uri(printed: str, area: str) -> str | None:
    """Return the `tel:` URI (RFC 3966) of a number, in which the country code replaces the leading 0.

    None for a local number without an area code on its line, which can't be reached from elsewhere.
    """
    printed = unicodedata.normalize("NFKC", printed)
    number, *rest = re.split("转|分机", printed, maxsplit=1)
    extension = "".join(re.findall("[0-9]+", "".join(rest)))
    parts = re.findall("[0-9]+", number)
    digits = "".join(parts)
    if len(digits) <= _SHORT:
        return f"tel:{digits};phone-context=+{_COUNTRY_CODE}"
    if len(digits) <= _LOCAL and not digits.startswith("0"):
        if not area:
            return None
        parts = [area, *parts]
    number = "-".join(parts).lstrip("0")
    return f"tel:+{_COUNTRY_CODE}-{number}" + (f";ext={extension}" if extension else "")
