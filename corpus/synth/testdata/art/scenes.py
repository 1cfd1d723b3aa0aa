#!/usr/bin/env python3
"""Draws the pictures of the town's and the club's pages.

Each scene is an SVG built from a seed: sky, hills, houses, trees, water and a
film of noise. `make` in this directory renders them with Chromium and writes
the JPEG files beside the pages. The drawings are original.
"""
import random, sys, math, os

def R(seed): return random.Random(seed)

def filt():
    return '''<defs>
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".8" numOctaves="3" seed="3"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  .9 0 0 0 -.28"/></filter>
<filter id="cloud" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".006 .018" numOctaves="5" seed="SEED"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  2.6 0 0 0 -1.1"/></filter>
<filter id="rough" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".05" numOctaves="3" seed="7"/><feDisplacementMap in="SourceGraphic" scale="9"/></filter>
<filter id="leaf" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".13" numOctaves="3" seed="11" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="16" result="d"/><feColorMatrix in="n" values="0 0 0 0 .1  0 0 0 0 .12  0 0 0 0 .05  2.4 0 0 0 -1.1" result="m"/><feComposite in="m" in2="d" operator="in" result="t"/><feMerge><feMergeNode in="d"/><feMergeNode in="t"/></feMerge></filter>
<filter id="stone" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".07 .16" numOctaves="4" seed="5" result="n"/><feColorMatrix in="n" values="0 0 0 0 .18  0 0 0 0 .14  0 0 0 0 .1  1.6 0 0 0 -.62" result="m"/><feComposite in="m" in2="SourceGraphic" operator="in" result="t"/><feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="t"/></feMerge></filter>
<filter id="wave" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".012 .16" numOctaves="3" seed="9" result="n"/><feColorMatrix in="n" values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  2 0 0 0 -.85" result="m"/><feComposite in="m" in2="SourceGraphic" operator="in" result="t"/><feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="t"/></feMerge></filter>
</defs>'''

def sky(w, h, top, bottom, seed, clouds=.75):
    return f'''<linearGradient id="sky" x2="0" y2="1"><stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient>
<rect width="{w}" height="{h}" fill="url(#sky)"/><rect width="{w}" height="{h*.62:.0f}" filter="url(#cloud)" opacity="{clouds}"/>'''

def hill(r, w, base, amp, col, h, f='rough'):
    pts, x, p = [], 0, r.random()*6
    while x <= w+20:
        y = base - amp*(math.sin(x/w*5+p)+.5*math.sin(x/w*13+2*p)+.25*r.random())
        pts.append(f'{x:.0f},{y:.0f}'); x += w/28
    return f'<polygon filter="url(#{f})" fill="{col}" points="-20,{h} -20,{base:.0f} {" ".join(pts)} {w+20},{h}"/>'

def house(r, x, base, w, h, wall, roof):
    s = f'<g><rect filter="url(#stone)" x="{x}" y="{base-h}" width="{w}" height="{h}" fill="{wall}"/>'
    k = r.choice([.4,.55,.7]); ov = w*.06
    s += f'<polygon filter="url(#stone)" fill="{roof}" points="{x-ov:.0f},{base-h} {x+w/2:.0f},{base-h-w*k:.0f} {x+w+ov:.0f},{base-h}"/>'
    n = max(2, int(w/26)); rows = max(1, int(h/34))
    for i in range(n):
        for j in range(rows):
            wx, wy = x+w*(i+.5)/n-5, base-h+12+j*32
            lit = '#f6d98a' if r.random()<.3 else r.choice(['#38485a','#4a5b6c','#2d3a49'])
            s += f'<rect x="{wx:.0f}" y="{wy:.0f}" width="10" height="15" fill="{lit}" stroke="#efe9dc" stroke-width="1.6"/><path d="M{wx+5:.0f} {wy:.0f}v15M{wx:.0f} {wy+7:.0f}h10" stroke="#efe9dc" stroke-width="1"/>'
    s += f'<rect x="{x+w*.2:.0f}" y="{base-h-w*k*.75:.0f}" width="{max(5,w*.08):.0f}" height="{w*.22:.0f}" fill="#7c4b3c"/>'
    return s + '</g>'

