"""How fast the bounds of a study are drawn, beside arch, on one machine in one run, in turns.

    pip install arch numpy
    python3 crates/kinglet-bench/benches/study_peers.py [PROGRAM]

PROGRAM is the benchmark `study` if it is built already; else cargo builds it.

The same made-up returns go to both: 100 years of months for a market, and for 3,000 tickers; 10,000
histories by the stationary bootstrap in blocks of 12 months on average, percentile bounds at 95% of
the mean returns and the shares of gains over the 6 and 12 months after months of 10% and more. arch
takes long: ten of the tickers are timed and counted for all of them. What both
find is printed, too: the width of the bounds of the mean over 12 months differs by its Monte-Carlo
error of about 1%.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

import arch
import numpy as np
from arch.bootstrap import StationaryBootstrap

MONTHS, TICKERS, SOME, HISTORIES, BLOCK, ROUNDS = 1_200, 3_000, 10, 10_000, 12, 3
UNITS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}


def returns():
    """Months of a market and of tickers that follow it: fat tails, volatility in clusters."""
    rng = np.random.default_rng(1)
    log_size = np.zeros(MONTHS)
    for month in range(1, MONTHS):
        log_size[month] = 0.9 * log_size[month - 1] + 0.15 * rng.standard_normal()
    market = 0.007 + 0.045 * np.exp(log_size) * rng.standard_t(5, MONTHS) / np.sqrt(5 / 3)
    own = 0.06 * rng.standard_t(4, (TICKERS, MONTHS)) / np.sqrt(2)
    return np.clip(market, -0.5, 0.6), np.clip(market + own, -0.5, 0.6)


def table(series):
    """For each month whether it is an event; there, what followed and whether it is a gain."""
    level = np.concatenate([[0.0], np.cumsum(np.log1p(series))])
    last = MONTHS - BLOCK
    later = [np.expm1(level[1 + n : last + 1 + n] - level[1 : last + 1]) for n in (6, 12)]
    event = series[:last] >= 0.1
    rows = np.zeros((MONTHS, 5))
    columns = [np.ones(last), *later, *(after > 0 for after in later)]
    rows[:last] = np.column_stack([event * column for column in columns])
    return rows


def means(rows):
    total = rows.sum(0)
    return total[1:] / max(total[0], 1)


def by_arch(series):
    """Seconds for all series, and the width of the bounds of the second mean of the first."""
    width, start = None, time.perf_counter()
    for one in series:
        bootstrap = StationaryBootstrap(BLOCK, table(one), seed=1)
        low, high = bootstrap.conf_int(means, reps=HISTORIES, method="percentile")
        width = width if width is not None else float(high[1] - low[1])
    return time.perf_counter() - start, width


def program():
    """The benchmark, as given or built."""
    if len(sys.argv) > 1:
        return sys.argv[1]
    cargo = ["cargo", "bench", "--bench", "study", "--no-run", "--message-format", "json"]
    lines = subprocess.run(cargo, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    found = [json.loads(line).get("executable") for line in lines if line.startswith("{")]
    return [path for path in found if path][-1]


def by_kinglet(path, case, data):
    """The median of divan's samples in seconds, and the same width."""
    ran = subprocess.run([path, "--bench", case], env={**os.environ, "KINGLET_MONTHS": data},
                         check=True, stdout=subprocess.PIPE, text=True).stdout
    line = next(line for line in ran.splitlines() if re.search(rf"\b{case}\b.*│", line))
    value, unit = line.split("│")[2].split()
    return float(value) * UNITS[unit], float(re.search(r"width ([0-9.]+)", ran)[1])


def main():
    path = program()
    market, tickers = returns()
    cases = [("one", market[None], 1), ("all", tickers, SOME)]
    with tempfile.TemporaryDirectory() as folder:
        for case, series, part in cases:
            data = os.path.join(folder, case)
            series.astype("<f8").tofile(data)
            ours, theirs, widths = [], [], None
            for _ in range(ROUNDS):
                seconds, own = by_kinglet(path, case, data)
                other, width = by_arch(series[:part])
                ours.append(seconds)
                theirs.append(other * len(series) / part)
                widths = (own, width)
            kinglet, peer = statistics.median(ours), statistics.median(theirs)
            print(json.dumps({
                "case": case,
                "series": len(series),
                "histories": HISTORIES,
                "cores": os.cpu_count(),
                "kinglet_s": round(kinglet, 4),
                "arch_s": round(peer, 3),
                "arch": arch.__version__,
                "ratio": round(peer / kinglet, 1),
                "width": widths[0],
                "arch_width": round(widths[1], 5),
            }))


if __name__ == "__main__":
    main()
