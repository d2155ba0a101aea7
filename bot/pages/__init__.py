"""Makes the service's pages: templates with their words, static files, QR codes."""
