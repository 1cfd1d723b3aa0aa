package report

import (
	"bytes"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// samples are hand-made results of the kinds a reader meets.
func samples() map[string]*verify.Result {
	return map[string]*verify.Result{
		"supported": sampleResult(), "contradicted": contradicted(),
		"page_not_seen": pageNotSeen(), "ordinary_page": ordinaryPage(),
	}
}

// contradicted is a picture spliced onto an old design.
func contradicted() *verify.Result {
	r := sampleResult()
	r.Verdict = verify.Verdict{Word: verify.Contradicted, Answer: verify.Judged, Log10LR: -1.4, Probability: 0.0383, Prior: 0.5,
		Leaning: verify.Edited, Strength: "moderate support against",
		Sentence: "The untouched part of the picture is the page of 2019, not the one that stood there in May 2025; the evidence speaks against the claim."}
	r.Evidence = []verify.Evidence{
		{ID: "live.ordinary", Group: "live", Method: "live look", Version: "1", Ran: true, Finding: "ordinary", Log10LR: -0.3, Counted: -0.1, Sentence: "The live page is ordinary today."},
		{ID: "witness.old_copy", Group: "witness", Method: "archive witness", Version: "1", Ran: true, Finding: "old_copy", Log10LR: -1.3, Counted: -1.3, Leaning: verify.Edited,
			Sentence: "The rest of the picture fits a capture of 2019 better than any of 2025.", Captures: []string{"archive-20190304T1200"}},
	}
	r.Fits = []verify.VersionFit{
		{Capture: "archive-20190304T1200", SeenAt: at("2019-03-04 12:00"), Agree: 205, Untouched: 210, Chance: 1, Fitting: verify.FitsBest},
		{Capture: "archive-20240918T0700", SeenAt: at("2024-09-18 07:00"), Agree: 190, Untouched: 210, Telling: 4, ForBest: 3, ForThis: 1, Chance: 0.3125, Fitting: verify.FitsAsWell},
		{Capture: "archive-20250509T2200", SeenAt: at("2025-05-09 22:00"), Agree: 12, Untouched: 210, Telling: 21, ForBest: 21, Chance: 4.8e-7, Fitting: verify.FitsNot},
		{Capture: "live", SeenAt: at("2025-06-02 08:14"), Agree: 40, Untouched: 210, Chance: 1, Fitting: verify.FitsUnknown},
	}
	return r
}

// pageNotSeen is a claim that nobody could look at, without a time.
func pageNotSeen() *verify.Result {
	r := sampleResult()
	r.Verdict = verify.Verdict{Word: verify.Inconclusive, Answer: verify.PageNotSeen, Probability: 0.5, Prior: 0.5,
		Strength: "no support either way", Sentence: "The page could not be seen by anybody we can ask, so nothing can be said about the picture."}
	r.Claim.ClaimedAt, r.Claim.PostedAt, r.TimeLine, r.Evidence = nil, nil, nil, r.Evidence[3:]
	r.Captures = []verify.CaptureView{{ID: "live", Kind: capture.Live, Source: "live web", URL: "http://gone.example/", SeenAt: at("2025-06-02 08:14"),
		Validity: capture.Unreachable, Reason: "host name does not resolve"}}
	r.Limits = append(r.Limits, "The archive at archive.example did not answer: timed out.")
	r.Claim.Hashes, r.Claim.Metadata = verify.HashValues{}, nil
	r.Notes = []string{"The browser runs without its sandbox."}
	return r
}

// ordinaryPage is a picture in which nothing is defaced.
func ordinaryPage() *verify.Result {
	r := sampleResult()
	r.Verdict = verify.Verdict{Word: verify.Inconclusive, Answer: verify.OrdinaryPage, Log10LR: 0.02, Probability: 0.5115, Prior: 0.5,
		Strength: "no support either way", Sentence: "The picture shows the page as it looked before and after the claimed time; nothing in it is defaced."}
	r.Evidence = r.Evidence[2:]
	return r
}

func encoded(t *testing.T, r *verify.Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
