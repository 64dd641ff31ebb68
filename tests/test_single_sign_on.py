"""Signing in with one's council: whom a provider may sign in, and what of its answers is refused."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from identity_provider import KEY, OTHER_KEY, OpenID, certificate, openid_provider, request_id, saml_answer

from haven.casework.access.models import Authority, Membership, SingleSignOn, User
from haven.casework.access.operations.invitations import invite
from haven.casework.access.operations.single_sign_on import NotConfigured, add_single_sign_on
from haven.casework.operations.actor import Actor
from haven.project.testing.people import TUESDAY, actor_of_user, make_user
from haven.project.testing.signing_in import with_password_and_app

MFA = "http://schemas.microsoft.com/claims/multipleauthn"


@pytest.fixture
def provider() -> Iterator[OpenID]:
    with openid_provider() as provider:
        yield provider


@pytest.fixture
def openid(provider: OpenID, authority: Authority, linh: Actor) -> SingleSignOn:
    """Eastmere's own provider, for addresses that end in example.org; "mfa" says that it asked for a second step."""
    facts = {"name": "Eastmere sign-in", "issuer": provider.address, "client_id": "haven", "secret": "s3cret"}
    return add_single_sign_on(
        authority, kind="openid_connect", domains=["example.org"], second_step=["mfa"], by=linh, at=TUESDAY, **facts
    )


def sign_on(openid: SingleSignOn, browser: Client | None = None) -> tuple[Client, Any]:
    """Go to the provider and come back with its answer."""
    browser = browser or Client()
    away = browser.get(f"/accounts/oidc/{openid.slug}/login/")
    state = parse_qs(urlsplit(away.url).query)["state"][0]
    return browser, browser.get(f"/accounts/oidc/{openid.slug}/login/callback/", {"state": state, "code": "c"})


def let_in(answer: Any) -> bool:
    """Somebody was let in; everybody else reads the same page."""
    if answer.status_code == 302:
        return True
    assert answer.status_code == 403
    assert "Signing in with your council did not work" in answer.content.decode()
    return False


def test_somebody_with_an_account_is_signed_in_and_the_provider_has_asked_for_the_second_step(openid, provider, amara):
    provider.says("amara@example.org", amr=["pwd", "mfa"])
    browser, answer = sign_on(openid)

    assert let_in(answer)
    assert browser.get("/duty").status_code == 200
    assert provider.asked[0]["client_secret"] == "s3cret"
    assert "code_verifier" in provider.asked[0]


def test_where_the_provider_asked_for_no_second_step_haven_asks_its_own(openid, provider, amara):
    provider.says("amara@example.org", amr=["pwd"])
    browser, _ = sign_on(openid)
    assert browser.get("/duty").url == "/accounts/set-up/"

    app = with_password_and_app(amara.id)
    browser, answer = sign_on(openid)
    assert answer.url == "/accounts/2fa/authenticate/"
    browser.post("/accounts/2fa/authenticate/", {"code": app.code()})
    assert browser.get("/duty").status_code == 200


def test_what_only_the_user_information_says_of_a_second_step_is_not_believed(openid, provider, amara):
    provider.says("amara@example.org")
    provider.userinfo["amr"] = ["mfa"]
    browser, _ = sign_on(openid)

    assert browser.get("/duty").url == "/accounts/set-up/"


def test_an_invitation_is_taken_up_by_signing_on_and_nobody_uninvited_comes_in(openid, provider, authority, linh):
    provider.says("new@example.org", amr=["mfa"])
    assert not let_in(sign_on(openid)[1])
    assert not User.objects.filter(email="new@example.org").exists()

    invite(authority, email="new@example.org", name="Noor", roles=["practitioner"], by=linh, at=TUESDAY)
    browser, answer = sign_on(openid)
    assert not let_in(answer), "an invitation of a day long ago is over"


def test_a_fresh_invitation_is_taken_up_by_signing_on(openid, provider, authority, linh):
    invite(authority, email="new@example.org", name="Noor", roles=["practitioner"], by=linh, at=timezone.now())
    provider.says("new@example.org", amr=["mfa"])
    browser, answer = sign_on(openid)

    assert let_in(answer)
    assert browser.get("/home").status_code == 200
    assert not User.objects.get(email="new@example.org").has_usable_password()


def test_a_provider_never_signs_in_somebody_of_another_authority(openid, provider, elsewhere_worker):
    provider.says("idris@example.org", amr=["mfa"])

    assert not let_in(sign_on(openid)[1])


