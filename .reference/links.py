#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Exits with 1, and names them, if links of the rendered pages lead nowhere. links.py HTML

Places on a page are looked for where a document leads to them: Doxygen's own lists name places of
friends that it does not write.
"""
import html
import pathlib
import re
import sys
import urllib.parse

pages = {path.name: path.read_text(errors="replace")
         for path in sorted(pathlib.Path(sys.argv[1]).glob("*.html"))}
names = {page: set(re.findall(r'\b(?:id|name)="([^"]+)"', text)) for page, text in pages.items()}
wrong = set()
for page, text in pages.items():
    ours = page == "index.html" or page.startswith("page_")
    for link in re.findall(r'\bhref="([^"]+)"', text):
        address, _, name = urllib.parse.unquote(html.unescape(link)).partition("#")
        if re.match(r"(https?|javascript):", address):
            continue
        exists = not address or (pathlib.Path(sys.argv[1]) / address).exists()
        if not exists or (ours and name and (address or page) in names and name not in names[address or page]):
            wrong.add(f"{page}: a link leads nowhere: {link}")
print("\n".join(sorted(wrong)) or f"{len(pages)} pages, all links lead somewhere")
sys.exit(1 if wrong else 0)
