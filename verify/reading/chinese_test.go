package reading_test

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"os"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

var chineseAll = flag.Bool("chinese", false, "read Chinese in every size, face and compression")

// The notices of a town that does not exist, in both ways of writing.
const (
	traditionalText = `本鎮圖書館自下週一起調整開放時間,平日上午九點至下午六點,週末與國定假日休館。
歸還逾期書籍的讀者請至櫃檯辦理,逾期三十天以上者將暫停借閱權利一個月。
鎮公所提醒居民,颱風季節即將來臨,請檢查屋頂與排水溝,並準備飲水及手電筒。
去年建設的新橋已經通車,兩岸往返只需五分鐘,大型車輛仍須繞行北側道路。
學校運動會將於十月舉行,歡迎家長與校友報名參加各項比賽和園遊會攤位。
如需申請居住證明,請攜帶身分證與近期照片,於辦公時間內親自前來辦理。
聯絡電話與電子郵件請參閱網站下方的說明,感謝您對本鎮各項工作的支持。`
	simplifiedText = `本镇图书馆自下周一起调整开放时间,平日上午九点至下午六点,周末与法定假日休馆。
归还逾期书籍的读者请到柜台办理,逾期三十天以上者将暂停借阅权利一个月。
镇政府提醒居民,台风季节即将来临,请检查屋顶与排水沟,并准备饮用水及手电筒。
去年建设的新桥已经通车,两岸往返只需五分钟,大型车辆仍须绕行北侧道路。
学校运动会将于十月举行,欢迎家长与校友报名参加各项比赛和游园会摊位。
如需申请居住证明,请携带身份证与近期照片,于办公时间内亲自前来办理。
联系电话与电子邮件请参阅网站下方的说明,感谢您对本镇各项工作的支持。`
)

// face is a font of a collection of Debian's fonts-noto-cjk, or skips the test.
func face(t testing.TB, file, family string, size float64) font.Face {
	t.Helper()
	b, err := os.ReadFile("/usr/share/fonts/opentype/noto/" + file)
	if err != nil {
		t.Skip("skipped: install fonts-noto-cjk to draw Chinese")
	}
	c, err := opentype.ParseCollection(b)
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.NumFonts() {
		f, err := c.Font(i)
		if err != nil {
			t.Fatal(err)
		}
		if name, _ := f.Name(nil, 1); name == family {
			out, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
	}
	t.Skipf("skipped: %s has no %s", file, family)
	return nil
}

// notice draws a page of text.
func notice(f font.Face, size float64, dark bool, text string) *image.NRGBA {
	ground, ink := color.NRGBA{255, 255, 255, 255}, color.NRGBA{40, 40, 40, 255}
	if dark {
		ground, ink = color.NRGBA{10, 10, 10, 255}, color.NRGBA{230, 40, 40, 255}
	}
	lines := strings.Split(text, "\n")
	s := newSheet(int(size*44), int(size*2*float64(len(lines)+1)), ground)
	for i, l := range lines {
		d := font.Drawer{Dst: s, Src: image.NewUniform(ink), Face: f, Dot: fixed.P(int(size), int(size*2*float64(i+1)))}
		d.DrawString(l)
	}
	return s.NRGBA
}

// recalled is how many of the text's Chinese characters were read, each as often
// as it stands there.
func recalled(read, text string) (found, all int) {
	have := map[rune]int{}
	for _, r := range read {
		have[r]++
	}
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		all++
		if have[r] > 0 {
			have[r]--
			found++
		}
	}
	return found, all
}

// TestChineseIsReadInBothWaysOfWriting draws notices and reads them. With
// -chinese it is the measurement that the package comment gives.
func TestChineseIsReadInBothWaysOfWriting(t *testing.T) {
	e := readingtest.Engine(t)
	total := map[string][2]int{}
	for _, w := range []struct{ language, suffix, text string }{{"chi_tra", "TC", traditionalText}, {"chi_sim", "SC", simplifiedText}} {
		if !e.Has(w.language) {
			t.Skipf("skipped: install the data of %s", w.language)
		}
		if got := reading.LanguageOf("town.example", w.text); got != w.language {
			t.Errorf("a text of %s is taken for %s", w.language, got)
		}
		for _, kind := range []string{"Sans", "Serif"} {
			for _, size := range []float64{14, 16, 28} {
				for n, dark := range []bool{false, true} {
					for _, saved := range []string{"PNG", "JPEG 75", "reduced to 2/3, JPEG 80"} {
						if !*chineseAll && (saved != "PNG" || size != 16 || kind != "Sans" || dark) {
							continue
						}
						img := saveAs(t, notice(face(t, "Noto"+kind+"CJK-Regular.ttc", "Noto "+kind+" CJK "+w.suffix, size), size, dark, w.text), saved)
						got, err := e.Page(t.Context(), img, img.Rect, w.language)
						if err != nil {
							t.Fatal(err)
						}
						found, all := recalled(joined(got), w.text)
						key := fmt.Sprintf("%s, %g px, %s", w.language, size, saved)
						total[key] = [2]int{total[key][0] + found, total[key][1] + all}
						t.Logf("%s, %s, %d: %d of %d", key, kind, n, found, all)
						if saved == "PNG" && 100*found < 85*all {
							t.Errorf("%s, %s: %d of %d characters", key, kind, found, all)
						}
					}
				}
			}
		}
	}
	for key, n := range total {
		t.Logf("%s: %d of %d characters, %.1f %%", key, n[0], n[1], 100*float64(n[0])/float64(n[1]))
	}
}

func saveAs(t testing.TB, img *image.NRGBA, how string) *image.NRGBA {
	t.Helper()
	switch how {
	case "PNG":
		return img
	case "reduced to 2/3, JPEG 80":
		return readingtest.Posted(t, img, 2.0/3, 80)
	}
	return readingtest.Posted(t, img, 1, 75)
}
