"""Provenance: what the files of a build were made from, and by which version.

A statement of in-toto (https://in-toto.io/Statement/v1) whose predicate is SLSA's provenance
(https://slsa.dev/provenance/v1). No clock and no machine stands in it, so that the same build
says the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from foldwell import __version__
from foldwell.build.known import Known
from foldwell.build.request import Request

FILE = "provenance.json"


def statement(files: Mapping[str, str], known: Known, request: Request) -> bytes:
    """The provenance of a build.

    Args:
        files: The SHA-256 of each file that it made or found to be right, by path.
        known: What it read.
        request: What was asked for.
    """
    facts = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "https://foldwell.example/build/v1",
                "externalParameters": {
                    "selection": asdict(request.selection),
                    "options": asdict(request.options),
                },
                "internalParameters": dict(sorted(known.stamps.items())),
                "resolvedDependencies": [],
            },
            "runDetails": {
                "builder": {
                    "id": "https://foldwell.example/foldwell",
                    "version": {"foldwell": __version__},
                },
                "metadata": {"invocationId": ""},
            },
        },
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    # The two long lists are put in as text: json indents slowly.
    made = [
        f'\n  {{\n   "name": {json.dumps(path, ensure_ascii=False)},'
        f'\n   "digest": {{\n    "sha256": "{sha256}"\n   }}\n  }}'
        for path, sha256 in sorted(files.items())
    ]
    if made:
        text = text.replace('"subject": []', f'"subject": [{",".join(made)}\n ]', 1)
    text = text.replace('Dependencies": []', f'Dependencies": {known.dependencies}', 1)
    return text.encode(errors="backslashreplace")  # names of files may be no text; JSON reads it
