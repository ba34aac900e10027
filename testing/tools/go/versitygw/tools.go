//go:build tools

// Package tools pins the S3-compatible server that the tests use; `go build` reads it, nothing imports it.
package tools

import _ "github.com/versity/versitygw/cmd/versitygw"
