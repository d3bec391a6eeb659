"""Nobody but the studio's own pages is served, and nothing is written for anybody else."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from studio_client import COOKIE, HOME, KEYS, PORT, Client, desk_of

from foldwell.studio.guard import FORM_LIMIT_BYTES, UPLOAD_LIMIT_BYTES

HOST = f"127.0.0.1:{PORT}"
OWN = {"host": HOST, "cookie": COOKIE}
SENT = {**OWN, "origin": HOME, "content-type": "application/x-www-form-urlencoded"}
SAVE = f"token={KEYS.form}&seen=&text=gone".encode()
LEAFLET = "/leaflet/sleep/en"


def _pdf() -> bytes:
    """One empty page, which can be drawn."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(100, 100)
        document.save(out)
    return out.getvalue()


PDF = _pdf()
TOKEN = f"token={KEYS.form}&".encode()
HOSTILE: dict[str, tuple[str, str, dict[str, str], list[bytes]]] = {
    "no cookie": ("GET", "/", {"host": HOST}, []),
    "a wrong cookie": ("GET", "/", {**OWN, "cookie": f"foldwell-{PORT}=guess"}, []),
    "an empty cookie": ("GET", "/", {**OWN, "cookie": f"foldwell-{PORT}="}, []),
    "the cookie of another port": ("GET", "/", {**OWN, "cookie": "foldwell-1=the-session"}, []),
    "the token as a cookie": ("GET", "/", {**OWN, "cookie": f"foldwell-{PORT}=the-token"}, []),
    "a broken cookie": ("GET", "/", {**OWN, "cookie": "=;,\x01;"}, []),
    "a wrong token": ("GET", "/start?token=guess", {"host": HOST}, []),
    "no token": ("GET", "/start", {"host": HOST}, []),
    "a token with letters of others": ("GET", "/start?token=%ff%e2%82%ac", {"host": HOST}, []),
    "a token by POST": ("POST", "/start?token=the-token", {**SENT, "cookie": ""}, []),
    "a name that leads here": ("GET", "/", {**OWN, "host": "evil.example"}, []),
    "a name with our port": ("GET", "/", {**OWN, "host": f"evil.example:{PORT}"}, []),
    "a name that starts like us": ("GET", "/", {**OWN, "host": f"127.0.0.1.ev.il:{PORT}"}, []),
    "another port": ("GET", "/", {**OWN, "host": "127.0.0.1:1"}, []),
    "no port": ("GET", "/", {**OWN, "host": "127.0.0.1"}, []),
    "no host": ("GET", "/", {"cookie": COOKIE}, []),
    "0.0.0.0 as host": ("GET", "/", {**OWN, "host": f"0.0.0.0:{PORT}"}, []),
    "another site reads": ("GET", "/", {**OWN, "origin": "http://evil.example"}, []),
    "a frame of another site": ("GET", "/", {**OWN, "sec-fetch-site": "cross-site"}, []),
    "another port of this machine": ("GET", "/", {**OWN, "sec-fetch-site": "same-site"}, []),
    "no origin": ("POST", LEAFLET, {**SENT, "origin": ""}, [SAVE]),
    "origin null": ("POST", LEAFLET, {**SENT, "origin": "null"}, [SAVE]),
    "another origin": ("POST", LEAFLET, {**SENT, "origin": "http://evil.example"}, [SAVE]),
    "our origin by https": ("POST", LEAFLET, {**SENT, "origin": f"https://{HOST}"}, [SAVE]),
    "of another port": ("POST", LEAFLET, {**SENT, "origin": "http://127.0.0.1:1"}, [SAVE]),
    "no form token": ("POST", LEAFLET, SENT, [b"seen=&text=gone"]),
    "a guessed form token": ("POST", LEAFLET, SENT, [b"token=guess&seen=&text=gone"]),
    "a form token in the address": ("POST", f"{LEAFLET}?token={KEYS.form}", SENT, [b"text=gone"]),
    "a method that changes": ("PUT", LEAFLET, SENT, [SAVE]),
    "another": ("DELETE", LEAFLET, SENT, []),
    "a question before asking": ("OPTIONS", LEAFLET, {**SENT, "origin": "http://evil.example"}, []),
    "a changing address by GET": ("GET", "/build/stop", OWN, []),
    "up and out": ("GET", "/file/../../content/build.yml", OWN, []),
    "up and out, written otherwise": ("GET", "/file/..%2f..%2fcontent/build.yml", OWN, []),
    "an absolute path": ("GET", "/file//etc/passwd", OWN, []),
    "a backslash": ("GET", "/file/..\\..\\content\\build.yml", OWN, []),
    "the ledger": ("GET", "/file/.foldwell/ledger.db", OWN, []),
    "a picture of a file outside": ("GET", "/page/../content/x.pdf?n=0", OWN, []),
    "static and out": ("GET", "/static/..%2fbase.html", OWN, []),
    "a template": ("GET", "/static/base.html", OWN, []),
    "versions of another file": ("GET", "/history?file=content/../../etc/passwd", OWN, []),
    "versions of code": ("GET", "/history?file=content/templates/leaflet.html", OWN, []),
    "a leaflet with dots": ("GET", "/leaflet/../../etc/passwd", OWN, []),
    "a clinic with dots": ("GET", "/clinic/..%2f..%2fsecret", OWN, []),
    "a clinic of code": ("POST", "/clinic/..", SENT, [SAVE]),
    "a long body": ("POST", LEAFLET, {**SENT, "content-length": str(2**30)}, [SAVE]),
    "a body longer than it says": ("POST", LEAFLET, SENT, [b"x" * 2**20] * 4),
    "a length that is none": ("POST", LEAFLET, {**SENT, "content-length": "-1"}, [SAVE]),
    "a form that is none": ("POST", LEAFLET, {**SENT, "content-type": "text/plain"}, [SAVE]),
    "a link that leads out": ("GET", "/file/riverside/en/secret.pdf", OWN, []),
    "a picture of what it leads to": ("GET", "/page/riverside/en/secret.pdf?n=0", OWN, []),
    "a pack of another place": ("GET", "/pack/..%2f..%2fcontent/en?clinic=riverside", OWN, []),
    "a pack of no clinic": ("GET", "/pack/sleep/en?clinic=../riverside", OWN, []),
    "a translation with dots": ("GET", "/translate/..%2f..%2fetc/es", OWN, []),
    "a translation into a path": ("POST", "/translations", SENT,
                                  [TOKEN + b"leaflet=sleep&language=../../es"]),
    "a translation of a path": ("POST", "/translations", SENT,
                                [TOKEN + b"leaflet=../x&language=es"]),
    "a commit of another file": ("POST", "/history/git", SENT,
                                 [TOKEN + b"file=build.py&git=commit"]),
    "a version of git's own": ("POST", "/history", SENT,
                               [TOKEN + b"file=.git/config&version=git-HEAD&seen="]),
    "a format of a path": ("POST", f"{LEAFLET}/formats", SENT, [TOKEN + b"format=../a4"]),
    "a shape that is code": ("GET", "/shape/hills?colour=red%22/%3E%3Cscript%3E", OWN, []),
    "the pages of no clinic": ("POST", "/clinic/riverside/pages", SENT,
                               [TOKEN + b"leaflet=..&language=en"]),
    "a nul": ("GET", "/file/river/en/x\0.pdf", OWN, []),
    "a huge page": ("GET", "/page/riverside/en/sleep-a4-screen.pdf?n=0&w=99999", OWN, []),
}  # fmt: skip