def church(x, base, k=1.0):
    return f'''<g transform="translate({x},{base}) scale({k})"><rect filter="url(#stone)" x="0" y="-120" width="150" height="120" fill="#d9cfba"/>
<polygon filter="url(#stone)" points="-6,-120 75,-185 156,-120" fill="#70473c"/><rect filter="url(#stone)" x="-52" y="-230" width="56" height="230" fill="#cfc3ab"/>
<polygon points="-58,-230 -24,-345 10,-230" fill="#3f6b60" filter="url(#stone)"/><circle cx="-24" cy="-200" r="15" fill="#f6f1e3" stroke="#333" stroke-width="3"/><path d="M-24 -200v-10M-24 -200h7" stroke="#222" stroke-width="2.4"/>
<path d="M-24 -345v-26M-32 -362h16" stroke="#caa54a" stroke-width="3"/>''' + ''.join(f'<path d="M{18+i*34} -30v-46q9 -16 18 0v46z" fill="#3a4757"/>' for i in range(4)) + '</g>'

def tree(r, x, base, s, col):
    out = f'<rect x="{x-2.5*s:.0f}" y="{base-22*s:.0f}" width="{5*s:.0f}" height="{22*s:.0f}" fill="#5a4331"/><g filter="url(#leaf)" fill="{col}">'
    for _ in range(6):
        out += f'<circle cx="{x+r.uniform(-12,12)*s:.0f}" cy="{base-(24+r.uniform(0,24))*s:.0f}" r="{r.uniform(9,15)*s:.0f}"/>'
    return out + '</g>'

WALLS = ['#e8dcc0','#d8c3a0','#e6d3c6','#cfd6cf','#eee3cf','#d9b99b','#c9d3dc']
ROOFS = ['#8c4a38','#7a3e31','#9a5a40','#6b4640','#84564a']
GREENS = ['#4f6f3a','#5f8043','#3f6136','#74894a','#8a8b3d']

def row(r, w, base, lo, hi, x0=-10):
    s, x = '', x0
    while x < w:
        hw = r.randint(46, 96); s += house(r, x, base, hw, r.randint(lo, hi), r.choice(WALLS), r.choice(ROOFS)); x += hw + r.randint(-2, 14)
    return s

def water(w, y, h, col):
    return f'<rect filter="url(#wave)" x="0" y="{y}" width="{w}" height="{h-y}" fill="{col}"/>'

def finish(w, h, body, seed):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">' + filt().replace('SEED', str(seed)) + body +
      f'<rect width="{w}" height="{h}" filter="url(#grain)" opacity=".34"/></svg>')

def panorama(seed=1, w=1600, h=520):
    r = R(seed); b = sky(w, h, '#5d8fc2', '#e9e2cf', seed)
    b += hill(r, w, 260, 40, '#8fa6b0', h) + hill(r, w, 300, 34, '#7d9a78', h, 'leaf') + hill(r, w, 338, 22, '#66884f', h, 'leaf')
    b += row(r, w, 372, 30, 62) + church(720, 392, .92) + row(r, w, 408, 34, 58, -40)
    for i in range(34): b += tree(r, r.randint(0, w), 418, r.uniform(.5, 1.1), r.choice(GREENS))
    b += f'<rect y="412" width="{w}" height="12" fill="#9a8f78" filter="url(#stone)"/>' + water(w, 424, h, '#47707f')
    for i in range(60):
        x = r.randint(0, w); b += f'<rect x="{x}" y="{r.randint(428,500)}" width="{r.randint(8,50)}" height="2" fill="{r.choice(WALLS)}" opacity=".35"/>'
    return finish(w, h, b, seed)

def bridge(seed=2, w=720, h=440):
    r = R(seed); b = sky(w, h, '#86a9c9', '#f0e4cd', seed) + hill(r, w, 200, 30, '#6d8b62', h, 'leaf') + row(r, w, 250, 30, 60)
    b += water(w, 290, h, '#4c6f74')
    b += '<path filter="url(#stone)" fill="#b3a68d" fill-rule="evenodd" d="M0 232Q360 190 720 232V330H660A60 70 0 0 0 540 330H510A80 88 0 0 0 350 330H320A74 80 0 0 0 172 330H150A52 60 0 0 0 46 330H0z"/>'
    for i in range(26): b += f'<rect x="{i*29}" y="{216-20*math.sin(i/25*3.14):.0f}" width="10" height="22" fill="#8e826c"/>'
    for i in range(9): b += tree(r, r.choice([r.randint(0,80), r.randint(640,720)]), r.randint(300,340), r.uniform(.9,1.5), r.choice(GREENS))
    return finish(w, h, b, seed)

