"""What somebody independent must look at: emergencies, unexplained looks, arrivals about a sealed case."""
