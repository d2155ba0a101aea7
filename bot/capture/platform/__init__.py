"""Captures by the platform's own face verification (微信人脸核身), the second provider next to our check."""