def market(seed=3, w=720, h=440):
    r = R(seed); b = sky(w, h, '#9fb8cf', '#efe8dc', seed) + row(r, w, 230, 80, 150) + f'<rect filter="url(#stone)" y="228" width="{w}" height="220" fill="#b9ad9a"/>'
    for i in range(5):
        x, y, cols = 20+i*142+r.randint(-8,8), 205+r.randint(-6,30), r.choice([('#b5392f','#f4ead8'),('#2f6a4f','#f1ead6'),('#31587f','#eee'),('#c78a2b','#fff4da')])
        b += f'<path d="M{x} {y+44}v90M{x+112} {y+44}v90" stroke="#5a4a3a" stroke-width="5"/>'
        for k in range(8): b += f'<polygon fill="{cols[k%2]}" points="{x+14+k*10.5},{y} {x+24.5+k*10.5},{y} {x-6+(k+1)*15.5},{y+46} {x-6+k*15.5},{y+46}"/>'
        b += f'<rect filter="url(#stone)" x="{x-4}" y="{y+96}" width="120" height="42" fill="#7b5b3d"/>'
        for k in range(30): b += f'<circle cx="{x+4+r.random()*106:.0f}" cy="{y+92+r.random()*10:.0f}" r="6" fill="{r.choice(["#c23b2e","#e0962d","#6f9a3a","#e2c53d","#7d3b5c","#d9d3b2"])}"/>'
    for i in range(22): b += person(r, r.randint(10, w-10), r.randint(340, 430))
    return finish(w, h, b, seed)

def person(r, x, y):
    c = r.choice(['#2e3b4e','#7a2f2f','#4e5f3a','#8a7a5c','#35566e','#5b4a6b','#a4562f'])
    return f'<g transform="translate({x},{y}) scale({.75+(y-330)/200:.2f})"><rect x="-6" y="-26" width="5" height="26" fill="#2b2b33"/><rect x="1" y="-26" width="5" height="26" fill="#26262e"/><path d="M-10 -52q10 -8 20 0l1 30h-22z" fill="{c}"/><circle cy="-61" r="8" fill="{r.choice(["#d9a98a","#c28d6b","#e6bfa2","#8c5f45"])}"/><path d="M-8 -63q8 -11 16 0z" fill="{r.choice(["#3a2a20","#6b4a2c","#b9b2a6","#222"])}"/></g>'

def library(seed=4, w=720, h=440):
    r = R(seed); b = f'<rect width="{w}" height="{h}" fill="#cdb48f"/>'
    for s in range(5):
        y = 14+s*78; b += f'<rect y="{y+62}" width="{w}" height="12" fill="#6d4a2d" filter="url(#stone)"/>'; x = 6
        while x < w-6:
            bw, bh = r.randint(8, 22), r.randint(38, 60); c = r.choice(['#7d2f2b','#2f4f6b','#3d5c3d','#a27b2d','#5a3d5c','#d2c4a3','#8d5a38','#44494f','#b24d33'])
            b += f'<rect x="{x}" y="{y+62-bh}" width="{bw}" height="{bh}" fill="{c}" stroke="#0003"/><rect x="{x+2}" y="{y+62-bh+8}" width="{bw-4}" height="3" fill="#e9d9a8" opacity=".8"/>'; x += bw + (r.randint(8,20) if r.random()<.06 else 1)
    b += f'<rect y="400" width="{w}" height="40" fill="#8a6a48" filter="url(#stone)"/>'
    for i in range(4): b += person(r, 90+i*180+r.randint(-30,30), 436)
    return finish(w, h, b, seed)

def engine(seed=5, w=720, h=440):
    r = R(seed); b = sky(w, h, '#a9bccb', '#e9e6df', seed) + hill(r, w, 230, 20, '#7f956f', h, 'leaf') + row(r, w, 270, 60, 120) + f'<rect filter="url(#stone)" y="268" width="{w}" height="180" fill="#8d8d8b"/>'
    b += '<g transform="translate(150,190)"><path filter="url(#stone)" d="M0 40h300v118H0z" fill="#b8231d"/><path filter="url(#stone)" d="M300 8h92q22 6 28 60v90h-120z" fill="#c22a22"/><path d="M314 24h70q14 4 18 44h-88z" fill="#9fc0d0" stroke="#333" stroke-width="3"/><rect x="0" y="104" width="420" height="16" fill="#f3f0e6"/><rect x="14" y="52" width="60" height="44" fill="#c9ccce"/><rect x="84" y="52" width="60" height="44" fill="#b9bcbe"/><rect x="154" y="52" width="60" height="44" fill="#c9ccce"/><path d="M-8 22h300M-8 34h300" stroke="#d8d8d8" stroke-width="6"/>' + ''.join(f'<path d="M{i*26} 22v12" stroke="#d8d8d8" stroke-width="4"/>' for i in range(12)) + '<rect x="322" y="-8" width="44" height="14" rx="5" fill="#2f6fd6"/>' + ''.join(f'<circle cx="{x}" cy="160" r="31" fill="#222"/><circle cx="{x}" cy="160" r="14" fill="#a8a8a8"/>' for x in (70,250,360)) + '</g>'
    for i in range(5): b += person(r, r.randint(30, 690), r.randint(395, 432))
    return finish(w, h, b, seed)

