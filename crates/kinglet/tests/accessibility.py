"""What axe-core finds wrong with a page, in headless Chromium, in both themes and two widths.

    npm install axe-core
    python3 crates/kinglet/tests/accessibility.py case.html node_modules/axe-core/axe.min.js

Ends with 1 where it finds anything. The page's policy is taken out, since it lets no checker run.
"""

import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RUN = """axe.run({resultTypes: ['violations']}).then(found => {
  document.body.textContent = 'FOUND' + JSON.stringify(found.violations.map(
    v => [v.id, v.impact, v.nodes.length, v.nodes[0].html])) + 'END';
})"""


def found(page, axe, theme, width):
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    text = text.replace("</body>", f"<script>{axe}</script><script>{RUN}</script></body>")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.html")
        path.write_text(text)
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                   "--virtual-time-budget=20000", f"--user-data-dir={folder}/user",
                   f"--window-size={width},2000",
                   f"--blink-settings=preferredColorScheme={theme}", f"file://{path}"]
        out = subprocess.run(command, capture_output=True, text=True).stdout
    return json.loads(html.unescape(re.search(r"FOUND(.*)END", out, re.S).group(1)))


page, axe = (pathlib.Path(name).read_text() for name in sys.argv[1:3])
faults = 0
for theme, name in [(1, "light"), (0, "dark")]:
    for width in [1280, 390]:
        for fault in found(page, axe, theme, width):
            faults += 1
            print(name, width, *fault)
print(f"{faults} findings")
sys.exit(min(faults, 1))
