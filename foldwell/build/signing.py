"""Signatures over the register of editions, made and checked by ssh-keygen or minisign.

Foldwell holds no key and does no cryptography of its own. A signature stands beside the register,
and nothing in a PDF depends on it.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from foldwell.build.editions import FILE, read_register
from foldwell.build.inputs import content_hash
from foldwell.errors import FoldwellError, Place, UsageError

NAMESPACE = "foldwell"
SSH, MINISIGN = f"{FILE}.sig", f"{FILE}.minisig"
_MINISIGN_HEAD = b"untrusted comment: minisign"


def sign(output: Path, key: Path) -> Path:
    """Sign the register with somebody's key; the file of the signature.

    Args:
        output: The output folder.
        key: A private key of ssh, or a secret key of minisign. Its program asks for the password.

    Raises:
        UsageError: If there is no register, no key, or not the program for it.
        FoldwellError: If the register does not agree with the files, or signing failed.
    """
    register = output / FILE
    if not register.is_file():
        raise UsageError(f"There is no {FILE} in {output}.", None, "Build first.")
    if not key.is_file():
        raise UsageError(f"There is no key {key}.", None, "Name the file of a private key.")
    if wrong := files_that_differ(output):
        raise FoldwellError(
            f"{len(wrong)} of the files are not those that the register names ({wrong[0]}).",
            Place(str(register)),
            "Build again, then sign.",
        )
    if key.read_bytes()[:64].startswith(_MINISIGN_HEAD):
        _run(["minisign", "-S", "-s", str(key), "-m", str(register), "-x", str(output / MINISIGN)])
        return output / MINISIGN
    (output / SSH).unlink(missing_ok=True)  # ssh-keygen would ask whether to write over it
    _run(["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(register)])
    return output / SSH


def files_that_differ(output: Path) -> list[str]:
    """The files of editions that stand, as far as they are not what the register names."""
    wrong = []
    for entry in read_register(output):
        if entry.state == "current":
            for path, sha256 in sorted(entry.files.items()):
                if content_hash(output / path) != sha256:
                    wrong.append(path)
    return wrong


def checked(output: Path, signer: Path | None) -> str:
    """What the signature beside the register says; empty where there is none.

    Args:
        output: The output folder.
        signer: Public keys that are trusted: an ``allowed_signers`` file of ssh, or a public key
            of minisign; None where nobody is named.

    Raises:
        FoldwellError: If the signature is not good, or not by who is trusted.
    """
    register = output / FILE
    if (output / MINISIGN).is_file():
        if signer is None:
            return f"{MINISIGN} is there; --signers FILE says whose key is trusted."
        _run(["minisign", "-V", "-p", str(signer), "-m", str(register), "-x",
              str(output / MINISIGN)], _bad(output / MINISIGN))  # fmt: skip
        return f"{MINISIGN}: signed by {signer}."
    signature = output / SSH
    if not signature.is_file():
        if signer is not None:
            raise FoldwellError(
                f"There is no signature of {FILE}.", Place(str(output)), "Make one with 'sign'."
            )
        return ""
    content = register.read_bytes()
    if signer is None:
        said = _run(["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s",
                     str(signature)], _bad(signature), content)  # fmt: skip
        return f"{SSH}: whole, but --signers FILE must say whose key is trusted ({said})."
    found = _run(["ssh-keygen", "-Y", "find-principals", "-s", str(signature), "-f", str(signer)],
                 _bad(signature))  # fmt: skip
    who = found.splitlines()[0] if found else ""
    _run(["ssh-keygen", "-Y", "verify", "-f", str(signer), "-I", who, "-n", NAMESPACE, "-s",
          str(signature)], _bad(signature), content)  # fmt: skip
    return f"{SSH}: signed by {who}."


def _bad(signature: Path) -> FoldwellError:
    return FoldwellError(
        f"{signature.name} is no good signature of {FILE} by anybody who is trusted.",
        Place(str(signature)),
        "Do not hand these files out before whoever signs them has looked at them.",
    )


def _run(
    words: Sequence[str], failed: FoldwellError | None = None, content: bytes | None = None
) -> str:
    program = words[0]
    if shutil.which(program) is None:
        raise UsageError(f"The program '{program}' is not there.", None, "Install it first.")
    try:
        done = subprocess.run(
            words, input=content, capture_output=content is not None or failed is not None,
            timeout=300, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise FoldwellError(f"{program} did not end.", None, "Try it by hand.") from None
    if done.returncode:
        raise failed or FoldwellError(
            f"{program} could not sign (code {done.returncode}).", None, "Look at its words above."
        )
    return (done.stdout or b"").decode("utf-8", "replace").strip()
