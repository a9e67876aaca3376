"""Files that hold texts in a format of their own, made with the standard library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of files by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def pdf_of(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF of pages by their lines, of which each has place for some sixty of ASCII letters."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    references = []
    for lines in pages:
        shown = " T* ".join("(" + line.replace("(", "\\(").replace(")", "\\)") + ") Tj" for line in lines)
        stream = f"BT /F1 9 Tf 12 TL 20 780 Td {shown} ET"
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R/Resources<</Font<</F1"
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        )
        references.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(references)}]/Count {len(references)}>>"
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{one}endobj\n".encode()
    size = len(objects) + 1
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()
