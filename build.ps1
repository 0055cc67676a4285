#!/usr/bin/env pwsh
# Builds, tests and packs. Usage: ./build.ps1 [restore|build|test|pack|bench] [arguments for dotnet]; no target means build.
# build.sh is the same page for bash; a test compares their targets.
param(
    [string] $Target = 'build',
    [Parameter(ValueFromRemainingArguments)] [string[]] $Rest = @()
)
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

switch ($Target) {
    'restore' { dotnet restore FlowEngine.sln @Rest }
    'build' { dotnet build FlowEngine.sln -c Release @Rest }
    'test' { dotnet test FlowEngine.sln -c Release @Rest }
    'pack' { dotnet pack FlowEngine.sln -c Release -o artifacts -p:ContinuousIntegrationBuild=true @Rest }
    'bench' { dotnet run --project Benchmarks -c Release -- @Rest }
    default {
        [Console]::Error.WriteLine("Unknown target '$Target'. Targets: restore, build, test, pack, bench.")
        exit 1
    }
}
exit $LASTEXITCODE
