// Package egress is the only way out to the live web: a forward proxy on
// loopback that a headless Chrome is pointed at, and the policy that says which
// addresses may be visited.
//
// A page under examination is hostile. It may try to reach the machine that
// looks at it, the network behind that machine, or a cloud's metadata service,
// by any spelling of an address, by a redirect, or by a name that resolves to
// something harmless when it is checked and to something else when it is
// dialled. The package therefore guarantees:
//
//   - The host is brought to its canonical form the way a browser does it (WHATWG
//     URL) before anything is decided, so that 2130706433, 0x7f.1, LOCALHOST.,
//     full-width digits and [::ffff:127.0.0.1] are what they mean.
//   - A name is resolved once per Session and the answer kept, so that what was
//     checked is what is dialled; the dialler is handed addresses, never names.
//   - Every address of an answer must be permitted. One forbidden address refuses
//     the host: dialling only the permitted ones would be safe too, but an answer
//     that mixes public and private addresses is how rebinding looks, and a page
//     that is refused is reported as not seen, which costs a witness and never a
//     wrong verdict.
//   - Permitted is what no IANA special-purpose registry lists (code.dny.dev/ssrf
//     keeps the lists), what is not an address of this machine or the wire server
//     of a large cloud, or what the user named by Config.Allow or Config.Resolve.
//     An IPv6 address that carries an IPv4 address (mapped, NAT64, 6to4, Teredo,
//     compatible) is judged by both. Everything else fails closed.
//   - The ports that the WHATWG Fetch standard blocks are refused, as Chrome would.
//   - The proxy's own listeners are refused even where loopback is allowed.
//   - Nobody without the session's random credential is served, and the credential
//     goes nowhere but here.
//   - Bytes, connections, dialling, idling and the session's life are bounded, and
//     Session.Close leaves no connection and no goroutine.
//
// A Session serves one capture of one page, so that its log is the log of that
// page. A sealed Session (Gateway.OpenSealed) refuses everything and counts it:
// an archived page gets that one, and whatever slips past the interception of
// its requests ends there.
//
// # Upstream proxies
//
// Config.Upstream chains the way out. With socks5 and http the name is resolved
// and checked here and the checked address is passed on, always as a tunnel (an
// http upstream must permit CONNECT to port 80 too). With socks5h the upstream
// resolves, for those whose DNS would give them away: then only literal
// addresses and localhost names can be checked here, and what a name leads to is
// the upstream's concern.
//
// # Limits
//
// TLS is not opened: of an https page the log knows host, port, address and byte
// counts, never a path or a certificate. Names are resolved as absolute, without
// the resolver's search list, which could give a host that does not exist an
// address of the local network, and by Go's own resolver, which knows the hosts
// file and DNS but no module of the C library. No Via or X-Forwarded-For header is added,
// against RFC 9110 section 7.6.3, because a server that answers proxies
// differently would falsify the capture. Upgrade requests in absolute form lose
// their Upgrade header; browsers use CONNECT for WebSockets. HTTP/2 and QUIC to
// the proxy are not spoken. Only the browser's switches make Chrome use the
// proxy for everything; they belong to package browser.
//
// # Why net/http and not a proxy library
//
// elazarl/goproxy v1.9.2 was read for this and left: it runs a tunnel in goroutines
// that nobody waits for, so that closing a session cannot promise that nothing
// is left; its default transport skips TLS verification and reads proxies from
// the environment; it removes Accept-Encoding; and the one hook that gives
// control over a tunnel (ConnectHijack) leaves to the caller all that this
// package consists of. net/http's server with httputil.ReverseProxy has what is
// needed (header limits, time-outs, hop-by-hop headers) in fewer moving parts.
package egress
