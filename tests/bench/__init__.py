"""The speed benchmark (`make bench`): each figure beside a bare one of the same run on the same machine."""
