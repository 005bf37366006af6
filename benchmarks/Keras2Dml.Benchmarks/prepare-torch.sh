#!/usr/bin/env bash
# The native wrapper of TorchSharp 0.107.0 asks for GLIBCXX_3.4.32, which Debian 12 lacks. For measuring only: the copy in
# the output folder gets a weak version need instead, and a stub supplies the one missing symbol.
# Usage: benchmarks/Keras2Dml.Benchmarks/prepare-torch.sh OUTPUT_FOLDER; then run with LD_PRELOAD=OUTPUT_FOLDER/stub.so
set -euo pipefail
out=$1
echo 'void _ZSt21ios_base_library_initv(void){}' > "$out/stub.c"
gcc -shared -fPIC -o "$out/stub.so" "$out/stub.c"
python3 - "$(find "$out" -name libLibTorchSharp.so | head -1)" <<'PY'
import struct, sys
path = sys.argv[1]
data = bytearray(open(path, "rb").read())
name_hash = struct.pack("<I", 0x0297F842)  # GLIBCXX_3.4.32
at = data.find(name_hash)
while at >= 0:
    _, flags, _, _, following = struct.unpack_from("<IHHII", data, at)
    if flags == 0 and following in (0, 16):
        struct.pack_into("<H", data, at + 4, 2)  # VER_FLG_WEAK
    at = data.find(name_hash, at + 1)
open(path, "wb").write(data)
PY
