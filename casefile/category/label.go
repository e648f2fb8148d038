package category

import "strings"

// FindByLabel returns the category that an office's own list means: a code, a label in
// Chinese or English, or a path of labels as "城乡建设/违法建设". Letter case, surrounding
// and inner spaces, full-width forms of the separators and a closing 纠纷 or 争议 don't
// matter. Where several categories carry a label the widest is meant; where several of
// the same level do, none is.
func FindByLabel(kind, label string) (Category, bool) {
	list := lists[kind]
	if list == nil {
		return Category{}, false
	}
	if at, ok := list.byCode[strings.ToUpper(strings.TrimSpace(label))]; ok {
		return list.entries[at], true
	}
	at, ok := list.byLabel[fold(label)]
	if !ok {
		return Category{}, false
	}
	return list.entries[at], true
}

const ambiguous = -1

// indexLabels maps every folded label and path of labels to its entry, level by level, so
// that a wider category keeps a label that a narrower one repeats.
func (l *codeList) indexLabels() map[string]int {
	index := map[string]int{}
	for depth := 1; ; depth++ {
		level := map[string]int{}
		for at, entry := range l.entries {
			path := l.path(at)
			if len(path) != depth {
				continue
			}
			keys := map[string]bool{fold(entry.ZH): true, fold(entry.EN): true}
			zh, en := make([]string, depth), make([]string, depth)
			for i, step := range path {
				zh[i], en[i] = l.entries[step].ZH, l.entries[step].EN
			}
			keys[fold(strings.Join(zh, "/"))] = true
			keys[fold(strings.Join(en, "/"))] = true
			for key := range keys {
				if _, twice := level[key]; twice {
					level[key] = ambiguous
				} else {
					level[key] = at
				}
			}
		}
		if len(level) == 0 {
			break
		}
		for key, at := range level {
			if _, wider := index[key]; !wider {
				index[key] = at
			}
		}
	}
	for key, at := range index {
		if at == ambiguous {
			delete(index, key)
		}
	}
	return index
}

func (l *codeList) path(at int) []int {
	path := []int{at}
	for l.entries[path[0]].Parent != "" {
		path = append([]int{l.byCode[l.entries[path[0]].Parent]}, path...)
	}
	return path
}

var separators = strings.NewReplacer("／", "/", "＞", "/", ">", "/", "　", "", " ", "", "\t", "", "\u00a0", "")

// fold brings labels that mean the same to the same form.
func fold(label string) string {
	steps := strings.Split(separators.Replace(strings.ToLower(strings.TrimSpace(label))), "/")
	for i, step := range steps {
		for _, suffix := range []string{"纠纷", "争议"} {
			if trimmed := strings.TrimSuffix(step, suffix); trimmed != "" {
				step = trimmed
			}
		}
		steps[i] = step
	}
	return strings.Join(steps, "/")
}
