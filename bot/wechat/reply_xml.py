"""Replies as the platform's XML."""


def cdata(text: str) -> str:
    """Quote any text: `]]>` is split over two sections, else an echoed text could add nodes."""
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def text_reply(account: str, service: str, text: str, created: int) -> str:
    """Answer `account` in the name of `service`; `created` in seconds since 1970."""
    return (
        f"<xml><ToUserName>{cdata(account)}</ToUserName><FromUserName>{cdata(service)}</FromUserName>"
        f"<CreateTime><![CDATA[{created}]]></CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{cdata(text)}</Content></xml>"
    )


def encrypted(ciphertext: str, signature: str, timestamp: str, nonce: str) -> str:
    """Wrap a ciphertext as the platform wants it back; all four are ours and contain nothing to quote."""
    return (
        f"<xml><Encrypt><![CDATA[{ciphertext}]]></Encrypt>"
        f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>"
        f"<TimeStamp><![CDATA[{timestamp}]]></TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    )
