"""Fits BG/NBD with lifetimes to the columns x, tx, T (float64, one file each) in a folder; prints seconds, memory and parameters."""

import json
import pathlib
import resource
import sys
import time

import numpy
from lifetimes import BetaGeoFitter

folder = pathlib.Path(sys.argv[1])
x, tx, age = (numpy.fromfile(folder / name) for name in ("x", "tx", "T"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
seconds = []
for _ in range(1 if len(x) > 200_000 else 3):
    since = time.perf_counter()
    fitter = BetaGeoFitter(penalizer_coef=0.0).fit(x, tx, age)
    seconds.append(time.perf_counter() - since)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
r, alpha, a, b = (float(fitter.params_[name]) for name in ("r", "alpha", "a", "b"))
print(
    json.dumps(
        {
            "seconds": min(seconds),
            "megabytes": (after - before) * 1024 / 1e6,
            "r": r,
            "alpha": alpha,
            "a": a,
            "b": b,
        }
    )
)