def winter(seed=6, w=720, h=440):
    r = R(seed); b = sky(w, h, '#7f93ab', '#dfe3e6', seed, .9) + hill(r, w, 210, 36, '#b9c6cf', h) + hill(r, w, 250, 24, '#dfe6ea', h) + row(r, w, 290, 40, 80) + church(420, 300, .62) + f'<rect filter="url(#stone)" y="288" width="{w}" height="160" fill="#e9eef1"/>'
    for i in range(14):
        x = r.randint(0, w); y = r.randint(310, 430); s = r.uniform(.6, 1.3)
        b += f'<g transform="translate({x},{y}) scale({s:.2f})" filter="url(#rough)"><path d="M0 -92l24 44h-12l18 34H-30l18 -34h-12z" fill="#3c5548"/><path d="M0 -92l12 22h-24zM-14 -48h28l-10 8h-10z" fill="#f2f5f6"/></g>'
    for i in range(240): b += f'<circle cx="{r.randint(0,w)}" cy="{r.randint(0,h)}" r="{r.uniform(.8,2.6):.1f}" fill="#fff" opacity=".8"/>'
    return finish(w, h, b, seed)

def meadow(seed=7, w=720, h=440):
    r = R(seed); b = sky(w, h, '#6ea3d8', '#e6eed8', seed) + hill(r, w, 190, 34, '#8aa7a0', h) + hill(r, w, 240, 26, '#7ba05a', h, 'leaf') + hill(r, w, 290, 16, '#6d9a45', h, 'leaf')
    for i in range(16): b += tree(r, r.randint(0, w), r.randint(230, 310), r.uniform(.6, 1.4), r.choice(GREENS))
    b += '<path d="M0 440Q260 330 330 286T470 240" stroke="#cdbb94" stroke-width="26" fill="none" filter="url(#rough)"/>'
    for i in range(420): b += f'<circle cx="{r.randint(0,w)}" cy="{r.randint(300,h)}" r="{r.uniform(1.2,3):.1f}" fill="{r.choice(["#e6d54a","#f4f1ea","#c94a4a","#8b6bb0","#4f7a2c"])}"/>'
    return finish(w, h, b, seed)

def pitch(seed=8, w=1600, h=460):
    r = R(seed); b = sky(w, h, '#6f9fd0', '#eaf0ea', seed) + hill(r, w, 190, 26, '#7f9f86', h, 'leaf')
    for i in range(60): b += tree(r, r.randint(0, w), 232, r.uniform(.6, 1.3), r.choice(GREENS))
    for i in range(14): b += f'<rect filter="url(#stone)" x="{i*115}" y="230" width="115" height="240" fill="{["#4f8a3b","#5c9a45"][i%2]}"/>'
    b += '<g stroke="#f4f4ee" stroke-width="5" fill="none"><path d="M0 250H1600M800 250V460"/><ellipse cx="800" cy="380" rx="190" ry="62"/><path d="M0 300h210v160M1600 300h-210v160"/></g><path d="M40 300v-84h120v84" stroke="#fff" stroke-width="7" fill="none"/>'
    for i in range(13): b += f'<path d="M{40+i*10} 216v84M40 {216+i*7}h120" stroke="#fff" stroke-width=".8" opacity=".7"/>'
    for i in range(16): b += person(r, r.randint(200, 1500), r.randint(290, 440))
    b += '<circle cx="640" cy="420" r="9" fill="#fff" stroke="#222" stroke-width="2"/>'
    return finish(w, h, b, seed)

SCENES = dict(panorama=panorama, bridge=bridge, market=market, library=library, engine=engine, winter=winter, meadow=meadow, pitch=pitch,
  oldtown=lambda: panorama(23, 960, 260), autumn=lambda: meadow(31).replace('#6d9a45','#a8752e').replace('#7ba05a','#9a6a2c'), market2=lambda: market(44), bridge2=lambda: bridge(52))

for name in sys.argv[2:] or SCENES:
    open(os.path.join(sys.argv[1], name + '.svg'), 'w').write(SCENES[name]())
