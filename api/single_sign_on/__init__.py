"""Single sign-on by OpenID Connect: finding the provider, asking it who is there, and finding that person."""
