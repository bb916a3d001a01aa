"""The rules of inspection, pure: frozen structs and functions without I/O, clock or chance."""
