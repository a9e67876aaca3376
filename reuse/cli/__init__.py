"""The command `textreuse`: one module a command, each a thin call into the engine."""
