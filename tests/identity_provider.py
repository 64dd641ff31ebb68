"""Fake identity providers: OpenID Connect served by a thread, and SAML answers signed as asked, or badly."""

import base64
import json
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class OpenID:
    """An OpenID Connect provider and what it will say of whoever signs in next."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    audience: str = "haven"
    issuer: str = ""
    expires_in: int = 300
    asked: list[dict[str, str]] = field(default_factory=list)

    def says(self, email: str, *, verified: Any = True, sub: str = "1001", **claims: Any) -> None:
        """Who signs in next."""
        self.userinfo = {"sub": sub, "email": email, "email_verified": verified, "name": "Somebody"}
        self.claims = {"sub": sub, **claims}

    def id_token(self) -> str:
        now = int(time.time())
        facts = {"iss": self.issuer or self.address, "aud": self.audience, "iat": now, "exp": now + self.expires_in}
        return jwt.encode({**facts, **self.claims}, self.key, algorithm="RS256", headers={"kid": "1"})

    def answer(self, path: str) -> Any:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token", "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/keys": {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]},
            "/token": {"access_token": "at", "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token()},
            "/userinfo": self.userinfo,
        }.get(path)  # fmt: skip


@contextmanager
def openid_provider() -> Iterator[OpenID]:
    """Serve one until the block ends."""
    provider = OpenID()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(provider.answer(urlsplit(self.path).path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            provider.asked.append({name: values[0] for name, values in sent.items()})
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://localhost:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()


def certificate(key: Any = KEY) -> str:
    """A certificate of the provider's key, in PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fake provider")])
    begins = datetime.now(UTC) - timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begins)
    made = builder.not_valid_after(begins + timedelta(days=30)).sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM).decode()


def request_id(location: str) -> str:
    """The identifier of the request that Haven sent."""
    sent = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(sent), -15)).get("ID")


ANSWER = """
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r{id}" Version="2.0" IssueInstant="{now}"
 Destination="{acs}" InResponseTo="{request}"><saml:Issuer>{issuer}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="a{id}" Version="2.0" IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{uid}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{ends}" Recipient="{acs}" InResponseTo="{request}"/>
</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{begins}" NotOnOrAfter="{ends}">
<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="s{id}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement><saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3">
<saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
</saml:Assertion></samlp:Response>""".strip()


def saml_answer(
    *, acs: str, request: str, audience: str, email: str, uid: str = "2001", issuer: str = "https://idp.example/saml",
    context: str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", minutes: int = 5,
    key: Any = KEY, signed: bool = True,
) -> str:  # fmt: skip
    """An answer, its assertion signed, as a browser posts it."""
    now = datetime.now(UTC)
    ends = now + timedelta(minutes=minutes)
    words = ANSWER.format(
        id=uuid4().hex, now=_moment(now), begins=_moment(min(now, ends) - timedelta(minutes=30)), ends=_moment(ends),
        acs=acs, request=request, audience=audience, email=email, uid=uid, issuer=issuer, context=context,
    )  # fmt: skip
    root = etree.fromstring(words.encode())
    if signed:
        _sign(root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"), key)
    return base64.b64encode(etree.tostring(root)).decode()


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _sign(assertion: Any, key: Any) -> None:
    """Put a signature over the assertion after its issuer, as the standard asks."""
    signature = xmlsec.template.create(assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256)
    assertion.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.tree.add_ids(assertion, ["ID"])
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.PEM)
    context.sign(signature)