def state(root: Path) -> dict[str, str]:
    """All files of a project, by what they hold."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def client(project: Path) -> Iterator[Client]:
    (project / "output/riverside/en").mkdir(parents=True)
    (project / "output/riverside/en/sleep-a4-screen.pdf").write_bytes(PDF)
    (project / "output/.foldwell").mkdir()
    (project / "output/.foldwell/ledger.db").write_bytes(b"Riverside")
    (project / "output/riverside/en/secret.pdf").symlink_to("/etc/passwd")
    desk = desk_of(project)
    yield Client(desk)
    desk.close()


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_is_not_served(kind: str, client: Client) -> None:
    before = state(client.desk.root)
    method, path, headers, body = HOSTILE[kind]
    answer = client.ask(method, path, headers, body)
    assert 400 <= answer.status < 500, (answer.status, answer.text)
    for word in ("root:", "runs:", "Riverside", "set-cookie"):
        assert word not in answer.text + str(answer.headers), answer.text
    assert "access-control-allow-origin" not in answer.headers
    assert state(client.desk.root) == before


def test_who_has_the_address_comes_in(client: Client) -> None:
    answer = client.ask("GET", "/start?token=the-token", {"host": HOST})
    assert answer.status == 303 and answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "the-session" in cookie
    assert client.get("/").status == 200


def test_the_address_opens_one_browser_once(client: Client) -> None:
    address = "/start?token=the-token"
    assert client.ask("GET", address, {"host": HOST}).status == 303
    second = client.ask("GET", address, {"host": HOST})
    assert second.status == 403 and "set-cookie" not in second.headers
    assert "press Enter in the terminal" in second.text
    assert client.ask("GET", "/start?token=", {"host": HOST}).status == 403
    assert client.ask("GET", "/start", {"host": HOST}).status == 403
    again = client.get(address)  # the browser that spent it comes back
    assert (again.status, again.headers["location"]) == (303, "/")
    assert "set-cookie" not in again.headers
    unused, other = client.app.another(), client.app.another()
    assert client.ask("GET", f"/start?token={unused}", {"host": HOST}).status == 403
    assert "the-session" in str(client.ask("GET", f"/start?token={other}", {"host": HOST}).headers)
    assert client.ask("GET", f"/start?token={other}", {"host": HOST}).status == 403


@pytest.mark.parametrize("path", ["/", "/clinics", "/nowhere", "/static/studio.css"])
def test_no_page_loads_or_runs_anything_of_others(path: str, client: Client) -> None:
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>" not in answer.text and " onclick=" not in answer.text
    assert "https://" not in answer.text.replace("http://www.w3.org", "")


def test_what_is_built_is_served(client: Client) -> None:
    """Else no case above of a file that is not could fail."""
    assert client.get("/file/riverside/en/sleep-a4-screen.pdf").body == PDF
    picture = client.get("/page/riverside/en/sleep-a4-screen.pdf?n=0&w=100")
    assert picture.status == 200 and picture.body.startswith(b"\x89PNG")


def test_a_link_in_the_output_leads_nowhere(client: Client) -> None:
    folder = client.desk.root / "output/riverside/en"
    (folder / "out.pdf").symlink_to("/etc/passwd")
    (client.desk.root / "output/linked").symlink_to(client.desk.root / "content")
    assert client.get("/file/riverside/en/out.pdf").status == 404
    assert client.get("/file/linked/build.yml").status == 404


def test_secrets_differ_from_run_to_run() -> None:
    from foldwell.studio.guard import Keys

    one, other = Keys(), Keys()
    assert len({one.token, other.token, one.session, other.session}) == 4
    assert min(map(len, (one.token, one.session))) >= 40 and one.form != other.form


def test_only_pictures_may_be_large(client: Client) -> None:
    assert FORM_LIMIT_BYTES < 3 * 2**20 < UPLOAD_LIMIT_BYTES
    large = {**SENT, "content-length": str(3 * 2**20)}
    assert client.ask("POST", "/brand/plain", large, []).status != 413
    assert client.ask("POST", "/clinic/riverside", large, []).status == 413
