"""How it travels: signed envelopes, surveys, cards, batches, receipts. Bytes to values and back."""
