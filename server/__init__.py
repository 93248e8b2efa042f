"""What is carried: bytes in, answers and events out."""
