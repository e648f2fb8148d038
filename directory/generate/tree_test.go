package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func packageOf(t *testing.T, lists map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	compressed := gzip.NewWriter(&out)
	members := tar.NewWriter(compressed)
	for name, text := range lists {
		require.NoError(t, members.WriteHeader(&tar.Header{Name: "package/" + name, Size: int64(len(text)), Mode: 0o644}))
		_, err := members.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, members.Close())
	require.NoError(t, compressed.Close())
	return out.Bytes()
}

func lists() map[string]string {
	return map[string]string{
		"README.md":          "x",
		"dist/provinces.csv": "code,name\n11,\"北京市\"\n52,\"贵州省\"\n53,\"云南省\"\n",
		"dist/cities.csv":    "code,name,provinceCode\n5304,\"玉溪市\",53\n",
		"dist/areas.csv":     "code,name,cityCode,provinceCode\n530402,\"红塔区\",5304,53\n",
		"dist/streets.csv":   "code,name,areaCode,provinceCode,cityCode\n530402001,\"玉兴街道\",530402,53,5304\n",
		"dist/villages.csv":  "code,name,streetCode,provinceCode,cityCode,areaCode\n530402001001,\"荷花社区居民委员会\",530402001,53,5304,530402\n",
	}
}

func TestTheTreeIsWrittenInOrderOfCodesAndTwiceTheSame(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	archive := filepath.Join(folder, "package.tgz")
	require.NoError(t, os.WriteFile(archive, packageOf(t, lists()), 0o600))
	first, second := filepath.Join(folder, "1.gz"), filepath.Join(folder, "2.gz")
	require.NoError(t, run(archive, first, []string{"53", "52"}))
	require.NoError(t, run(archive, second, []string{"52", "53"}))

	written, err := os.ReadFile(first)
	require.NoError(t, err)
	again, err := os.ReadFile(second)
	require.NoError(t, err)
	require.Equal(t, written, again)

	reader, err := gzip.NewReader(bytes.NewReader(written))
	require.NoError(t, err)
	text, err := io.ReadAll(reader)
	require.NoError(t, err)
	require.Equal(t, "52,贵州省\n53,云南省\n5304,玉溪市\n530402,红塔区\n530402001,玉兴街道\n530402001001,荷花社区居民委员会\n", string(text))
}

func TestAFaultyPackageIsRefused(t *testing.T) {
	t.Parallel()
	for fault, change := range map[string]func(map[string]string){
		"4 lists of 5 found":            func(l map[string]string) { delete(l, "dist/streets.csv") },
		"division 530402 has no parent": func(l map[string]string) { l["dist/cities.csv"] = "code,name,provinceCode\n" },
		"division 5304 is there twice":  func(l map[string]string) { l["dist/cities.csv"] += "5304,\"玉溪市\",53\n" },
		"6 digits instead of 4":         func(l map[string]string) { l["dist/cities.csv"] += "530400,\"玉溪市\",53\n" },
		`has the name ""`:               func(l map[string]string) { l["dist/cities.csv"] += "5303,\"\",53\n" },
	} {
		changed := lists()
		change(changed)
		_, err := readPackage(bytes.NewReader(packageOf(t, changed)), []string{"53"})
		require.ErrorContains(t, err, fault)
	}
	_, err := readPackage(bytes.NewReader([]byte("no archive")), []string{"53"})
	require.Error(t, err)
}
