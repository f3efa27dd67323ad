"""What the store holds of somebody: found in one list of places, told, and blanked for good."""
