"""Makes one photo of a person move, and puts faces onto others, as free phone applications do."""
