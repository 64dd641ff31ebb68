"""Settings, from the environment only. `demonstration` is what script/haven and script/server use."""
