package api

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAFileMustBeginAsItsTypeDoes(t *testing.T) {
	t.Parallel()
	heads := map[string]string{
		"application/pdf": "%PDF-1.4", "image/jpeg": "\xff\xd8\xff\xe1", "image/png": "\x89PNG\r\n\x1a\n", "image/webp": "RIFF\x00\x00\x00\x00WEBPVP8 ",
		"audio/wav": "RIFF\x00\x00\x00\x00WAVEfmt ", "audio/amr": "#!AMR\n", "audio/mpeg": "ID3\x03", "video/mp4": "\x00\x00\x00\x18ftypmp42", "image/heic": "\x00\x00\x00\x18ftypheic",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "PK\x03\x04", "application/msword": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
		"text/plain": "调解笔录",
	}
	for declared := range heads {
		kind, known := mediaTypeNamed(declared)
		require.True(t, known, declared)
		for is, head := range heads {
			// Any text may begin with letters that mean something elsewhere, but not as a picture does.
			switch {
			case declared == is:
				require.True(t, kind.begins([]byte(head)), "%s as %s", is, declared)
			case declared == "text/plain", declared == "video/mp4" && is == "image/heic":
			default:
				require.False(t, kind.begins([]byte(head)), "%s as %s", is, declared)
			}
		}
		require.False(t, kind.begins([]byte("<!DOCTYPE html><script>")), declared)
		require.False(t, kind.begins([]byte("MZ\x90\x00\x03\x00\x00\x00")), declared)
		require.False(t, kind.begins([]byte("<svg xmlns='http://www.w3.org/2000/svg' onload='x'>\x00")), declared)
	}
	text, _ := mediaTypeNamed("text/plain")
	require.True(t, text.begins([]byte("\xb5\xf7\xbd\xe2")), "GB 18030")
	for _, head := range []string{"%PDF-1.4", "\x89PNG\r\n\x1a\n", "<html>", " <script>"} {
		require.False(t, text.begins([]byte(head)), head)
	}
}

func FuzzTheNameOfADownloadedFileIsHarmless(f *testing.F) {
	for _, title := range []string{"", "协议书", "../../etc/passwd", "a\r\nSet-Cookie: x", `"x"; filename=y`, "CON", "....", "\u202egpj.exe", "图.pdf"} {
		f.Add(title)
	}
	f.Fuzz(func(t *testing.T, title string) {
		name := fileName(title, ".pdf")
		require.NotContains(t, name, "/")
		require.NotRegexp(t, `[\\:*?"<>|\x00-\x1f]`, name)
		require.Regexp(t, `.\.[pP][dD][fF]$`, name)
		require.NotEqual(t, '.', rune(name[0]))
	})
}
