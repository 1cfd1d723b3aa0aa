package browser

// The words and markers that validity goes by, in lower case. A marker is a
// piece of HTML that only its maker writes; a word is what a visitor reads. No
// rule believes one of them alone on a page with content of its own.

// wallMarkers stand in the HTML of interstitials against robots.
var wallMarkers = [...]string{
	"/cdn-cgi/challenge-platform/", "cf-browser-verification", "cf_chl_opt", "cf-chl-", "__ddg", "ddos-guard",
	"_incapsula_resource", "captcha-delivery.com", "px-captcha", "sucuri_cloudproxy_js", "/.well-known/captcha",
	"akamai-challenge", "awswafintegration", "anubis_challenge", "aes.js", "slowaes",
}

// wallWords are what such an interstitial says.
var wallWords = [...]string{
	"just a moment", "checking your browser", "verify you are human", "verifying you are human",
	"are you a robot", "unusual traffic", "enable javascript and cookies to continue", "ddos protection by",
	"security check to access", "prove you are human", "attention required!", "request unsuccessful. incapsula",
	"please wait while your request is being verified", "bot verification", "one moment, please", "this site requires javascript to work",
}

// errorWords are how error pages of servers and applications name themselves.
var errorWords = [...]string{
	"not found", "forbidden", "bad gateway", "service unavailable", "gateway time", "internal server error",
	"access denied", "unauthorized", "bad request", "temporarily unavailable", "error occurred", "no longer available",
	"does not exist", "doesn't exist", "can't be found", "cannot be found", "couldn't find", "could not be found",
	"page introuvable", "nicht gefunden", "no encontrada", "no existe", "não encontrad", "non trovata",
	"не найден", "bulunamadı", "the requested url", "under maintenance", "request blocked", "web application firewall",
	"database error", "error establishing a database connection", "unavailable for legal reasons",
}

// parkMarkers stand in the HTML of pages of domain brokers.
var parkMarkers = [...]string{
	"sedoparking", "parkingcrew", "bodis.com", "parklogic", "above.com/marketplace", "afternic.com",
	"dan.com/buy-domain", "hugedomains.com", "domainmarket.com", "/adsense/domains/caf.js", "uniregistry.com",
	"data-adblockkey", "parking-lander", "cashparking", "namebright.com",
}

// parkWords are what brokers and hosts write on a page that nobody has filled.
var parkWords = [...]string{
	"domain is for sale", "domain may be for sale", "buy this domain", "this domain is parked", "domain has expired",
	"domain name is registered", "parked free", "domain is available for purchase", "this domain has been registered",
	"account has been suspended", "account suspended", "website is coming soon", "apache2 debian default page",
	"apache2 ubuntu default page", "welcome to nginx", "test page for the", "iis windows server", "it works!",
	"default web site page",
}
