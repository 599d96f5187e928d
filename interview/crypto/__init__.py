"""Sealing, signing, key slots. The only code that knows the primitives; nothing here touches a file."""
