"""The rows of the table in safety.md, "What goes wrong in a naive builder", and what follows them.

Three rows are not about hostile input and are tested elsewhere: killing and full disks, two builds
at once, and times of files (tests/build).
"""

PATHS = "file:, ../, symlinks in images, links with rel=attachment"
NETWORK = "network addresses in HTML, CSS, SVG"
PICTURES = "missing, corrupt, truncated image"
CODE = "template code in content or facts"
STYLE = "brand value in CSS"
YAML = "YAML aliases, merge keys, tags, 100,000 levels"
MARKDOWN = "brackets, quotes, lists in Markdown"
SVG = "SVG: entities, scripts, outside references, nested use"
BOMBS = "20 KB PNG of 13,000² pixels; FIFO; /dev/zero"
LAYOUT = "layout: nesting, combining marks, what takes minutes"
NUMBERS = "3*4*5 mg"
LISTS = "a list that starts at 8"
HIDDEN = "unclosed tag, BOM, direction override, zero-width, ESC"
TABLES = "wide table"
NAMES = "slug ../../x, CON, newline, two names that differ by case"
WORKERS = "worker crash, hang, out of memory"
REFERENCES = "references.json: depth, size, odd types"
FORMATS = "build.yml with insane formats"
OUTPUT = "output folder tricks"

ROWS = (
    PATHS, NETWORK, PICTURES, CODE, STYLE, YAML, MARKDOWN, SVG, BOMBS, LAYOUT, NUMBERS, LISTS,
    HIDDEN, TABLES, NAMES, WORKERS, REFERENCES, FORMATS, OUTPUT,
)  # fmt: skip
