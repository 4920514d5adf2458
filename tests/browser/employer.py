"""The sign-in of an employer (OpenID Connect) on this machine: one person, who is signed in there already."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

VALID = 300  # seconds


class Employer:
    """What it was asked is in `asked` and `redeemed`; a test may change `person` or `claims`."""

    def __init__(self, person: dict[str, Any], *, client: str, secret: str) -> None:
        self.person, self.client, self.secret = person, client, secret
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.redeemed: dict[str, str] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def configuration(self) -> dict[str, Any]:
        pages = {"authorization_endpoint": "ask", "token_endpoint": "redeem", "userinfo_endpoint": "person"}
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **{name: f"{self.issuer}/{page}" for name, page in pages.items()},
        }

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def redeem(self, typed: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """A token for the code, if it is the right client and it proves that it began this sign-in (PKCE)."""
        self.redeemed = typed
        made = base64.urlsafe_b64encode(hashlib.sha256(typed["code_verifier"].encode()).digest())
        basic = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        if made.decode().rstrip("=") != self.asked["code_challenge"] or authorization != f"Basic {basic}":
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client, "iat": now, "exp": now + VALID, **self.person}
        signed = jwt.encode({**claims, **self.claims}, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}

    def _handler(employer) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path)
                if path.path == "/ask":
                    employer.asked = dict(parse_qsl(path.query))
                    answer = urlencode({"code": "good-for-one", "state": employer.asked["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{employer.asked['redirect_uri']}?{answer}")
                    self.end_headers()
                    return
                pages = {"/keys": employer.keys(), "/person": employer.person}
                self.answer(pages.get(path.path, employer.configuration()))

            def do_POST(self) -> None:
                typed = self.rfile.read(int(self.headers["Content-Length"])).decode()
                first = {name: values[0] for name, values in parse_qs(typed).items()}
                self.answer(employer.redeem(first, self.headers.get("Authorization", "")))

            def answer(self, told: dict[str, Any] | None) -> None:
                self.send_response(200 if told else 401)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(told or {"error": "invalid_grant"}).encode())

            def log_message(self, *words: object) -> None:
                pass

        return Handler
