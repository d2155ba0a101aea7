"""The capture page's voice: which sentences are spoken, their sound files, and how the files are made."""
