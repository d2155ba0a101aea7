"""A fake WeChat platform with the chat page of a fake phone, for the demo and the tests.

It talks to the service over real HTTP only, encrypted and signed.
"""
