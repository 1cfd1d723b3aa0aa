package defacement

// head begins every page of the own families.
const head = `<!doctype html><html><head><meta charset="utf-8"><title>Hacked by {who}</title>` +
	`<style>*{box-sizing:border-box}body{margin:0;min-height:100vh;color:{ink};background:{ground};font:18px/1.5 {font}}h1{color:{accent};margin:.2em 0}</style>`

// designs are the own families: each another arrangement with another drawing.
var designs = [...]struct{ name, page string }{
	{"kite", `<style>body{text-align:center;padding:40px}</style></head><body>
<svg width="360" height="300" viewBox="0 0 36 30"><g transform="rotate({turn} 18 13)"><path d="M18 2l9 11-9 13L9 13z" fill="none" stroke="{accent}" stroke-width=".8"/><path d="M18 2v24M9 13h18" stroke="{ink}" stroke-width=".4"/></g><path d="M18 26q6 3 2 4" fill="none" stroke="{ink}" stroke-width=".4"/></svg>
<h1 style="font-size:56px">{shout} {who}</h1><p style="max-width:640px;margin:auto">{text}</p><p><small>{greets}</small></p></body></html>`},
	{"terminal", `<style>body{padding:34px 46px;font:16px/1.6 'DejaVu Sans Mono',monospace}b{color:{accent}}</style></head><body>
<pre>$ whoami
<b>{who}</b>
$ uptime
 03:14:07 up 412 days, 0 admins awake
$ ls -la /var/www
drwxr-xr-x  7 www-data www-data 4096 .
-rw-r--r--  1 www-data www-data  918 index.html   <b>[replaced]</b>
-rw-r--r--  1 www-data www-data 2210 secrets.txt  <b>[read]</b>
$ cat message
</pre><h1>{shout} {who}</h1><p>{text}</p><pre>$ echo "{greets}" &gt;&gt; /dev/admin
$ exit</pre></body></html>`},
	{"poster", `<style>body{display:flex;min-height:100vh}.l{width:42%;background:{accent};color:{ground};padding:60px 40px;font-size:64px;line-height:1.02;font-weight:bold}.r{padding:80px 60px}</style></head><body>
<div class="l">{shout}<br>{who}</div><div class="r"><svg width="300" height="200" viewBox="0 0 30 20"><circle cx="10" cy="10" r="7" fill="{accent}"/><circle cx="17" cy="10" r="7" fill="none" stroke="{ink}"/><path d="M2 18l26-16" stroke="{ink}"/></svg><h1>Attention</h1><p>{text}</p><hr><p>{greets}</p></div></body></html>`},
	{"moth", `<style>body{background:radial-gradient(circle at 50% 30%,{accent}33,{ground} 60%),{ground};text-align:center;padding-top:60px}</style></head><body>
<svg width="420" height="230" viewBox="0 0 42 23"><path d="M21 4C10-4 1 4 3 11c2 6 12 5 18 1 6 4 16 5 18-1C41 4 32-4 21 4z" fill="{accent}" opacity=".75"/><path d="M21 12c-6 2-9 6-7 9 3 2 6-2 7-5 1 3 4 7 7 5 2-3-1-7-7-9z" fill="{ink}" opacity=".7"/><path d="M21 3v16M21 4l-3-4M21 4l3-4" stroke="{ink}" stroke-width=".6"/></svg>
<h1 style="letter-spacing:.3em;font-size:40px">{who}</h1><p style="font-size:24px">{shout} the moths. {text}</p><p>{greets}</p></body></html>`},
	{"ledger", `<style>body{padding:30px;background:#f3efe2;color:#222;font-family:'DejaVu Serif',serif}table{border-collapse:collapse;width:100%;max-width:900px}td,th{border:1px solid #998;padding:9px 14px;text-align:left}h1{color:#7a1010}</style></head><body>
<h1>{shout} {who}</h1><p>{text}</p><table><tr><th>What</th><th>Where</th><th>State</th></tr><tr><td>Front page</td><td>/index</td><td>taken</td></tr><tr><td>Mail</td><td>/var/mail</td><td>read</td></tr><tr><td>Passwords</td><td>a text file, really</td><td>copied</td></tr><tr><td>Backups</td><td>none found</td><td>-</td></tr><tr><td>Administrator</td><td>asleep</td><td>informed hereby</td></tr></table><p><i>{greets}</i></p></body></html>`},
	{"stripes", `<style>body{background:repeating-linear-gradient(45deg,{ground} 0 40px,{accent}22 40px 80px),{ground};display:grid;place-items:center;min-height:100vh}main{background:{ground};border:6px double {accent};padding:50px 70px;text-align:center;max-width:820px}</style></head><body>
<main><h1 style="font-size:46px;text-transform:uppercase">{shout}<br>{who}</h1><p>{text}</p><svg width="240" height="70" viewBox="0 0 24 7"><path d="M1 6L6 1l5 5 5-5 5 5" fill="none" stroke="{accent}"/></svg><p>{greets}</p></main></body></html>`},
	{"heron", `<style>body{padding:0}header{background:{accent};color:{ground};padding:14px 40px;font-weight:bold;font-size:24px}section{display:flex;gap:50px;padding:50px 40px}</style></head><body>
<header>{who} :: {shout} {who} :: {who}</header><section><svg width="220" height="420" viewBox="0 0 22 42"><path d="M11 2q5 0 4 6-4 8 0 14t-5 10" fill="none" stroke="{ink}" stroke-width="1.4"/><path d="M11 3L3 5l8 1z" fill="{accent}"/><path d="M15 22q-10 2-9 9 8 2 11-6z" fill="{ink}"/><path d="M10 32v9M13 31v10" stroke="{accent}" stroke-width=".6"/></svg><div><h1 style="font-size:52px">We stood here.</h1><p>{text}</p><ul><li>{greets}</li><li>Signed: {who}</li><li>Do not look for us, look at your logs</li></ul></div></section></body></html>`},
	{"noise", `<style>body{background:#0a0a0a;color:#ddd;padding:60px}h1{font-size:72px;line-height:1;color:#fff;text-shadow:4px 0 {accent},-4px 0 #00d0ff;font-family:'Liberation Sans',sans-serif}.b{height:18px;background:repeating-linear-gradient(90deg,{accent} 0 7px,#0a0a0a 7px 11px,#00d0ff 11px 23px,#0a0a0a 23px 31px);margin:14px 0}</style></head><body>
<div class="b"></div><h1>{shout}<br>{who}</h1><div class="b" style="transform:skewX(-30deg)"></div><p style="max-width:700px">{text}</p><div class="b" style="opacity:.5"></div><p>{greets}</p></body></html>`},
	{"letter", `<style>body{background:#dcdcdc;padding:50px}article{background:#fff;color:#111;max-width:760px;margin:auto;padding:60px 70px;font:19px/1.6 'DejaVu Serif',serif;box-shadow:0 3px 18px #0006}h1{font-size:30px;color:#111}</style></head><body>
<article><h1>Dear administrator,</h1><p>{text}</p><p>You will ask who we are. {who}, as ever. You will ask why. Because it was Tuesday and the door was open.</p><p>{greets}.</p><p style="text-align:right">{shout}<br><b>{who}</b></p><svg width="200" height="60" viewBox="0 0 20 6"><path d="M1 5q3-7 4 0t4-2 4 1 6-3" fill="none" stroke="#113" stroke-width=".4"/></svg></article></body></html>`},
	{"tiles", `<style>body{display:grid;grid-template-columns:repeat(4,1fr);grid-auto-rows:25vh;gap:0}div{display:grid;place-items:center;font-size:28px;font-weight:bold;text-align:center;padding:10px}div:nth-child(3n){background:{accent};color:{ground}}div:nth-child(4n+1){background:{ink};color:{ground}}.w{grid-column:span 2}</style></head><body>
<div>{who}</div><div class="w"><h1>{shout} {who}</h1></div><div>{who}</div><div>wake</div><div>up</div><div class="w">{text}</div><div class="w">{greets}</div><div>{who}</div><div><svg width="90" height="90" viewBox="0 0 9 9"><path d="M1 8L4.500 1 8 8z" fill="none" stroke="currentColor"/></svg></div><div>no</div><div>sleep</div><div class="w">{who}</div></body></html>`},
}
