package browser

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"strings"
)

// deadProxy is where traffic goes that no capture owns: port 9 is "discard",
// and nothing listens there.
const deadProxy = "http://127.0.0.1:9"

// disabledFeatures are parts of Chrome that would open connections nobody
// asked for, or would change the URL that was asked for.
var disabledFeatures = [...]string{
	"AutofillServerCommunication", "CertificateTransparencyComponentUpdater",
	"DialMediaRouteProvider", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
	"InterestFeedContentSuggestions", "LensOverlay", "MediaRouter", "OptimizationHints",
	"Prerender2", "PaintHolding", "PrivateNetworkAccessRespectPreflightResults",
	"SpareRendererForSitePerProcess", "Translate", "WebRtcHideLocalIpsWithMdns",
}

// switches returns Chrome's command line. Every switch is here for one of
// four reasons, in this order: the way out, silence, repeatable pictures, the
// pipe.
func switches(cfg Config, inst Installation, profile string) []string {
	args := []string{
		// The way out. Chrome bypasses proxies for loopback unless told not
		// to; WebRTC and QUIC would use UDP beside the proxy; the resolver rule
		// makes sure that no name is looked up by Chrome itself.
		"--proxy-server=" + deadProxy,
		"--proxy-bypass-list=<-loopback>",
		"--webrtc-ip-handling-policy=disable_non_proxied_udp",
		"--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
		"--disable-quic",
		"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
		"--dns-prefetch-disable",
		"--enable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests",
		"--deny-permission-prompts",
		// Silence.
		"--disable-background-networking", "--disable-component-update",
		"--disable-client-side-phishing-detection", "--disable-domain-reliability",
		"--disable-sync", "--disable-default-apps", "--disable-extensions",
		"--disable-breakpad", "--disable-crash-reporter", "--no-pings", "--no-first-run",
		"--no-default-browser-check", "--metrics-recording-only", "--disable-search-engine-choice-screen",
		"--disable-features=" + strings.Join(disabledFeatures[:], ","),
		"--disable-notifications", "--disable-speech-api", "--disable-print-preview",
		"--safebrowsing-disable-auto-update", "--password-store=basic", "--mute-audio",
		"--use-mock-keychain", "--disable-prompt-on-repost", "--disable-hang-monitor",
		// Repeatable pictures.
		"--force-color-profile=srgb", "--disable-lcd-text", "--font-render-hinting=none",
		"--hide-scrollbars", "--disable-gpu", "--force-prefers-reduced-motion",
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding",
		"--disable-backgrounding-occluded-windows", "--disable-threaded-animation",
		"--disable-smooth-scrolling", "--autoplay-policy=user-gesture-required",
		// Without the second setting a document without scripts has no script
		// world, and the stabilising script never runs in it.
		"--blink-settings=imageAnimationPolicy=2,forceMainWorldInitialization=true", "--lang=en-US",
		"--user-agent=" + UserAgent(inst.Version, false),
		"--window-size=1366,768",
		// The pipe.
		"--remote-debugging-pipe", "--user-data-dir=" + profile,
		"--disk-cache-size=1", "--media-cache-size=1",
	}
	if inst.Variant == Full {
		args = append(args, "--headless=new")
	}
	if cfg.NoSandbox {
		args = append(args, "--no-sandbox")
	}
	if pins := pinList(cfg.TrustedCertificates); pins != "" {
		args = append(args, "--ignore-certificate-errors-spki-list="+pins)
	}
	return append(args, "about:blank")
}

// UserAgent is what an ordinary Chrome of this version (156.0.8078.108, for example)
// says of itself, on a desktop or on a phone. The word HeadlessChrome would earn a wall
// against robots instead of the page.
func UserAgent(version string, mobile bool) string {
	system, word := "X11; Linux x86_64", ""
	if mobile {
		system, word = "Linux; Android 10; K", "Mobile "
	}
	return fmt.Sprintf("Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0 %sSafari/537.36",
		system, major(version), word)
}

// pinList returns the base64 SHA-256 of each certificate's public key, as
// --ignore-certificate-errors-spki-list wants them.
func pinList(certs []*x509.Certificate) string {
	pins := make([]string, len(certs))
	for i, c := range certs {
		sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
		pins[i] = base64.StdEncoding.EncodeToString(sum[:])
	}
	return strings.Join(pins, ",")
}
