"""The project package and the kernel: what every programme line rests on."""