def test_nor_somebody_who_holds_a_role_at_another_authority_as_well(openid, provider, amara, elsewhere):
    Membership.objects.create(user_id=amara.id, authority=elsewhere, role="auditor", from_on=date(2020, 1, 1))
    provider.says("amara@example.org", amr=["mfa"])

    assert not let_in(sign_on(openid)[1])


def wrong_key(provider: OpenID) -> None:
    provider.key = OTHER_KEY


def wrong_audience(provider: OpenID) -> None:
    provider.audience = "somebody-else"


def wrong_issuer(provider: OpenID) -> None:
    provider.issuer = "https://elsewhere.example"


def expired(provider: OpenID) -> None:
    provider.expires_in = -60


def unverified(provider: OpenID) -> None:
    provider.userinfo["email_verified"] = False


def another_domain(provider: OpenID) -> None:
    provider.userinfo["email"] = "amara@elsewhere.example"


def about_two_people(provider: OpenID) -> None:
    provider.userinfo["sub"] = "another"


@pytest.mark.parametrize(
    "spoil", [wrong_key, wrong_audience, wrong_issuer, expired, unverified, another_domain, about_two_people]
)
def test_a_bad_answer_lets_nobody_in_and_every_one_is_answered_alike(openid, provider, amara, spoil):
    provider.says("amara@example.org", amr=["mfa"])
    spoil(provider)
    browser, answer = sign_on(openid)

    assert not let_in(answer)
    assert browser.get("/home").status_code == 302
    assert not SocialAccount.objects.exists()


def test_an_answer_to_somebody_elses_request_lets_nobody_in(openid, provider, amara):
    provider.says("amara@example.org", amr=["mfa"])
    browser = Client()
    callback = f"/accounts/oidc/{openid.slug}/login/callback/"

    assert not let_in(browser.get(callback, {"state": "never-sent", "code": "c"}))


def test_an_address_given_on_to_somebody_else_is_refused(openid, provider, amara):
    provider.says("amara@example.org", sub="1001", amr=["mfa"])
    assert let_in(sign_on(openid)[1])

    provider.says("amara@example.org", sub="1002", amr=["mfa"])
    assert not let_in(sign_on(openid)[1])


def test_a_disabled_account_is_not_signed_on_and_its_open_session_is_over(openid, provider, amara):
    provider.says("amara@example.org", amr=["mfa"])
    browser, _ = sign_on(openid)
    assert browser.get("/duty").status_code == 200
    User.objects.filter(pk=amara.id).update(is_active=False)

    assert browser.get("/duty").status_code == 302
    assert not let_in(sign_on(openid)[1])


def test_a_provider_that_is_switched_off_or_away_lets_nobody_in(openid, provider, amara):
    SingleSignOn.objects.update(issuer="http://localhost:9")
    assert not let_in(Client().get(f"/accounts/oidc/{openid.slug}/login/"))
    SingleSignOn.objects.update(enabled=False)
    assert not let_in(Client().get(f"/accounts/oidc/{openid.slug}/login/"))


def test_the_secret_and_what_a_provider_says_are_not_kept_in_the_clear(openid, provider, amara):
    provider.says("amara@example.org", amr=["mfa"])
    sign_on(openid)

    assert "s3cret" not in SingleSignOn.objects.get().secret
    assert SocialAccount.objects.get().extra_data == {}


def test_a_secret_may_stay_in_the_environment(openid, provider, amara, monkeypatch):
    SingleSignOn.objects.update(secret="env:EASTMERE_SECRET")
    monkeypatch.setenv("EASTMERE_SECRET", "from outside")
    provider.says("amara@example.org", amr=["mfa"])

    assert let_in(sign_on(openid)[1])
    assert provider.asked[0]["client_secret"] == "from outside"


def test_two_authorities_cannot_have_one_domain(openid, elsewhere):
    otto = actor_of_user(make_user("Otto Else", elsewhere, "authority_administrator"))
    with pytest.raises(NotConfigured, match="in use already"):
        add_single_sign_on(
            elsewhere, kind="openid_connect", name="x", issuer="https://x.example", client_id="x", secret="x",
            domains=["Example.org"], by=otto, at=TUESDAY,
        )  # fmt: skip


def test_the_page_asks_for_an_address_and_leads_on_by_its_ending(openid):
    page = Client().post("/accounts/your-council/", {"email": "whoever@example.org"}).content.decode()
    assert f"/accounts/oidc/{openid.slug}/login/" in page

    page = Client().post("/accounts/your-council/", {"email": "whoever@unknown.example"}).content.decode()
    assert "We know no council sign-in" in page


