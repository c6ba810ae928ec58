# libtorch, which the feature `rust-bert` is linked with, out of the Python package that carries it. Sourced by
# tests/rust-bert.

# The release that the crate `tch` names. Its package is built for CUDA and has no smaller brother there, so that
# two small libraries of CUDA come along; the large ones do not.
torch_version=2.4.0
cuda_version=12.1.105

# Takes the one that LIBTORCH names, or makes one below this run's own directory.
have_libtorch() {
  if [[ ! ${LIBTORCH:-} ]]; then
    fetch_libtorch || return
  fi
  local file
  for file in "$LIBTORCH/lib/libtorch_cpu.so" "$LIBTORCH/lib/libtorch.so" "$LIBTORCH/include/torch"; do
    if [[ ! -e $file ]]; then
      printf 'LIBTORCH is %s, and there is no %s: it must be the folder of libtorch %s\n' \
        "$LIBTORCH" "$file" "$torch_version" >&2
      return 1
    fi
  done
  export LD_LIBRARY_PATH="$LIBTORCH/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  printf 'libtorch in %s: %s MB of libraries\n' "$LIBTORCH" \
    "$(du --apparent-size --dereference --block-size 1M --summarize "$LIBTORCH/lib" | cut -f 1)"
}

fetch_libtorch() {
  local folder=$scratch/libtorch
  if [[ $(uname -sm) != 'Linux x86_64' ]]; then
    printf 'libtorch %s is fetched for Linux on x86_64 alone: name yours by LIBTORCH\n' "$torch_version" >&2
    return 1
  fi
  python3 -m venv "$folder/python" || return
  "$folder/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --platform manylinux1_x86_64 --implementation cp --python-version 3.11 --abi cp311 --dest "$folder" \
    "torch==$torch_version" "nvidia-cuda-cupti-cu12==$cuda_version" "nvidia-cuda-runtime-cu12==$cuda_version" || return
  unpack_libtorch "$folder" || return
  rm -f "$folder"/*.whl
  # The package's own libtorch.so wants all of CUDA: an empty one that wants what is here takes its place.
  printf '' | gcc -shared -x c - -o "$folder/lib/libtorch.so" -L "$folder/lib" \
    -Wl,--no-as-needed -l:libtorch_cpu.so || return
  export LIBTORCH="$folder" LIBTORCH_CXX11_ABI=0
}

# What compiling and running on the processor alone needs.
unpack_libtorch() {
  python3 - "$1" <<'PYTHON'
import pathlib
import re
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])
wanted = re.compile(
    r"torch/(include/.*|lib/(libtorch_cpu\.so|libc10\.so|libgomp-[^/]*))"
    r"|nvidia/cuda_(cupti|runtime)/(lib/(libcupti|libcudart)\.so\.12)"
)
for wheel in folder.glob("*.whl"):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            found = wanted.fullmatch(name)
            if found and not name.endswith("/"):
                path = folder / (found[1] or found[4])
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as content, open(path, "wb") as file:
                    while piece := content.read(1 << 20):
                        file.write(piece)
PYTHON
}
