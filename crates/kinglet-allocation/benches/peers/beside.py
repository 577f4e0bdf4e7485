#!/usr/bin/env python3
"""Other portfolio software and kinglet on one panel, in one run, on the same two cores.

    beside.py PEERS BENCH [--reps 5] [--budget 40] [--cap 120] > table.md
    beside.py PEERS BENCH --recorded > table.md

PEERS is the folder of the scripts that time the others (gen.py, common.py, peerbench.py, w1_cvar.py
and so on); BENCH the program that `cargo bench -p kinglet-allocation --bench peers --no-run` names.
Needs numpy, pyarrow and what is to be timed: PyPortfolioOpt, riskfolio-lib, skfolio, cvxpy, highspy.
Each row is run next to the row of kinglet it stands beside, so that what else the machine does falls
on both. With --recorded nobody else is run: kinglet's objectives stand beside those of results.json in
PEERS, which are of the same panel; the exit status is 1 where one is worse by more than a millionth, unless
the other breaks a constraint by more than 1e-8. Memory is the largest resident set of the process, less what it held once inputs were read; of
kinglet that of the first run. Load is that of the machine before a row.
"""
import argparse, json, os, pathlib, re, subprocess, sys, tempfile

# A work of kinglet, the script of the others, and their cases.
ROWS = [
    ("W1-min 500x2520", "w1_cvar", r"W1-min\|500x2520\|(pypfopt|skfolio|riskfolio|highspy-dualLP-simplex)$"),
    ("W1-min 2000x2520", "w1_cvar", r"W1-min\|2000x2520\|highspy-dualLP-simplex$"),
    ("W1-min 2000x5040", "w1_cvar", r"W1-min\|2000x5040\|highspy-dualLP-simplex$"),
    ("W1-target 500", "w1_cvar", r"W1-target\|500x2520\|(skfolio|highspy-simplex)$"),
    ("W1-target 2000", "w1_cvar", r"W1-target\|2000x2520\|highspy-simplex$"),
    ("W1-frontier 500", "w1_cvar", r"W1-frontier30\|500x2520\|highspy-simplex-warm$"),
    ("W2-cov 500", "w2_meanvar", r"W2-cov\|500\|"),
    ("W2-cov 2000", "w2_meanvar", r"W2-cov\|2000\|"),
    ("W2-cov 3000", "w2_meanvar", r"W2-cov\|3000\|"),
    ("W2-sharpe 500", "w2_meanvar", r"W2-maxsharpe\|500\|(pypfopt|skfolio|riskfolio|clarabel-cvxpy)$"),
    ("W2-sharpe 2000", "w2_meanvar", r"W2-maxsharpe\|2000\|(skfolio|clarabel-cvxpy)$"),
    ("W2-sharpe 3000", "w2_meanvar", r"W2-maxsharpe\|3000\|pypfopt$"),
    ("W2-frontier 500", "w2_meanvar", r"W2-frontier50\|500\|pypfopt$"),
    ("W3-parity 500", "w3_rp", r"W3-riskparity\|500x2520\|(skfolio|riskfolio|numba-ccd)$"),
    ("W3-parity 2000", "w3_rp", r"W3-riskparity\|2000x2520\|(skfolio|riskfolio|numba-ccd)$"),
    ("W3-hrp 500", "w3_rp", r"W3-HRP\|500x2520\|"),
    ("W3-hrp 2000", "w3_rp", r"W3-HRP\|2000x2520\|pypfopt$"),
    ("W4-sharpe", "w4_walkforward", r"W4-maxsharpe\|300opt\|(clarabel-loop|skfolio-1job)$"),
    ("W4-tail", "w4_walkforward", r"W4-mincvar\|300opt\|highspy-dualLP-loop$"),
]
# Where objectives can be compared: works by the names of results.json, and whether more is better; of
# covariances both are the same number.
RECORDED = {
    ("W1-min", "50x2520"): ("W1-min 50x2520", -1), ("W1-min", "500x2520"): ("W1-min 500x2520", -1),
    ("W1-min", "2000x2520"): ("W1-min 2000x2520", -1), ("W1-min", "2000x5040"): ("W1-min 2000x5040", -1),
    ("W1-target", "50x2520"): ("W1-target 50", -1), ("W1-target", "500x2520"): ("W1-target 500", -1),
    ("W1-target", "2000x2520"): ("W1-target 2000", -1),
    ("W1-frontier30", "500x2520"): ("W1-frontier 500", -1),
    ("W2-cov", "500"): ("W2-cov 500", 0), ("W2-cov", "2000"): ("W2-cov 2000", 0),
    ("W2-cov", "3000"): ("W2-cov 3000", 0),
    ("W2-maxsharpe", "500"): ("W2-sharpe 500", 1), ("W2-maxsharpe", "2000"): ("W2-sharpe 2000", 1),
    ("W2-frontier50", "500"): ("W2-frontier 500", -1),
    # The largest relative error of a contribution, which a millionth is to bound, not its digits.
    ("W3-riskparity", "500x2520"): ("W3-parity 500", -1),
    ("W3-riskparity", "2000x2520"): ("W3-parity 2000", -1),
}
CORES = sorted(os.sched_getaffinity(0))[:2]


