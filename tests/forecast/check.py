"""Compares forecasts of planted series with those of statsforecast."""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from statsforecast.models import AutoETS, SeasonalNaive, SeasonalWindowAverage

DAYS = 28
WEEK = 7

folder = Path(sys.argv[1])


def rows(name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


history = defaultdict(list)
for row in rows("history.csv"):
    history[row["series"]].append(float(row["value"]))
ours = defaultdict(list)
actual = defaultdict(list)
for row in rows("ahead.csv"):
    ours[row["series"], row["method"]].append(float(row["value"]))
    actual[row["series"], row["method"]].append(float(row["actual"]))
assert len(history) == 72 and len(ours) == 216, (len(history), len(ours))


def theirs(model, series):
    return model.forecast(y=np.array(history[series]), h=DAYS)["mean"]


for series in history:
    for method, model in {
        "SEASONAL_NAIVE": SeasonalNaive(season_length=WEEK),
        "FLAT": SeasonalWindowAverage(season_length=WEEK, window_size=2),
    }.items():
        np.testing.assert_allclose(ours[series, method], theirs(model, series), rtol=1e-9, err_msg=f"{series} {method}")

errors = defaultdict(float)
came = 0.0
for series, values in history.items():
    mean = np.mean(values)
    sums = {
        "ours": sum(ours[series, "HOLT_WINTERS"]),
        "theirs": float(sum(theirs(AutoETS(season_length=WEEK, model="AAA", damped=True, phi=0.92), series))),
    }
    total = sum(actual[series, "HOLT_WINTERS"])
    came += total / mean
    for who, value in sums.items():
        errors[who] += abs(value - total) / mean
    errors["apart"] += abs(sums["ours"] - sums["theirs"]) / mean
ratios = {who: error / came for who, error in errors.items()}
print("Seasonal naive and flat: equal. Holt-Winters, error of 28 days: " + ", ".join(f"{w} {100 * r:.2f} %" for w, r in ratios.items()))
assert ratios["ours"] <= 1.1 * ratios["theirs"], "errors of Holt-Winters are more than a tenth larger than those of statsforecast"
assert ratios["apart"] < 0.05, "forecasts of Holt-Winters are more than 5 % apart"
