"""The guided live capture over its WebSocket."""
