#!/bin/bash
# make soak: the fault tests with their full counts.
set -u -o pipefail

FAULT_DIVISOR=1 FAULT_SECONDS=14400 ONLY=faults exec "$(dirname "$0")/test.sh"
