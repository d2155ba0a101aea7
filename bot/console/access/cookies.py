"""Cookies of the console: the token of a session, and the chosen language; no script sees them."""

from aiohttp import web

from messages.language.codes import Language

LANGUAGE = "console_language"
_TOKEN, _OVER_TLS = "console", "__Host-"
"""The cookie that holds the token of a session, and the prefix of its name behind TLS."""
_A_YEAR = 365 * 24 * 3600


def token_of(request: web.Request) -> str:
    """Return the token that a browser brings, or ""."""
    return request.cookies.get(_name_and_path(request)[0], "")


def keep_token(request: web.Request, response: web.StreamResponse, token: str, *, is_secure: bool) -> None:
    """Set the cookie of a session's token until the browser is closed; no other site's page sends it."""
    name, path = _name_and_path(request)
    response.set_cookie(name, token, path=path, httponly=True, samesite="Strict", secure=is_secure)


def drop_token(request: web.Request, response: web.StreamResponse) -> None:
    """Delete the cookie of the session; browsers change a `__Host-` cookie only as a secure one."""
    name, path = _name_and_path(request)
    response.del_cookie(name, path=path, secure=request.secure)


def keep_language(response: web.StreamResponse, language: Language, *, is_secure: bool) -> None:
    """Set the cookie of the chosen language."""
    response.set_cookie(
        LANGUAGE, language, max_age=_A_YEAR, path="/admin", httponly=True, samesite="Strict", secure=is_secure
    )


def _name_and_path(request: web.Request) -> tuple[str, str]:
    """Return name and path of the token's cookie.

    Only this very host can set a `__Host-` cookie, over HTTPS, so no other page can slip its own session
    under a clerk (RFC 6265bis, 4.1.3.2). Over plain HTTP, on the machine itself, browsers refuse the name.
    """
    return (f"{_OVER_TLS}{_TOKEN}", "/") if request.secure else (_TOKEN, "/admin")
