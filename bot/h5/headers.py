"""The headers that pages and files are sent with."""


def content_policy(*origins: str) -> str:
    """Return the policy of a page that runs our own scripts, and those of `origins`."""
    scripts = " ".join(["'self'", *origins])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob:; "
        "media-src 'self' blob:; connect-src 'self'; frame-ancestors 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(self), microphone=()",
    "Content-Security-Policy": content_policy(),
}
"""A capture page's address is its key: no cache keeps it, no referrer carries it, no foreign script runs."""
