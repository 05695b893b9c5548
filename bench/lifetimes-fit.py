"""Fits BG/NBD with lifetimes to the columns x, tx, T (float64, one file each) in a folder; prints seconds, memory and log-likelihood."""

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
print(
    json.dumps(
        {
            "seconds": sorted(seconds)[len(seconds) // 2],
            "megabytes": (after - before) * 1024 / 1e6,
            "logLikelihood": float(-fitter._negative_log_likelihood_ * len(x))
            if hasattr(fitter, "_negative_log_likelihood_")
            else float(-BetaGeoFitter._negative_log_likelihood(
                numpy.log(fitter.params_.values), x, tx, age, numpy.ones_like(x), 0.0
            ) * len(x)),
        }
    )
)
