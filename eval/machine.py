"""The machine a run was made on, as far as it can change a vector: processor features and numeric libraries."""

from __future__ import annotations

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

# What ONNX Runtime's MLAS and numpy choose their kernels by; int8 products differ between them (saturation on AVX2).
_X86 = {"sse4_1", "avx", "avx2", "fma", "f16c", "avx_vnni", "avx512f", "avx512bw", "avx512vl", "avx512_vnni"}
_X86_LATE = {"avx512_bf16", "amx_int8", "amx_bf16"}
_ARM = {"asimd", "asimddp", "asimdhp", "i8mm", "bf16", "sve"}
_KERNELS = frozenset(_X86 | _X86_LATE | _ARM)
_LIBRARIES = ("onnxruntime", "numpy", "onnx", "torch")  # the last two convert the default encoder


class Machine(BaseModel):
    """Everything that may change the bits of an answer without a change of ours."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    system: str
    architecture: str
    features: tuple[str, ...]
    libraries: dict[str, str]

    def differences(self, other: Machine) -> tuple[str, ...]:
        """What differs from another machine, in words; empty when both compute the same bits."""
        said = [
            f"{name} {theirs!r} -> {ours!r}"
            for name, ours, theirs in (
                ("architecture", self.architecture, other.architecture),
                *((name, self.libraries.get(name), other.libraries.get(name)) for name in _LIBRARIES),
            )
            if ours != theirs
        ]
        gained, lost = set(self.features) - set(other.features), set(other.features) - set(self.features)
        said += [f"processor without {', '.join(sorted(lost))}"] if lost else []
        said += [f"processor with {', '.join(sorted(gained))}"] if gained else []
        return tuple(said)


def this_machine() -> Machine:
    """The machine this process runs on."""
    return Machine(
        system=platform.system(),
        architecture=platform.machine(),
        features=tuple(sorted(_flags() & _KERNELS)),
        libraries={name: _version(name) for name in _LIBRARIES},
    )


def peak_memory() -> int:
    """The most memory this process held at once, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if platform.system() == "Darwin" else peak * 1024


def _flags() -> frozenset[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return frozenset(_sysctl().lower().replace(".", "_").split())
    found = next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return frozenset(found.partition(":")[2].split())


def _sysctl() -> str:
    if platform.system() != "Darwin":
        return platform.processor()
    asked = ["sysctl", "-n", "machdep.cpu.brand_string"]  # Apple's chips have no flags; the model stands for them
    try:
        brand = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=5).stdout
    except (OSError, subprocess.SubprocessError):
        return platform.processor()
    return f"asimd {brand}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
