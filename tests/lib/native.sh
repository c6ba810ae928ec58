# The native library that runs models, out of the Python package that carries it. Sourced by tests/run.

onnxruntime_version=1.31.1

# Nothing of the package is installed: its library is unpacked below this run's own directory.
fetch_onnxruntime() {
  local folder=$scratch/onnxruntime library
  python3 -m venv "$folder/python" || return
  "$folder/python/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --dest "$folder" "onnxruntime==$onnxruntime_version" || return
  python3 -m zipfile -e "$folder"/onnxruntime-*.whl "$folder/wheel" || return
  library=$(find "$folder/wheel" -name 'libonnxruntime.so.*' | head -n 1)
  if [[ -z $library ]]; then
    printf 'onnxruntime %s has no libonnxruntime.so for this machine\n' "$onnxruntime_version" >&2
    return 1
  fi
  export COUNTERSIGN_TEST_ONNXRUNTIME="$library"
  printf 'ONNX Runtime %s\n' "$onnxruntime_version"
}
