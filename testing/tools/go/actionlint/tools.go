//go:build tools

// Package tools pins the linter of GitHub's workflows; `go build` reads it, nothing imports it.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
