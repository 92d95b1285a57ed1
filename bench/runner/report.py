"""Rows as JSON for scripts and as a table for people."""

import json

_COLUMNS = (
    ("system", "system", "{}"), ("store", "store", "{}"), ("body", "body_bytes", "{:,}"), ("jobs/s", "jobs_per_s", "{:,.1f}"),
    ("MB/s", "mb_per_s", "{:,.1f}"), ("CPU s/GB", "cpu_s_per_gb", "{:.2f}"), ("CPU us/job", "cpu_us_per_job", "{:,.0f}"),
    ("RSS MiB", "peak_rss_bytes", "{:.1f}"), ("cores used by client and others", "others_cpu_s", "{}"),
)


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


def table(rows):
    lines = [[title for title, _, _ in _COLUMNS]]
    lines += [[form.format(_shown(row, key)) for _, key, form in _COLUMNS] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(_COLUMNS))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def comparison(rows):
    """One line for each worker row on the sink: how far it is from the floor of the same run."""
    floors = {row["body_bytes"]: row for row in rows if row["system"] == "floor"}
    for row in rows:
        floor = floors.get(row["body_bytes"])
        if row["system"] == "worker" and row["store"] == "sink" and floor:
            yield (f"{row['body_bytes']:,} bytes: {row['mb_per_s'] / floor['mb_per_s']:.2f} of the floor's MB/s, "
                   f"{row['cpu_us_per_job'] / floor['cpu_us_per_job']:.2f} times its CPU")


def _shown(row, key):
    if key == "peak_rss_bytes":
        return row[key] / 2**20
    if key == "others_cpu_s":
        used = {row["system"]: row["cpu_s"], **row[key]}
        return " ".join(f"{name} {seconds / row['seconds']:.2f}" for name, seconds in used.items())
    return row[key]
