"""HTTP: parsing, policy, validation, views. Knows compute/ by its contract, never db/ or virt/."""
