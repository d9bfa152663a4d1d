"""Behind a proxy: https and a path prefix are believed from trusted proxies only, and every address keeps the prefix."""

import re

import pytest

from tests.support.application import AppFactory
from tests.support.pages import Page, PageClient
from tests.support.steps import add, create, meeting_path, person
from tests.support.zelta_server import ZeltaServer

HTTPS = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "convoca.example",
    "X-Forwarded-For": "203.0.113.9",
}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_cookies_on_plain_http(client: PageClient) -> None:
    client.visit("/")
    cookie = client.get_cookie("convoca")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.secure) == (True, "Lax", False)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("proxies", "secure"), [("1", True), ("0", False)])
def test_cookies_are_secure_when_a_trusted_proxy_says_https(
    make_app: AppFactory, proxies: str, secure: bool
) -> None:
    client = make_app(TRUSTED_PROXIES=proxies).test_client()
    answer = client.get("/", headers=HTTPS)
    assert ("Secure" in answer.headers["Set-Cookie"]) == secure
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]


def test_forms_work_on_https_behind_a_proxy(make_app: AppFactory, zelta: ZeltaServer) -> None:
    app = make_app(TRUSTED_PROXIES="1")
    client = app.test_client()
    headers = HTTPS | {"Referer": "https://convoca.example/meetings/new"}
    page = client.get("/meetings/new", headers=HTTPS, base_url="https://convoca.example").get_data(
        as_text=True
    )
    found = dict(re.findall(r'name="(csrf_token|submission_id)" value="([^"]+)"', page))
    values = found | {"title": "Comité", "date": "2099-01-01", "time": "10:00", "time_zone": "UTC"}
    made = client.post("/meetings/new", data=values, headers=headers, base_url="https://convoca.example")
    assert (made.status_code, made.headers["Location"], len(zelta.calls)) == (303, "/meetings/1", 1)
    evil = HTTPS | {"Referer": "https://evil.example/"}
    assert (
        client.post(
            "/meetings/new", data=values, headers=evil, base_url="https://convoca.example"
        ).status_code
        == 400
    )


class Prefixed(PageClient):
    """A browser whose proxy takes the prefix off each path and names it in a header."""

    prefix = "/reuniones"

    def open(self, path: object, *args: object, **options: object) -> object:  # type: ignore[override]
        assert isinstance(path, str)
        inner = re.sub(rf"^(http://localhost)?{self.prefix}", "", path)
        assert inner != path, f"{path} leaves the prefix"
        headers = dict(options.pop("headers", None) or {})  # type: ignore[call-overload]
        headers["X-Forwarded-Prefix"] = self.prefix
        options["follow_redirects"] = False
        answer = super().open(inner or "/", *args, headers=headers, **options)  # type: ignore[arg-type]
        if answer.status_code in {301, 302, 303, 308}:
            return self.open(answer.headers["Location"])
        return answer


def addresses(page: Page) -> set[str]:
    return {
        node[name]
        for name in ("href", "src", "action", "data-refresh", "formaction")
        for node in page.find_all(f"[{name}]")
        if not node[name].startswith(("#", "https://meet.zelta.example/"))
    } | {field["value"] for field in page.find_all('input[name="next"]')}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_address_keeps_the_prefix(make_app: AppFactory, zelta: ZeltaServer) -> None:
    client = Prefixed(make_app(TRUSTED_PROXIES="1"))
    base = client.prefix
    pages = [client.visit(f"{base}{path}") for path in ("/", "/?q=x", "/meetings/new", "/meetings/adopt")]
    pages.append(pages[2].submit(f"{base}/meetings/new", title="", date="", time=""))
    made = pages[2].submit(
        f"{base}/meetings/new", title="A", date="2099-01-01", time="10:00", time_zone="UTC"
    )
    pages += [made, client.visit(f"{base}/meetings/1/cancel"), client.visit(f"{base}/none", 404)]
    made = made.submit(f"{base}/meetings/1/participants", name="Ana", role="host")
    pages.append(made)
    pages.append(made.submit(f"{base}/participants/{person(made)['data-participant']}/token"))
    pages.append(made.submit(made.form(f"{base}/language")))
    expired = client.open(f"{base}/meetings/new", method="POST", data={"title": "B"})
    pages.append(expired.page)  # type: ignore[attr-defined]
    for page in pages:
        found = addresses(page)
        assert found
        assert {one for one in found if not one.startswith(f"{base}/")} == set(), page
    static = next(one for one in addresses(pages[0]) if "css" in one)
    with client.open(static) as sent:  # type: ignore[attr-defined]
        assert sent.status_code == 200
    assert len(zelta.calls) == 2


def test_a_prefix_is_not_believed_from_anybody(client: PageClient) -> None:
    answer = client.get("/", headers={"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example"})
    assert "evil" not in answer.get_data(as_text=True)
    assert meeting_path(add(create(client))) == "/meetings/1"
