"""WeChat template messages: their fields, the yearly reminder and the result."""
