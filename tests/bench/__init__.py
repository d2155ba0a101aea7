"""What the service costs beside the bare tools it stands on: `make bench`."""
