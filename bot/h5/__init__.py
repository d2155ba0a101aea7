"""The phone-sized pages: capture, its legal texts, the receipt."""
