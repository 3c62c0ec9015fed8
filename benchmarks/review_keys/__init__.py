"""Keys and clicks of 100 changes with 20 corrections, on the desk and in Label Studio, by scripted sessions of both."""
