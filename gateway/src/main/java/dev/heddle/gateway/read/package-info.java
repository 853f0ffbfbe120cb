/** The client of the snapshotter's read API: past state of workspaces over HTTP. */
package dev.heddle.gateway.read;
