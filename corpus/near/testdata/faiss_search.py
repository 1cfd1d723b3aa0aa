"""Searches hashes with faiss: python faiss_search.py HASHES ASKED BITS RADIUS.

The files hold hashes one after another, as bytes. Prints JSON: for each index of faiss
the median microseconds of a search on one thread, and how many hashes each search found.
"""
import json
import sys
import time

import faiss
import numpy as np

names, bits, radius = sys.argv[1:3], int(sys.argv[3]), int(sys.argv[4])
held, asked = (np.fromfile(n, dtype=np.uint8).reshape(-1, bits // 8) for n in names)
faiss.omp_set_num_threads(1)

tables = bits // 16
hashed = faiss.IndexBinaryMultiHash(bits, tables, 16)
hashed.nflip = radius // tables  # by which no hash within the radius is missed
indexes = {"flat": faiss.IndexBinaryFlat(bits), "multihash": hashed}

told = {}
for name, index in indexes.items():
    index.add(held)
    took, found = [], []
    for one in asked:
        began = time.perf_counter()
        limits, _, _ = index.range_search(one.reshape(1, -1), radius + 1)  # nearer than
        took.append(time.perf_counter() - began)
        found.append(int(limits[1]))
    told[name] = {"us": sorted(took)[len(took) // 2] * 1e6, "found": found}
json.dump(told, sys.stdout)
