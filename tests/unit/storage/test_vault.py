"""Sealing: a field opens only with the right key and for its own column."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import BadKeys, BrokenSeal
from storage.sealing.ciphers import Cipher, Sm4Gcm
from storage.sealing.vault import Vault

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(32)).decode()
VAULT = Vault.from_setting(f"a:{KEY}")


SM4 = VAULT.sealing_with(Cipher.SM4_GCM)


@pytest.mark.parametrize("writer", [VAULT, SM4], ids=list(Cipher))
@pytest.mark.parametrize("reader", [VAULT, SM4], ids=list(Cipher))
@given(text=st.text())
def test_sealed_text_opens_whichever_cipher_is_configured(reader, writer, text):
    assert reader.open(writer.seal(text, "t.c"), "t.c") == text


def test_sealed_field_names_its_cipher():
    assert [vault.seal("x", "t.c")[:1] for vault in (VAULT, SM4)] == [b"\x01", b"\x02"]
    relabelled = VAULT.seal("x", "t.c")
    with pytest.raises(BrokenSeal):
        VAULT.open(b"\x02" + relabelled[1:], "t.c")


def test_sm4_gcm_matches_its_published_example():
    """RFC 8998, appendix A.1."""
    plain = b"".join(bytes([byte]) * 8 for byte in bytes.fromhex("AABBCCDDEEFFEEAA"))
    sealed = Sm4Gcm(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")).encrypt(
        bytes.fromhex("00001234567800000000ABCD"),
        plain,
        bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"),
    )
    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )


def test_equal_texts_are_sealed_differently():
    assert VAULT.seal("同名", "t.c") != VAULT.seal("同名", "t.c")


def test_field_sealed_for_another_column_does_not_open():
    with pytest.raises(BrokenSeal):
        VAULT.open(VAULT.seal("x", "t.c"), "t.d")


@pytest.mark.parametrize("vault", [VAULT, SM4], ids=list(Cipher))
@given(data=st.data())
def test_any_changed_byte_is_detected(vault, data):
    sealed = bytearray(vault.seal("110105", "t.c"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((BrokenSeal, BadKeys)):
        VAULT.open(bytes(sealed), "t.c")


@given(st.binary(max_size=40) | st.binary(max_size=40).map(lambda rest: b"\x02\x01a" + rest))
def test_random_bytes_do_not_open(content):
    with pytest.raises((BrokenSeal, BadKeys)):
        VAULT.open_bytes(content, "t.c")


def test_first_key_seals_and_every_key_opens():
    both = Vault.from_setting(f"b:{OTHER}, a:{KEY}")
    assert both.open(VAULT.seal("old", "t.c"), "t.c") == "old"
    with pytest.raises(BadKeys):
        VAULT.open(both.seal("new", "t.c"), "t.c")


def test_new_setting_is_valid_and_unique():
    one, two = Vault.new_setting(), Vault.new_setting()
    assert one != two
    assert Vault.from_setting(one).seal("x", "t.c")


def test_blind_hash_depends_on_value_key_and_column():
    other = Vault.from_setting(f"a:{OTHER}")
    assert VAULT.blind("1", "t.c") == VAULT.blind("1", "t.c")
    assert (
        len(
            {
                VAULT.blind("1", "t.c"),
                VAULT.blind("1", "t.d"),
                VAULT.blind("2", "t.c"),
                other.blind("1", "t.c"),
            }
        )
        == 4
    )


def test_blind_hashes_start_with_the_sealing_key():
    both = Vault.from_setting(f"b:{OTHER},a:{KEY}")
    assert both.blinds("1", "t.c") == [both.blind("1", "t.c"), VAULT.blind("1", "t.c")]


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "a",
        f":{KEY}",
        f"a:{KEY[:-4]}",
        f"a:{KEY},",
        f"a:{KEY},a:{OTHER}",
        "a:秘密",
        f"a b:{KEY}",
        f"a:{KEY}==",
    ],
)
def test_malformed_setting_is_refused_without_revealing_a_key(setting):
    with pytest.raises(BadKeys) as caught:
        Vault.from_setting(setting)
    assert KEY[:8] not in str(caught.value)


def test_repr_of_vault_reveals_no_key():
    assert KEY[:8] not in repr(VAULT)
    assert repr(bytes(range(8)))[2:-1] not in repr(VAULT)
