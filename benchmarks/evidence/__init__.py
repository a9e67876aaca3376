"""Whether what the detector states holds on real collections: parts of one command, each with figures and targets.

Every part scans as a user does and reads the stored run, by the documented tables and columns alone, so that the
detector of another environment can be measured as well.
"""
