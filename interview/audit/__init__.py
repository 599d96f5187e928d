"""Attacks a station's files with every key, to find what ties an answer to a person (P3).

Shares no code with what it attacks: files, pages, b-trees, frames and batches are read by its own code. The one thing
it borrows is `store.keyring`, to get at the raw keys as a thief with the passphrase would. It changes nothing.
"""
