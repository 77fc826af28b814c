#!/usr/bin/env node
import "../dist/cli/nianbao.mjs";
