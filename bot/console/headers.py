"""Headers of every answer of the console."""

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}
"""No inline script or style runs, no other site frames a page. `same-origin` lets a form name its origin."""


def download_headers(name: str) -> dict[str, str]:
    """Return the headers of a file to be saved under a name."""
    return {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
