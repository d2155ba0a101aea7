"""The receipt page: shown, printed, scanned and downloaded by number."""

from aiohttp import web

from bot.capture.answers import CaptureAnswer
from bot.capture.service import CaptureService
from bot.h5.headers import HEADERS
from bot.h5.language import SPOKEN, key_of, requested_language, set_language
from bot.h5.not_found import not_found
from bot.h5.pages import Page
from bot.pages.qr_code import qr_svg
from bot.receipts.lookup import ReceiptState, ReceiptView
from bot.receipts.numbers import receipt_fields
from dialogs.local_time import SHANGHAI
from messages.catalogue.formats import day
from messages.catalogue.phrases import NO_RECEIPT, RECEIPT
from messages.language.codes import Language


def receipt_app(service: CaptureService, public_url: str) -> web.Application:
    """Return the application below `/r`: one address per receipt."""
    languages = service.languages()

    async def requested_or_kept(request: web.Request) -> Language | None:
        """Return the language of the address, else of the account whose pass it is."""
        return await requested_language(request) or await languages.of_receipt(key_of(request))

    app = web.Application(middlewares=[set_language(requested_or_kept), not_found])
    app.add_routes([web.get("/{receipt}", _Receipts(service, public_url).show)])
    return app


class _Receipts:
    def __init__(self, service: CaptureService, public_url: str) -> None:
        self._service = service
        self._public_url = public_url
        self._missing = Page("message.html", NO_RECEIPT)
        self._receipt = Page("receipt.html", RECEIPT)

    async def show(self, request: web.Request) -> web.Response:
        """Show the page, or with `format=json` the signed file; neither says more than the paper does."""
        found = await self._service.receipt(request.match_info["receipt"])
        if isinstance(found, CaptureAnswer):
            return self._missing.response(request[SPOKEN], status=found.status)
        if request.query.get("format") == "json":
            return _file(found)
        return self._page(found, request[SPOKEN])

    def _page(self, found: ReceiptView, language: Language) -> web.Response:
        number = found.certification.receipt
        address = f"{self._public_url}/r/{number}"
        values: dict[str, object] = {
            **receipt_fields(found.certification, language),
            **_revocation(found, language),
            "key": found.signed.signature.key_id if found.signed else "",
            "state": found.state,
            "counts": found.state in _COUNTING,
            "address": address,
            "qr": qr_svg(address),
        }
        return self._receipt.response(language, values)


_COUNTING = frozenset({ReceiptState.VALID, ReceiptState.UNSIGNED})
"""States with a next date; a revoked pass moves none."""


def _revocation(found: ReceiptView, language: Language) -> dict[str, str]:
    if found.revoked_at is None:
        return {}
    return {"revoked_on": day(found.revoked_at.astimezone(SHANGHAI), language)}


def _file(found: ReceiptView) -> web.Response:
    """Return the file of a receipt in force; a revoked or altered one is not handed out as a proof."""
    if found.signed is None or found.state is not ReceiptState.VALID:
        return web.json_response({"state": found.state}, status=410, headers=HEADERS)
    name = f"receipt-{found.certification.receipt}.json"
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=found.signed.to_json(), content_type="application/json", headers=headers)
