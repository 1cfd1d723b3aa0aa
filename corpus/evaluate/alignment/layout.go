package alignment

import (
	"context"
	"fmt"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// layout is what a page shows where, in pixels of the shot.
type layout struct {
	Pictures []capture.Box
	Lines    []setLine
}

type setLine struct {
	Box  capture.Box
	Type Type
}

// viewed lists what the page shows as pictures, and its lines of text.
const viewed = `(()=>{const k=%g,out={Pictures:[],Lines:[]},box=b=>({x:b.x*k,y:b.y*k,w:b.width*k,h:b.height*k}),
away=b=>b.width<1||b.height<1||b.bottom<0||b.top>innerHeight,seen=e=>e.checkVisibility({checkOpacity:true,checkVisibilityCSS:true}),
names=new Set(['IMG','VIDEO','CANVAS','svg','OBJECT','EMBED','IFRAME']),own=new Set([...document.fonts].map(f=>f.family.replace(/["']/g,'')));
for(const e of document.querySelectorAll('*')){if(!names.has(e.tagName)&&!/url\(/.test(getComputedStyle(e).backgroundImage))continue;
const b=e.getBoundingClientRect();if(!seen(e)||away(b))continue;out.Pictures.push(box(b))}
if(!document.body)return out;const w=document.createTreeWalker(document.body,NodeFilter.SHOW_TEXT);let n;
while((n=w.nextNode())&&out.Lines.length<3000){const text=n.data.replace(/\s+/g,' ').trim(),e=n.parentElement;
if(text.length<6||!e||!seen(e))continue;const r=document.createRange();r.selectNodeContents(n);const b=r.getBoundingClientRect();
if(away(b))continue;const s=getComputedStyle(e),families=s.fontFamily.split(',').map(f=>f.trim().replace(/^["']|["']$/g,'')),
plain=r.getClientRects().length==1&&s.letterSpacing=='normal'&&s.wordSpacing=='0px'&&s.textTransform=='none'&&s.textShadow=='none'&&
s.fontVariantCaps=='normal'&&s.fontStretch=='100%%'&&!families.some(f=>own.has(f));
out.Lines.push({Box:box(b),Type:{Families:families,Size:plain?parseFloat(s.fontSize)*k:0,Letters:text.length,Bold:+s.fontWeight>=600,Italic:s.fontStyle!='normal',Colour:s.color}})}
return out})()`

// inView asks Chromium, at the pose of either browser, and keeps the answer.
func (r *run) inView(ctx context.Context, page Page, p pose) (layout, error) {
	p.Firefox, p.Edit = false, 0
	return bench.Keep(r.cache, "views", []any{"views/1 ", page.on.site.digest, fmt.Sprintf("%+v", p), r.camera.Version}, func() (v layout, err error) {
		err = r.camera.visit(ctx, p, func(tab context.Context) error {
			if err := wait(tab, fmt.Sprintf(scroll, reach, p.Scroll)); err != nil {
				return err
			}
			v, err = chromedp.Run(tab, chromedp.Evaluate[layout](fmt.Sprintf(viewed, p.Scale)))
			return err
		})
		return v, err
	})
}
