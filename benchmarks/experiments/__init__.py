"""The benchmarks themselves: each makes or finds its corpus, runs detectors on it and returns records."""
