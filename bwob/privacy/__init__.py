"""What the portal keeps about people: labels, the read log, export, erasure and keeping terms."""
