"""People's accounts: passwords, codes, invitations and resets by mailed links, lock-outs, sessions."""
