#!/usr/bin/env bash
# Builds, tests and packs. Usage: ./build.sh [restore|build|test|pack|bench] [arguments for dotnet]; no target means build.
# build.ps1 is the same page for PowerShell; a test compares their targets.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target="${1:-build}"
[ $# -eq 0 ] || shift

case "$target" in
  restore) dotnet restore FlowEngine.sln "$@" ;;
  build) dotnet build FlowEngine.sln -c Release "$@" ;;
  test) dotnet test FlowEngine.sln -c Release "$@" ;;
  pack) dotnet pack FlowEngine.sln -c Release -o artifacts -p:ContinuousIntegrationBuild=true "$@" ;;
  bench) dotnet run --project Benchmarks -c Release -- "$@" ;;
  *)
    echo "Unknown target '$target'. Targets: restore, build, test, pack, bench." >&2
    exit 1
    ;;
esac
