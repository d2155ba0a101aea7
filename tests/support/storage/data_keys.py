"""An old and a new data key, for tests that exchange them."""

from storage.sealing.vault import Vault

KEY = Vault.new_setting()
NEW_KEY = Vault.new_setting().replace("k1:", "k2:")
