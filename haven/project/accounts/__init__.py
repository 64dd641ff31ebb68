"""How accounts differ from the sign-in package's own, and what of them needs parts above the engine's accounts."""