def panel(peers, folder):
    """The panel of gen.py, as its readers and as the bench read it."""
    import numpy as np, pyarrow as pa, pyarrow.parquet as pq
    sys.path.insert(0, str(peers))
    from gen import factor_returns
    returns, sector = factor_returns(np.random.default_rng(20240611), 7560, 5000)
    returns, sector = np.ascontiguousarray(returns[:, :3000].T), sector[:3000]
    returns.astype("<f8").tofile(folder / "returns.f64")
    sector.astype("<i4").tofile(folder / "sector.i32")
    names = [f"A{i:04d}" for i in range(3000)]
    days = np.busday_offset("1995-01-02", np.arange(7560), roll="forward").astype("datetime64[D]")
    columns = [pa.array(days)] + [pa.array(column) for column in returns]
    pq.write_table(pa.table(columns, names=["date"] + names), folder / "returns.parquet")
    groups = pa.table({"ticker": names, "sector": pa.array(sector.astype(np.int32))})
    pq.write_table(groups, folder / "meta.parquet")


def own(bench, folder, work):
    """Median seconds and objective of kinglet."""
    load = os.getloadavg()[0]
    threads = dict(os.environ, RAYON_NUM_THREADS=str(len(CORES)))
    pinned = lambda: os.sched_setaffinity(0, CORES)
    done = subprocess.run([bench, str(folder), work], env=threads, preexec_fn=pinned,
                          capture_output=True, text=True, check=True)
    wanted = re.compile(re.escape(work) + "[x ]")
    cells = next(line for line in done.stdout.splitlines() if wanted.match(line)).split()
    return dict(peer="kinglet", median_s=float(cells[-5]), objective=float(cells[-3]),
                violation=float(cells[-2]), memory=float(cells[-1]), load_before=load)


def others(peers, folder, asked, row):
    out = folder / "others.jsonl"
    out.unlink(missing_ok=True)
    command = [sys.executable, str(peers / f"{row[1]}.py"), "--data", str(folder), "--out", str(out),
               "--only", row[2], "--cores", ",".join(map(str, CORES)), "--reps", str(asked.reps),
               "--budget", str(asked.budget), "--cap", str(asked.cap)]
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=peers, check=False)
    lines = out.read_text().splitlines() if out.exists() else []
    return [json.loads(line) for line in lines]


def told(work, record):
    seconds = record.get("median_s")
    time = f"{seconds:.4g}" if seconds else re.sub(r"[|].*", "", record.get("status", ""))
    memory = record.get("memory") or record.get("rss_peak_mb", 0) - record.get("rss_base_mb", 0)
    value = f"{record['objective']:.10g}" if "objective" in record else ""
    missed = f"{record['violation']:.0e}" if "violation" in record else ""
    return f"| {work} | {record['peer']} | {time} | {value} | {missed} | {memory:.0f} | {record['load_before']:.0f} |"


def beside_recorded(peers, bench, folder):
    """Whether no objective is worse than a recorded one."""
    print("| work | by | theirs | missed by | kinglet | better by |\n" + "| --- " * 6 + "|")
    fine, found = True, {}
    for record in json.loads((peers / "results.json").read_text())["results"]:
        work, sign = RECORDED.get((record["workload"], record["size"]), (None, 0))
        if work is None or record.get("objective") is None:
            continue
        if work not in found:
            found[work] = own(bench, folder, work)["objective"]
        theirs, ours = record["objective"], found[work]
        scale = 1 if work.startswith("W3") else abs(theirs)
        better = sign * (ours - theirs) / scale if sign else -abs(ours - theirs) / scale
        worse = better < -1e-6 and record["violation"] <= 1e-8
        fine = fine and not worse
        print(f"| {work} | {record['peer']} | {theirs:.12g} | {record['violation']:.0e} | {ours:.12g} "
              f"| {better:.0e}{' WORSE' if worse else ''} |", flush=True)
    return fine


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peers", type=pathlib.Path)
    parser.add_argument("bench")
    parser.add_argument("--reps", type=int, default=5)
    parser.add_argument("--budget", type=float, default=40)
    parser.add_argument("--cap", type=float, default=180)
    parser.add_argument("--recorded", action="store_true")
    asked = parser.parse_args()
    if asked.recorded:
        with tempfile.TemporaryDirectory() as folder:
            panel(asked.peers.resolve(), pathlib.Path(folder))
            sys.exit(not beside_recorded(asked.peers.resolve(), asked.bench, pathlib.Path(folder)))
    print("| work | by | seconds | objective | missed by | MB | load |\n" + "| --- " * 7 + "|")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        panel(asked.peers.resolve(), folder)
        for row in ROWS:
            records = [own(asked.bench, folder, row[0])]
            for record in records + others(asked.peers.resolve(), folder, asked, row):
                print(told(row[0], record), flush=True)


if __name__ == "__main__":
    main()