def test_an_administrator_configures_it_on_a_page(authority, linh, sign_in):
    browser = sign_in(linh)
    typed = {
        "name": "Eastmere",
        "issuer": "http://idp.example",
        "client_id": "haven",
        "secret": "s",
        "domains": "a.example",
    }
    address = "/administration/eastmere/single-sign-on/add/openid_connect"

    assert "begins with https" in browser.post(address, typed).content.decode()
    browser.post(address, {**typed, "issuer": "https://idp.example", "enabled": "on"})
    found = SingleSignOn.objects.get()
    page = browser.get(f"/administration/eastmere/single-sign-on/{found.pk}").content.decode()
    assert f"/accounts/oidc/{found.slug}/login/callback/" in page
    assert ">s<" not in page and found.secret not in page


def at_localhost() -> Client:
    """A browser that says which host it asks, as SAML needs."""
    return Client(headers={"host": "localhost"})


@pytest.fixture
def saml(authority: Authority, linh: Actor) -> SingleSignOn:
    """Eastmere's SAML provider."""
    facts = {"name": "Eastmere", "issuer": "https://idp.example/saml", "sign_in_url": "https://idp.example/sign-in"}
    return add_single_sign_on(
        authority, kind="saml", certificate=certificate(), domains=["example.org"], second_step=[MFA], vouches=True,
        by=linh, at=TUESDAY, **facts,
    )  # fmt: skip


@pytest.fixture
def saml_sign_on(saml: SingleSignOn) -> Callable[..., tuple[Client, Any]]:
    """Go to the provider and come back with its answer, made as asked."""

    def go(browser: Client | None = None, **facts: Any) -> tuple[Client, Any]:
        browser = browser or at_localhost()
        away = browser.get(f"/accounts/saml/{saml.slug}/login/")
        acs = f"http://localhost/accounts/saml/{saml.slug}/acs/"
        audience = f"http://localhost/accounts/saml/{saml.slug}/metadata/"
        given = {"acs": acs, "audience": audience, "request": request_id(away.url), "email": "amara@example.org"}
        return browser, post_back(browser, saml, saml_answer(**{**given, **facts}))

    return go


def post_back(browser: Client, saml: SingleSignOn, answer: str) -> Any:
    sent = browser.post(f"/accounts/saml/{saml.slug}/acs/", {"SAMLResponse": answer, "RelayState": ""})
    return browser.get(sent.url)


def test_saml_signs_somebody_in_with_the_second_step_its_answer_asserts(saml_sign_on, amara):
    browser, answer = saml_sign_on(context=MFA)
    assert let_in(answer)
    assert browser.get("/duty").status_code == 200

    browser, answer = saml_sign_on()
    assert let_in(answer)
    assert browser.get("/duty").url == "/accounts/set-up/"


@pytest.mark.parametrize(
    "facts",
    [
        {"signed": False},
        {"key": OTHER_KEY},
        {"audience": "https://somebody-else.example/metadata"},
        {"minutes": -10},
        {"issuer": "https://elsewhere.example/saml"},
        {"acs": "https://somebody-else.example/acs/"},
        {"request": "never-sent"},
        {"email": "amara@elsewhere.example"},
        {"email": "idris@example.org"},
    ],
    ids=lambda facts: "-".join(facts),
)
def test_a_bad_saml_answer_lets_nobody_in_and_every_one_is_answered_alike(saml_sign_on, amara, elsewhere_worker, facts):
    browser, answer = saml_sign_on(context=MFA, **facts)

    assert not let_in(answer)
    assert browser.get("/home").status_code == 302


def test_a_saml_answer_is_taken_once(saml, amara):
    browser = at_localhost()
    away = browser.get(f"/accounts/saml/{saml.slug}/login/")
    at = f"http://localhost/accounts/saml/{saml.slug}"
    facts = {
        "acs": f"{at}/acs/",
        "audience": f"{at}/metadata/",
        "email": "amara@example.org",
        "context": MFA,
        "key": KEY,
    }
    answer = saml_answer(request=request_id(away.url), **facts)

    assert let_in(post_back(browser, saml, answer))
    assert not let_in(post_back(browser, saml, answer))
    assert not let_in(post_back(at_localhost(), saml, answer))
    other = at_localhost()
    other.get(f"/accounts/saml/{saml.slug}/login/")
    assert not let_in(post_back(other, saml, answer))
