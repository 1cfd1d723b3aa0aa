package align
import ("testing";"image";"github.com/defacecheck/defacecheck/verify/align/internal/aligntest")
func TestDbg(t *testing.T){ a:=artist(t)
	page := aligntest.NewSite(5).Page(a, 1, 1366, 3000)
	img := aligntest.Cut(page, image.Rect(0, 1200, 1366, 1968))
	copy(img.Pix, page.Pix[:page.PixOffset(0, aligntest.HeaderHeight)])
 reg:=place(img,page)
 for _,g:=range reg.Groups {t.Log(g.OffsetX,g.OffsetY,g.Inliers,g.Bounds)}
 f:=newFrame(img,page,reg); g:=newGrid(f.size); l:=f.layer(1)
 for i:=range g.cells{ r:=g.rect(i); c:=f.examine(r,CompareOptions{}); if c.state==TileMismatch { at:=spiral[0]; at.X+=drift; at.Y+=drift
  t.Log(r,f.groups(r),measure(f.soft,r),measure(l.soft,r.Add(at)),colourGap(f.colour,l.colour,r,at)) } }
}
