"""Licences: where the terms that an SPDX identifier names can be read."""

_ADDRESSES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


def license_address(identifier: str) -> str:
    """The licence's own address where we know it, else SPDX's page on it."""
    return _ADDRESSES.get(identifier, f"https://spdx.org/licenses/{identifier}.html")
