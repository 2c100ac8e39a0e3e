"""The command line: `./bosett <room> <command> …`, one file per room.

A room's module has `registrer(kommandoer)`, where `kommandoer` is argparse's subparsers action, and gives each
command `set_defaults(kjor=function)`. The function takes the parsed arguments and returns the exit code: 0 all is
well, 1 the answer is no or faults were found, 2 wrong use. It lets `BosettFeil` through: `__main__` prints it.

A module named after its command (`grunn.py` for `bosett grunn`) is the only one loaded for that command, so a pure
command never waits for Django. A module that needs Django loads it inside the function that runs.
"""
