"""The address of a store: which kind of store it is, and whether it is one that can be trusted.

Only stores are known of which it is certain that a path holds the complete old file or the
complete new one while a file is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from foldwell.errors import FoldwellError, Place, UsageError


@dataclass(frozen=True)
class Kind:
    """How a kind of store is given a file so that nobody ever reads half of it.

    Attributes:
        names: What its addresses begin with.
        way: ``put``: one request, after which the whole object is there, or none of it.
            ``move``: a file of another name, which is moved over the old one when it is whole.
            ``folder``: as in an output folder, with all that is promised for it.
        at_once: How many files are sent at the same time.
        package: What fsspec needs for it beside itself.
    """

    names: tuple[str, ...]
    way: Literal["put", "move", "folder"]
    at_once: int
    package: str = ""


KINDS = (
    Kind(("s3", "s3a"), "put", 16, "s3fs"),
    Kind(("gs", "gcs"), "put", 16, "gcsfs"),
    Kind(("az", "abfs"), "put", 16, "adlfs"),
    # One connection, on which requests wait for each other.
    Kind(("sftp", "ssh"), "move", 1, "paramiko"),
    Kind(("file",), "folder", 4),
    Kind(("memory",), "put", 1),
)


def kind_of(address: str) -> Kind:
    """The kind of store that an address begins with.

    Raises:
        UsageError: If none is known.
    """
    name = address.partition("://")[0].lower()
    known = sorted(name for kind in KINDS for name in kind.names)
    for kind in KINDS:
        if name in kind.names:
            return kind
    raise UsageError(
        f"'{name}://' is no store that leaflets can be sent to.",
        None,
        f"Known are: {', '.join(f'{word}://' for word in known)}.",
    )


def without_secrets(address: str) -> str:
    """An address without a name and password in it."""
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, place, parts.path, "", "")).rstrip("/")


def opened(address: str, kind: Kind, name: str) -> tuple[Any, str]:
    """The files of a store, as fsspec gives them, and the folder in it.

    Args:
        address: Of the folder.
        kind: Of the store.
        name: The address as it may be shown.

    Raises:
        UsageError: If the address names no folder.
        FoldwellError: If what speaks to the store is not installed, or refuses the address.
    """
    try:
        from fsspec.core import url_to_fs

        files, root = url_to_fs(address)
    except ImportError as error:
        needed = f"pip install 'foldwell[cluster]' {kind.package}".rstrip()
        raise FoldwellError(
            f"What speaks to this store is not installed here ({error}).",
            Place(name),
            f"Install it with: {needed}.",
        ) from error
    except Exception as error:  # every kind of store has its own
        raise FoldwellError(
            f"This store cannot be opened ({error}).", Place(name), "Check the address."
        ) from error
    if not str(root).strip("/"):
        raise UsageError(f"'{address}' names no folder.", None, "Name one, or a bucket.")
    return files, str(root).rstrip("/")
