"""The phone-sized pages: capture, its documents, the receipt."""
