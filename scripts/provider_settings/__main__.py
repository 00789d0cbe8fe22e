"""Write the generated models of providers' settings.

python -m scripts.provider_settings
"""

from __future__ import annotations

from pathlib import Path

from .generate import module_source, read_schemas

GENERATED = Path(__file__).parents[2] / "src/postengine/postiz/providers/generated.py"

if __name__ == "__main__":
    GENERATED.write_text(module_source(read_schemas()), encoding="utf-8")
