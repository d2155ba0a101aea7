"""The platform's protocol: messages in and out, signatures, the API."""
