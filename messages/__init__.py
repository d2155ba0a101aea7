"""What is heard and what is said: typed events, typed replies, and every sentence, in Chinese and English."""
