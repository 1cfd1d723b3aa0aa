package synth

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
)

// studio makes the claims' pictures.
type studio struct {
	press  *press
	server *sitesServer
	camera *camera
}

// picture is a claim's picture as posted.
type picture struct {
	file []byte
	ext  string
	size image.Point
	mask *image.Gray // nil when nothing was altered
}

// rewrite is what a claimant types into the developer tools.
const rewrite = `(()=>{const n=document.getElementById('news');n.style.cssText='background:#000;color:#33ff66;padding:18px';
n.querySelector('h2').textContent='HACKED BY PAPER KITE CREW';n.querySelector('h2').style.color='#ff2d2d';
const t=['Your town is in our hands','Check your backups','No more market on Saturday','We fly where the admin sleeps','See you soon, mayor'];
n.querySelectorAll('h3').forEach((e,i)=>{e.textContent=t[i%t.length];e.style.color='#ff2d2d'});
n.querySelectorAll('p:not(:has(a))').forEach(e=>{e.textContent='Paper Kite Crew was here. Nothing was taken, nothing was broken. Only the wind came in.'})})()`

func (s *studio) make(ctx context.Context, r recipe) (picture, error) {
	var out picture
	img, mask, file, err := s.render(ctx, r)
	if err != nil {
		return out, fmt.Errorf("make picture %s: %w", r.claim.Name, err)
	}
	if r.frame != nil {
		f := *r.frame
		f.address = addressOf(townURL())
		as := r.pose
		as.clock = r.of.At
		top, bottom, err := s.camera.bars(ctx, s.press, f, as)
		if err != nil {
			return out, fmt.Errorf("make picture %s: %w", r.claim.Name, err)
		}
		img, mask = framed(img, mask, top, bottom)
		file = nil
	}
	out = picture{size: img.Bounds().Size(), mask: mask}
	out.file, out.ext, err = encode(img, file, r.jpeg)
	return out, err
}

// render takes the picture and alters it if the recipe says so. file is the
// browser's own PNG when the picture is just that.
func (s *studio) render(ctx context.Context, r recipe) (image.Image, *image.Gray, []byte, error) {
	s.server.show(r.of)
	p := r.pose
	p.url, p.clock = siteURL(r.of.Host, "/"), r.of.At
	plain, err := s.camera.take(ctx, p)
	if err != nil || r.making == served {
		return plain.img, nil, plain.file, err
	}
	if r.making == inPage {
		p.edit = rewrite
		edited, err := s.camera.take(ctx, p)
		if err != nil {
			return nil, nil, nil, err
		}
		return edited.img, differing(plain.img, edited.img), edited.file, nil
	}
	out, mask, err := s.paste(ctx, r, plain)
	return out, mask, nil, err
}

// paste covers the news with a part of the group's page.
func (s *studio) paste(ctx context.Context, r recipe, base shot) (image.Image, *image.Gray, error) {
	s.server.show(State{r.of.Host, r.of.At, Full})
	p := r.pose
	p.url, p.clock, p.scrollY = siteURL(r.of.Host, "/"), r.of.At, 0
	donor, err := s.camera.take(ctx, p)
	if err != nil {
		return nil, nil, err
	}
	// A careless hand: the selection is a few pixels larger than the news.
	hole := base.news.Inset(-7).Intersect(base.img.Bounds())
	if hole.Empty() {
		return nil, nil, fmt.Errorf("the news are not in view")
	}
	from := image.Pt((donor.img.Bounds().Dx()-hole.Dx())/2, 20)
	out, mask := splice(base.img, donor.img, hole, from)
	return out, mask, nil
}

// encode writes the picture. An untouched file of the browser is kept as it is.
func encode(img image.Image, file []byte, quality int) ([]byte, string, error) {
	var b bytes.Buffer
	switch {
	case quality > 0:
		err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
		return b.Bytes(), ".jpg", err
	case file != nil:
		return file, ".png", nil
	}
	err := png.Encode(&b, img)
	return b.Bytes(), ".png", err
}
