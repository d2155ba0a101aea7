"""A fake WeChat platform, with the chat page of a fake phone: the demo's and the tests' other side.

It talks to the service over real HTTP only, encrypted and signed.
"""
