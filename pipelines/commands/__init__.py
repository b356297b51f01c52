"""The commands: arguments, one library call, printing."""
