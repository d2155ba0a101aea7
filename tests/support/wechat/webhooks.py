"""The service's webhook, in front of a stand-in for its conversation."""

import time

from aiohttp import web

from bot.wechat.operator_alarms import OperatorAlarms
from bot.wechat.webhook import Webhook

TOKEN, APP_ID = "a-token", "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
BUSY = "系统繁忙，请稍后再试。"


def webhook_app(receive, aes_key=AES_KEY, clock=time.time, alarms=None):
    """Return an application with the webhook; without `aes_key` it accepts plain messages."""
    account = {"token": TOKEN, "app_id": APP_ID, "aes_key": aes_key}
    alarms = alarms or OperatorAlarms()
    webhook = Webhook(**account, receive=receive, clock=clock, busy_text=BUSY, alarms=alarms)
    app = web.Application()
    app.add_routes(webhook.routes())
    return app
