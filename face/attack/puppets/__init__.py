"""Makes one photo of a person move, and puts faces onto others: what phone applications do for free."""
