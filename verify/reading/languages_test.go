package reading_test

import (
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading"
)

func TestTheLanguageIsToldByLettersThenByCountry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ host, text, want string }{
		{"example.com", "The harbour office will be closed on Monday", "eng"},
		{"example.tw", "The harbour office will be closed on Monday", "eng"},
		{"example.tw", "Hi", "chi_tra"},
		{"example.cn", "", "chi_sim"},
		{"", "", "eng"},
		{"example.com", "學生計算機年會將於三月二十日在中央研究院舉行歡迎報名", "chi_tra"},
		{"example.com", "学生计算机年会将于三月二十日在中央研究院举行欢迎报名", "chi_sim"},
		{"example.com", "港務局は月曜日と火曜日に棚卸しのため休業いたします", "jpn"},
		{"example.com", "Портовая контора закрыта в понедельник", "rus"},
		{"example.com", strings.Repeat("An article that quotes one name ", 20) + "東京", "eng"},
		{"example.com", strings.Repeat("Menu and contact ", 3) + "歡迎所有對開放原始碼有興趣的學生報名參加", "chi_tra"},
	} {
		if got := reading.LanguageOf(c.host, c.text); got != c.want {
			t.Errorf("%s %.30q: %s, want %s", c.host, c.text, got, c.want)
		}
	}
}
