"""The central group's side: its keys and surveys, collecting batches, the tables made of them."""
