//go:build tools

// Package tools pins the Pulumi CLI and all it is made of; `go build` reads it, nothing imports it.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
