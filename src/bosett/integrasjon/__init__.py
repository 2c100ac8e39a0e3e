"""Ports to the outside: contracts of our own, the messages that came, and simulators of the other side."""
