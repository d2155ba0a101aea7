"""What every page of the service is made from: templates with their words, static files, QR codes."""
