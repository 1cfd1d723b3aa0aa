package picture_test

import (
	"encoding/binary"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// turned is a TIFF block whose first directory says how the picture lies.
func turned(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("MM")
	if order == binary.LittleEndian {
		b = []byte("II")
	}
	b = order.AppendUint32(order.AppendUint16(b, 42), 8)
	b = order.AppendUint16(b, 2)
	b = append(b, make([]byte, 12)...) // another tag before it
	b = order.AppendUint32(order.AppendUint16(order.AppendUint16(b, 0x0112), 3), 1)
	b = order.AppendUint16(order.AppendUint16(b, orientation), 0)
	return order.AppendUint32(b, 0)
}

// inJPEG and inWebP put a TIFF block where files of the formats have it.
func inJPEG(tiff []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(tiff)+8))
	return append(append(b, "Exif\x00\x00"...), tiff...)
}

func inWebP(tiff []byte) []byte {
	b := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"), make([]byte, 10)...)
	return append(binary.LittleEndian.AppendUint32(append(b, "EXIF"...), uint32(len(tiff))), tiff...)
}

func TestTheOrientationIsReadInBothOrdersAndFormats(t *testing.T) {
	for o := uint16(0); o < 12; o++ {
		want := int(o)
		if o < 1 || o > 8 {
			want = 1
		}
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			block := turned(order, o)
			if got := picture.Orientation(picture.JPEG, inJPEG(block)); got != want {
				t.Errorf("JPEG, %v, %d: %d", order, o, got)
			}
			if got := picture.Orientation(picture.WebP, inWebP(block)); got != want {
				t.Errorf("WebP, %v, %d: %d", order, o, got)
			}
		}
	}
}

// FuzzOrientation drives the walk through JPEG, WebP and TIFF that the child goes
// to learn how a picture lies. Whatever it answers must turn each pixel into one
// that the stored picture has, and no two into one.
func FuzzOrientation(f *testing.F) {
	f.Add(inJPEG(turned(binary.BigEndian, 6)), uint8(3), uint8(2))
	f.Add(inWebP(turned(binary.LittleEndian, 8)), uint8(1), uint8(5))
	f.Add(turned(binary.LittleEndian, 3), uint8(2), uint8(2))
	f.Add([]byte("\xff\xd8\xff\xe1\xff\xff"), uint8(1), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, width, height uint8) {
		o := picture.TIFFOrientation(data)
		if format, err := picture.Sniff(data); err == nil {
			o = picture.Orientation(format, data)
		}
		if o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
		w, h := int(width%8)+1, int(height%8)+1 // as stored
		uprightW, uprightH := w, h
		if o >= 5 {
			uprightW, uprightH = h, w
		}
		seen := map[[2]int]bool{}
		for y := range uprightH {
			for x := range uprightW {
				u, v := picture.Stored(o, x, y, w, h)
				if u < 0 || v < 0 || u >= w || v >= h || seen[[2]int{u, v}] {
					t.Fatalf("orientation %d of %d x %d: %d,%d comes from %d,%d", o, w, h, x, y, u, v)
				}
				seen[[2]int{u, v}] = true
			}
		}
	})
}
