"""What is heard and what is said: typed events, typed replies, and every Chinese sentence."""
