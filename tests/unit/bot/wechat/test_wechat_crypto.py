"""Signatures and the AES mode, against wechatpy as the oracle."""

import base64

import pytest
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bot.wechat.crypto import MessageCipher, Undecryptable
from bot.wechat.reply_xml import encrypted
from bot.wechat.signature import is_authentic, is_fresh, sign

TOKEN, APP_ID = "a-token", "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
XML = "<xml><Content>您好 😀 ]]&gt;</Content></xml>"


@pytest.fixture
def cipher():
    return MessageCipher(APP_ID, AES_KEY)


@pytest.fixture
def oracle():
    return WeChatCrypto(TOKEN, AES_KEY, APP_ID)


def test_wechatpy_decrypts_our_ciphertext(cipher, oracle):
    ciphertext = cipher.encrypt(XML.encode())
    signature = sign(TOKEN, "1700000000", "n", ciphertext)
    envelope = encrypted(ciphertext, signature, "1700000000", "n")
    assert oracle.decrypt_message(envelope, signature, "1700000000", "n") == XML


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 31, 32, 33, 10_000])
def test_we_decrypt_the_ciphertext_of_wechatpy(cipher, oracle, length):
    message = "字" * length
    envelope = oracle.encrypt_message(message, "n", "1700000000")
    ciphertext = envelope.split("<Encrypt><![CDATA[")[1].split("]]>")[0]
    assert cipher.decrypt(ciphertext) == message.encode()


def test_messages_are_decrypted_independently_of_each_other(cipher, oracle):
    texts = [XML, "", XML * 3]
    sealed = [cipher.encrypt(text.encode()) for text in texts]
    for text, ciphertext in zip(texts, sealed, strict=True):
        signature = sign(TOKEN, "1700000000", "n", ciphertext)
        envelope = encrypted(ciphertext, signature, "1700000000", "n")
        assert oracle.decrypt_message(envelope, signature, "1700000000", "n") == text
    assert cipher.decrypt(base64.b64encode(bytes(64)).decode()) == Undecryptable()
    assert [cipher.decrypt(ciphertext).decode() for ciphertext in sealed] == texts


def test_message_for_another_account_is_undecryptable(cipher):
    assert cipher.decrypt(MessageCipher("wx-other", AES_KEY).encrypt(b"hello")) == Undecryptable()


def test_message_under_another_key_is_undecryptable(cipher):
    assert cipher.decrypt(MessageCipher(APP_ID, AES_KEY[::-1]).encrypt(b"hello")) == Undecryptable()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64!",
        "汉字",
        "AAAA",
        base64.b64encode(bytes(16)).decode(),
        base64.b64encode(bytes(64)).decode(),
    ],
)
def test_garbage_is_undecryptable(cipher, text):
    assert cipher.decrypt(text) == Undecryptable()


def test_flipped_bit_in_the_last_block_is_undecryptable(cipher):
    sealed = base64.b64decode(cipher.encrypt(b"hello"))
    for bit in range(128):
        broken = bytearray(sealed)
        broken[-1 - bit // 8] ^= 1 << bit % 8
        assert cipher.decrypt(base64.b64encode(broken).decode()) == Undecryptable()


def test_length_beyond_the_message_is_undecryptable(cipher):
    class Lying(bytes):
        def __len__(self):
            return 4_000_000_000

    assert cipher.decrypt(cipher.encrypt(Lying(b"hello"))) == Undecryptable()


@pytest.mark.parametrize("key", ["", "short", "!" * 43, AES_KEY + "AAAA"])
def test_invalid_aes_key_is_refused(key):
    with pytest.raises(ValueError):  # noqa: PT011 - base64's words or ours
        MessageCipher(APP_ID, key)


def test_wechatpy_accepts_our_signature():
    check_signature(TOKEN, sign(TOKEN, "1700000000", "nonce"), "1700000000", "nonce")


def test_signature_is_valid_only_for_its_exact_parts():
    good = sign(TOKEN, "1", "2")
    assert is_authentic(good, TOKEN, "1", "2")
    assert not is_authentic(good, TOKEN, "1", "3")
    assert not is_authentic(good.upper(), TOKEN, "1", "2")
    assert not is_authentic("签名", TOKEN, "1", "2")
    assert not is_authentic("", TOKEN, "1", "2")


@pytest.mark.parametrize(
    ("timestamp", "fresh"),
    [
        ("1000", True),
        ("700", True),
        ("1300", True),
        ("699", False),
        ("1301", False),
        ("", False),
        ("-1000", False),
        ("1000.5", False),
        ("１０００", False),
        ("9" * 5000, False),
    ],
)
def test_only_whole_second_timestamps_within_five_minutes_are_fresh(timestamp, fresh):
    assert is_fresh(timestamp, 1000.0) is fresh
