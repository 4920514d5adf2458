"""What the clock does with PITCH, without anybody asking."""
