"""Sealing: only the right keys, in the right place, read a field."""

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
def test_what_is_sealed_opens_again_whichever_cipher_seals_today(reader, writer, text):
    assert reader.open(writer.seal(text, "t.c"), "t.c") == text


def test_a_field_says_which_cipher_sealed_it():
    assert [vault.seal("x", "t.c")[:1] for vault in (VAULT, SM4)] == [b"\x01", b"\x02"]
    relabelled = VAULT.seal("x", "t.c")
    with pytest.raises(BrokenSeal):
        VAULT.open(b"\x02" + relabelled[1:], "t.c")


def test_sm4_gcm_is_as_its_published_example():
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


def test_a_field_of_another_column_does_not_open():
    with pytest.raises(BrokenSeal):
        VAULT.open(VAULT.seal("x", "t.c"), "t.d")


@pytest.mark.parametrize("vault", [VAULT, SM4], ids=list(Cipher))
@given(data=st.data())
def test_any_changed_byte_shows(vault, data):
    sealed = bytearray(vault.seal("110105", "t.c"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises((BrokenSeal, BadKeys)):
        VAULT.open(bytes(sealed), "t.c")


@given(st.binary(max_size=40) | st.binary(max_size=40).map(lambda rest: b"\x02\x01a" + rest))
def test_no_rubbish_opens(rubbish):
    with pytest.raises((BrokenSeal, BadKeys)):
        VAULT.open_bytes(rubbish, "t.c")


def test_the_first_key_writes_and_every_key_reads():
    both = Vault.from_setting(f"b:{OTHER}, a:{KEY}")
    assert both.open(VAULT.seal("old", "t.c"), "t.c") == "old"
    with pytest.raises(BadKeys):
        VAULT.open(both.seal("new", "t.c"), "t.c")


def test_a_fresh_setting_is_a_good_one_and_never_the_same():
    one, two = Vault.new_setting(), Vault.new_setting()
    assert one != two
    assert Vault.from_setting(one).seal("x", "t.c")


def test_blind_hashes_find_equal_values_under_one_key_and_place():
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


def test_blinds_are_of_every_key_the_writing_one_first():
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
def test_a_malformed_setting_is_refused_without_showing_a_key(setting):
    with pytest.raises(BadKeys) as caught:
        Vault.from_setting(setting)
    assert KEY[:8] not in str(caught.value)


def test_no_key_shows_in_a_vault_that_is_printed():
    assert KEY[:8] not in repr(VAULT)
    assert repr(bytes(range(8)))[2:-1] not in repr(VAULT)
